// What counts as a GraphQL query; anything unclear must not.
#include <gtest/gtest.h>

#include <string>

#include "scanner/privilege/policy.h"

namespace overreach {
namespace {

std::string nested(int depth) {
  std::string text;
  for (int i = 0; i < depth; ++i) text += "{a";
  return text + std::string(static_cast<std::size_t>(depth), '}');
}

TEST(Graphql, QueriesAreQueries) {
  const std::string kCases[] = {
      "{me}",
      "query{me}",
      "query Who { me { id name } }",
      "query A { a } query B { b }",
      "query Q($id: ID!, $n: [Int!]! = [1, 2], $o: In = {a: {b: true}}) "
      "{ node(id: $id, first: 10, ratio: -1.5e+3, on: null) { id } }",
      "query($a: Int @old(reason: \"x\")) @live { a }",
      "{ mutation: viewer { id } }",                         // an alias
      "{ mutation { id } subscription query fragment on }",  // fields
      "{ a(mutation: mutation, x: {subscription: [mutation]}) }",
      "query mutation { a }",  // a name
      "query query { a }",
      "fragment mutation on Query { a } { ...mutation }",
      "{ ...F } fragment F on User @d { id ... on Bot { name } }",
      "{ ... { a } ... @include(if: $x) { b } ...F @skip(if: true) }",
      "{ ... on Mutation { a } }",
      "# mutation { a }\n{ me }",
      "{ me } # mutation { a }",
      "{ a(text: \"} mutation { b\") }",
      "{ a(text: \"\\\"} mutation { b\") }",
      "{ a(text: \"\\\\\") }",
      "{ a(text: \"\\u007d\") b(text: \"\") }",
      "{ a(text: \"\"\"} mutation { \"b\" \"\" \\\"\"\" } \n\"\"\") }",
      "{ a(text: \"\"\"\"\"\") }",
      "\xef\xbb\xbf{ me }",
      "{,,a,,b(x:[,]),}",
      "{ a(o: {}) }",
      "{\r\n\ta\r}",
      "{ a(text: \"d\xc3\xa9j\xc3\xa0\") } # \xe2\x9c\x93",
      "{ _a9: __typename }",
      "{ a(n: 0, m: -0, k: 0.5, l: 1E2) }",
      nested(60),
  };
  for (const std::string& text : kCases) {
    EXPECT_TRUE(is_graphql_query(text)) << text;
  }
}

TEST(Graphql, EverythingElseIsNot) {
  const std::string kCases[] = {
      "",
      " ",
      "#",
      "mutation { a }",
      "mutation{a}",
      "mutation M($a: Int) { a(x: $a) }",
      "mutation @d { a }",
      "subscription { a }",
      "{ a } mutation { b }",
      "{ a } mutation B { b }",
      "query A { a } # query\nmutation B { b }",
      "# a comment\rmutation { a }",
      "{ a } # a comment\rmutation { b }",
      "\xef\xbb\xbfmutation { a }",
      ",,,mutation { a }",
      "fragment F on Query { a }",  // no operation
      "fragment on on Query { a } { b }",
      "fragment F on Mutation { a } mutation { ...F }",
      "{ a(text: \"\\\"\") } mutation { b(text: \"\") }",
      "{ a(text: \"\"\"\\\"\"\"\"\"\") } mutation { b }",
      "{ a(text: \"\"\"\"\"\") } mutation { b }",
      "{ a(text: \"\\\\\") } mutation { b }",
      // What ends a comment, or a line, for some servers only.
      "{ a } #\xe2\x80\xa8 mutation { b }",
      "{ a } #\xe2\x80\xa9 mutation { b }",
      "{ a } #\xc2\x85 mutation { b }",
      "{ a } #\v mutation { b }",
      std::string("{ a } #\0 mutation { b }", 24),
      std::string("{ a }\0", 6),
      "{ a(text: \"\n\") }",
      "{ a\xc2\xa0}",
      "{ a(text: \"\xff\") }",
      "{ a(text: \"\xc0\xa2\") }",
      "{ \xd0\xb0 }",
      // Type definitions and what does not exist.
      "type Query { a: Int } { a }",
      "schema { mutation: M } { a }",
      "extend type Query { a: Int }",
      "\"described\" query { a }",
      "Query { a }",
      "QUERY { a }",
      "quer { a }",
      // Broken.
      "{",
      "{}",
      "{ a",
      "{ a } }",
      "{ a { } }",
      "{ a() }",
      "{ a(b) }",
      "{ a(b:) }",
      "{ a(b: $) }",
      "{ a(b: [1) }",
      "{ a(b: {c}) }",
      "{ a(b: 01) }",
      "{ a(b: 1.) }",
      "{ a(b: 1e) }",
      "{ a(b: 1x) }",
      "{ a(b: 1.2.3) }",
      "{ a(b: -) }",
      "{ a(b: .5) }",
      "{ a: }",
      "{ a: b: c }",
      "{ : b }",
      "{ .. }",
      "{ ... }",
      "{ ...on }",
      "{ ...F { a } }",
      "{ ... on { a } }",
      "{ a @ }",
      "{ a @d( }",
      "{ a; b }",
      "{ a(text: \") }",
      "{ a(text: \"\\x\") }",
      "{ a(text: \"\\u12\") }",
      "{ a(text: \"\\",
      "{ a(text: \"\"\" ) }",
      "{ a(text: 'b') }",
      "{ a ! }",
      "{ a | b }",
      "query",
      "query Q",
      "query Q() { a }",
      "query Q($a) { a }",
      "query Q($a: ) { a }",
      "query Q($a: [Int) { a }",
      "query Q($a: Int!!) { a }",
      "query Q(a: Int) { a }",
      "query A B { a }",
      "query { a } { b } c",
      "{\"query\": \"{a}\"}",
      nested(65),
      nested(100000),
      "{ a(b: " + std::string(100000, '[') + ") }",
      "query($a: " + std::string(100000, '[') + ") { a }",
  };
  for (const std::string& text : kCases) {
    EXPECT_FALSE(is_graphql_query(text)) << text.substr(0, 100);
  }
}

// Cut anywhere, a query is none: nothing is completed by a server.
TEST(Graphql, EveryPrefixOfAQueryIsNone) {
  const std::string text =
      "query Q($a: [Int!]! = [1]) @d(x: \"y\") { b: c(e: {f: $a}, g: "
      "\"\"\"h\"\"\") { ... on I @j { k } ...l } }";
  EXPECT_TRUE(is_graphql_query(text));
  for (std::size_t size = 0; size < text.size(); ++size) {
    EXPECT_FALSE(is_graphql_query(text.substr(0, size))) << size;
  }
}

}  // namespace
}  // namespace overreach
