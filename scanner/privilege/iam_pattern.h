// Patterns of IAM policies: texts in which `*` stands for any text and `?` for
// any one character, compared with texts and with each other.
//
// In an ARN a wildcard does not reach over the colons of the first five parts:
// "arn:aws:s3*:b" is not about "arn:aws:s3:::b".  What has fewer parts than an
// ARN goes on with wildcards.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace overreach {

// `text` has kAnyText and kAnyCharacter where wildcards stand, so that the
// characters '*' and '?' can stand for themselves.
struct IamPattern {
  std::string text;
  // It had a policy variable whose value is not known and that counts as `*`.
  bool is_guess = false;

  bool operator==(const IamPattern&) const = default;
};

inline constexpr char kAnyText = '\x01';
inline constexpr char kAnyCharacter = '\x02';

// Without variables, which the caller has to know.
IamPattern iam_pattern(std::string_view text);

// As a policy writes it.
std::string to_text(const IamPattern& pattern);

// Whether the pattern is about the action; upper and lower case are the same.
bool fits_action(const IamPattern& pattern, std::string_view action);

// Whether the pattern is about the resource, which may be "*" (for operations
// that are not about one).
bool fits_resource(const IamPattern& pattern, std::string_view resource);

// Whether every resource of `inner` is one of `outer`.  May say no where only
// much thought would find that it is.
bool covers_resource(const IamPattern& outer, const IamPattern& inner);

// Whether some resource is one of both.
bool overlaps_resource(const IamPattern& a, const IamPattern& b);

// Whether the pattern is about everything: "*".
bool is_everything(const IamPattern& pattern);

}  // namespace overreach
