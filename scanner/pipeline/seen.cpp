#include "scanner/pipeline/seen.h"

#include <cstring>

#include <algorithm>
#include <iterator>

#include "scanner/match/match.h"

namespace overreach {
namespace {

constexpr std::string_view kMarker = "overreach:allow";
constexpr std::string_view kNextLine = "overreach:allow-next-line";

std::size_t find_marker(std::string_view text, std::size_t from) {
  const void* const at = ::memmem(text.data() + from, text.size() - from,
                                  kMarker.data(), kMarker.size());
  return at ? static_cast<std::size_t>(static_cast<const char*>(at) -
                                       text.data())
            : text.npos;
}

}  // namespace

void Seen::add_change(std::string path, Runs added_lines) {
  changes_.emplace(std::move(path), std::move(added_lines));
}

void Seen::add_markers(std::string_view path, std::string_view text,
                       std::uint32_t first_line) {
  std::size_t counted = 0;
  std::uint32_t line = first_line;
  for (std::size_t at = find_marker(text, 0); at != text.npos;
       at = find_marker(text, at + kMarker.size())) {
    line += static_cast<std::uint32_t>(
        std::count(text.begin() + static_cast<std::ptrdiff_t>(counted),
                   text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
    counted = at;
    const std::size_t begin = text.rfind('\n', at) + 1;  // 0 without one
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const bool is_next = text.substr(at).starts_with(kNextLine);
    markers_[{std::string(path), line + (is_next ? 1 : 0)}] =
        text.substr(begin, end - begin);
  }
}

void Seen::merge(Seen&& other) {
  std::move(other.files.begin(), other.files.end(), std::back_inserter(files));
  certificates.merge(std::move(other.certificates));
  markers_.merge(other.markers_);
  changes_.merge(other.changes_);
}

bool Seen::allows(const Crossing& crossing) const {
  return std::any_of(
      crossing.places.begin(), crossing.places.end(), [&](const Place& place) {
        const auto at = markers_.find({place.path, place.line});
        return at != markers_.end() && is_allowed(at->second, crossing.kind);
      });
}

bool Seen::is_new(const Crossing& crossing) const {
  if (changes_.empty()) return true;
  const auto is_new = [&](const Place& place) {
    const auto at = changes_.find(place.path);
    if (at == changes_.end()) return false;
    const Runs& runs = at->second;
    return runs.empty() ||
           std::any_of(runs.begin(), runs.end(), [&](const auto& run) {
             return place.line <= run.second && place.end_line >= run.first;
           });
  };
  return std::any_of(crossing.places.begin(), crossing.places.end(), is_new);
}

}  // namespace overreach
