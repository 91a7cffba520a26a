// What schemes that sign requests share: the parts of a request in the forms
// that are signed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scanner/privilege/http.h"

namespace overreach {

struct RequestTarget {
  std::string host;   // as the Host header has it: with a port if given
  std::string path;   // still encoded
  std::string query;  // without '?'
};
RequestTarget target_of(std::string_view url);

// "b=2&a" -> {b, 2}, {a, }; still encoded.
std::vector<std::pair<std::string, std::string>> query_pairs(
    std::string_view query);

// Without spaces at the ends, and one where several stand.
std::string squeezed(std::string_view text);

// The first header of that name, whatever its case; else empty.
std::string header_of(const HttpRequest& request, std::string_view name);

// Of a connection string: "a=1;AccountKey=xyz==;b=2" -> "xyz=="; empty when it
// is not there.
std::string setting_of(std::string_view text, std::string_view name);

// In UTC, whatever the locale: strftime's numbers only.
std::string utc(std::int64_t seconds, const char* format);
std::string http_date(std::int64_t seconds);  // Sun, 06 Nov 1994 08:49:37 GMT

}  // namespace overreach
