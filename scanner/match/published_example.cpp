#include "scanner/match/published_example.h"

#include <algorithm>
#include <cstdint>

#include "scanner/base/digest.h"
#include "scanner/match/tables/published_examples.h"

namespace overreach {
namespace {

bool is_listed(std::string_view value) {
  std::uint64_t first = 0;
  for (const char c : sha256(value).substr(0, sizeof first)) {
    first = first << 8 | static_cast<unsigned char>(c);
  }
  return std::find(kPublishedExamples.begin(), kPublishedExamples.end(),
                   first) != kPublishedExamples.end();
}

}  // namespace

bool is_published_example(std::string_view value) {
  // Every id of Amazon's documentation, and what tests make of it.
  if (value.substr(std::min<std::size_t>(value.size(), 4))
          .starts_with("IOSFODNN7")) {
    return true;
  }
  if (value.starts_with("0x")) value.remove_prefix(2);
  if (!value.starts_with("eyJ")) return is_listed(value);
  const std::size_t begin = value.find('.');
  if (begin == value.npos) return is_listed(value);
  const std::size_t end = value.find('.', begin + 1);
  return is_listed(value.substr(begin + 1, end - begin - 1));
}

}  // namespace overreach
