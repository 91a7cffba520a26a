#include "scanner/match/other_uses.h"

#include <algorithm>
#include <array>
#include <string>

#include "scanner/base/encoding.h"
#include "scanner/base/text.h"
#include "scanner/core/shape.h"
#include "scanner/match/code_forms.h"
#include "scanner/match/names.h"
#include "scanner/match/value_forms.h"

namespace overreach {
namespace {

constexpr CharSet kLetters = char_set("A-Za-z");
constexpr CharSet kUpper = char_set("A-Z");
constexpr CharSet kHex = char_set("0-9A-Fa-f");
constexpr CharSet kUpperHex = char_set("0-9A-F");
constexpr CharSet kSnake = char_set("a-z_");
constexpr CharSet kResource = char_set("a-z0-9-");
constexpr CharSet kLower = char_set("a-z");
constexpr CharSet kCapital = char_set("A-Z0-9");
constexpr CharSet kBase64 = char_set("A-Za-z0-9+/_-");
constexpr CharSet kDigits = char_set("0-9");
constexpr CharSet kFigure = char_set("0-9.:/-");
constexpr CharSet kName = char_set("A-Za-z0-9_.-");
constexpr auto kAlgorithms = std::to_array<std::string_view>(
    {"aes128", "aes192", "aes256", "aescbc", "aesgcm", "rs256", "rs384",
     "rs512", "hs256", "hs384", "hs512", "es256", "es384", "es512", "tlsv1",
     "iso8859", "rsaoaep", "chacha20poly"});
constexpr auto kHashMethods = std::to_array<std::string_view>(
    {"pbkdf2", "bcrypt", "scrypt", "argon2", "sha1", "sha256", "sha512"});

bool has_only(std::string_view v, const CharSet& set) {
  return !v.empty() && std::all_of(v.begin(), v.end(),
                                   [&](char c) { return set.contains(c); });
}

// "type=env,id=X": settings, of which none is the value itself.
bool is_option_list(std::string_view v) {
  const std::size_t comma = v.find(',');
  if (comma == v.npos) return false;
  const std::size_t first = v.find('='), second = v.find('=', comma);
  return first < comma && second != v.npos &&
         has_only(v.substr(0, first), kSnake) &&
         has_only(v.substr(comma + 1, second - comma - 1), kSnake);
}

// $encrypted$, $ENCRYPTED$foo: stands for what is kept elsewhere.
bool is_dollar_mark(std::string_view v) {
  if (v.size() < 4 || v.front() != '$') return false;
  const std::size_t close = v.find('$', 1);
  return close != v.npos && close > 2 && close < 24 &&
         has_only(v.substr(1, close - 1), kLetters) &&
         (close + 1 == v.size() || has_only(v.substr(close + 1), kLetters));
}

// DhOW with stars before it, whsec_***, eyJ2Z...3sT9, RND-----3sT9: cut out on
// purpose.  sk_live_*: any value that begins so is meant.
bool is_redacted(std::string_view v) {
  return v.find("...") != v.npos || v.find("***") != v.npos ||
         (v.find("-----") != v.npos && v.find("-----BEGIN") == v.npos) ||
         v.ends_with("_*");
}

// PrivateSettingsRef:AdminPassword: where the value is kept.
bool is_named_reference(std::string_view v) {
  const std::size_t colon = v.find(':');
  return colon != v.npos && colon > 3 && v.substr(0, colon).ends_with("Ref") &&
         has_only(v.substr(0, colon), kLetters) &&
         has_only(v.substr(colon + 1), kName);
}

// What Django stores for a user without a password: a mark, and characters
// that no password has as its hash.
bool is_unusable_hash(std::string_view v) {
  constexpr std::size_t kMarked = 41;
  return v.size() == kMarked && v.front() == '!' &&
         std::all_of(v.begin() + 1, v.end(),
                     [](char c) { return kAlnum.contains(c); });
}

// An address of a chain, and the id of an AWS signature with its scope.
bool is_public_name(std::string_view v) {
  constexpr std::size_t kAddress = 42;
  return (v.size() == kAddress && v.starts_with("0x") &&
          has_only(v.substr(2), kHex)) ||
         v.ends_with("/aws4_request");
}

// 2026-11-21, 12:30:45, 10.0.0.1:22: digits as dates, times, addresses and
// versions have them.
bool is_figure(std::string_view v) {
  if (v.starts_with('v')) v.remove_prefix(1);
  return v.find_first_of(".:-/") != v.npos && has_only(v, kFigure) &&
         kDigits.contains(v.front());
}

// en_US, pt-BR
bool is_locale(std::string_view v) {
  return v.size() == 5 && has_only(v.substr(0, 2), kLower) &&
         (v[2] == '_' || v[2] == '-') && has_only(v.substr(3), kUpper);
}

// #ff00aa
bool is_color(std::string_view v) {
  return v.size() == 7 && v.front() == '#' && has_only(v.substr(1), kHex);
}

// -String, -Dname=value: a parameter of a command.
bool is_parameter(std::string_view v) {
  if (v.size() < 4 || v.front() != '-') return false;
  const std::string_view name = v.substr(1, v.find('=', 1) - 1);
  return name.size() > 2 && has_only(name, kLetters);
}

// fast_pbkdf2, AES-256-CBC: how something is hashed or encrypted.
bool is_algorithm(std::string_view v) {
  constexpr std::size_t kLongest = 24;
  if (v.size() > kLongest) return false;
  const std::string folded = normalized(v);
  const auto starts = [&](std::string_view name) {
    return folded.starts_with(name);
  };
  const NameWords found(v);
  const auto words = found.list();
  const auto begins_a_word = [&](std::string_view name) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
      return word.starts_with(name);
    });
  };
  return std::any_of(kHashMethods.begin(), kHashMethods.end(), begins_a_word) ||
         std::any_of(kAlgorithms.begin(), kAlgorithms.end(), starts);
}

