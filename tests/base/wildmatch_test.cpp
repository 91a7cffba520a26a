#include "scanner/base/wildmatch.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace overreach {
namespace {

struct Case {
  std::string_view pattern, text;
  bool fits;
};

TEST(Wildmatch, AsGitDoes) {
  for (const Case& c : {
           Case{"foo", "foo", true},
           {"foo", "bar", false},
           {"", "", true},
           {"???", "foo", true},
           {"??", "foo", false},
           {"*", "foo", true},
           {"f*", "foo", true},
           {"*f", "foo", false},
           {"*foo*", "foo", true},
           {"*ob*a*r*", "foobar", true},
           {"*ab", "aaaaaaabababab", true},
           {"foo\\*", "foo*", true},
           {"foo\\*bar", "foobar", false},
           {"f\\\\oo", "f\\oo", true},
           {"*[al]?", "ball", true},
           {"[ten]", "ten", false},
           {"**[!te]", "ten", true},
           {"t[a-g]n", "ten", true},
           {"t[!a-g]n", "ten", false},
           {"t[^a-g]n", "ton", true},
           {"a[]]b", "a]b", true},
           {"a[]-]b", "a-b", true},
           {"a[]a-]b", "aab", true},
           {"]", "]", true},
           {"foo*bar", "foo/baz/bar", false},
           {"foo**bar", "foo/baz/bar", false},
           {"foo**bar", "foobazbar", true},
           {"foo/**/bar", "foo/baz/bar", true},
           {"foo/**/bar", "foo/b/a/z/bar", true},
           {"foo/**/bar", "foo/bar", true},
           {"foo/**/**/bar", "foo/bar", true},
           {"foo?bar", "foo/bar", false},
           {"foo[/]bar", "foo/bar", false},
           {"foo[^a-z]bar", "foo/bar", false},
           {"**/foo", "foo", true},
           {"**/foo", "XXX/foo", true},
           {"**/foo", "bar/baz/foo", true},
           {"*/foo", "bar/baz/foo", false},
           {"**/bar*", "foo/bar/baz", false},
           {"**/bar/*", "deep/foo/bar/baz", true},
           {"**/bar/**", "deep/foo/bar/baz/x", true},
           {"*/bar/**", "foo/bar/baz/x", true},
           {"a/**", "a/b/c", true},
           {"a/**", "a", false},
           {"[a-c]b*", "abcd", true},
           {"[!a]", "a", false},
           {"[\\-_]", "-", true},
           {"[\\]]", "]", true},
           {"[[:alpha:]][[:digit:]][[:upper:]]", "a1B", true},
           {"[[:digit:][:upper:][:space:]]", "A", true},
           {"[[:digit:][:upper:][:space:]]", "a", false},
           {"[[:xdigit:]]", "5", true},
           {"[[:digit]", "[", true},  // no class of characters
           {"[a-c[:digit:]x-z]", "5", true},
           {"[a-c[:digit:]x-z]", "q", false},
           {"-*-*-*-*-*-*-12-*-*-*-m-*-*-*",
            "-adobe-courier-bold-o-normal--12-120-75-75-m-70-iso8859-1", true},
           {"XXX/*/*/*/*/*/*/12/*/*/*/m/*/*/*",
            "XXX/adobe/courier/bold/o/normal//12/120/75/75/m/70/iso8859/1",
            true},
           // Broken ones fit nothing.
           {"foo\\", "foo\\", false},
           {"[", "[", false},
           {"a[", "ab", false},
           {"[a-", "a", false},
           {"[[:unknown:]]", "a", false},
           {"[![:unknown:]]", "a", false},
       }) {
    EXPECT_EQ(wildmatch(c.pattern, c.text, false), c.fits)
        << c.pattern << " " << c.text;
  }
}

TEST(Wildmatch, IgnoringCase) {
  EXPECT_TRUE(wildmatch("Foo[A-C]*", "fOObx", true));
  EXPECT_TRUE(wildmatch("[[:upper:]]", "a", true));
  EXPECT_FALSE(wildmatch("Foo", "foo", false));
}

TEST(Wildmatch, TimeIsBounded) {
  std::string pattern;
  for (int i = 0; i < 50; ++i) pattern += "*a";
  EXPECT_FALSE(wildmatch(pattern + "b", std::string(5000, 'a'), false));
}

}  // namespace
}  // namespace overreach
