#include "scanner/match/names.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <span>

#include "scanner/base/text.h"
#include "scanner/base/word_map.h"
#include "scanner/core/shape.h"

namespace overreach {
namespace {

using List = std::span<const std::string_view>;

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr WordSet kPasswordNouns(std::to_array<std::string_view>(
    {"password",  "passwd",  "pwd",         "pass",       "passphrase",
     "passcode",  "pw",      "psk",         "pswd",       "psw",
     "passwords", "passwds", "passphrases", "passwort",   "passwrd",
     "pword",     "passw",   "senha",       "contrasena", "motdepasse"}));
constexpr auto kPasswordEnds = std::to_array<std::string_view>(
    {"password", "passwd", "passphrase", "passwort", "pwd", "passwordd"});
// Written in one word with something before them.
constexpr WordSet kShortPasswordEnds(std::to_array<std::string_view>(
    {"bindpw",     "rootpw",   "userpw",    "dbpw",      "adminpw",
     "ldappw",     "dbpass",   "userpass",  "mypass",    "adminpass",
     "rootpass",   "smtppass", "mailpass",  "authpass",  "keypass",
     "storepass",  "sshpass",  "ftppass",   "sqlpass",   "requirepass",
     "masterauth", "wifipass", "cpass",     "testpass",  "passauth",
     "mypw",       "svcpass",  "loginpass", "emailpass", "sudopass"}));

// What may follow the noun without changing what it names.
constexpr WordSet kQualifiers(
    std::to_array<std::string_view>({"1",          "2",
                                     "3",          "4",
                                     "5",          "a",
                                     "b",          "again",
                                     "admin",      "base",
                                     "base64",     "b64",
                                     "confirm",    "confirmation",
                                     "confirmed",  "current",
                                     "db",         "default",
                                     "dev",        "development",
                                     "encrypted",  "enc",
                                     "fallback",   "live",
                                     "local",      "main",
                                     "master",     "mysql",
                                     "new",        "old",
                                     "plain",      "plaintext",
                                     "postgres",   "prod",
                                     "production", "qa",
                                     "repeat",     "root",
                                     "sandbox",    "secret",
                                     "secondary",  "sha256",
                                     "staging",    "str",
                                     "string",     "test",
                                     "testing",    "text",
                                     "uat",        "user",
                                     "utf8",       "val",
                                     "value",      "verify",
                                     "bytes",      "valid",
                                     "ok",         "good",
                                     "01",         "02",
                                     "clear",      "raw",
                                     "literal",    "const",
                                     "key",        "keys",
                                     "token",      "access",
                                     "internal",   "external"}));

// What makes the noun's value a stored hash: only with one that looks so.
constexpr auto kHashes = std::to_array<std::string_view>(
    {"hash", "hashed", "digest", "sha", "sha1", "sha224", "sha256", "sha384",
     "sha512", "md5", "bcrypt", "scrypt", "argon2", "pbkdf2", "hmac", "hex",
     "ntlm", "crypt"});
constexpr WordSet kHashWords(kHashes);

// A word anywhere that makes the name harmless.
constexpr WordSet kHarmless(std::to_array<std::string_view>(
    {"public",      "pub",          "primary",     "foreign",
     "sort",        "partition",    "shard",       "column",
     "columns",     "field",        "fields",      "label",
     "labels",      "placeholder",  "hint",        "regex",
     "pattern",     "policy",       "policies",    "length",
     "len",         "size",         "minlength",   "maxlength",
     "min",         "max",          "count",       "limit",
     "path",        "file",         "filename",    "dir",
     "directory",   "folder",       "url",         "uri",
     "href",        "link",         "endpoint",    "host",
     "port",        "name",         "names",       "type",
     "types",       "mode",         "kind",        "format",
     "title",       "message",      "msg",         "description",
     "desc",        "help",         "error",       "errors",
     "invalid",     "expired",      "expires",     "expiry",
     "expiration",  "ttl",          "timeout",     "lifetime",
     "age",         "strength",     "complexity",  "reset",
     "forgot",      "forgotten",    "change",      "changed",
     "require",     "required",     "optional",    "enabled",
     "disabled",    "enable",       "disable",     "show",
     "hide",        "visible",      "toggle",      "mask",
     "masked",      "prompt",       "input",       "textbox",
     "button",      "form",         "page",        "view",
     "screen",      "dialog",       "csrf",        "xsrf",
     "cursor",      "continuation", "next",        "index",
     "idx",         "map",          "hash",        "hashes",
     "hashed",      "hasher",       "digest",      "algorithm",
     "alg",         "algo",         "cipher",      "encoder",
     "encoding",    "codec",        "manager",     "service",
     "provider",    "factory",      "handler",     "helper",
     "util",        "utils",        "store",       "storage",
     "vault",       "cache",        "validator",   "generator",
     "parser",      "lexer",        "id",          "ids",
     "ref",         "arn",          "alias",       "version",
     "kid",         "fingerprint",  "thumbprint",  "prefix",
     "suffix",      "separator",    "delimiter",   "env",
     "var",         "variable",     "header",      "headers",
     "param",       "params",       "parameter",   "query",
     "attr",        "attribute",    "attributes",  "property",
     "properties",  "option",       "options",     "flag",
     "class",       "style",        "css",         "icon",
     "color",       "colour",       "font",        "event",
     "press",       "pressed",      "down",        "up",
     "code",        "codes",        "board",       "keyboard",
     "hotkey",      "shortcut",     "word",        "frame",
     "row",         "object",       "objects",     "translation",
     "i18n",        "locale",       "status",      "state",
     "rotation",    "usage",        "lookup",      "list",
     "set",         "array",        "dict",        "iterator",
     "callback",    "function",     "func",        "method",
     "schema",      "model",        "entity",      "table",
     "selector",    "xpath",        "pem",         "cert",
     "certificate", "template",     "rule",        "rules",
     "check",       "checker",      "source",      "author",
     "authors",     "authority",    "mechanism",   "scheme",
     "response",    "request",      "result",      "results",
     "scope",       "scopes",       "audience",    "issuer",
     "realm",       "domain",       "zone",        "region",
     "bucket",      "role",         "group",       "token_type",
     "expire",      "last",         "usages",      "exists",
     "pair",        "ring",         "chain",       "matcher",
     "match",       "compare",      "equals",      "nonce",
     "spec",        "log",          "amz",         "goog",
     "encrypted",   "spreadsheet",  "dedup",       "idempotency",
     "item",        "node",         "record",      "document",
     "entry",       "job",          "task",        "site",
     "trace",       "product",      "measurement", "s3"}));

// Before any noun: what it names is no secret of ours.
constexpr WordSet kNeverSecret(std::to_array<std::string_view>(
    {"public",   "csrf",  "xsrf",     "forgot",  "forgotten", "reset",
     "gpg",      "pgp",   "invalid",  "missing", "native",    "without",
     "has",      "is",    "show",     "hide",    "require",   "requires",
     "required", "check", "validate", "ask",     "wrong",     "incorrect",
     "bad",      "bogus", "ice",      "from",    "trusted"}));

constexpr WordSet kKeyAdjectives(std::to_array<std::string_view>(
    {"api",          "secret",    "access",   "private",  "auth",
     "encryption",   "encrypt",   "crypt",    "crypto",   "signing",
     "sign",         "signature", "master",   "account",  "shared",
     "session",      "hmac",      "aes",      "des",      "rsa",
     "jwt",          "ssh",       "service",  "app",      "application",
     "server",       "consumer",  "client",   "license",  "licence",
     "subscription", "admin",     "security", "decrypt",  "decryption",
     "storage",      "cookie",    "wep",      "wpa",      "preshared",
     "psk",          "host",      "deploy",   "webhook",  "integration",
     "bot",          "token",     "user",     "write",    "read",
     "dev",          "root",      "push",     "function", "management"}));
constexpr WordSet kKeyNouns(std::to_array<std::string_view>(
    {"apikey",        "appkey",        "secretkey",   "privatekey",
     "accesskey",     "authkey",       "apisecret",   "appsecret",
     "clientsecret",  "encryptionkey", "masterkey",   "signingkey",
     "sharedkey",     "accountkey",    "consumerkey", "consumersecret",
     "licensekey",    "sshkey",        "cryptkey",    "cookiesecret",
     "secretkeybase", "apikeys",       "aeskey",      "hmackey",
     "deskey",        "sessionkey",    "apitoken"}));
constexpr WordSet kAnyKeyNouns(std::to_array<std::string_view>(
    {"key", "keys", "auth", "authorization", "authentication", "credential",
     "credentials", "cred", "creds", "salt", "seed", "mnemonic", "bearer",
     "login", "certkey", "cookie", "sessionid", "sid"}));
constexpr WordSet kUserNouns(std::to_array<std::string_view>(
    {"user", "username", "login", "uid", "userid", "account", "usr", "uname",
     "email", "dbuser", "admin", "principal", "loginname", "accountname"}));

bool ends_with_any(std::string_view word, List ends) {
  return std::any_of(ends.begin(), ends.end(), [&](std::string_view end) {
    return word.size() > end.size() && word.back() == end.back() &&
           word.ends_with(end);
  });
}

bool is_number(std::string_view word) {
  return std::all_of(word.begin(), word.end(), is_digit);
}

// "passsha256", "userpwbcrypt": noun and hash in one word.
bool is_hashed_noun(std::string_view word) {
  // The last characters of the hashes: most words end with another.
  static constexpr CharSet kLast = char_set("hdta12456cxm");
  if (word.size() < 6 || !kLast.contains(word.back())) return false;
  for (const std::string_view hash : kHashes) {
    if (word.size() <= hash.size() || !word.ends_with(hash)) continue;
    const std::string_view noun = word.substr(0, word.size() - hash.size());
    if (kPasswordNouns.contains(noun) || ends_with_any(noun, kPasswordEnds) ||
        (noun.size() > 4 && noun.starts_with("pass")) || noun == "secret" ||
        noun == "token") {
      return true;
    }
  }
  return false;
}

std::string_view without_digits(std::string_view word) {
  while (word.size() > 1 && is_digit(word.back())) word.remove_suffix(1);
  return word;
}

NameKind noun_kind(std::string_view word, std::string_view before) {
  word = without_digits(word);
  if (word.starts_with("nopass")) return NameKind::none;  // sudo's NOPASSWD
  if (kPasswordNouns.contains(word) || ends_with_any(word, kPasswordEnds) ||
      kShortPasswordEnds.contains(word)) {
    return NameKind::password;
  }
  if (word == "community" && before == "snmp") return NameKind::password;
  if (word == "secret" || word == "secrets" || word.ends_with("secret")) {
    return NameKind::secret;
  }
  if (word == "jwt" || word == "token" || word == "tokens" ||
      (word.size() > 5 && word.ends_with("token"))) {
    return NameKind::token;
  }
  if (kKeyNouns.contains(word)) return NameKind::api_key;
  if (word == "key" && kKeyAdjectives.contains(before))
    return NameKind::api_key;
  if (word.ends_with("key") &&
      (word.starts_with("pub") || word.starts_with("subj") ||
       kHarmless.contains(word.substr(0, word.size() - 3)))) {
    return NameKind::none;
  }
  if (kAnyKeyNouns.contains(word) || word.ends_with("key")) {
    return NameKind::any_key;
  }
  if (kUserNouns.contains(word)) return NameKind::user;
  return NameKind::none;
}

// Writes lower-case letters and digits only, and returns how many.
std::size_t fold(std::string_view name, char* out) {
  std::size_t count = 0;
  for (const char c : name) {
    const bool upper = is_upper(c);
    out[count] = upper ? static_cast<char>(c - 'A' + 'a') : c;
    count += upper || is_lower(c) || is_digit(c);
  }
  return count;
}

// Whether a word begins at name[i], which is no separator.
bool begins_word(std::string_view name, std::size_t i) {
  if (i == 0) return true;
  const char before = name[i - 1];
  if (is_lower(before) || is_digit(before)) return is_upper(name[i]);
  if (!is_upper(before)) return true;
  return is_upper(name[i]) && i + 1 < name.size() && is_lower(name[i + 1]);
}

}  // namespace

std::string normalized(std::string_view name) {
  std::string text(name.size(), '\0');
  text.resize(fold(name, text.data()));
  return text;
}

Folded::Folded(std::string_view name) {
  if (name.size() > near_.size()) {
    text_ = far_ = normalized(name);
  } else {
    text_ = {near_.data(), fold(name, near_.data())};
  }
}

NameWords::NameWords(std::string_view name) {
  char* lower = near_.data();
  if (name.size() > near_.size()) {
    far_.resize(name.size());
    lower = far_.data();
  }
  std::transform(name.begin(), name.end(), lower, lower_letter);
  std::size_t begin = 0;
  const auto cut = [&](std::size_t end) {
    if (end > begin) add({lower + begin, end - begin});
    begin = end;
  };
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (!is_upper(c) && !is_lower(c) && !is_digit(c)) {
      cut(i);
      begin = i + 1;
    } else if (is_upper(c) && i > begin &&
               (is_lower(name[i - 1]) || is_digit(name[i - 1]) ||
                (i + 1 < name.size() && is_lower(name[i + 1])))) {
      cut(i);
    }
  }
  cut(name.size());
}

