#include "scanner/match/value.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "scanner/core/shape.h"
#include "scanner/match/tables/bigrams.h"

namespace overreach {
namespace {

constexpr std::string_view kWeakReason =
    "a weak or conventional value, such as test set-ups use";
constexpr std::string_view kRandomReason = "the value looks generated";
constexpr std::string_view kChosenReason =
    "the value looks like a password somebody chose";
constexpr std::string_view kPhraseReason = "the value is a passphrase";
constexpr std::string_view kWordReason = "the value is a plain word";

struct Makeup {
  std::size_t lower = 0, upper = 0, digits = 0, symbols = 0, spaces = 0,
              other = 0;
  std::size_t changes = 0;  // between letters and digits
  std::size_t letters() const { return lower + upper; }
};

Makeup makeup_of(std::string_view value) {
  Makeup shape;
  int before = 0;
  for (const char c : value) {
    int kind = 0;
    if (c >= 'a' && c <= 'z') {
      ++shape.lower, kind = 1;
    } else if (c >= 'A' && c <= 'Z') {
      ++shape.upper, kind = 1;
    } else if (c >= '0' && c <= '9') {
      ++shape.digits, kind = 2;
    } else if (c == ' ' || c == '\t') {
      ++shape.spaces;
    } else if (static_cast<unsigned char>(c) >= 0x80) {
      ++shape.other;
    } else {
      ++shape.symbols;
    }
    if (before + kind == 3) ++shape.changes;
    before = kind;
  }
  return shape;
}

// Bytes written as escapes: a test vector, not a password.
bool is_byte_string(std::string_view v) {
  std::size_t escapes = 0;
  for (std::size_t at = 0; (at = v.find("\\x", at)) != v.npos; at += 2) {
    ++escapes;
  }
  for (std::size_t at = 0; (at = v.find("0x", at)) != v.npos; at += 2) {
    ++escapes;
  }
  return escapes >= 2;
}

// A variable's or a member's name: user_password, setPassword.
bool is_name_of_secret(std::string_view v, const ValueSetting& setting) {
  const bool parts = v.find('_') != v.npos;
  bool humps = false;
  for (std::size_t i = 1; i < v.size(); ++i) {
    humps |= v[i] >= 'A' && v[i] <= 'Z' && v[i - 1] >= 'a' && v[i - 1] <= 'z';
  }
  if (!parts && !humps) return false;
  if (std::any_of(v.begin(), v.end(), [](char c) {
        return !kAlnum.contains(c) && c != '_';
      })) {
    return false;
  }
  const NameKind kind = kind_of_name(v);
  if (kind == NameKind::none || kind == NameKind::user) return false;
  return !setting.quoted || v.find_first_of("0123456789") == v.npos;
}

// Words that stand for a value, wherever they occur in it.
constexpr auto kPlaceholderParts = std::to_array<std::string_view>(
    {"changeme", "changeit", "placeholder", "example", "sample", "dummy",
     "replace", "redacted", "yourpass", "yoursecret", "yourtoken", "yourkey",
     "yourapi", "youraccess", "yourclient", "yourpriv", "yourown", "insert",
     "mypassword", "mysecret", "mytoken", "myapikey", "todo", "fixme", "fake",
     "xxxx", "notset", "notused", "unused", "undefined", "deprecated",
     "masked", "hidden", "enteryour", "goeshere", "tobe", "removed",
     "omitted", "sanitized", "anonymized", "blahblah",
     "somepassword", "somesecret", "sometoken", "somekey",
     "generateme", "notasecret", "notarealsecret", "dontuse",
     "donotuse", "secrethere", "passwordhere", "keyhere", "tokenhere"});

// A whole value that is nothing: what forms and settings hold by default.
constexpr auto kNothing = std::to_array<std::string_view>(
    {"", "none", "null", "nil", "nan", "true", "false", "yes", "no", "on",
     "off", "undefined", "empty", "default", "auto", "required", "optional",
     "string", "str", "text", "int", "bool", "boolean", "object", "array",
     "value", "val", "key", "name", "username", "user", "email", "id", "uuid",
     "hash", "base64", "hex", "md5", "sha1", "sha256", "basic", "bearer",
     "digest", "oauth", "oauth2", "jwt", "plain", "plaintext", "prompt",
     "ask", "env", "file", "vault", "stdin", "input", "hidden", "unknown",
     "invalid", "missing", "wrong", "disabled", "enabled", "type", "field",
     "apikey", "accesstoken", "refreshtoken", "clientsecret", "authtoken",
     "privatekey", "publickey", "secretkey", "accesskey", "authorization",
     "credential", "credentials", "login", "submit", "cancel", "ok", "error",
     "passphrase", "newpassword", "oldpassword", "confirmpassword",
     "currentpassword", "userpassword", "usertoken", "sessiontoken",
     "bearertoken", "idtoken", "apitoken", "keyword", "header", "cookie",
     "query", "body", "http", "https", "localhost", "foo", "bar", "baz",
     "qux", "abc", "xyz", "any", "all", "new", "old"});

// Real somewhere, and in every word list.
constexpr auto kWeak = std::to_array<std::string_view>(
    {"password", "passwd", "pass", "pwd", "secret", "token", "test", "tests",
     "testing", "tester", "admin", "administrator", "root", "guest", "demo",
     "changeme", "letmein", "welcome", "qwerty", "postgres", "mysql", "mongo",
     "redis", "rabbitmq", "oracle", "sa", "toor", "user", "temp", "temporary",
     "default", "service", "manager", "system", "public", "private", "master",
     "monkey", "dragon", "iloveyou", "abc", "abcd", "abcde", "abcdef", "a",
     "b", "c", "x", "y", "p", "pw", "s", "secretpassword", "testpass",
     "testpassword", "testsecret", "testtoken", "testkey", "supersecret",
     "topsecret", "verysecret", "mypass", "userpass", "adminpass",
     "adminpassword", "rootpassword", "rootpass", "dbpassword", "dbpass",
     "passw", "pswd", "psw", "foo", "bar", "baz", "foobar", "hello", "world",
     "helloworld", "hunter", "swordfish", "opensesame", "sesame", "drowssap",
     "secrets", "shh", "shhh", "keyboardcat", "keyboard", "cat", "wrong",
     "wrongpassword", "badpassword", "bad", "good", "goodpassword", "invalid",
     "correct", "incorrect", "newpassword", "oldpassword", "newpass",
     "oldpass", "new", "old", "one", "two", "other", "another", "different",
     "something", "some", "any", "bogus", "hacked", "anypassword", "anypasswd",
     "whatever", "nopassword", "badpasswd", "abadpassword", "ssword", "bob", "alice", "john", "joe", "me", "my"});

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& list,
               std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool is_surrounded(std::string_view v, char open, char close) {
  return v.size() >= 2 && v.front() == open && v.back() == close;
}

// ${X}, $X, %X%, {{ x }}, <x>, [x], #{x}, @X@, %s, {0}, :name, ?
bool is_reference_form(std::string_view v) {
  if (v.find("${") != v.npos || v.find("{{") != v.npos ||
      v.find("$(") != v.npos || v.find("#{") != v.npos ||
      v.find("<%") != v.npos || v.find("%(") != v.npos ||
      v.find("{%") != v.npos || v.find("%{") != v.npos ||
      v.find("&lt;") != v.npos || v.find("$$") == 0 || v.find("@{") != v.npos) {
    return true;
  }
  if (is_surrounded(v, '<', '>') || is_surrounded(v, '{', '}') ||
      is_surrounded(v, '[', ']') || is_surrounded(v, '(', ')')) {
    return true;
  }
  if (v.size() > 2 && (is_surrounded(v, '%', '%') || is_surrounded(v, '@', '@') ||
                       (v.starts_with("__") && v.ends_with("__")))) {
    return true;
  }
  if (v.size() > 1 && v.front() == '$') {
    return std::all_of(v.begin() + 1, v.end(), [](char c) {
      return kAlnum.contains(c) || c == '_' || c == ':' || c == '.' ||
             c == '[' || c == ']' || c == '-' || c == '>' || c == '\'';
    });
  }
  if (v.size() <= 4 && v.front() == '%') return true;
  if (v.starts_with("!vault") || v.starts_with("ENC[") ||
      v.starts_with("!Ref") || v.starts_with("!Sub") || v.starts_with("!Get") ||
      v.starts_with("vault:") || v.starts_with("env:") ||
      v.starts_with("arn:") || v.starts_with("op://") ||
      v.starts_with("{cipher}") || v.starts_with("secretsmanager") ||
      v.starts_with("data:") || v.starts_with("file:") ||
      v.starts_with("keyvault")) {
    return true;
  }
  return false;
}

bool is_repetition(std::string_view v) {
  std::size_t alnum = 0, distinct = 0;
  std::array<bool, 256> seen{};
  for (const char c : v) {
    alnum += kAlnum.contains(c);
    bool& was = seen[static_cast<unsigned char>(c)];
    distinct += !was;
    was = true;
  }
  if (alnum == 0) return true;  // "***", "...", "---"
  return distinct <= 1 || (distinct == 2 && v.size() >= 8);
}

// Characters that follow their neighbour: "abcdefgh", "12345678".
std::size_t longest_sequence(std::string_view v) {
  std::size_t longest = 1, current = 1;
  for (std::size_t i = 1; i < v.size(); ++i) {
    const int step = v[i] - v[i - 1];
    current = step == 1 || step == -1 ? current + 1 : 1;
    longest = std::max(longest, current);
  }
  return longest;
}

std::size_t longest_repeat(std::string_view v) {
  std::size_t longest = 1, current = 1;
  for (std::size_t i = 1; i < v.size(); ++i) {
    current = v[i] == v[i - 1] ? current + 1 : 1;
    longest = std::max(longest, current);
  }
  return longest;
}

bool is_path_or_file(std::string_view v) {
  if (v.starts_with("/") || v.starts_with("./") || v.starts_with("../") ||
      v.starts_with("~/") || v.starts_with("\\\\")) {
    return v.size() > 1 &&
           (std::count(v.begin(), v.end(), '/') >= 3 || !looks_random(v));
  }
  if (v.size() > 3 && v[1] == ':' && (v[2] == '\\' || v[2] == '/')) return true;
  if (v.find("://") != v.npos) return true;
  constexpr auto kEnds = std::to_array<std::string_view>(
      {".pem", ".key", ".json", ".txt", ".crt", ".cer", ".yml", ".yaml",
       ".xml", ".properties", ".conf", ".cfg", ".ini", ".js", ".ts", ".py",
       ".rb", ".php", ".java", ".go", ".html", ".css", ".png", ".jpg", ".svg",
       ".md", ".sh", ".p12", ".pfx", ".jks", ".pub", ".env", ".com", ".org",
       ".net", ".io", ".local", ".tf", ".cs", ".sql", ".log", ".exe", ".dll",
       ".lock", ".toml", ".h", ".c", ".cpp", ".class", ".jar", ".zip"});
  if (std::any_of(kEnds.begin(), kEnds.end(), [&](std::string_view end) {
        return v.size() > end.size() && v.ends_with(end);
      })) {
    return true;
  }
  const auto slashes = std::count(v.begin(), v.end(), '/');
  return slashes >= 1 && wordlikeness(v) > 0.2 && v.find('=') == v.npos &&
         makeup_of(v).digits * 5 < v.size();
}

// x.y.z, x->y, x::y, x[...], f(...): code, not a value.
bool is_expression(std::string_view v, bool quoted) {
  const char last = v.back();
  if (v.find("->") != v.npos || v.find("::") != v.npos) return true;
  if (v.find('(') != v.npos && (last == ')' || !quoted)) return true;
  if (quoted) {
    // "config.database.password", "user.password", "Admin:Password"
    const auto dots = std::count(v.begin(), v.end(), '.');
    return dots >= 1 && wordlikeness(v) > 0.2 && makeup_of(v).digits == 0 &&
           makeup_of(v).symbols == static_cast<std::size_t>(dots);
  }
  if (v.find('[') != v.npos) return true;
  return v.find('.') != v.npos && makeup_of(v).digits < 2 &&
         wordlikeness(v) > 0;
}

// snake_case, kebab-case, camelCase of words, or one word.
bool is_identifier_of_words(std::string_view v, const Makeup& shape) {
  if (shape.spaces || shape.other || shape.digits > 2) return false;
  for (const char c : v) {
    if (!kAlnum.contains(c) && c != '_' && c != '-' && c != '.' && c != ':' &&
        c != '/') {
      return false;
    }
  }
  if (shape.digits > 0 && shape.symbols == 0) return false;
  return wordlikeness(v) > -0.1;
}

std::string_view without_end_digits(std::string_view v) {
  while (!v.empty() && !((v.back() | 32) >= 'a' && (v.back() | 32) <= 'z')) {
    v.remove_suffix(1);
  }
  return v;
}

// "Passw0rd!" -> "password": what people do to make a word look strong.
std::string unleet(std::string_view v) {
  std::string text;
  for (char c : v) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    switch (c) {
      case '0': c = 'o'; break;
      case '1': c = 'i'; break;
      case '3': c = 'e'; break;
      case '4': c = 'a'; break;
      case '5': c = 's'; break;
      case '7': c = 't'; break;
      case '@': c = 'a'; break;
      case '$': c = 's'; break;
      default: break;
    }
    if (c >= 'a' && c <= 'z') text += c;
  }
  return text;
}

bool is_weak(std::string_view v) {
  const std::string base = normalized(v);
  // P@ssw0rd!, Password1!: somebody satisfied a policy.
  const Makeup shape = makeup_of(v);
  if (shape.symbols > 0 && shape.letters() > 0 && shape.digits > 0 &&
      v.size() >= 8) {
    return false;
  }
  if (is_one_of(kWeak, base)) return true;
  const std::string word = normalized(without_end_digits(v));
  // password1, test_2: a conventional word with a digit.
  if (v.size() - without_end_digits(v).size() <= 2 && is_one_of(kWeak, word)) {
    return true;
  }
  return longest_sequence(v) + 1 >= v.size();  // 123456, abcdefg
}

// Short parts stand in random text by chance: "YRClYtoDo996".
bool begins_a_word(std::string_view value, std::string_view part) {
  const std::string folded = normalized(value);
  std::string storage;
  const auto words = words_of(value, storage);
  return folded.starts_with(part) || folded.ends_with(part) ||
         std::any_of(words.begin(), words.end(), [&](std::string_view word) {
           return word.starts_with(part);
         });
}

Verdict secret(Confidence confidence, std::string_view reason) {
  return {true, confidence, reason};
}

Verdict judge_password(std::string_view v, const Makeup& shape,
                       const ValueSetting& setting) {
  if (v.size() > 200) return {};
  if (setting.near_user && shape.digits == v.size() && v.size() >= 6) {
    return secret(Confidence::medium, kChosenReason);
  }
  if (is_weak(v)) return secret(Confidence::low, kWeakReason);
  if (v.size() < 4) return secret(Confidence::low, kWeakReason);
  if (shape.spaces > 0) {
    // A sentence of a dialog, unless it is a phrase nobody would display.
    if (setting.in_data && setting.quoted && shape.spaces >= 2 &&
        shape.lower + shape.spaces == v.size() &&
        v.find("password") == v.npos) {
      return secret(Confidence::medium, kPhraseReason);
    }
    const bool phrase = setting.quoted && shape.digits + shape.symbols > 1 &&
                        shape.spaces <= 6 && v.back() != '.' &&
                        v.back() != ':' && v.back() != '!' && v.back() != '?';
    return phrase ? secret(Confidence::low, kChosenReason) : Verdict{};
  }
  const bool mixed = shape.letters() > 0 && shape.digits + shape.symbols > 0;
  if (shape.letters() == 0) {
    return shape.digits >= 6 ? secret(Confidence::medium, kChosenReason)
                             : secret(Confidence::low, kWeakReason);
  }
  if (looks_random(v)) return secret(Confidence::medium, kRandomReason);
  if (mixed && !is_identifier_of_words(v, shape)) {
    const std::string word = unleet(v);
    if (v.size() < 6 && is_one_of(kWeak, word)) {
      return secret(Confidence::low, kWeakReason);
    }
    return secret(Confidence::medium, kChosenReason);
  }
  if (wordlikeness(v) < -0.3 && v.size() >= 6) {
    return secret(Confidence::medium, kRandomReason);
  }
  if (is_identifier_of_words(v, shape) && shape.symbols > 0 &&
      !setting.strong_place && !(setting.near_user && setting.quoted)) {
    return secret(Confidence::low, kWordReason);
  }
  if ((setting.near_user || setting.strong_place || setting.in_data) &&
      v.size() >= 5 && shape.other == 0) {
    return secret(Confidence::medium, kChosenReason);
  }
  return secret(Confidence::low, kWordReason);
}

// 12 to 24 short words in small letters: a wallet's recovery phrase.
bool is_recovery_phrase(std::string_view v, const Makeup& shape) {
  if (shape.spaces < 11 || shape.spaces > 23 || (shape.spaces + 1) % 3 != 0 ||
      shape.lower + shape.spaces != v.size()) {
    return false;
  }
  std::size_t length = 0;
  for (std::size_t i = 0; i <= v.size(); ++i) {
    if (i < v.size() && v[i] != ' ') {
      ++length;
    } else {
      if (length < 3 || length > 8) return false;
      length = 0;
    }
  }
  return true;
}

Verdict judge_key(NameKind kind, std::string_view v, const Makeup& shape,
                  const ValueSetting& setting) {
  if (is_recovery_phrase(v, shape)) {
    return secret(Confidence::medium, "the value is a recovery phrase");
  }
  if (shape.spaces > 0 || v.size() > 4000) return {};
  if (looks_random(v)) {
    if (kind == NameKind::any_key && (v.size() < 20 || v.size() > 200)) {
      return {};
    }
    return secret(Confidence::medium, kRandomReason);
  }
  if (kind == NameKind::any_key) return {};
  if (is_weak(v)) return secret(Confidence::low, kWeakReason);
  if (v.size() < 6) return {};
  const bool mixed = shape.letters() > 0 && shape.digits + shape.symbols > 0;
  if (kind == NameKind::secret && mixed && !is_identifier_of_words(v, shape) &&
      (setting.quoted || !setting.in_code)) {
    return secret(Confidence::medium, kChosenReason);
  }
  if (mixed && !is_identifier_of_words(v, shape)) {
    return secret(Confidence::low, kChosenReason);
  }
  if (wordlikeness(v) < -0.5 && v.size() >= 12) {
    return secret(Confidence::medium, kRandomReason);
  }
  return setting.quoted && kind == NameKind::secret && shape.symbols > 0
             ? secret(Confidence::low, kWordReason)
             : Verdict{};
}

}  // namespace

