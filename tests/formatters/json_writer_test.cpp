#include "formatters/json_writer.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

namespace overreach {
namespace {

using Layout = JsonWriter::Layout;

std::string sample(Layout layout) {
  std::ostringstream out;
  {
    JsonWriter json(out, layout);
    json.object([&] {
      json.member("text", "a");
      json.array("empty", [] {});
      json.object("none", [] {});
      json.array("list", [&] {
        json.value(1u);
        json.value(true);
        json.null();
        json.value(0.25);
        json.object([&] { json.member("in", "b"); });
      });
    });
  }
  return out.str();
}

TEST(JsonWriter, Layouts) {
  EXPECT_EQ(sample(Layout::compact),
            R"({"text":"a","empty":[],"none":{},)"
            R"("list":[1,true,null,0.250,{"in":"b"}]})");
  EXPECT_EQ(sample(Layout::indented),
            "{\n  \"text\": \"a\",\n  \"empty\": [],\n  \"none\": {},\n"
            "  \"list\": [\n    1,\n    true,\n    null,\n    0.250,\n"
            "    {\n      \"in\": \"b\"\n    }\n  ]\n}");
}

TEST(JsonWriter, EveryByteComesBack) {
  for (int byte = 0; byte < 256; ++byte) {
    const std::string text = {'<', static_cast<char>(byte), '>'};
    std::ostringstream out;
    JsonWriter(out, Layout::compact).value(text);
    const std::string back = nlohmann::json::parse(out.str());
    EXPECT_EQ(back, byte < 0x80 ? text : "<\xef\xbf\xbd>");
    for (const char c : out.str())
      EXPECT_GE(static_cast<unsigned char>(c), ' ');
  }
}

TEST(JsonWriter, LongTextIsComplete) {
  std::ostringstream out;
  {
    JsonWriter json(out, Layout::compact);
    json.array([&] {
      for (unsigned i = 0; i < 100000; ++i) {
        json.array([&] { json.value(i); });
      }
    });
  }
  const auto back = nlohmann::json::parse(out.str());
  ASSERT_EQ(back.size(), 100000u);
  EXPECT_EQ(back[99999][0], 99999);
}

TEST(JsonWriter, AnErrorStaysInTheStream) {
  std::ostringstream out;
  out.setstate(std::ios::badbit);
  JsonWriter(out, Layout::compact).value("x");
  EXPECT_TRUE(out.bad());
}

}  // namespace
}  // namespace overreach
