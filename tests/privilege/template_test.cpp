#include "scanner/privilege/template.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace overreach {
namespace {

std::optional<std::string> known(std::string_view name) {
  if (name == "email") return "ada@shop.example";
  if (name == "fact.account") return "12";
  return std::nullopt;
}

TEST(Template, NamesAreReplaced) {
  EXPECT_EQ(expand("of {email}, {fact.account}", known),
            "of ada@shop.example, 12");
  EXPECT_EQ(expand("{unknown}", known), std::nullopt);
  EXPECT_EQ(expand("", known), "");
}

TEST(Template, OtherBracesStay) {
  const char* const body = R"({"permissions": ["a"], "x": {"y": {}}})";
  EXPECT_EQ(expand(body, known), body);
  EXPECT_EQ(expand("{email", known), "{email");
}

TEST(Template, FirstAlternativeThatIsKnown) {
  EXPECT_EQ(expand_first("{name} | {email} | x", known), "ada@shop.example");
  EXPECT_EQ(expand_first("{name} | {login}", known), std::nullopt);
}

TEST(Template, PercentEncoding) {
  EXPECT_EQ(percent_encoded("a b/c?d=é&~"), "a%20b%2Fc%3Fd%3D%C3%A9%26~");
}

TEST(Template, Names) {
  EXPECT_THAT(names_in("/v1/{team}/x/{each}?{"),
              testing::ElementsAre("team", "each"));
}

}  // namespace
}  // namespace overreach
