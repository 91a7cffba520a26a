// The list of decoders, and what they share: bounded texts, dates, queries.
#include "scanner/privilege/facts.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <limits>

#include "scanner/base/text.h"
#include "scanner/privilege/facts_decoders.h"

namespace overreach {
namespace {

constexpr std::size_t kMaxFactBytes = 200;
constexpr std::int64_t kDaySeconds = 24 * 60 * 60;
constexpr std::int64_t kYear0 = -62167219200;      // 0000-01-01
constexpr std::int64_t kYear10000 = 253402300800;  // 10000-01-01

struct Entry {
  std::string_view name;
  Decoder decode;
};

constexpr std::array<Entry, 15> kDecoders = {{
    {"aws-account", decode_aws_account},
    {"azure-key", decode_azure_key},
    {"azure-sas", decode_azure_sas},
    {"bedrock", decode_bedrock},
    {"discord-bot", decode_discord_bot},
    {"fly-macaroon", decode_fly_macaroon},
    {"gcp-service-account", decode_gcp_service_account},
    {"gitlab-routable", decode_gitlab_routable},
    {"grafana-json", decode_grafana},
    {"jfrog-reference", decode_jfrog_reference},
    {"jwt", decode_jwt},
    {"objectid", decode_objectid},
    {"pypi-macaroon", decode_pypi_macaroon},
    {"sentry-json", decode_sentry},
    {"telegram-bot", decode_telegram_bot},
}};

std::string padded(std::int64_t number, std::size_t width) {
  std::string text = std::to_string(number);
  return std::string(width - std::min(width, text.size()), '0') + text;
}

bool is_plausible(std::int64_t seconds) {
  return seconds > 0 && seconds < kYear10000;
}

// Takes `count` digits off the front of the text.
std::optional<int> take_digits(std::string_view& text, std::size_t count) {
  const auto value = parse_number(text.substr(0, count), 10);
  if (text.size() < count || !value) return std::nullopt;
  text.remove_prefix(count);
  return static_cast<int>(*value);
}

bool take(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace

std::optional<Decoded> decode_facts(std::string_view name,
                                    std::string_view secret) {
  for (const Entry& entry : kDecoders) {
    if (entry.name == name) return entry.decode(secret);
  }
  return std::nullopt;
}

std::vector<std::string_view> decoder_names() {
  std::vector<std::string_view> names;
  names.reserve(kDecoders.size());
  for (const Entry& entry : kDecoders) names.push_back(entry.name);
  return names;
}

std::string format_date(std::int64_t seconds) {
  if (seconds < kYear0 || seconds >= kYear10000) return std::to_string(seconds);
  const std::chrono::sys_seconds time{std::chrono::seconds(seconds)};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  std::string text = padded(static_cast<int>(date.year()), 4) + '-' +
                     padded(static_cast<unsigned>(date.month()), 2) + '-' +
                     padded(static_cast<unsigned>(date.day()), 2);
  const std::int64_t rest = (time - day).count();
  if (rest == 0) return text;
  return text + 'T' + padded(rest / 3600, 2) + ':' + padded(rest / 60 % 60, 2) +
         ':' + padded(rest % 60, 2) + 'Z';
}

void add_fact(Decoded& decoded, std::string_view name, std::string_view text) {
  const bool known =
      std::any_of(decoded.facts.begin(), decoded.facts.end(),
                  [&](const auto& fact) { return fact.first == name; });
  if (text.empty() || known) return;
  std::size_t size = std::min(text.size(), kMaxFactBytes);
  const auto inside_character = [&] {
    return size < text.size() && (text[size] & 0xc0) == 0x80;
  };
  while (size > 0 && inside_character()) --size;
  std::string shown(text.substr(0, size));
  for (char& c : shown) {
    if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) c = '.';
  }
  if (size < text.size()) shown += "...";
  decoded.facts.emplace_back(name, std::move(shown));
}

void add_date(Decoded& decoded, std::string_view name, std::int64_t seconds) {
  if (is_plausible(seconds)) add_fact(decoded, name, format_date(seconds));
}

void limit_expiry(Decoded& decoded, std::int64_t seconds) {
  if (!is_plausible(seconds)) return;
  decoded.expires = std::min(decoded.expires.value_or(seconds), seconds);
}

std::optional<std::int64_t> parse_number(std::string_view text, int base) {
  std::int64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [after, failed] = std::from_chars(text.data(), end, value, base);
  if (failed != std::errc{} || after != end || value < 0 ||
      text.starts_with('-')) {
    return std::nullopt;
  }
  return value;
}

std::optional<std::int64_t> parse_date(std::string_view text) {
  const auto year = take_digits(text, 4);
  if (!year || !take(text, '-')) return std::nullopt;
  const auto month = take_digits(text, 2);
  if (!month || !take(text, '-')) return std::nullopt;
  const auto day = take_digits(text, 2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date{
      std::chrono::year(*year),
      std::chrono::month(static_cast<unsigned>(*month)),
      std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  const std::int64_t start =
      std::chrono::sys_days(date).time_since_epoch().count() * kDaySeconds;
  if (text.empty()) return start;
  if (!take(text, 'T')) return std::nullopt;
  const auto hour = take_digits(text, 2);
  if (!hour || *hour > 23 || !take(text, ':')) return std::nullopt;
  const auto minute = take_digits(text, 2);
  if (!minute || *minute > 59) return std::nullopt;
  int second = 0;
  if (take(text, ':')) {
    const auto seconds = take_digits(text, 2);
    if (!seconds || *seconds > 60) return std::nullopt;
    second = *seconds;
    if (take(text, '.')) {
      text.remove_prefix(
          std::min(text.find_first_not_of("0123456789"), text.size()));
    }
  }
  if (text != "Z" && !text.empty()) return std::nullopt;
  return start + *hour * 3600 + *minute * 60 + second;
}

std::string query_value(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    std::size_t end = query.find('&');
    const std::size_t escaped = query.find("\\u0026");
    end = std::min({end, escaped, query.size()});
    const std::string_view part = query.substr(0, end);
    if (part.starts_with(name) && part.substr(name.size()).starts_with('=')) {
      return percent_decoded(part.substr(name.size() + 1));
    }
    query.remove_prefix(end);
    for (const std::string_view separator : {"&amp;", "&", "\\u0026"}) {
      if (!query.starts_with(separator)) continue;
      query.remove_prefix(separator.size());
      break;
    }
  }
  return {};
}

}  // namespace overreach
