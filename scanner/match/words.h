// The literals that lead to secrets without a form.  The first four characters
// of each are looked for everywhere (case does not matter); most places where
// these stand are none of the whole word, and are sorted out here.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace overreach {

enum class Word : std::uint8_t {
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
  dsn,      // "@tcp("
};

struct WordStart {
  std::string_view text;  // 2-4 characters; '?' stands for any
  int bucket;             // 0-7: words of one bucket share their tables
};

// The buckets were found by search: on the Linux source and npm packages mixed
// hits of the words of one bucket are 6 % of all hits.
inline constexpr std::array<WordStart, 33> kWordStarts = {{
    {"mnem", 0}, {"mysq", 0}, {"pass", 0}, {"psex", 0}, {"basi", 1},
    {"cred", 1}, {"secr", 1}, {"secu", 1}, {"seed", 1}, {"--be", 2},
    {"iden", 2}, {"toke", 2}, {"curl", 3}, {"ind(", 3}, {"ser(", 3},
    {"auth", 4}, {"bear", 4}, {"logi", 5}, {"salt", 5}, {"://?", 6},
    {"jdbc", 6}, {"key?", 6}, {"kty?", 6}, {"$9$?", 7}, {"psk?", 7},
    {"psw?", 7}, {"pwd?", 7}, {" -u ", 1}, {"mmun", 3}, {"cook", 5},
    {"ndpw", 2}, {"otpw", 2}, {"@tcp", 0},
}};

// A place where one of the words begins.
struct WordHit {
  std::uint32_t at;  // offset from the start of the chunk
  Word word;
};

// Of the places in the chunk text[base, ...) at which find_marks() says that a
// word may begin, those where one does.  They stand in `room`, which grows
// only. REQUIRES: 8 readable bytes behind the text.
std::span<const WordHit> confirm_words(std::string_view text, std::size_t base,
                                       std::span<const std::uint32_t> places,
                                       std::vector<WordHit>& room);

}  // namespace overreach
