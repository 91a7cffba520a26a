#include "scanner/match/value.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string>

#include "scanner/base/encoding.h"
#include "scanner/base/text.h"
#include "scanner/base/word_list.h"
#include "scanner/core/shape.h"
#include "scanner/match/code_forms.h"
#include "scanner/match/other_uses.h"
#include "scanner/match/tables/bigrams.h"
#include "scanner/match/value_forms.h"

namespace overreach {
namespace {

constexpr std::string_view kWeakReason =
    "a weak or conventional value, such as test set-ups use";
constexpr std::string_view kRandomReason = "the value looks generated";
constexpr std::string_view kTestReason =
    "the value says it is for tests or development";
constexpr std::string_view kChosenReason =
    "the value looks like a password somebody chose";
constexpr std::string_view kPhraseReason = "the value is a passphrase";
constexpr std::string_view kNameReason =
    "the value looks like the name of an object";
constexpr std::string_view kIdReason = "the value identifies an object";
constexpr std::string_view kCipherReason =
    "the value is encrypted: a key elsewhere opens it";
constexpr std::string_view kProductReason =
    "a product key, which activates a program";
constexpr std::string_view kEncodedReason =
    "a weak or conventional value in Base64";
constexpr std::string_view kWordReason = "the value is a plain word";

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
    if ((setting.in_data || setting.near_user) && setting.quoted &&
        shape.spaces >= 2 && shape.lower + shape.spaces == v.size() &&
        v.find("password") == v.npos) {
      return secret(Confidence::medium, kPhraseReason);
    }
    const bool phrase = setting.quoted && shape.digits + shape.symbols > 1 &&
                        shape.spaces <= 6 && v.back() != '.' &&
                        v.back() != ':' && v.back() != '!' && v.back() != '?';
    return phrase ? secret(Confidence::low, kChosenReason) : Verdict{};
  }
  if (!setting.quoted && !setting.strong_place && is_constant_name(v)) {
    return secret(Confidence::low, kNameReason);
  }
  if (is_uuid(v) && !setting.strong_place) {
    return secret(Confidence::low, kIdReason);
  }
  // update_password: on_create, in a text.
  if (!setting.quoted && !setting.in_data && !setting.strong_place &&
      shape.letters() > 0 && v.find('_') != v.npos &&
      shape.lower +
              static_cast<std::size_t>(std::count(v.begin(), v.end(), '_')) ==
          v.size()) {
    return secret(Confidence::low, kNameReason);
  }
  const bool mixed = shape.letters() > 0 && shape.digits + shape.symbols > 0;
  if (shape.letters() == 0) {
    return shape.digits >= 6 ? secret(Confidence::medium, kChosenReason)
                             : secret(Confidence::low, kWeakReason);
  }
  if (looks_random(v)) return secret(Confidence::medium, kRandomReason);
  if (mixed && !is_identifier_of_words(v, shape)) {
    const std::string word = unleet(v);
    if (v.size() < 6 && is_weak_word(word)) {
      return secret(Confidence::low, kWeakReason);
    }
    return secret(Confidence::medium, kChosenReason);
  }
  if (wordlikeness(v) < -0.3 && v.size() >= 6) {
    return secret(Confidence::medium, kRandomReason);
  }
  if (is_identifier_of_words(v, shape) && shape.symbols > 0 &&
      !setting.strong_place && !setting.in_data) {
    return secret(Confidence::low, kWordReason);
  }
  if ((setting.near_user || setting.strong_place || setting.in_data) &&
      v.size() >= 5 && shape.other == 0) {
    return secret(Confidence::medium, kChosenReason);
  }
  return secret(Confidence::low, kWordReason);
}

// 12 to 24 short words in small letters: a wallet's recovery phrase.  Words of
// one length are some other list, such as the months.
bool is_recovery_phrase(std::string_view v, const Makeup& shape) {
  if (shape.spaces < 11 || shape.spaces > 23 || (shape.spaces + 1) % 3 != 0 ||
      shape.lower + shape.spaces != v.size()) {
    return false;
  }
  std::vector<std::string_view> words;
  std::size_t length = 0;
  for (std::size_t i = 0; i <= v.size(); ++i) {
    if (i < v.size() && v[i] != ' ') {
      ++length;
    } else {
      if (length < 3 || length > 8) return false;
      words.push_back(v.substr(i - length, length));
      length = 0;
    }
  }
  const bool even =
      std::all_of(words.begin(), words.end(), [&](std::string_view word) {
        return word.size() == words.front().size();
      });
  if (even) return false;
  // "test test test ... junk" is what every test network uses.
  std::sort(words.begin(), words.end());
  const auto distinct = std::unique(words.begin(), words.end());
  return distinct - words.begin() >
         static_cast<std::ptrdiff_t>(words.size() / 2);
}

// somebody@mail.test: who, not what opens it.
bool is_mail_address(std::string_view v) {
  const std::size_t at = v.find('@');
  if (at == v.npos || at == 0) return false;
  const std::string_view host = v.substr(at + 1);
  const std::size_t dot = host.rfind('.');
  return dot != host.npos && dot > 0 && host.size() > dot + 2 &&
         std::all_of(host.begin(), host.end(),
                     [](char c) {
                       return kAlnum.contains(c) || c == '-' || c == '.';
                     }) &&
         makeup_of(host.substr(dot + 1)).letters() == host.size() - dot - 1;
}

// Names that say too little: only with a value that looks generated.
bool is_weak_kind(NameKind kind) {
  return kind == NameKind::any_key || kind == NameKind::hash;
}

