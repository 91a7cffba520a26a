#include "scanner/privilege/redis_protocol.h"

#include <gtest/gtest.h>

namespace overreach {
namespace {

struct Case {
  const char* bytes;
  const char* json;
  bool is_error;
};

TEST(RedisProtocol, ReadsReplies) {
  constexpr Case kCases[] = {
      {"+OK\r\n", R"("OK")", false},
      {"-WRONGPASS no\r\n", R"("WRONGPASS no")", true},
      {"!5\r\nERR x\r\n", R"("ERR x")", true},
      {":-42\r\n", "-42", false},
      {",1.5\r\n", "1.5", false},
      {",inf\r\n", R"("inf")", false},
      {"#t\r\n", "true", false},
      {"_\r\n", "null", false},
      {"$-1\r\n", "null", false},
      {"$4\r\na\r\nb\r\n", R"("a\r\nb")", false},
      {"$0\r\n\r\n", R"("")", false},
      {"=7\r\ntxt:abc\r\n", R"("abc")", false},
      {"*2\r\n:1\r\n*1\r\n+x\r\n", R"([1,["x"]])", false},
      {"*-1\r\n", "null", false},
      {"~1\r\n+x\r\n", R"(["x"])", false},
      {"%2\r\n+a\r\n:1\r\n:2\r\n+b\r\n", R"({"2":"b","a":1})", false},
      {"*1\r\n-ERR inside\r\n", R"(["ERR inside"])", false},
  };
  for (const Case& c : kCases) {
    std::string bytes = std::string(c.bytes) + "+next\r\n";
    const auto reply = take_redis_reply(bytes);
    ASSERT_TRUE(reply && *reply) << c.bytes;
    EXPECT_EQ((*reply)->value, nlohmann::json::parse(c.json)) << c.bytes;
    EXPECT_EQ((*reply)->is_error, c.is_error) << c.bytes;
    EXPECT_EQ(bytes, "+next\r\n") << c.bytes;
    // Any part of it is not whole yet, and nothing is taken.
    const std::string whole = c.bytes;
    for (std::size_t size = 0; size < whole.size(); ++size) {
      std::string part = whole.substr(0, size);
      const auto early = take_redis_reply(part);
      ASSERT_TRUE(early) << part;
      EXPECT_FALSE(*early) << part;
      EXPECT_EQ(part.size(), size);
    }
  }
}

TEST(RedisProtocol, RefusesWhatIsNone) {
  std::string deep;
  for (int i = 0; i < 20; ++i) deep += "*1\r\n";
  for (const std::string& text :
       {std::string("HTTP/1.1 400 Bad Request\r\n"), std::string("\r\n"),
        std::string(":x\r\n"), std::string("$x\r\n"),
        std::string("$99999999999\r\n"), std::string("*99999999\r\n"), deep}) {
    std::string bytes = text;
    EXPECT_FALSE(take_redis_reply(bytes)) << text;
  }
}

TEST(RedisProtocol, WritesCommands) {
  EXPECT_EQ(redis_command({"AUTH", "a b"}),
            "*2\r\n$4\r\nAUTH\r\n$3\r\na b\r\n");
}

}  // namespace
}  // namespace overreach
