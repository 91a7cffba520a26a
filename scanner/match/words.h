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
  // 0-7: words of one bucket share their tables, those of whole bytes and those
  // of their halves (byte_tables.h).
  int bucket, halves_bucket;
};

// The buckets were found by search on the Linux source and npm packages: mixed
// hits of the words of one bucket are 6 % of all hits of whole bytes, and a
// fifth of all hits of halves.
inline constexpr std::array<WordStart, 33> kWordStarts = {{
    {"mnem", 0, 4}, {"mysq", 0, 3}, {"pass", 0, 1}, {"psex", 0, 5},
    {"basi", 1, 7}, {"cred", 1, 2}, {"secr", 1, 1}, {"secu", 1, 1},
    {"seed", 1, 2}, {"--be", 2, 2}, {"iden", 2, 4}, {"toke", 2, 4},
    {"curl", 3, 2}, {"ind(", 3, 6}, {"ser(", 3, 2}, {"auth", 4, 6},
    {"bear", 4, 6}, {"logi", 5, 4}, {"salt", 5, 1}, {"://?", 6, 0},
    {"jdbc", 6, 4}, {"key?", 6, 0}, {"kty?", 6, 0}, {"$9$?", 7, 3},
    {"psk?", 7, 5}, {"psw?", 7, 5}, {"pwd?", 7, 5}, {" -u ", 1, 3},
    {"mmun", 3, 2}, {"cook", 5, 4}, {"ndpw", 2, 7}, {"otpw", 2, 7},
    {"@tcp", 0, 7},
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