// TestSecretKeyForUnitTests256, dev-secret-key-1: chosen, and says itself what
// it is for.
bool is_for_tests(std::string_view v) {
  const NameWords found(v);
  const auto words = found.list();
  return std::any_of(words.begin(), words.end(), [](std::string_view word) {
    return is_listed(
        " test tests testing junit mock demo dev development local localhost "
        "ci ",
        word);
  });
}

Verdict judge_key(NameKind kind, std::string_view v, const Makeup& shape,
                  const ValueSetting& setting) {
  if (is_recovery_phrase(v, shape)) {
    return secret(Confidence::medium, "the value is a recovery phrase");
  }
  if (shape.spaces > 0 || v.size() > 4000 || is_mail_address(v)) return {};
  if (is_resource_name(v)) return secret(Confidence::low, kNameReason);
  if (looks_random(v)) {
    if (is_weak_kind(kind) && (v.size() < 20 || v.size() > 200)) {
      return {};
    }
    if (kind == NameKind::any_key && is_identifier_of_key(v)) return {};
    return secret(Confidence::medium, kRandomReason);
  }
  if (is_weak_kind(kind)) return {};
  if (is_weak(v)) return secret(Confidence::low, kWeakReason);
  if (v.size() < 6) return {};
  const bool mixed = shape.letters() > 0 && shape.digits + shape.symbols > 0;
  if (is_setting(v) && !setting.quoted) {
    return secret(Confidence::low, kNameReason);
  }
  if (kind == NameKind::secret && mixed && !is_identifier_of_words(v, shape) &&
      (setting.quoted || !setting.in_code)) {
    return is_for_tests(v) ? secret(Confidence::low, kTestReason)
                           : secret(Confidence::medium, kChosenReason);
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

// cG9zdGdyZXM=: a word everybody uses, or a placeholder, in Base64.
bool encodes_a_word(std::string_view v) {
  constexpr std::size_t kShortest = 8, kLongest = 64;
  if (v.size() < kShortest || v.size() > kLongest || v.size() % 4 != 0) {
    return false;
  }
  const auto decoded = decode_base64(v);
  if (!decoded) return false;
  std::string_view text = *decoded;
  if (text.ends_with('\n')) text.remove_suffix(1);
  return !text.empty() &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return c >= ' ' && c < 0x7f; }) &&
         (is_weak(text) || is_placeholder(text) || is_wrong_on_purpose(text) ||
          is_name_of_secret(text, true));
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
  const std::string folded = lower_case(token);
  for (const std::string_view part :
       {"example", "sample", "placeholder", "redacted", "changeme", "xxxxxx",
        "your_", "your-", "yourtoken", "yourkey", "dummy", "fake", "deadbeef",
        "insert"}) {
    if (folded.find(part) != folded.npos) return true;
  }
  // HRKU-01234567-89ab-cdef-0123-456789abcdef
  if (const std::size_t dash = token.find('-'); dash != token.npos) {
    std::string digits(token.substr(dash));
    std::erase(digits, '-');
    if (is_counted(digits)) return true;
  }
  // Of what is behind the last separator of the prefix.
  const std::size_t body_at = token.find_last_of("_-.:", token.size() / 2);
  const std::string_view body =
      token.substr(body_at == token.npos ? 0 : body_at + 1);
  if (body.size() < 8) return false;
  return longest_repeat(token) >= std::max<std::size_t>(6, token.size() / 4) ||
         longest_sequence(body) >= std::max<std::size_t>(8, body.size() / 3) ||
         entropy(body) < 1.8;
}

Verdict judge_value(NameKind kind, std::string_view value,
                    const ValueSetting& setting) {
  if (value.size() < 2) return {};
  const std::string folded = normalized(value);
  if (kind == NameKind::password && is_weak_word(folded) &&
      !is_reference_form(value)) {
    return secret(Confidence::low, kWeakReason);
  }
  if (is_placeholder(value)) return {};
  if (is_byte_string(value) || is_public_nkey(value) || is_public_der(value) ||
      is_public_ssh(value)) {
    return {};
  }
  if (!setting.strong_place && has_other_use(value)) return {};
  if (!setting.strong_place && is_marked_name(value)) {
    return setting.quoted ? secret(Confidence::low, kNameReason) : Verdict{};
  }
  if (value.size() >= 16 && is_sample_token(value)) return {};
  // The rest of an expression between two quotes that are not its own.
  if (std::string_view(")],;}").find(value.front()) != std::string_view::npos &&
      value.find_first_of("(){}") != value.npos) {
    return {};
  }
  // In a URL and the like only names as variables have them: MONGO_PASSWORD.
  if ((!setting.strong_place || is_constant_name(value)) &&
      is_name_of_secret(value, setting.quoted || setting.in_data)) {
    return {};
  }
  // What a program is about to append to: "password=", "SECRET: ".
  if (value.back() == '=' &&
      value.find_first_of("0123456789+/") == value.npos) {
    return {};
  }
  if (value.find("\\u") != value.npos) return {};  // a translated text
  if (!setting.strong_place &&
      (is_path_or_file(value) || is_expression(value, setting.quoted))) {
    return {};
  }
  if (is_ciphertext(value)) return secret(Confidence::low, kCipherReason);
  if (is_product_key(value)) return secret(Confidence::low, kProductReason);
  if (encodes_a_word(value)) return secret(Confidence::low, kEncodedReason);
  if (is_counted(value)) return secret(Confidence::low, kWeakReason);
  const Makeup shape = makeup_of(value);
  if (kind == NameKind::password) return judge_password(value, shape, setting);
  return judge_key(kind, value, shape, setting);
}

}  // namespace overreach
