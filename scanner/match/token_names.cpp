#include "scanner/match/token_names.h"

#include <span>
#include <string>

#include "scanner/match/names.h"

namespace overreach {
namespace {

// Of the words that make a name secret wherever they stand.
std::span<const std::string_view> words_beginning(char first) {
  static constexpr std::string_view kAuth[] = {"auth"};
  static constexpr std::string_view kBearer[] = {"bearer"};
  static constexpr std::string_view kCred[] = {"cred"};
  static constexpr std::string_view kKey[] = {"key"};
  static constexpr std::string_view kPass[] = {"pass", "pat"};
  static constexpr std::string_view kSecret[] = {"secret"};
  static constexpr std::string_view kToken[] = {"token"};
  switch (first) {
    case 'a':
      return kAuth;
    case 'b':
      return kBearer;
    case 'c':
      return kCred;
    case 'k':
      return kKey;
    case 'p':
      return kPass;
    case 's':
      return kSecret;
    case 't':
      return kToken;
    default:
      return {};
  }
}

// TOKEN_TEMPLATE_ID, but not VAULT_SECRET_ID.
bool is_id_of_another(std::string_view name) {
  const NameWords found(name);
  const auto words = found.list();
  if (words.size() < 2 || words.back() != "id") return false;
  const std::string_view owner = words[words.size() - 2];
  for (const std::string_view word : words_beginning(owner.front())) {
    if (owner.starts_with(word)) return false;
  }
  return true;
}

bool has_secret_word(std::string_view name) {
  const Folded folded(name);
  std::string_view rest = folded.text();
  for (; rest.size() >= 3; rest.remove_prefix(1)) {
    for (const std::string_view word : words_beginning(rest.front())) {
      if (rest.starts_with(word)) return true;
    }
  }
  return false;
}

bool is_kind_of_secret(NameKind kind) {
  return kind != NameKind::none && kind != NameKind::user;
}

}  // namespace

bool is_checksum_name(std::string_view name) {
  const NameWords words(name);
  for (const std::string_view word : words.list()) {
    for (const std::string_view known :
         {"sha", "sha1", "sha256", "sha512", "md5", "hash", "checksum",
          "digest", "commit", "revision", "rev", "etag", "integrity",
          "fingerprint", "uuid", "guid", "crc", "thumbprint", "resolved"}) {
      if (word == known) return true;
    }
  }
  const std::string folded = normalized(name);
  return folded == "id" || folded == "ref" || folded == "signature" ||
         folded == "blob" || folded == "tree" || folded == "version";
}

bool is_secret_name(std::string_view name) {
  return (has_secret_word(name) || is_kind_of_secret(kind_of_name(name))) &&
         !is_id_of_another(name);
}

}  // namespace overreach