double wordlikeness(std::string_view text) {
  int sum = 0, pairs = 0;
  int before = -1;
  bool before_upper = false;
  for (const char c : text) {
    const bool upper = c >= 'A' && c <= 'Z';
    const char low = upper ? static_cast<char>(c - 'A' + 'a') : c;
    if (low < 'a' || low > 'z') {
      before = -1;
      continue;
    }
    // A capital behind a small letter begins a new word.
    if (before >= 0 && !(upper && !before_upper)) {
      sum += kBigrams[static_cast<std::size_t>(before)]
                     [static_cast<std::size_t>(low - 'a')];
      ++pairs;
    }
    before = low - 'a';
    before_upper = upper;
  }
  if (pairs < 2) return 0;
  return sum / 8.0 / pairs;
}

double entropy(std::string_view text) {
  std::array<unsigned, 256> counts{};
  for (const char c : text) ++counts[static_cast<unsigned char>(c)];
  double bits = 0;
  for (const unsigned count : counts) {
    if (count == 0) continue;
    const double share = count / static_cast<double>(text.size());
    bits -= share * std::log2(share);
  }
  return bits;
}

bool looks_random(std::string_view value) {
  const Makeup shape = makeup_of(value);
  if (value.size() < 8 || shape.spaces > 0 || shape.other > 0) return false;
  if (longest_repeat(value) * 2 > value.size()) return false;
  const double likeness = wordlikeness(value);
  const double bits = entropy(value);
  if (value.size() >= 20 && shape.digits >= 2 && shape.letters() >= 4 &&
      shape.changes >= 4) {
    return bits > 3.0 && longest_sequence(value) < 8;
  }
  if (shape.digits == 0 && shape.symbols == 0) {
    return value.size() >= 12 && likeness < -0.6 && bits > 3.0;
  }
  const bool cases = shape.lower >= 2 && shape.upper >= 2;
  if (shape.digits >= 1 && cases && likeness < 0.1 && shape.changes >= 2) {
    return bits > 2.8;
  }
  return shape.digits >= 2 && shape.changes >= 3 && likeness < 0.1 &&
         bits > 2.8 && longest_sequence(value) < 6;
}

