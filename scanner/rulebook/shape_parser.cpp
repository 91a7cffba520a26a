#include "scanner/rulebook/shape_parser.h"

#include <array>
#include <charconv>
#include <string>

namespace overreach {
namespace {

struct Alphabet {
  std::string_view name;
  CharSet set;
};

constexpr CharSet printable_token_characters() {
  CharSet set;
  for (unsigned char c = '!'; c <= '~'; ++c) {
    if (c != '"' && c != '\'' && c != '`' && c != '<' && c != '>' &&
        c != '\\') {
      set.add(c);
    }
  }
  return set;
}

constexpr std::array<Alphabet, 21> kAlphabets = {{
    {"alnum-lower", char_set("a-z0-9")},
    {"alnum-lower-dash", char_set("a-z0-9-")},
    {"alnum-upper", char_set("A-Z0-9")},
    {"alpha", char_set("A-Za-z")},
    {"alpha-lower", char_set("a-z")},
    {"alpha-upper", char_set("A-Z")},
    {"any", printable_token_characters()},
    {"base32", char_set("A-Z2-7")},
    {"base32-lower", char_set("a-z2-7")},
    {"base58", char_set("1-9A-HJ-NP-Za-km-z")},
    {"base62", char_set("A-Za-z0-9")},
    {"base62-dash", char_set("A-Za-z0-9-")},
    {"base64", char_set("A-Za-z0-9+/")},
    {"base64-any", char_set("A-Za-z0-9+/_-")},
    {"base64url", char_set("A-Za-z0-9_-")},
    {"base64url-dot", char_set("A-Za-z0-9_.-")},
    {"digits", char_set("0-9")},
    {"hex", char_set("0-9a-fA-F")},
    {"hex-lower", char_set("0-9a-f")},
    {"hex-upper", char_set("0-9A-F")},
    {"word", char_set("A-Za-z0-9_")},
}};

constexpr CharSet kHexDash = char_set("0-9a-fA-F-");
constexpr std::uint32_t kLongest = 100000;

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Result<Shape> parse() {
    TRY_ASSIGN(Shape shape, sequence(0));
    if (shape.empty()) return fail("column 1: empty shape");
    return shape;
  }

 private:
  template <typename Text>
  auto error(Text what) const {
    return fail("column " + std::to_string(at_ + 1) + ": " + what);
  }

  // Up to the end of the text, or to the brace that closes `depth`.
  Result<Shape> sequence(int depth) {
    if (depth > 8) return error("too deeply nested");
    Shape shape;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      // Inside of an optional part every } closes it: {?a{?b}}.
      if (c == '}' && (depth > 0 || !doubled('}'))) {
        if (depth == 0) return error("} without {");
        return shape;
      }
      if (c == '{' && !doubled('{')) {
        TRY_ASSIGN(Element element, braces(depth));
        shape.push_back(std::move(element));
      } else {
        shape.push_back(literal());
      }
    }
    if (depth > 0) return error("missing }");
    return shape;
  }

  bool doubled(char c) const {
    return at_ + 1 < text_.size() && text_[at_ + 1] == c;
  }

  // A doubled brace stands for itself; it becomes a literal of its own.
  Element literal() {
    Element element;
    if (text_[at_] == '{' || text_[at_] == '}') {
      element.literal = text_.substr(at_, 1);
      at_ += 2;
      return element;
    }
    const std::size_t start = at_;
    while (at_ < text_.size() && text_[at_] != '{' && text_[at_] != '}') ++at_;
    element.literal = text_.substr(start, at_ - start);
    return element;
  }

  Result<Element> braces(int depth) {
    ++at_;
    Element element;
    if (at_ < text_.size() && text_[at_] == '?') {
      ++at_;
      element.kind = Element::Kind::optional;
      TRY_ASSIGN(element.inner, sequence(depth + 1));
      if (element.inner.empty()) return error("empty optional part");
      ++at_;
      return element;
    }
    const std::size_t close = text_.find('}', at_);
    if (close == std::string_view::npos) return error("missing }");
    std::string_view body = text_.substr(at_, close - at_);
    const std::size_t name_end =
        body.find_first_not_of("abcdefghijklmnopqrstuvwxyz_");
    if (name_end != std::string_view::npos && name_end > 0 &&
        body[name_end] == '=') {
      element.capture = body.substr(0, name_end);
      body.remove_prefix(name_end + 1);
    }
    TRY(fill(element, body));
    at_ = close + 1;
    return element;
  }

  Status fill(Element& element, std::string_view body) const {
    if (body == "uuid") {
      element.kind = Element::Kind::uuid;
      return {};
    }
    const std::size_t colon = body.rfind(':');
    const bool is_class = body.starts_with('[') && colon > 0 &&
                          colon != std::string_view::npos &&
                          body[colon - 1] == ']';
    if (colon != std::string_view::npos && colon + 1 < body.size() &&
        body[colon + 1] >= '0' && body[colon + 1] <= '9' &&
        (is_class || body.find('|') == std::string_view::npos)) {
      element.kind = Element::Kind::chars;
      TRY(counts(element, body.substr(colon + 1)));
      const std::string_view name = body.substr(0, colon);
      if (name.size() > 2 && name.front() == '[' && name.back() == ']') {
        element.set = char_set(name.substr(1, name.size() - 2));
        if (element.set.empty()) {
          return error("no ASCII character in " + std::string(name));
        }
        return {};
      }
      const auto set = alphabet(name);
      if (!set) return error("unknown alphabet " + std::string(name));
      element.set = *set;
      return {};
    }
    if (body.find('|') == std::string_view::npos) {
      return error("unknown element " + std::string(body));
    }
    element.kind = Element::Kind::one_of;
    while (true) {
      const std::size_t bar = body.find('|');
      element.options.push_back(body.substr(0, bar));
      if (element.options.back().empty()) return error("empty alternative");
      if (bar == std::string_view::npos) return {};
      body.remove_prefix(bar + 1);
    }
  }

  // "32", "20-40", "50+"
  Status counts(Element& element, std::string_view text) const {
    const char* const end = text.data() + text.size();
    auto [after, failed] = std::from_chars(text.data(), end, element.min);
    element.max = element.min;
    bool is_open = false;
    if (failed == std::errc{} && after != end && *after == '-') {
      auto [last, bad] = std::from_chars(after + 1, end, element.max);
      after = last;
      failed = bad;
    } else if (failed == std::errc{} && after != end && *after == '+') {
      element.max = kNoMaximum;
      is_open = true;
      ++after;
    }
    const bool bounded =
        element.min <= kLongest && (is_open || element.max <= kLongest);
    if (failed != std::errc{} || after != end || !bounded ||
        element.min > element.max || element.max == 0) {
      return error("bad length " + std::string(text));
    }
    return {};
  }

  const std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::optional<CharSet> alphabet(std::string_view name) {
  if (name == "hex-dash") return kHexDash;
  for (const Alphabet& candidate : kAlphabets) {
    if (candidate.name == name) return candidate.set;
  }
  return std::nullopt;
}

Result<Shape> parse_shape(std::string_view text) {
  return Parser(text).parse();
}

}  // namespace overreach
