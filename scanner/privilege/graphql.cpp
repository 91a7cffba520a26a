// A reader of executable GraphQL documents: a lexer, and one function a rule of
// the grammar.  It answers one question, so it builds nothing and is stricter
// than servers are: an unusual document that it refuses is a request not sent.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "scanner/base/text.h"
#include "scanner/privilege/policy.h"
#include "scanner/privilege/utf8.h"

namespace overreach {
namespace {

constexpr int kMaxNesting = 64;

bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_hex(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

// `sign` is the punctuator's first byte, '.' for "...".
struct Token {
  enum class Kind : std::uint8_t { end, bad, name, sign, number, text };
  Kind kind = Kind::end;
  char sign = '\0';
  std::string_view name;
};

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  Token next() {
    if (!skip_ignored()) return {Token::Kind::bad, '\0', {}};
    if (at_ == text_.size()) return {};
    const char c = text_[at_];
    if (is_name_start(c)) return name();
    if (is_digit(c) || c == '-') return done(number(), Token::Kind::number);
    if (c == '"') return done(text(), Token::Kind::text);
    constexpr std::string_view kSigns = "!$&():=@[]{|}";
    if (kSigns.find(c) != kSigns.npos) {
      ++at_;
      return {Token::Kind::sign, c, {}};
    }
    if (take("...")) return {Token::Kind::sign, '.', {}};
    return {Token::Kind::bad, '\0', {}};
  }

 private:
  static Token done(bool good, Token::Kind kind) {
    return {good ? kind : Token::Kind::bad, '\0', {}};
  }

  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  bool take(std::string_view what) {
    if (!text_.substr(at_).starts_with(what)) return false;
    at_ += what.size();
    return true;
  }

  std::size_t take_digits() {
    const std::size_t begin = at_;
    while (is_digit(peek())) ++at_;
    return at_ - begin;
  }

  // White space, commas, byte order marks, comments.
  bool skip_ignored() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ',') {
        ++at_;
      } else if (c == '#') {
        if (!skip_comment()) return false;
      } else if (!take("\xef\xbb\xbf")) {
        return true;
      }
    }
    return true;
  }

  // To the end of the line.  Old drafts let U+2028 and U+2029 end it, too, so
  // that what follows one is a comment to some and a mutation to others.
  bool skip_comment() {
    while (at_ < text_.size() && peek() != '\n' && peek() != '\r') {
      const std::string_view rest = text_.substr(at_);
      if (is_control(rest[0]) && rest[0] != '\t') return false;
      if (rest.starts_with("\xe2\x80\xa8") ||
          rest.starts_with("\xe2\x80\xa9") || rest.starts_with("\xc2\x85")) {
        return false;
      }
      ++at_;
    }
    return true;
  }

  Token name() {
    const std::size_t begin = at_;
    while (is_name_start(peek()) || is_digit(peek())) ++at_;
    return {Token::Kind::name, '\0', text_.substr(begin, at_ - begin)};
  }

  // Nothing that could go on with it may follow: "1a", "1.2.3", "01".
  bool number() {
    take("-");
    const bool is_zero = peek() == '0';
    const std::size_t digits = take_digits();
    if (digits == 0 || (is_zero && digits > 1)) return false;
    if (take(".") && take_digits() == 0) return false;
    if (take("e") || take("E")) {
      if (!take("+")) take("-");
      if (take_digits() == 0) return false;
    }
    return !is_name_start(peek()) && peek() != '.';
  }

  bool text() {
    if (take("\"\"\"")) return block_text();
    ++at_;
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == '"') return true;
      if (is_control(c) && c != '\t') return false;
      if (c == '\\' && !escape()) return false;
    }
    return false;
  }

  bool block_text() {
    while (at_ < text_.size()) {
      if (take("\\\"\"\"")) continue;
      if (take("\"\"\"")) return true;
      const char c = text_[at_++];
      if (is_control(c) && c != '\t' && c != '\n' && c != '\r') return false;
    }
    return false;
  }

  bool escape() {
    if (at_ == text_.size()) return false;
    const char c = text_[at_++];
    constexpr std::string_view kSimple = "\"\\/bfnrt";
    if (c == 'u') {
      const std::size_t end = at_ + 4;
      while (at_ < end && is_hex(peek())) ++at_;
      return at_ == end;
    }
    return kSimple.find(c) != kSimple.npos;
  }

  const std::string_view text_;
  std::size_t at_ = 0;
};

