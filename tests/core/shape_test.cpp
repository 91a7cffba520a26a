#include "scanner/core/shape.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/rulebook/shape_parser.h"

namespace overreach {
namespace {

// What the shape takes of the text from its start on; "-" for no match.
std::string taken(std::string_view shape_text, std::string_view text,
                  std::size_t start = 0) {
  const auto shape = parse_shape(shape_text);
  if (!shape) return shape.error().text;
  const auto match = match_shape(*shape, text, start);
  return match ? std::string(text.substr(start, match->end - start)) : "-";
}

struct Case {
  std::string_view shape, text, taken;
};

TEST(MatchShape, Table) {
  const Case cases[] = {
      // Literals and fixed lengths.
      {"key_", "key_", "key_"},
      {"key_", "kex_", "-"},
      {"key_{digits:4}", "key_1234", "key_1234"},
      {"key_{digits:4}", "key_123", "-"},
      {"key_{digits:4}", "", "-"},
      {"a{{b}}", "a{b}", "a{b}"},
      // A token ends where its last element cannot go on.
      {"key_{digits:4}", "key_1234 ", "key_1234"},
      {"key_{digits:4}", "key_1234x", "key_1234"},
      {"key_{digits:4}", "key_12345", "-"},
      {"key_{digits:2-4}", "key_12345", "-"},
      {"{base62:4}", "ab12-", "ab12"},
      {"{base64url:4}", "ab12-", "-"},
      // Behind a literal: no letter or digit.
      {"{digits:2}end", "12end-", "12end"},
      {"{digits:2}end", "12ends", "-"},
      {"{digits:2}=", "12==", "12="},
      // Greedy, then giving back.
      {"{digits:2-4}", "123 ", "123"},
      {"{digits:1+}", "123456 ", "123456"},
      {"{base62:1+}x", "axbx ", "axbx"},
      {"{base62:2+}{digits:2}", "abcd12 ", "abcd12"},
      {"{base62:2+}{digits:2}", "abcd1x", "-"},
      {"{base62-dash:3+}-{digits:2}", "ab-cd-12", "ab-cd-12"},
      {"{digits:0-2}x", "x", "x"},
      {"{digits:0-2}x", "12x", "12x"},
      // One of several: the first that lets the rest match.
      {"{live|test}_", "test_", "test_"},
      {"{live|test}_", "prod_", "-"},
      {"{a|ab}c", "abc", "abc"},
      {"{ab|a}bc", "abc", "abc"},
      // Optional parts: taken when they can be.
      {"a{?-{digits:1}}", "a-1", "a-1"},
      {"a{?-{digits:1}}", "a", "a"},
      {"a{?-{digits:1}}", "a-x", "a"},
      {"a{?b}{?c}d", "acd", "acd"},
      {"a{?b{?c}}d", "abcd", "abcd"},
      {"a{?b{?c}}d", "abd", "abd"},
      {"a{?b{?c}}d", "acd", "-"},
      {"{digits:2}{?=}{?=}", "12==", "12=="},
      {"{digits:2}{?=}{?=}", "12", "12"},
      // UUIDs in either case.
      {"{uuid}", "01234567-89ab-cdef-ABCD-EF0123456789",
       "01234567-89ab-cdef-ABCD-EF0123456789"},
      {"{uuid}", "01234567-89ab-cdef-ABCD-EF012345678g", "-"},
      {"{uuid}", "0123456789abcdef-ABCD-EF0123456789ab", "-"},
      {"{uuid}", "01234567-89ab-cdef-ABCD-EF01234567", "-"},
      {"{uuid}", "01234567-89ab-cdef-ABCD-EF0123456789f", "-"},
      // Classes of their own, bytes beyond ASCII.
      {"{[A-Ca.-]:3}", "B.- ", "B.-"},
      {"{any:3}", "a\xc3\xa9", "-"},
      {"{digits:2}", "12\xc3\xa9", "12"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(taken(c.shape, c.text), c.taken) << c.shape << " on " << c.text;
  }
}

TEST(MatchShape, BeginsExactlyAtStart) {
  EXPECT_EQ(taken("b{digits:1}", "ab1", 1), "b1");
  EXPECT_EQ(taken("b{digits:1}", "ab1", 0), "-");
  EXPECT_EQ(taken("b{digits:1}", "ab1", 3), "-");
}

TEST(MatchShape, CapturesBecomeFacts) {
  const auto shape = parse_shape(
      "{mode=live|test}_{account=digits:12}{?-{region=alpha-lower:2+}}_x");
  ASSERT_TRUE(shape) << shape.error().text;
  const std::string with = "test_123456789012-eu_x";
  const auto match = match_shape(*shape, with, 0);
  ASSERT_TRUE(match);
  const Captures expected = {
      {"mode", "test"}, {"account", "123456789012"}, {"region", "eu"}};
  EXPECT_EQ(match->captures, expected);

  const std::string without = "live_123456789012_x";
  const auto shorter = match_shape(*shape, without, 0);
  ASSERT_TRUE(shorter);
  EXPECT_EQ(shorter->captures.size(), 2u);
}

TEST(MatchShape, ForgetsCapturesOfAbandonedAttempts) {
  const auto shape = parse_shape("{?{first=digits:2}-}{second=digits:2}x");
  ASSERT_TRUE(shape) << shape.error().text;
  const auto match = match_shape(*shape, "12x", 0);
  ASSERT_TRUE(match);
  const Captures expected = {{"second", "12"}};
  EXPECT_EQ(match->captures, expected);
}

TEST(MatchShape, HostileTextEndsInTime) {
  const auto shape = parse_shape(
      "{base62:1+}{base62:1+}{base62:1+}{base62:1+}{base62:1+}{base62:1+}!");
  ASSERT_TRUE(shape) << shape.error().text;
  const std::string text(4000, 'a');
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 20; ++i) EXPECT_FALSE(match_shape(*shape, text, 0));
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

TEST(MatchShape, ManyOptionalPartsEndInTime) {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "{?{base62:1-3}}";
  text += '!';
  const auto shape = parse_shape(text);  // a view of it
  ASSERT_TRUE(shape) << shape.error().text;
  EXPECT_FALSE(match_shape(*shape, std::string(200, 'a'), 0));
}

TEST(ShapeLength, ShortestAndLongest) {
  const struct {
    std::string_view shape;
    std::size_t shortest, longest;
  } cases[] = {
      {"key_{digits:4}", 8, 8},           {"{a|abc}{digits:2-5}", 3, 8},
      {"{uuid}{?-{digits:3}}", 36, 40},   {"{digits:2+}", 2, kNoMaximum},
      {"a{?{digits:2+}}", 1, kNoMaximum}, {"{{", 1, 1},
  };
  for (const auto& c : cases) {
    const auto shape = parse_shape(c.shape);
    ASSERT_TRUE(shape) << shape.error().text;
    EXPECT_EQ(min_length(*shape), c.shortest) << c.shape;
    EXPECT_EQ(max_length(*shape), c.longest) << c.shape;
  }
}

TEST(CharSet, RangesAndCharacters) {
  constexpr CharSet set = char_set("a-c_0-9.-");
  for (const char c : std::string_view("abc_059.-")) {
    EXPECT_TRUE(set.contains(c)) << c;
  }
  for (const char c : std::string_view("dA/ \x80\xff")) {
    EXPECT_FALSE(set.contains(c)) << c;
  }
  EXPECT_TRUE(char_set("~-\x7f").contains('\x7f'));  // the last one: ends
  EXPECT_TRUE(char_set("\x80-\xff").empty());
  EXPECT_TRUE(char_set("\x80-a").empty());
  EXPECT_TRUE(CharSet().empty());
  EXPECT_FALSE(set.empty());
}

}  // namespace
}  // namespace overreach
