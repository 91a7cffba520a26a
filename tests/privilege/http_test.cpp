#include "scanner/privilege/http.h"

#include <gtest/gtest.h>

#include <string>

namespace overreach {
namespace {

TEST(HttpReply, FindsHeadersInAnyCase) {
  HttpReply reply;
  reply.headers = {{"X-Scopes", "repo"}, {"x-scopes", "second"}, {"Empty", ""}};
  EXPECT_EQ(reply.header("x-SCOPES"), "repo");
  EXPECT_EQ(reply.header("X-Scope"), "");
  EXPECT_EQ(reply.header("empty"), "");
}

TEST(SplitUrl, TakesUrlsApart) {
  struct Case {
    const char* url;
    const char* scheme;
    const char* host;
    int port;
    const char* path;
  };
  const Case kCases[] = {
      {"https://api.acme.example", "https", "api.acme.example", 443, "/"},
      {"https://api.acme.example:8443/v1?a=b", "https", "api.acme.example",
       8443, "/v1?a=b"},
      {"HTTPS://API.Acme.EXAMPLE/V1", "https", "api.acme.example", 443, "/V1"},
      {"http://a.example?q=@x", "http", "a.example", 80, "/?q=@x"},
      {"https://a.example/@b:c", "https", "a.example", 443, "/@b:c"},
      {"https://a.example./x", "https", "a.example", 443, "/x"},
      {"https://a.example/x#part", "https", "a.example", 443, "/x"},
      {"https://a.example#@evil.example/", "https", "a.example", 443, "/"},
      {"https://[2001:DB8::1]/", "https", "2001:db8::1", 443, "/"},
      {"https://[::1]:65535", "https", "::1", 65535, "/"},
      {"https://127.1/", "https", "127.1", 443, "/"},
      {"https://bücher.example/", "https", "bücher.example", 443, "/"},
      {"https://a_b-c.example/", "https", "a_b-c.example", 443, "/"},
      {"postgres://db.example/x", "postgres", "db.example", 0, "/x"},
      {"mongodb+srv://db.example:27017", "mongodb+srv", "db.example", 27017,
       "/"},
      {"https://a.example//evil.example", "https", "a.example", 443,
       "//evil.example"},
  };
  for (const Case& c : kCases) {
    const UrlParts parts = split_url(c.url);
    EXPECT_EQ(parts.scheme, c.scheme) << c.url;
    EXPECT_EQ(parts.host, c.host) << c.url;
    EXPECT_EQ(parts.port, c.port) << c.url;
    EXPECT_EQ(parts.path, c.path) << c.url;
    EXPECT_FALSE(parts.has_userinfo) << c.url;
  }
}

TEST(SplitUrl, SeesUserinfo) {
  const struct {
    const char* url;
    const char* host;
  } kCases[] = {
      {"https://good.example@evil.example/", "evil.example"},
      {"https://good.example:443@evil.example/", "evil.example"},
      {"https://u:p@good.example/", "good.example"},
      {"https://@good.example/", "good.example"},
      {"https://a@b@good.example/", "good.example"},
      {"https://good.example%2f@evil.example/", "evil.example"},
  };
  for (const auto& c : kCases) {
    const UrlParts parts = split_url(c.url);
    EXPECT_TRUE(parts.has_userinfo) << c.url;
    EXPECT_EQ(parts.host, c.host) << c.url;
  }
}

TEST(SplitUrl, RefusesWhatCouldBeReadInTwoWays) {
  const std::string kCases[] = {
      "",
      "https:",
      "https:/x",
      "https://",
      "http:///x",
      "https://?x",
      "https://:443/",
      "https://@/",
      "//a.example/x",
      "a.example/x",
      "/x",
      "1https://a.example/",
      "ht tp://a.example/",
      "://a.example/",
      " https://a.example/",
      "https://a.example /",
      "https://a.example/ x",
      "https://a.example/\tx",
      "https://a.example/x\r\nHost: evil.example",
      "https://a.example\n.evil.example/",
      std::string("https://a.example/\0x", 20),
      "https://a.example/\x7f",
      "https://evil.example\\@a.example/",
      "https:\\\\a.example/",
      "https://a.example\\.evil.example/",
      "https://a..example/",
      "https://.a.example/",
      "https://a.example../",
      "https://./",
      "https://a%2eexample/",
      "https://a.example%00.evil.example/",
      "https://a,b.example/",
      "https://a!b.example/",
      "https://*.example/",
      "https://a.example:/",
      "https://a.example:0/",
      "https://a.example:080/",
      "https://a.example:65536/",
      "https://a.example:-1/",
      "https://a.example:+1/",
      "https://a.example:4 43/",
      "https://a.example:443x/",
      "https://a.example:443:444/",
      "https://a:b:c/",
      "https://::1/",
      "https://[::1/",
      "https://[::1]x/",
      "https://[::1]443/",
      "https://[::1]:/",
      "https://[]/",
      "https://[127.0.0.1]/",
      "https://[fe80::1%25eth0]/",
      "https://[::1.2]/",
      "https://" + std::string(64, 'a') + ".example/",
      "https://" + std::string(254, 'a') + "/",
  };
  for (const std::string& url : kCases) {
    const UrlParts parts = split_url(url);
    EXPECT_EQ(parts.host, "") << url;
    EXPECT_EQ(parts.scheme, "") << url;
    EXPECT_EQ(parts.path, "") << url;
    EXPECT_EQ(parts.port, 0) << url;
  }
}

}  // namespace
}  // namespace overreach
