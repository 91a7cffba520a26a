// XML replies as JSON: what providers send, and what somebody in their place
// might.

#include "scanner/privilege/xml_json.h"

#include <gtest/gtest.h>

#include <string>

namespace overreach {
namespace {

std::string as_json(const std::string& xml) {
  const auto json = xml_to_json(xml);
  return json ? json->dump() : "no XML";
}

TEST(XmlJson, Replies) {
  const std::pair<const char*, const char*> cases[] = {
      {"<R><Arn>arn:aws:iam::1:user/a</Arn><UserId>A</UserId></R>",
       R"({"R":{"Arn":"arn:aws:iam::1:user/a","UserId":"A"}})"},
      {"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<R>\n <A> x </A>\n</R>\n",
       R"({"R":{"A":" x "}})"},
      {"<R><set><item><id>1</id></item><item><id>2</id></item></set></R>",
       R"({"R":{"set":{"item":[{"id":"1"},{"id":"2"}]}}})"},
      {"<R><a x=\"1\">t</a><!-- c --><?p q?></R>", R"({"R":{"a":"t"}})"},
      {"<R><a><![CDATA[<&>]]></a></R>", R"({"R":{"a":"<&>"}})"},
      {"<R>&lt;&amp;&gt;&quot;&apos;&#65;</R>", R"({"R":"<&>\"'A"})"},
      {"<R/>", R"({"R":""})"},
  };
  for (const auto& [xml, json] : cases) EXPECT_EQ(as_json(xml), json) << xml;
}

TEST(XmlJson, WhatIsNone) {
  for (const char* text : {"", " ", "{}", "text", "<", "<R", "<R>",
                           "<R><a></R>", "</R>", "<!-- only -->"}) {
    EXPECT_FALSE(xml_to_json(text)) << text;
  }
}

// Nothing is declared, so nothing expands and no file is read.
TEST(XmlJson, EntitiesOfItsOwnStayAsTheyStand) {
  std::string bomb = "<!DOCTYPE R [<!ENTITY a0 \"ha\">";
  for (int i = 1; i < 30; ++i) {
    const std::string last = "&a" + std::to_string(i - 1) + ";";
    bomb += "<!ENTITY a" + std::to_string(i) + " \"" + last + last + "\">";
  }
  EXPECT_LT(as_json(bomb + "]><R>&a29;</R>").size(), 200u);
  EXPECT_EQ(as_json("<!DOCTYPE R [<!ENTITY f SYSTEM \"file:///etc/passwd\">]>"
                    "<R>&f;</R>"),
            R"({"R":"&f;"})");
}

TEST(XmlJson, DepthAndNumberAreBounded) {
  constexpr std::size_t kMany = 200000;
  std::string deep;
  for (std::size_t i = 0; i < kMany; ++i) deep += "<a>";
  EXPECT_EQ(as_json(deep), "no XML");
  for (std::size_t i = 0; i < kMany; ++i) deep += "</a>";
  EXPECT_LT(as_json(deep).size(), 1000u);
  std::string wide = "<R>";
  for (std::size_t i = 0; i < kMany; ++i) wide += "<a>1</a>";
  const auto json = xml_to_json(wide + "</R>");
  ASSERT_TRUE(json);
  EXPECT_EQ((*json)["R"]["a"].size(), kMany);
}

}  // namespace
}  // namespace overreach
