// Whether an expression of a program reads the process environment.
#pragma once

#include <string>
#include <string_view>

namespace overreach {

// The callee or object as it is written, without blanks, "new ", sigils, and
// with '.' for "->", "::" and "?.".  Only its last bytes when it is long.
std::string dotted_name(std::string_view written);

// The last segment of a dotted name.
std::string_view last_segment(std::string_view dotted);

// process.env, os.environ, ENV, $_ENV ...: what X is read from in a[X] or a.X.
bool is_environment_map(std::string_view dotted);

// os.getenv, ENV.fetch, env, getEnvOrDefault ...: whether a call reads the
// variable that its first argument names.
bool reads_environment(std::string_view dotted, std::string_view argument);

// .orElse(x), .default(x), .unwrap_or(x): whether the argument is what is taken
// when the receiver has no value.
bool gives_default(std::string_view method);

}  // namespace overreach