bool is_sample_token(std::string_view token) {
  std::string folded(token);
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  for (const std::string_view part :
       {"example", "sample", "placeholder", "redacted", "changeme", "xxxxxx",
        "your_", "your-", "yourtoken", "yourkey", "dummy", "fake",
        "deadbeef", "insert"}) {
    if (folded.find(part) != folded.npos) return true;
  }
  // Of what is behind the last separator of the prefix.
  const std::size_t body_at = token.find_last_of("_-.:", token.size() / 2);
  const std::string_view body =
      token.substr(body_at == token.npos ? 0 : body_at + 1);
  if (body.size() < 8) return false;
  return longest_repeat(token) >= std::max<std::size_t>(6, token.size() / 4) ||
         longest_sequence(body) >=
             std::max<std::size_t>(8, body.size() / 3) ||
         entropy(body) < 1.8;
}

bool is_placeholder(std::string_view value) {
  if (value.empty()) return true;
  const std::string folded = normalized(value);
  if (is_reference_form(value) || is_repetition(value)) return true;
  if (is_one_of(kNothing, folded)) return true;
  if (folded.starts_with("your")) return true;
  const bool long_random = value.size() >= 32 && looks_random(value);
  return !long_random &&
         std::any_of(kPlaceholderParts.begin(), kPlaceholderParts.end(),
                     [&](std::string_view part) {
                       return folded.find(part) != folded.npos &&
                              (part.size() > 4 || begins_a_word(value, part));
                     });
}