void NameWords::add(std::string_view word) {
  if (many_.empty() && count_ < few_.size()) {
    few_[count_++] = word;
    return;
  }
  if (many_.empty()) many_.assign(few_.begin(), few_.end());
  many_.push_back(word);
}

std::string_view last_word(std::string_view name) {
  while (!name.empty() && !kAlnum.contains(name.back())) name.remove_suffix(1);
  if (name.empty()) return name;
  std::size_t begin = name.size() - 1;
  while (!begins_word(name, begin)) --begin;
  return name.substr(begin);
}

bool ends_harmless(std::string_view last_word) {
  const Folded word(last_word);
  if (word.text() == "community") return false;  // of SNMP, by what is before
  return noun_kind(word.text(), {}) == NameKind::none &&
         !kQualifiers.contains(word.text()) && !is_number(word.text()) &&
         !kHashWords.contains(word.text()) && !is_hashed_noun(word.text());
}

NameKind kind_of_name(std::string_view name) {
  if (ends_harmless(last_word(name))) return NameKind::none;
  const NameWords found(name);
  const auto words = found.list();
  if (words.empty() || words.size() > 12) return NameKind::none;
  // The salt of a hash stands beside it; an application's has a longer name.
  if (Folded(name.substr(name.rfind('.') + 1)).text() == "salt") {
    return NameKind::none;
  }
  // The noun is the last word that is one; what follows may only qualify it.
  bool hashed = false;
  for (std::size_t i = words.size(); i-- > 0;) {
    const std::string_view before = i > 0 ? words[i - 1] : std::string_view();
    NameKind kind = noun_kind(words[i], before);
    if (kind == NameKind::none && is_hashed_noun(words[i])) {
      kind = NameKind::password;
      hashed = true;
    }
    if (kind == NameKind::none || kind == NameKind::user) {
      if (kind == NameKind::user && i + 1 == words.size()) return kind;
      if (kHashWords.contains(words[i])) {
        hashed = true;
        continue;
      }
      if (!kQualifiers.contains(words[i]) && !is_number(words[i])) {
        return NameKind::none;
      }
      continue;
    }
    if (kind == NameKind::any_key && i + 1 < words.size()) {
      return NameKind::none;
    }
    // "secret key", "access token secret": the strongest word names it.
    NameKind strongest = kind;
    for (std::size_t k = 0; k < i; ++k) {
      // hash_salt and NONCE_SALT are an application's own.
      const bool salted =
          words[i] == "salt" && (words[k] == "hash" || words[k] == "nonce");
      if (kHarmless.contains(words[k]) && kind == NameKind::any_key &&
          !salted) {
        return NameKind::none;
      }
      if (kNeverSecret.contains(words[k])) return NameKind::none;
      if (k == 0 && words[k] == "no") return NameKind::none;
      if (words[k] == "secret" && kind == NameKind::any_key) {
        strongest = NameKind::api_key;
      }
    }
    if (kind == NameKind::token &&
        (before == "next" || before == "page" || before == "continuation" ||
         before == "max" || before == "previous" || before == "lock" ||
         before == "state" || before == "sync" || before == "cancellation")) {
      return NameKind::none;
    }
    return hashed ? NameKind::hash : strongest;
  }
  return NameKind::none;
}

}  // namespace overreach
