#include "scanner/privilege/schemes/signing.h"

#include <strings.h>

#include <algorithm>
#include <array>
#include <ctime>

namespace overreach {
namespace {

std::tm utc_parts(std::int64_t seconds) {
  const auto time = static_cast<std::time_t>(seconds);
  std::tm parts = {};
  ::gmtime_r(&time, &parts);
  return parts;
}

}  // namespace

RequestTarget target_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == url.npos) return {};
  url.remove_prefix(scheme + 3);
  const std::size_t end = std::min(url.find_first_of("/?"), url.size());
  RequestTarget target;
  target.host = url.substr(0, end);
  url.remove_prefix(end);
  const std::size_t mark = std::min(url.find('?'), url.size());
  target.path = mark == 0 ? "/" : std::string(url.substr(0, mark));
  target.query = url.substr(std::min(mark + 1, url.size()));
  return target;
}

std::vector<std::pair<std::string, std::string>> query_pairs(
    std::string_view query) {
  std::vector<std::pair<std::string, std::string>> pairs;
  for (std::size_t at = 0; at < query.size();) {
    const std::size_t end = std::min(query.find('&', at), query.size());
    const std::string_view pair = query.substr(at, end - at);
    const std::size_t equals = std::min(pair.find('='), pair.size());
    if (!pair.empty()) {
      pairs.emplace_back(pair.substr(0, equals),
                         pair.substr(std::min(equals + 1, pair.size())));
    }
    at = end + 1;
  }
  return pairs;
}

std::string squeezed(std::string_view text) {
  std::string value;
  for (const char c : text) {
    if (c != ' ' && c != '\t') {
      value += c;
    } else if (!value.empty() && value.back() != ' ') {
      value += ' ';
    }
  }
  if (value.ends_with(' ')) value.pop_back();
  return value;
}

std::string header_of(const HttpRequest& request, std::string_view name) {
  for (const auto& [each, value] : request.headers) {
    if (each.size() == name.size() &&
        ::strncasecmp(each.data(), name.data(), name.size()) == 0) {
      return value;
    }
  }
  return {};
}

std::string setting_of(std::string_view text, std::string_view name) {
  const std::string start = std::string(name) + "=";
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(';', at), text.size());
    const std::string_view part = text.substr(at, end - at);
    if (part.starts_with(start)) return std::string(part.substr(start.size()));
    at = end + 1;
  }
  return {};
}

std::string utc(std::int64_t seconds, const char* format) {
  const std::tm parts = utc_parts(seconds);
  char text[32];
  return {text, std::strftime(text, sizeof text, format, &parts)};
}

std::string http_date(std::int64_t seconds) {
  constexpr std::array<const char*, 7> kDays = {"Sun", "Mon", "Tue", "Wed",
                                                "Thu", "Fri", "Sat"};
  constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr",
                                                   "May", "Jun", "Jul", "Aug",
                                                   "Sep", "Oct", "Nov", "Dec"};
  const std::tm parts = utc_parts(seconds);
  return std::string(kDays[static_cast<std::size_t>(parts.tm_wday)]) + ", " +
         utc(seconds, "%d ") + kMonths[static_cast<std::size_t>(parts.tm_mon)] +
         utc(seconds, " %Y %H:%M:%S GMT");
}

}  // namespace overreach
