// The literals that lead to secrets without a form.  The first four characters
// of each are looked for everywhere (case does not matter); a hit is then
// confirmed here.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace overreach {

enum class Word : std::uint8_t {
  none,
  name,      // part of a name that secrets are assigned to: "passw", "token"
  url,       // "://"
  pem,       // "-----BEGIN"
  scheme,    // "basic ", "bearer "
  jwk,       // "kty"
  command,   // "curl", "mysql"
  sql,       // "identified by"
  call,      // "login"
  secure,    // "ConvertTo-SecureString"
  jdbc,      // "jdbc:"
  junos,     // "$9$"
};

struct WordStart {
  std::string_view text;  // 2-4 characters; '?' stands for any
  int bucket;             // 0-7: words of one bucket share their tables
};

// Words of a bucket are alike, so that their mixed hits stay few.
inline constexpr std::array<WordStart, 24> kWordStarts = {{
    {"pass", 0},
    {"pwd?", 1},
    {"psw?", 1},
    {"psk?", 1},
    {"secr", 2},
    {"salt", 2},
    {"seed", 2},
    {"secu", 2},
    {"cred", 3},
    {"toke", 3},
    {"auth", 4},
    {"--be", 4},
    {"key?", 5},
    {"kty?", 5},
    {"://?", 6},
    {"iden", 7},
    {"curl", 7},
    {"basi", 7},
    {"bear", 7},
    {"logi", 7},
    {"mnem", 0},
    {"mysq", 0},
    {"jdbc", 1},
    {"$9$?", 6},
}};

// Which word begins at `at`, where mark_blocks() said that one may.
Word word_at(std::string_view text, std::size_t at);

}  // namespace overreach