class Parser {
 public:
  explicit Parser(std::string_view text) : lexer_(text) { advance(); }

  bool is_query() {
    bool has_operation = false;
    while (token_.kind != Token::Kind::end) {
      if (is_name("fragment")) {
        if (!fragment()) return false;
      } else {
        if (!operation()) return false;
        has_operation = true;
      }
    }
    return has_operation;
  }

 private:
  using Kind = Token::Kind;

  // Counts how deep rules of the grammar stand in one another.
  class Nesting {
   public:
    explicit Nesting(int& depth) : depth_(++depth) {}
    ~Nesting() { --depth_; }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;
    bool is_too_deep() const { return depth_ > kMaxNesting; }

   private:
    int& depth_;
  };

  void advance() { token_ = lexer_.next(); }
  bool is_sign(char sign) const {
    return token_.kind == Kind::sign && token_.sign == sign;
  }
  bool is_name(std::string_view name) const {
    return token_.kind == Kind::name && token_.name == name;
  }
  bool take_sign(char sign) {
    if (!is_sign(sign)) return false;
    advance();
    return true;
  }
  bool take_name() {
    if (token_.kind != Kind::name) return false;
    advance();
    return true;
  }

  // query Name($a: T = 1) @directive { ... }, or the braces alone.
  bool operation() {
    if (is_sign('{')) return selections();
    if (!is_name("query")) return false;
    advance();
    take_name();
    return variables() && directives() && selections();
  }

  bool fragment() {
    advance();
    if (is_name("on") || !take_name()) return false;
    return type_condition() && directives() && selections();
  }

  bool type_condition() {
    if (!is_name("on")) return false;
    advance();
    return take_name();
  }

  bool variables() {
    if (!take_sign('(')) return true;
    do {
      if (!variable() || !take_sign(':') || !type()) return false;
      if (take_sign('=') && !value()) return false;
      if (!directives()) return false;
    } while (!is_sign(')'));
    return take_sign(')');
  }

  bool variable() { return take_sign('$') && take_name(); }

  bool type() {
    const Nesting nesting(depth_);
    if (nesting.is_too_deep()) return false;
    if (take_sign('[')) {
      if (!type() || !take_sign(']')) return false;
    } else if (!take_name()) {
      return false;
    }
    take_sign('!');
    return true;
  }

  bool directives() {
    while (take_sign('@')) {
      if (!take_name() || !arguments()) return false;
    }
    return true;
  }

  bool arguments() {
    if (!take_sign('(')) return true;
    do {
      if (!argument()) return false;
    } while (!is_sign(')'));
    return take_sign(')');
  }

  bool argument() { return take_name() && take_sign(':') && value(); }

  bool value() {
    const Nesting nesting(depth_);
    if (nesting.is_too_deep()) return false;
    if (is_sign('$')) return variable();
    if (take_sign('[')) {
      while (!is_sign(']')) {
        if (!value()) return false;
      }
      return take_sign(']');
    }
    if (take_sign('{')) {
      while (!is_sign('}')) {
        if (!argument()) return false;
      }
      return take_sign('}');
    }
    const bool is_scalar = token_.kind == Kind::name ||
                           token_.kind == Kind::number ||
                           token_.kind == Kind::text;
    if (is_scalar) advance();
    return is_scalar;
  }

  bool selections() {
    const Nesting nesting(depth_);
    if (nesting.is_too_deep() || !take_sign('{')) return false;
    do {
      if (!(is_sign('.') ? spread() : field())) return false;
    } while (!is_sign('}'));
    return take_sign('}');
  }

  // alias: name(argument: 1) @directive { ... }
  bool field() {
    if (!take_name()) return false;
    if (take_sign(':') && !take_name()) return false;
    if (!arguments() || !directives()) return false;
    return !is_sign('{') || selections();
  }

  // ...Fragment @directive, or ... on Type @directive { ... }
  bool spread() {
    advance();
    if (token_.kind == Kind::name && !is_name("on")) {
      advance();
      return directives();
    }
    if (is_name("on") && !type_condition()) return false;
    return directives() && selections();
  }

  Lexer lexer_;
  Token token_;
  int depth_ = 0;
};

}  // namespace

bool is_graphql_query(std::string_view document) {
  return is_utf8(document) && Parser(document).is_query();
}

}  // namespace overreach