// region_d9fe56bc9274fbb6: words, and what makes them unique behind them.
bool is_named_hex(std::string_view v) {
  constexpr std::size_t kFewest = 8;
  const std::size_t mark = v.find_last_of("-_");
  if (mark == v.npos || mark == 0 || v.size() - mark - 1 < kFewest) {
    return false;
  }
  const std::string_view words = v.substr(0, mark);
  return has_only(v.substr(mark + 1), kHex) && kLetters.contains(words[0]) &&
         std::all_of(words.begin(), words.end(), [](char c) {
           return kLetters.contains(c) || c == '-' || c == '_';
         });
}

}  // namespace

bool is_marked_name(std::string_view v) {
  constexpr std::size_t kMySqlHash = 41;
  if (v.size() < 3 || (v[0] != '*' && v[0] != '&' && v[0] != ':')) return false;
  const std::string_view name = v.substr(1);
  return kLetters.contains(name.front()) && has_only(name, kName) &&
         !(v.size() == kMySqlHash && has_only(name, kHex));
}

bool has_other_use(std::string_view v) {
  for (const std::string_view start : {"urn:", "uuid:", "jdbc:", "hash:"}) {
    if (v.starts_with(start)) return true;
  }
  // {0} is filled in, \N{SNOWMAN} is one character, and a tool that translates
  // puts crwdns1:0crwdne1:0 where a text will stand.
  for (const std::string_view part : {"{0}", "\\N{", "crwdns"}) {
    if (v.find(part) != v.npos) return true;
  }
  if (v.size() > 3 && v.starts_with("--") && kLetters.contains(v[2])) {
    return true;
  }
  if (is_parameter(v)) return true;
  return is_piece_of_code(v) || is_option_list(v) || is_dollar_mark(v) ||
         is_redacted(v) || is_named_reference(v) || is_unusable_hash(v) ||
         is_figure(v) || is_locale(v) || is_color(v) || is_algorithm(v) ||
         is_public_name(v);
}

