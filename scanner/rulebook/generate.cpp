// Examples: made from a rule's shape by a small generator, so that no real
// secret is ever written down.

#include <algorithm>
#include <array>

#include "scanner/rulebook/rulebook.h"
#include "scanner/rulebook/shape_parser.h"

namespace overreach {
namespace {

// SplitMix64: tiny, and the same everywhere.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  std::size_t below(std::size_t count) { return next() % count; }
  void mix(std::uint64_t value) { state_ = next() ^ value; }

 private:
  std::uint64_t state_;
};

constexpr std::uint32_t kSpread = 20;  // how far above the minimum we go
constexpr int kAttempts = 2000;

std::string characters(const CharSet& set) {
  std::string all;
  for (char c = '!'; c <= '~'; ++c) {
    if (set.contains(c)) all += c;
  }
  return all;
}

void append_chars(const Element& element, Random& random, std::string& out) {
  const std::string all = characters(element.set);
  if (all.empty()) return;
  const std::uint32_t most = std::min(
      element.max,
      element.min > kNoMaximum - kSpread ? kNoMaximum : element.min + kSpread);
  std::size_t length = element.min + random.below(most - element.min + 1);
  if (length == 0) length = 1;
  // Nothing begins or ends with punctuation: such ends are ambiguous.
  for (std::size_t i = 0; i < length; ++i) {
    char c = all[random.below(all.size())];
    for (int tries = 0; (i == 0 || i + 1 == length) && !kAlnum.contains(c) &&
                        tries < kAttempts;
         ++tries) {
      c = all[random.below(all.size())];
    }
    out += c;
  }
}

void append_uuid(Random& random, std::string& out) {
  constexpr std::string_view kHex = "0123456789abcdef";
  for (const char c :
       std::string_view("xxxxxxxx-xxxx-4xxx-axxx-xxxxxxxxxxxx")) {
    out += c == 'x' ? kHex[random.below(16)] : c;
  }
}

void append(const Shape& shape, Random& random, std::string& out) {
  for (const Element& element : shape) {
    switch (element.kind) {
      case Element::Kind::literal:
        out += element.literal;
        break;
      case Element::Kind::one_of:
        out += element.options[random.below(element.options.size())];
        break;
      case Element::Kind::chars:
        append_chars(element, random, out);
        break;
      case Element::Kind::uuid:
        append_uuid(random, out);
        break;
      case Element::Kind::optional:
        if (random.below(2)) append(element.inner, random, out);
        break;
    }
  }
}

std::size_t literal_prefix(const Shape& shape, std::string_view text) {
  if (shape.empty()) return 0;
  const Element& first = shape.front();
  if (first.kind == Element::Kind::literal) return first.literal.size();
  if (first.kind == Element::Kind::one_of) {
    std::size_t longest = 0;
    for (const auto option : first.options) {
      if (text.starts_with(option)) longest = std::max(longest, option.size());
    }
    return longest;
  }
  return 0;
}

// A token looks random: of a long one we ask a digit where it may have one.
bool looks_generated(const Shape& shape, const std::string& text) {
  if (text.size() < 16) return true;
  const bool may_have_digit =
      std::any_of(shape.begin(), shape.end(), [](const Element& element) {
        return element.kind == Element::Kind::chars && element.min >= 8 &&
               element.set.contains('7');
      });
  if (!may_have_digit) return true;
  const auto digits = std::count_if(
      text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digits >= 2 && digits < static_cast<std::ptrdiff_t>(text.size());
}

std::string make_token(const TokenRule& rule, Random& random) {
  std::string text;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    text.clear();
    append(rule.shape, random, text);
    const std::size_t prefix = literal_prefix(rule.shape, text);
    text = with_check(rule.check, std::move(text), prefix);
    const auto match = match_shape(rule.shape, text, 0);
    if (match && match->end == text.size() &&
        looks_generated(rule.shape, text)) {
      break;
    }
  }
  return text;
}

// A password as people choose them.
std::string human_password(Random& random) {
  constexpr std::array<std::string_view, 12> kWords = {
      "Harbour", "tulip",  "Marble", "copper", "Walnut", "lantern",
      "Pepper",  "falcon", "Violet", "anchor", "Bridge", "meadow"};
  constexpr std::string_view kMarks = "!#@_-";
  std::string text(kWords[random.below(kWords.size())]);
  if (random.below(2)) text += kWords[random.below(kWords.size())];
  text += std::to_string(11 + random.below(9900));
  if (random.below(2)) text += kMarks[random.below(kMarks.size())];
  return text;
}

// Fills the braces of a text; anything that is no shape element stays.
std::string fill(std::string_view text, Random& random) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t open = text.find('{', at);
    out += text.substr(at, open == text.npos ? text.npos : open - at);
    if (open == text.npos) break;
    const std::size_t close = text.find('}', open);
    if (close == text.npos) {
      out += text.substr(open);
      break;
    }
    const std::string_view braces = text.substr(open, close - open + 1);
    if (braces == "{human}") {
      out += human_password(random);
      at = close + 1;
    } else if (const auto shape = parse_shape(braces);
               shape && shape->front().kind != Element::Kind::literal) {
      append(*shape, random, out);
      at = close + 1;
    } else {
      out += '{';
      at = open + 1;
      if (text.substr(at).starts_with("{")) ++at;  // a doubled brace
    }
  }
  return out;
}

constexpr std::string_view kOpen = "«";
constexpr std::string_view kClose = "»";

Example from_template(std::string_view text, Random& random) {
  Example example;
  const std::string filled = fill(text, random);
  const std::size_t open = filled.find(kOpen);
  const std::size_t close = filled.find(kClose);
  if (open == std::string::npos || close == std::string::npos) {
    return {filled, {}};
  }
  const std::size_t start = open + kOpen.size();
  example.secret = filled.substr(start, close - start);
  example.text = filled.substr(0, open) + example.secret +
                 filled.substr(close + kClose.size());
  return example;
}

}  // namespace

Example make_example(const TokenRule& rule, std::uint64_t seed) {
  Random random(seed * 0x2545f4914f6cdd1d + rule.id.size());
  for (const char c : rule.id) random.mix(static_cast<unsigned char>(c));
  if (!rule.examples.empty() && rule.finder != Finder::shape) {
    return from_template(rule.examples[seed % rule.examples.size()], random);
  }
  if (rule.finder != Finder::shape) return {};
  const std::string token = make_token(rule, random);
  std::string key = "token";
  if (!rule.keys.empty()) {
    key = rule.keys[seed % rule.keys.size()];
    std::erase(key, '*');
  } else if (!rule.context.empty()) {
    key = std::string(rule.context[seed % rule.context.size()]) + "_token";
  }
  return {key + " = \"" + token + "\"\n", token};
}

std::string fill_template(std::string_view text, std::uint64_t seed) {
  Random random(seed);
  return fill(text, random);
}

}  // namespace overreach
