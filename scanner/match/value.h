// What a value looks like: a placeholder, a reference, a word, a password
// people choose, something random.  Pure functions of the text.
#pragma once

#include <string_view>
#include <vector>

#include "scanner/core/report.h"
#include "scanner/match/names.h"

namespace overreach {

// Where a value stands; what is normal differs.
struct ValueSetting {
  bool quoted = false;
  bool in_code = false;    // a language where a bare word is a name
  bool near_user = false;  // beside a user name or login
  bool in_data = false;    // JSON, YAML, .env ...: values, not expressions
  bool strong_place =
      true;  // a place that only holds secrets: a header, userinfo
};

struct Verdict {
  bool is_secret = false;
  Confidence confidence = Confidence::low;
  std::string_view reason;  // static, one clause
};

// A value behind a name of that kind.  REQUIRES: kind is not none or user.
Verdict judge_value(NameKind kind, std::string_view value,
                    const ValueSetting& setting);

// Stands for another value: ${X}, {{ x }}, <password>, %s, changeme, xxxx ...
bool is_placeholder(std::string_view value);

// A body that nobody would take for random: EXAMPLE in it, one character
// again and again, abcdef..., 123456...  For tokens with a form.
bool is_sample_token(std::string_view token);

// How much the letters look like words, in bits per letter pair: about +1 for
// words, below -0.5 for random letters; 0 when there are too few.
double wordlikeness(std::string_view text);

// Shannon entropy in bits per character.
double entropy(std::string_view text);

// Enough different, irregular characters to have come from a generator.
bool looks_random(std::string_view value);

}  // namespace overreach