bool is_identifier_of_key(std::string_view v) {
  if (is_uuid(v) || is_named_hex(v)) return true;
  if (v.size() == 40 && has_only(v, kUpperHex)) return true;
  if (v.size() < 23 || v.size() % 3 != 2) return false;
  for (std::size_t i = 0; i < v.size(); ++i) {
    if (i % 3 == 2 ? v[i] != ':' : !kHex.contains(v[i])) return false;
  }
  return true;
}

bool is_product_key(std::string_view v) {
  constexpr std::size_t kGroup = 5, kGroups = 5;
  if (v.size() != kGroups * (kGroup + 1) - 1) return false;
  for (std::size_t i = 0; i < v.size(); ++i) {
    const bool dash = i % (kGroup + 1) == kGroup;
    if (dash ? v[i] != '-' : !kCapital.contains(v[i])) return false;
  }
  return true;
}

bool is_public_der(std::string_view v) {
  constexpr std::size_t kHead = 24;  // characters, which are 18 bytes
  constexpr unsigned char kSequence = 0x30, kObject = 0x06, kLong = 0x80;
  if (v.size() < 2 * kHead || v.front() != 'M') return false;
  const auto bytes = decode_base64(v.substr(0, kHead));
  if (!bytes || bytes->empty()) return false;
  const auto at = [&](std::size_t i) {
    return static_cast<unsigned char>(i < bytes->size() ? (*bytes)[i] : 0);
  };
  // Behind a tag comes the length, or how many bytes hold it.
  const auto content = [&](std::size_t tag) -> std::size_t {
    const std::size_t length = at(tag + 1);
    return tag + 2 + (length >= kLong ? length - kLong : 0);
  };
  if (at(0) != kSequence) return false;
  const std::size_t first = content(0);
  if (at(first) != kSequence) return false;
  // A private key under a passphrase begins alike, with an algorithm that
  // PKCS#5 or #12 makes a key with.
  constexpr std::string_view kPkcs = "\x2a\x86\x48\x86\xf7\x0d\x01";
  constexpr unsigned char kPkcs5 = 5, kPkcs12 = 12;
  const std::size_t object = content(first), name = content(object);
  if (at(object) != kObject) return true;
  if (std::string_view(*bytes).substr(std::min(name, bytes->size()),
                                      kPkcs.size()) != kPkcs) {
    return true;
  }
  const unsigned char standard = at(name + kPkcs.size());
  return standard != kPkcs5 && standard != kPkcs12;
}

bool is_public_ssh(std::string_view v) {
  // ssh-rsa, ssh-dss; ssh-ed25519; ecdsa-sha2-nistp; sk-...
  constexpr auto kHeads = std::to_array<std::string_view>(
      {"AAAAB3NzaC1", "AAAAC3NzaC1lZDI1NTE5", "AAAAE2VjZHNhLXNoYTIt",
       "AAAAGnNrLXNzaC1lZDI1NTE5", "AAAAInNrLWVjZHNhLXNoYTIt"});
  return std::any_of(kHeads.begin(), kHeads.end(), [&](std::string_view head) {
    return v.starts_with(head);
  });
}

bool is_ciphertext(std::string_view v) {
  constexpr std::size_t kFernet = 100, kVector = 24, kShortest = 24;
  if (v.starts_with("U2FsdGVkX1") || v.starts_with("vault:v")) return true;
  if (v.starts_with("gAAAAA") && v.size() >= kFernet) return true;
  // 16 bytes in Base64, a separator, and the rest in Base64.
  for (std::size_t at = v.find("=="); at != v.npos; at = v.find("==", at + 2)) {
    const std::size_t mark = at + 2;
    if (mark < kVector || mark + kShortest > v.size()) return false;
    if ((v[mark] == ':' || v[mark] == '|') &&
        has_only(v.substr(mark - kVector, kVector - 2), kBase64)) {
      const std::string_view rest = v.substr(mark + 1);
      return has_only(rest.substr(0, rest.find_first_of("=|:")), kBase64);
    }
  }
  return false;
}

