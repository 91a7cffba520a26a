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
  name,     // part of a name that secrets are assigned to: "passw", "token"
  url,      // "://"
  pem,      // "-----BEGIN"
  scheme,   // "basic ", "bearer "
  jwk,      // "kty"
  command,  // "curl", "mysql"
  sql,      // "identified by"
  call,     // "login"
  secure,   // "ConvertTo-SecureString"
  jdbc,     // "jdbc:"
  junos,    // "$9$"
  flags,    // " -u ": a user on a command line, and the password near it
  snmp,     // "mmunity"
};

struct WordStart {
  std::string_view text;  // 2-4 characters; '?' stands for any
  int bucket;             // 0-7: words of one bucket share their tables
};

// The buckets were found by search: mixed hits of the words of one bucket are
// as few as they get on the Linux source.
inline constexpr std::array<WordStart, 32> kWordStarts = {{
    {"$9$?", 0}, {"psk?", 0}, {"pwd?", 0}, {"toke", 0}, {"auth", 1},
    {"curl", 1}, {"mysq", 1}, {"basi", 2}, {"bear", 2}, {"--be", 3},
    {"iden", 3}, {"jdbc", 3}, {"mnem", 3}, {"psex", 3}, {"ser(", 4},
    {"ind(", 7}, {"pass", 4}, {"psw?", 4}, {"cred", 5}, {"salt", 5},
    {"seed", 5}, {"://?", 6}, {"key?", 6}, {"kty?", 6}, {"logi", 7},
    {"secr", 7}, {"secu", 7}, {" -u ", 1}, {"mmun", 3}, {"cook", 5},
    {"ndpw", 2}, {"otpw", 2},
}};

// Which word begins at `at`, where mark_blocks() said that one may.
Word word_at(std::string_view text, std::size_t at);

}  // namespace overreach
