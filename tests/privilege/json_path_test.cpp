#include "scanner/privilege/json_path.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace overreach {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const nlohmann::json kReply = nlohmann::json::parse(R"({
  "projects": [
    {"name": "shop", "volumes": [{"name": "data", "size": 5}, {"name": "logs"}]},
    {"name": "blog", "volumes": [], "locked": true, "note": null}
  ],
  "by/name": {"a": {"id": 1}, "b": {"id": 2}}
})");

std::vector<std::string> texts(std::string_view pointer) {
  std::vector<std::string> found;
  for (const JsonPlace& place : find_places(kReply, pointer)) {
    std::string text;
    if (to_text(place.value(), text)) found.push_back(text);
  }
  return found;
}

TEST(JsonPath, StarsStandForEveryElement) {
  EXPECT_THAT(texts("/projects/*/name"), ElementsAre("shop", "blog"));
  EXPECT_THAT(texts("/projects/*/volumes/*/name"), ElementsAre("data", "logs"));
  EXPECT_THAT(texts("/by~1name/*/id"), ElementsAre("1", "2"));
  EXPECT_THAT(texts("/projects/1/locked"), ElementsAre("true"));
}

TEST(JsonPath, WhatIsNotThereIsLeftOut) {
  for (const char* pointer :
       {"/nothing", "/projects/7", "/projects/x", "/projects/1/note",
        "projects", "/projects/0/name/deeper"}) {
    EXPECT_THAT(texts(pointer), IsEmpty()) << pointer;
  }
}

TEST(JsonPath, FromAnItem) {
  const auto items = find_places(kReply, "/projects/*/volumes/*");
  ASSERT_EQ(items.size(), 2u);
  EXPECT_THAT(texts_at(items[0], "/name"), ElementsAre("data"));
  EXPECT_THAT(texts_at(items[0], "/size"), ElementsAre("5"));
  EXPECT_THAT(texts_at(items[1], "2/name"), ElementsAre("shop"));
  EXPECT_THAT(texts_at(items[1], "0#"), ElementsAre("1"));
  EXPECT_THAT(texts_at(items[1], "9/name"), IsEmpty());
  const auto named = find_places(kReply, "/by~1name/*");
  EXPECT_THAT(texts_at(named[1], "0#"), ElementsAre("b"));
}

}  // namespace
}  // namespace overreach
