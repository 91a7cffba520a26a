#include "scanner/privilege/policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace overreach {
namespace {

using testing::HasSubstr;

ProviderSet providers() {
  Provider acme;
  acme.id = "acme";
  acme.base = "https://api.acme.example";
  acme.hosts = {"api.acme.example",
                "*.tenants.acme.example",
                "10.1.2.3",
                "8.8.8.8",
                "2130706433",
                "localhost",
                "metadata.google.internal"};
  Provider other;
  other.id = "other";
  other.hosts = {"api.other.example"};
  ProviderSet set;
  set.providers = {acme, other};
  return set;
}

HttpRequest get(std::string url) {
  HttpRequest request;
  request.provider = "acme";
  request.url = std::move(url);
  return request;
}

HttpRequest post(std::string body) {
  HttpRequest request = get("https://api.acme.example/ask");
  request.method = "POST";
  request.body = std::move(body);
  request.reads_because = "the protocol reads by POST";
  return request;
}

class PolicyTest : public testing::Test {
 protected:
  bool allows(const HttpRequest& request, PolicyOptions options = {}) {
    const Status status = Policy(set_, std::move(options)).check(request);
    error_ = status ? "" : status.error().text;
    return status.has_value();
  }
  const ProviderSet set_ = providers();
  std::string error_;
};

TEST_F(PolicyTest, Hosts) {
  const struct {
    const char* url;
    bool good;
  } kCases[] = {
      {"https://api.acme.example/v1", true},
      {"https://API.ACME.EXAMPLE/v1", true},
      {"https://api.acme.example./v1", true},
      {"https://api.acme.example:8443/v1", true},
      {"https://a.tenants.acme.example/", true},
      {"https://a.b-2.tenants.acme.example/", true},
      {"https://8.8.8.8/", true},
      {"https://tenants.acme.example/", false},
      {"https://.tenants.acme.example/", false},
      {"https://a_b.tenants.acme.example/", false},
      {"https://\xc3\xa9.tenants.acme.example/", false},
      {"https://xtenants.acme.example/", false},
      {"https://a.tenants.acme.example.evil.example/", false},
      {"https://evil.example/", false},
      {"https://evil.example/api.acme.example", false},
      {"https://evil.example?@api.acme.example", false},
      {"https://evil.example#@api.acme.example", false},
      {"https://xapi.acme.example/", false},
      {"https://api.acme.example.evil.example/", false},
      {"https://api.acme.example@evil.example/", false},
      {"https://user@api.acme.example/", false},
      {"https://user:word@api.acme.example/", false},
      {"https://evil.example\\@api.acme.example/", false},
      {"https://api.other.example/", false},  // another provider's
      {"http://api.acme.example/", false},
      {"ftp://api.acme.example/", false},
      {"file:///etc/passwd", false},
      {"api.acme.example", false},
      {"", false},
      // Listed, and private all the same.
      {"https://10.1.2.3/", false},
      {"https://2130706433/", false},
      {"https://localhost/", false},
      {"https://metadata.google.internal/", false},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(allows(get(c.url)), c.good) << c.url << ' ' << error_;
    EXPECT_TRUE(c.good || error_.starts_with("acme: ")) << error_;
  }
  HttpRequest request = get("https://api.acme.example/");
  request.provider = "nobody";
  EXPECT_FALSE(allows(request));
}

TEST_F(PolicyTest, Methods) {
  for (const char* method : {"GET", "HEAD"}) {
    HttpRequest request = get("https://api.acme.example/");
    request.method = method;
    EXPECT_TRUE(allows(request)) << method;
    request.body = "x";
    EXPECT_FALSE(allows(request)) << method;
  }
  for (const char* method :
       {"PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE", "get", "post",
        "POST", "", "GET /x HTTP/1.1\r\nX:", "GETX"}) {
    HttpRequest request = get("https://api.acme.example/");
    request.method = method;
    EXPECT_FALSE(allows(request)) << method;
    request.reads_because = "it reads";
    EXPECT_EQ(allows(request), std::string(method) == "POST") << method;
  }
}

TEST_F(PolicyTest, GraphqlMustBeQueries) {
  const struct {
    std::string body;
    bool good;
  } kCases[] = {
      {"", true},
      {"Action=GetCallerIdentity&Version=2011-06-15", true},
      {"{\"kind\": \"SelfSubjectRulesReview\"}", true},
      {"{\"query\": {\"match_all\": {}}}", true},  // a search
      {"{\"query\": \"{ me }\"}", true},
      {"{\"query\": \"query { me }\", \"variables\": {\"query\": \"x\"}}",
       true},
      {"{\"a\": {\"query\": \"x\"}, \"b\": {\"query\": \"y\"}}", true},
      {" \n[{\"query\": \"{ a }\"}, {\"query\": \"{ b }\"}]", true},
      {"{\"query\": \"mutation { drop }\"}", false},
      {"{\"q\\u0075ery\": \"mutation { drop }\"}", false},
      {"{\"query\": \"\\u006dutation { drop }\"}", false},
      {"\xef\xbb\xbf{\"query\": \"mutation { drop }\"}", false},
      {"{\"query\": \"everything\"}", false},  // to be sure
      {"{\"query\": \"{ a } mutation { b }\", \"operationName\": null}", false},
      {"{\"query\": \"mutation { b }\", \"query\": \"{ a }\"}", false},
      {"{\"query\": \"{ a }\", \"query\": \"mutation { b }\"}", false},
      {"[{\"query\": \"{ a }\"}, {\"query\": \"mutation { b }\"}]", false},
      {"[{\"query\": \"{ a }\", \"query\": \"{ b }\"}]", false},
      {"{\"extensions\": {\"persistedQuery\": {\"sha256Hash\": \"0\"}}}",
       false},
      {"{\"query\": null, \"extensions\": {\"persistedQuery\": {}}}", false},
      {"{\"query\": \"{ a }\"", false},  // broken JSON
      {"{\"query\": \"mutation { drop }\",}", false},
      // "Query" is "query" to servers that do not mind the case.
      {"{\"Query\": \"mutation { drop }\"}", false},
      {"{\"query\": \"{ a }\", \"QUERY\": \"mutation { b }\"}", false},
      {"[[{\"query\": \"mutation { b }\"}]]", false},
      {"mutation { drop }", false},
      {" \n# so\nmutation { drop }", false},
      {"query=%7B%20me%20%7D", true},
      {"query=shop+in+production", true},
      {"query=mutation+%7B+drop+%7D", false},
      {"a=b&Query=%0Amutation%7Bdrop%7D", false},
      {"a=b;query=%23so%0Amutation%7Bdrop%7D", false},
      // UTF-16 and what else is JSON to some.
      {std::string("\0{\0\"\0q\0\"\0}", 10), false},
      {"\xfe\xff{}", false},
      {"\xff{\"query\": \"mutation { drop }\"}", false},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(allows(post(c.body)), c.good) << c.body << ' ' << error_;
  }
  HttpRequest raw = post("query { a }");
  raw.headers = {{"content-Type", "application/GraphQL; charset=utf-8"}};
  EXPECT_TRUE(allows(raw));
  for (const char* body : {"mutation { a }", "", "{\"id\": \"1\"}"}) {
    raw.body = body;
    EXPECT_FALSE(allows(raw)) << body;
  }
}

TEST_F(PolicyTest, WhatIsSentToGraphqlIsAQuery) {
  HttpRequest request = post("{\"id\": \"saved-mutation\"}");
  EXPECT_TRUE(allows(request));
  request.url = "https://api.acme.example/v2/GraphQL?x=1";
  EXPECT_FALSE(allows(request));
  request.body = "{\"query\": \"{ me }\"}";
  EXPECT_TRUE(allows(request)) << error_;
  HttpRequest parts = post("--x\r\n\r\nquery=mutation{drop}\r\n--x--");
  parts.headers = {{"Content-Type", "multipart/form-data; boundary=x"}};
  EXPECT_FALSE(allows(parts));
}

// What a path, a parameter or a header makes of a request that seems to read.
TEST_F(PolicyTest, NoOtherRequestInDisguise) {
  const struct {
    const char* path;
    bool good;
  } kCases[] = {
      {"/v1/teams/a.b/disks?per_page=100&sort=-name", true},
      {"/v1/teams/..a/...", true},
      {"/?Action=GetCallerIdentity&Version=2011-06-15", true},
      {"/?Action=ListUsers", true},
      {"/search?query=mutation-tests+in+production", false},  // to be sure
      {"/search?query=shop", true},
      {"/v1/teams/../disks", false},
      {"/v1/teams/.", false},
      {"/v1/teams/%2e%2E/disks", false},
      {"/v1/teams/.%2e", false},
      {"/..?x", false},
      {"/v1/disks/7?_method=DELETE", false},
      {"/v1/disks/7?a=b&_Method=delete", false},
      {"/v1/disks/7?%5fmethod=delete", false},
      {"/v1/disks/7?X-HTTP-Method-Override=DELETE", false},
      {"/?Action=DeleteUser&UserName=ada", false},
      {"/?%41ction=DeleteUser", false},
      {"/?Action=GetX&Action=DeleteUser", false},
      {"/?Action=Getaway", false},
      {"/?Action=", false},
      {"/graphql?query=mutation%7Bdrop%7D", false},
      {"/graphql?query=%20%7Bme%7D", true},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(allows(get("https://api.acme.example" + std::string(c.path))),
              c.good)
        << c.path << ' ' << error_;
  }
  for (const char* body :
       {"Action=CreateAccessKey", "Action=AssumeRole&RoleArn=x",
        "Version=1&Action=PutUserPolicy", "_method=delete&id=7"}) {
    EXPECT_FALSE(allows(post(body))) << body;
  }
  HttpRequest table = post("{}");
  table.headers = {{"X-Amz-Target", "DynamoDB_20120810.ListTables"}};
  EXPECT_TRUE(allows(table)) << error_;
  table.headers = {{"x-amz-target", "DynamoDB_20120810.DeleteTable"}};
  EXPECT_FALSE(allows(table));
}

TEST_F(PolicyTest, Headers) {
  const struct {
    const char* name;
    std::string value;
    bool good;
  } kCases[] = {
      {"Authorization", "Bearer x", true},
      {"host", "api.acme.example", true},
      {"Host", "API.acme.example:443", true},
      {"Host", "evil.example", false},
      {"X-HTTP-Method-Override", "DELETE", false},
      {"x-http-method", "DELETE", false},
      {"X_HTTP_Method_Override", "DELETE", false},  // the same to CGI
      {"X-Original-URL", "/v1/disks/7/delete", false},
      {"X-Rewrite-Url", "/", false},
      {"Content-Length", "0", false},
      {"Connection", "X-Checked-By", false},
      {"Transfer-Encoding", "chunked", false},
      {"Authorization", "x\r\nX-Method-Override: DELETE", false},
      {"Authorization", "x\n", false},
      {"Authorization", std::string("x\0y", 3), false},
      {"A: b\r\nC", "x", false},
      {"", "x", false},
      {"A:", "x", false},
  };
  for (const auto& c : kCases) {
    HttpRequest request = get("https://api.acme.example/");
    request.headers = {{c.name, c.value}};
    EXPECT_EQ(allows(request), c.good) << c.name << ' ' << c.value;
    EXPECT_THAT(error_, testing::Not(HasSubstr("Bearer")));
  }
}

TEST_F(PolicyTest, EndpointsAreForTheirProvider) {
  PolicyOptions options;
  options.endpoints["acme"] = "https://acme.corp.example:8443/api/";
  const Policy policy(set_, options);
  EXPECT_EQ(policy.endpoint_of(set_.providers[0]),
            "https://acme.corp.example:8443/api");
  EXPECT_EQ(policy.endpoint_of(set_.providers[1]), std::nullopt);
  EXPECT_TRUE(allows(get("https://acme.corp.example:8443/api/x"), options));
  EXPECT_FALSE(allows(get("https://acme.corp.example/api/x"), options));
  EXPECT_FALSE(allows(get("http://acme.corp.example:8443/"), options));
  HttpRequest request = get("https://acme.corp.example:8443/api/x");
  request.provider = "other";
  EXPECT_FALSE(allows(request, options));
}

TEST_F(PolicyTest, AllowedHosts) {
  const struct {
    const char* allowed;
    const char* url;
    bool good;
  } kCases[] = {
      {"proxy.example", "https://proxy.example/", true},
      {"Proxy.Example.", "https://proxy.example:99/", true},
      {"proxy.example:443", "https://proxy.example/", true},
      {"proxy.example:443", "https://proxy.example:444/", false},
      {"proxy.example", "https://a.proxy.example/", false},
      {"*.example", "https://proxy.example/", false},
      {"10.0.0.1", "https://10.0.0.1/", true},
      {"10.0.0.1", "http://10.0.0.1/", false},
      {"10.0.0.1:80", "http://10.0.0.1/", false},  // no loopback
      {"127.0.0.1", "https://127.0.0.1:9/", true},
      {"127.0.0.1", "http://127.0.0.1:9/", false},  // without the port
      {"127.0.0.1:9", "http://127.0.0.1:9/", true},
      {"127.0.0.1:9", "http://127.0.0.1:10/", false},
      {"127.0.0.1:9", "http://localhost:9/", false},
      {"localhost:9", "http://localhost:9/", true},
      {"[::1]:9", "http://[::1]:9/", true},
      {"::1", "https://[::1]:9/", true},
      {"::1", "http://[::1]:9/", false},
      {"[::1]", "https://[::1]:9/", true},
      {"2130706433:9", "http://2130706433:9/", false},
      {"proxy.example:x", "https://proxy.example/", false},
      {"proxy.example:0", "https://proxy.example/", false},
      {"", "https://proxy.example/", false},
  };
  for (const auto& c : kCases) {
    PolicyOptions options;
    options.allowed_hosts = {c.allowed};
    HttpRequest request = get(c.url);
    EXPECT_EQ(allows(request, options), c.good) << c.allowed << ' ' << c.url;
    request.provider = "other";
    EXPECT_EQ(allows(request, options), c.good) << c.allowed << ' ' << c.url;
  }
  PolicyOptions options;
  options.endpoints["acme"] = "http://127.0.0.1:8080";
  EXPECT_TRUE(allows(get("http://127.0.0.1:8080/x"), options));
  EXPECT_FALSE(allows(get("http://127.0.0.1/x"), options));
}

TEST_F(PolicyTest, AddressesBehindNames) {
  PolicyOptions options;
  options.allowed_hosts = {"db.example:5432"};
  const Policy policy(set_, options);
  const auto good = [&](const char* host, std::uint16_t port,
                        const char* address) {
    return policy.check_address("acme", host, port, address).has_value();
  };
  EXPECT_TRUE(good("api.acme.example", 443, "8.8.4.4"));
  EXPECT_FALSE(good("api.acme.example", 443, "127.0.0.1"));
  EXPECT_FALSE(good("api.acme.example", 443, "::ffff:127.0.0.1"));
  EXPECT_TRUE(good("db.example", 5432, "10.0.0.1"));
  EXPECT_FALSE(good("db.example", 5433, "10.0.0.1"));
  EXPECT_TRUE(policy.check_host("acme", "db.example", 5432).has_value());
  EXPECT_FALSE(policy.check_host("acme", "db.example", 5433).has_value());
  EXPECT_TRUE(policy.check_host("acme", "api.acme.example", 5432).has_value());
}

TEST_F(PolicyTest, ErrorsQuoteNoUrl) {
  EXPECT_FALSE(allows(get("https://evil.example/x?token=SECRET")));
  EXPECT_EQ(error_,
            "acme: host evil.example is not in its rule file; --allow-host "
            "evil.example allows it");
  EXPECT_FALSE(allows(get("https://SECRET@evil.example/SECRET")));
  EXPECT_THAT(error_, testing::Not(HasSubstr("SECRET")));
  EXPECT_FALSE(allows(get("https://a b/SECRET")));
  EXPECT_THAT(error_, testing::Not(HasSubstr("SECRET")));
}

TEST(Address, Private) {
  for (const char* address :
       {"0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1",
        "100.100.100.200", "100.127.255.255", "127.0.0.1", "127.255.255.255",
        "168.63.129.16", "169.254.169.254", "169.254.0.1", "172.16.0.1",
        "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.168.0.1",
        "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1",
        "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
        "::", "::1", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1",
        "fec0::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::8.8.8.8",
        "64:ff9b::10.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1",
        "2002:7f00:1::", "2002:a9fe:a9fe::1", "2001::1", "2001:db8::1",
        "2001:10::1", "3fff::1", "100::1", "4000::1", "0:0:0:0:0:0:0:1",
        // No canonical spelling of anything.
        "", "x", "localhost", "127.1", "127.0.1", "2130706433", "0x7f000001",
        "0x7f.0.0.1", "017700000001", "0177.0.0.1", "010.8.8.8", "8.8.8.8 ",
        " 8.8.8.8", "8.8.8.8.", "8.8.8", "8.8.8.256", "8.8.8.8/32", "[2600::1]",
        "fe80::1%eth0", "2600::1%1", "8.8.8.8\n"}) {
    EXPECT_TRUE(is_private_address(address)) << address;
  }
  EXPECT_TRUE(is_private_address(std::string_view("8.8.8.8\0x", 9)));
  for (const char* address :
       {"1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255",
        "100.128.0.0", "128.0.0.1", "169.253.0.1", "172.15.0.1", "172.32.0.1",
        "192.167.0.1", "198.17.0.1", "223.255.255.255", "2600::1",
        "2606:4700::1111", "2606:4700:0:0:0:0:0:1111", "2001:4860::8888",
        "64:ff9b::8.8.8.8", "2002:808:808::1"}) {
    EXPECT_FALSE(is_private_address(address)) << address;
  }
}

TEST(Address, Loopback) {
  for (const char* address : {"127.0.0.1", "127.1.2.3", "::1"}) {
    EXPECT_TRUE(is_loopback_address(address)) << address;
  }
  for (const char* address : {"", "127.1", "10.0.0.1", "::", "::2", "1::1",
                              "::ffff:127.0.0.1", "localhost"}) {
    EXPECT_FALSE(is_loopback_address(address)) << address;
  }
}

}  // namespace
}  // namespace overreach