Verdict judge_value(NameKind kind, std::string_view value,
                    const ValueSetting& setting) {
  if (value.size() < 2) return {};
  const std::string folded = normalized(value);
  if (kind == NameKind::password && is_one_of(kWeak, folded) &&
      !is_reference_form(value)) {
    return secret(Confidence::low, kWeakReason);
  }
  if (is_placeholder(value)) return {};
  if (is_byte_string(value)) return {};
  if (value.size() >= 16 && is_sample_token(value)) return {};
  // The rest of an expression between two quotes that are not its own.
  if (std::string_view(")],;}").find(value.front()) != std::string_view::npos &&
      value.find_first_of("(){}") != value.npos) {
    return {};
  }
  if (!setting.strong_place && !setting.in_data &&
      is_name_of_secret(value, setting)) {
    return {};
  }
  // What a program is about to append to: "password=", "SECRET: ".
  if (value.back() == '=' && value.find_first_of("0123456789+/") == value.npos) {
    return {};
  }
  if (value.find("\\u") != value.npos) return {};  // a translated text
  if (!setting.strong_place &&
      (is_path_or_file(value) || is_expression(value, setting.quoted))) {
    return {};
  }
  const Makeup shape = makeup_of(value);
  if (kind == NameKind::password) return judge_password(value, shape, setting);
  return judge_key(kind, value, shape, setting);
}

}  // namespace overreach
