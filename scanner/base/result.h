// How expected failures travel: a Result<T> holds a value or an Error, a
// Status only success or an Error.  An Error is one line of text for a person:
// place, cause, no full stop, never a secret.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace overreach {

struct Error {
  std::string text;
};

template <typename T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

inline tl::unexpected<Error> fail(std::string text) {
  return tl::unexpected<Error>(Error{std::move(text)});
}

}  // namespace overreach

// Leaves the function with the error of a Status or Result, if it is one.
#define TRY(expression)                                                \
  do {                                                                 \
    if (auto try_result = (expression); !try_result) {                 \
      return ::tl::unexpected<::overreach::Error>(try_result.error()); \
    }                                                                  \
  } while (false)

#define OVERREACH_JOIN_(a, b) a##b
#define OVERREACH_JOIN(a, b) OVERREACH_JOIN_(a, b)

// Declares `target` from a Result's value, or leaves with its error.
#define TRY_ASSIGN(target, expression) \
  TRY_ASSIGN_(OVERREACH_JOIN(try_value_, __LINE__), target, expression)
#define TRY_ASSIGN_(name, target, expression)                  \
  auto name = (expression);                                    \
  if (!name) {                                                 \
    return ::tl::unexpected<::overreach::Error>(name.error()); \
  }                                                            \
  target = std::move(*name)
