#include "scanner/rulebook/shape_parser.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace overreach {
namespace {

// The elements in a short form: 'lit' a|b chars(2,4) uuid [..].
std::string shown(const Shape& shape) {
  std::string text;
  for (const Element& element : shape) {
    if (!text.empty()) text += ' ';
    if (!element.capture.empty()) text += std::string(element.capture) + '=';
    switch (element.kind) {
      case Element::Kind::literal:
        text += '\'' + std::string(element.literal) + '\'';
        break;
      case Element::Kind::one_of: {
        std::string options;
        for (const std::string_view option : element.options) {
          options += (options.empty() ? "" : "|") + std::string(option);
        }
        text += options;
        break;
      }
      case Element::Kind::chars:
        text +=
            '(' + std::to_string(element.min) + ',' +
            (element.max == kNoMaximum ? "+" : std::to_string(element.max)) +
            ')';
        break;
      case Element::Kind::uuid:
        text += "uuid";
        break;
      case Element::Kind::optional:
        text += '[' + shown(element.inner) + ']';
        break;
    }
  }
  return text;
}

struct Case {
  std::string_view text, result;
};

void expect_all(std::initializer_list<Case> cases) {
  for (const Case& c : cases) {
    const auto shape = parse_shape(c.text);
    EXPECT_EQ(shape ? shown(*shape) : shape.error().text, c.result) << c.text;
  }
}

TEST(ParseShape, GoodShapes) {
  expect_all({
      {"key_", "'key_'"},
      {"{base62:32}", "(32,32)"},
      {"{hex-lower:20-40}", "(20,40)"},
      {"{base64url:50+}", "(50,+)"},
      {"{digits:0-3}", "(0,3)"},
      {"{[A-Za-z0-9_~.-]:34}", "(34,34)"},
      {"{[:|]:2}", "(2,2)"},
      {"{[:]:2}", "(2,2)"},
      {"{uuid}", "uuid"},
      {"{live|test}", "live|test"},
      {"{mode=live|test}_{account=digits:12}",
       "mode=live|test '_' account=(12,12)"},
      {"{id=uuid}", "id=uuid"},
      {"a{?-{digits:1}}b", "'a' ['-' (1,1)] 'b'"},
      {"{?a{?b}}c", "['a' ['b']] 'c'"},
      {"{?{digits:2}==}", "[(2,2) '==']"},
      {"a{{b}}c", "'a' '{' 'b' '}' 'c'"},
      {"{a:b|c}", "a:b|c"},
      {"key=|", "'key=|'"},
  });
}

TEST(ParseShape, BadShapes) {
  expect_all({
      {"", "column 1: empty shape"},
      {"a}b", "column 2: } without {"},
      {"{base62:4", "column 2: missing }"},
      {"{?a", "column 4: missing }"},
      {"{?}", "column 3: empty optional part"},
      {"{", "column 2: missing }"},
      {"{base63:4}", "column 2: unknown alphabet base63"},
      {"{base62}", "column 2: unknown element base62"},
      {"{base62:}", "column 2: unknown element base62:"},
      {"{base62:0}", "column 2: bad length 0"},
      {"{base62:4-2}", "column 2: bad length 4-2"},
      {"{base62:4-}", "column 2: bad length 4-"},
      {"{base62:4x}", "column 2: bad length 4x"},
      {"{base62:4+5}", "column 2: bad length 4+5"},
      {"{base62:100001}", "column 2: bad length 100001"},
      {"{base62:4-4294967295}", "column 2: bad length 4-4294967295"},
      {"{base62:99999999999}", "column 2: bad length 99999999999"},
      {"{live|}", "column 2: empty alternative"},
      {"{|}", "column 2: empty alternative"},
      {"{}", "column 2: unknown element "},
      {"{[]:3}", "column 2: unknown alphabet []"},
      {"{[z-a]:3}", "column 2: no ASCII character in [z-a]"},
  });
}

TEST(ParseShape, NestingIsBounded) {
  std::string text;
  for (int i = 0; i < 2000; ++i) text += "{?a";
  const auto shape = parse_shape(text);
  ASSERT_FALSE(shape);
  EXPECT_NE(shape.error().text.find("too deeply nested"), std::string::npos);
}

TEST(Alphabet, Names) {
  for (const std::string_view name :
       {"digits",        "hex-lower",    "hex-upper",   "hex",
        "base32",        "base32-lower", "base58",      "alpha",
        "alpha-lower",   "alpha-upper",  "alnum-lower", "alnum-upper",
        "base62",        "word",         "base64",      "base64url",
        "base64url-dot", "base64-any",   "base62-dash", "alnum-lower-dash",
        "hex-dash",      "any"}) {
    const auto set = alphabet(name);
    ASSERT_TRUE(set) << name;
    EXPECT_FALSE(set->empty()) << name;
  }
  EXPECT_FALSE(alphabet("base16"));
  EXPECT_FALSE(alphabet(""));
}

TEST(Alphabet, Members) {
  const struct {
    std::string_view name, in, out;
  } cases[] = {
      {"base58", "19AHJNPZakmz", "0OIl+"}, {"base32", "AZ27", "a01 8"},
      {"base64", "Az09+/", "-_="},         {"base64url", "Az09-_", "+/="},
      {"base64-any", "Az09+/-_", "=."},    {"any", "!~#[]{}", " \"'`<>\\\x7f"},
  };
  for (const auto& c : cases) {
    const auto set = alphabet(c.name);
    ASSERT_TRUE(set) << c.name;
    for (const char character : c.in) {
      EXPECT_TRUE(set->contains(character)) << c.name << ' ' << character;
    }
    for (const char character : c.out) {
      EXPECT_FALSE(set->contains(character)) << c.name << ' ' << character;
    }
  }
}

}  // namespace
}  // namespace overreach