bool is_wrong_on_purpose(std::string_view v) {
  constexpr auto kParts = std::to_array<std::string_view>(
      {"wrong", "invalid", "incorrect", "nonexist", "mismatch", "tooshort",
       "badpass", "badpw", "badsecret", "badtoken", "notpass", "notapass",
       "notthepass", "notmypass", "notasecret", "doesnotmatch"});
  constexpr std::size_t kLongest = 40;
  if (v.size() > kLongest) return false;
  const std::string plain = unleet(v);
  return std::any_of(kParts.begin(), kParts.end(), [&](std::string_view part) {
    return plain.find(part) != plain.npos;
  });
}

bool expects_refusal(std::string_view line) {
  constexpr auto kSigns = std::to_array<std::string_view>(
      {"assertfalse", "assertnot", "assertraises", "assertthrows", "refute",
       "expectfalse", "befals", "tobefalse", "isfalse", "throws", "raises",
       "rejects", "wrong", "invalid", "incorrect", "unauthorized",
       "unauthenticated", "forbidden"});
  constexpr std::size_t kLongest = 300;
  const std::string folded = normalized(line.substr(0, kLongest));
  return std::any_of(kSigns.begin(), kSigns.end(), [&](std::string_view sign) {
    return folded.find(sign) != folded.npos;
  });
}

bool repeats_its_name(std::string_view v, std::string_view name) {
  const Makeup shape = makeup_of(v);
  if (shape.digits > 0 || shape.spaces > 0 || shape.other > 0) return false;
  const NameWords of_value(v), of_name(name);
  const auto words = of_value.list(), named = of_name.list();
  const auto is_named = [&](std::string_view word) {
    return std::find(named.begin(), named.end(), word) != named.end();
  };
  if (words.size() == 1) {
    return v.size() > 3 && is_named(words.front()) &&
           words.front() != named.back();
  }
  return words.size() >= 2 && is_named(words.back()) &&
         static_cast<std::size_t>(
             std::count_if(words.begin(), words.end(), is_named)) *
                 2 >=
             words.size();
}

bool is_resource_name(std::string_view v) {
  constexpr std::size_t kShortestWord = 2;
  if (!has_only(v, kResource) || is_uuid(v)) return false;
  std::size_t words = 0, parts = 0;
  for (std::size_t begin = 0; begin <= v.size();) {
    const std::size_t end = std::min(v.find('-', begin), v.size());
    const std::string_view part = v.substr(begin, end - begin);
    words += part.size() >= kShortestWord && has_only(part, kLetters);
    ++parts;
    begin = end + 1;
  }
  return parts >= 2 && words >= 2 && words * 2 >= parts;
}

bool is_setting(std::string_view v) {
  const std::size_t equals = v.find('=');
  if (equals == v.npos || equals < 2 || equals + 1 >= v.size() ||
      v[equals + 1] == '=') {
    return false;
  }
  std::string_view name = v.substr(0, equals);
  while (name.size() > 1 && is_digit(name.back())) name.remove_suffix(1);
  return std::all_of(name.begin(), name.end(),
                     [](char c) { return kLetters.contains(c) || c == '_'; });
}

bool is_constant_name(std::string_view v) {
  const Makeup shape = makeup_of(v);
  return v.find('_') != v.npos && shape.upper >= 4 && shape.lower == 0 &&
         shape.digits == 0 &&
         shape.symbols ==
             static_cast<std::size_t>(std::count(v.begin(), v.end(), '_'));
}

bool is_word_of_path(std::string_view v, std::string_view path) {
  constexpr std::size_t kShortest = 4;
  if (v.size() < kShortest || !has_only(v, kLetters)) return false;
  const std::string folded = normalized(v);
  for (std::size_t begin = 0; begin < path.size();) {
    std::size_t end = begin;
    while (end < path.size() && kAlnum.contains(path[end])) ++end;
    if (end - begin == v.size() &&
        normalized(path.substr(begin, end - begin)) == folded) {
      return true;
    }
    begin = end + 1;
  }
  return false;
}

}  // namespace overreach
