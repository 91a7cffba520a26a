// The network transport where it must not go on: addresses behind names,
// certificates, proxies.
#include <gmock/gmock.h>

#include <cstdlib>

#include "scanner/privilege/curl_call.h"
#include "scanner/privilege/libcurl.h"
#include "tests/privilege/transport_test.h"

namespace overreach {
namespace {

using testing::HasSubstr;

TestServer::Handler always(const std::string& body) {
  return
      [body](const TestServer::Request&) { return answer("200 OK", "", body); };
}

// What CurlTransport does below the check of names.
class CallTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(load_curl().has_value());
    handle_ = load_curl()->easy_init();
  }
  void TearDown() override { load_curl()->easy_cleanup(handle_); }

  Attempt call(const Policy& policy, const std::string& url) {
    const NetworkOptions options;
    const std::string agent = "test";
    return perform({*load_curl(), policy, options, agent}, handle_,
                   TestTransport::request(url), split_url(url), "");
  }
  CURL* handle_ = nullptr;
};

// As after a change of the name's address: the name passes, the address not.
TEST_F(CallTest, AddressesAreJudgedAfterDns) {
  TestServer server(always("x"));
  const std::string name = "localhost:" + std::to_string(server.port());
  const TestTransport strict({}), open({name});
  Attempt attempt = call(strict.policy(), "http://" + name + "/");
  EXPECT_TRUE(attempt.is_refused);
  EXPECT_FALSE(attempt.may_retry);
  EXPECT_FALSE(attempt.reply.is_temporary);
  EXPECT_EQ(attempt.reply.status, 0);
  EXPECT_THAT(attempt.reply.error, HasSubstr("stands for the private address"));
  EXPECT_EQ(server.connections(), 0);

  attempt = call(open.policy(), "http://" + name + "/");
  EXPECT_EQ(attempt.reply.status, 200) << attempt.reply.error;
  // The connection is still open, but not for everybody.
  attempt = call(strict.policy(), "http://" + name + "/");
  EXPECT_TRUE(attempt.is_refused);
  EXPECT_EQ(attempt.reply.status, 0);
  EXPECT_EQ(server.requests(), 1);
}

class TlsTest : public testing::Test {
 protected:
  const Certificate mine_ = make_certificate("IP:127.0.0.1");
};

TEST_F(TlsTest, CertificatesAreVerified) {
  TestServer server(always("tls"), {mine_, "", 0});
  TestTransport transport({server.host()});
  HttpReply reply = transport.get(server.url("/"));
  EXPECT_EQ(reply.status, 0);
  EXPECT_EQ(reply.error, "127.0.0.1: its certificate is not trusted");
  EXPECT_FALSE(reply.is_temporary);
  EXPECT_EQ(server.requests(), 0);

  HttpRequest request = TestTransport::request(server.url("/"));
  request.authority = mine_.certificate;
  reply = transport.send(request);
  EXPECT_EQ(reply.status, 200) << reply.error;
  EXPECT_EQ(reply.body, "tls");
  // Trusted for that request only, open connection or not.
  EXPECT_EQ(transport.get(server.url("/")).status, 0);
  request.authority = make_certificate("IP:127.0.0.1").certificate;
  EXPECT_EQ(transport.send(request).status, 0);
  request.authority = "no certificate";
  EXPECT_EQ(transport.send(request).status, 0);
  EXPECT_EQ(server.requests(), 1);
}

TEST_F(TlsTest, TheNameMustBeTheCertificates) {
  const Certificate other = make_certificate("DNS:api.acme.example");
  TestServer server(always("tls"), {other, "", 0});
  TestTransport transport({server.host()});
  HttpRequest request = TestTransport::request(server.url("/"));
  request.authority = other.certificate;
  const HttpReply reply = transport.send(request);
  EXPECT_EQ(reply.status, 0);
  EXPECT_EQ(reply.error, "127.0.0.1: its certificate is not trusted");
  EXPECT_EQ(server.requests(), 0);
}

TEST_F(TlsTest, TheCertificateMustNotHaveExpired) {
  const Certificate old = make_certificate("IP:127.0.0.1", -60);
  TestServer server(always("tls"), {old, "", 0});
  TestTransport transport({server.host()});
  HttpRequest request = TestTransport::request(server.url("/"));
  request.authority = old.certificate;
  const HttpReply reply = transport.send(request);
  EXPECT_EQ(reply.status, 0);
  EXPECT_EQ(reply.error, "127.0.0.1: its certificate is not trusted");
  EXPECT_FALSE(reply.is_temporary);
  EXPECT_EQ(server.requests(), 0);
}

TEST_F(TlsTest, OldVersionsAreRefused) {
  for (const int version : {TLS1_1_VERSION, TLS1_2_VERSION}) {
    TestServer server(always("tls"), {mine_, "", version});
    TestTransport transport({server.host()});
    HttpRequest request = TestTransport::request(server.url("/"));
    request.authority = mine_.certificate;
    EXPECT_EQ(transport.send(request).status,
              version == TLS1_2_VERSION ? 200 : 0);
  }
}

TEST_F(TlsTest, ClientCertificates) {
  const Certificate client = make_certificate("DNS:client.example");
  TestServer server(always("known"), {mine_, client.certificate, 0});
  TestTransport transport({server.host()});
  HttpRequest request = TestTransport::request(server.url("/"));
  request.authority = mine_.certificate;
  EXPECT_EQ(transport.send(request).status, 0);
  EXPECT_EQ(server.requests(), 0);
  request.client_certificate = client.certificate;
  request.client_key = client.key;
  const HttpReply reply = transport.send(request);
  EXPECT_EQ(reply.body, "known") << reply.error;
  // The identity does not stay with the connection.
  request.client_certificate = request.client_key = "";
  EXPECT_EQ(transport.send(request).status, 0);
  request.client_certificate = client.certificate;
  request.client_key = "-----BEGIN SECRET-----";
  const HttpReply broken = transport.send(request);
  EXPECT_EQ(broken.status, 0);
  EXPECT_EQ(broken.error, "127.0.0.1: the client certificate cannot be used");
  EXPECT_EQ(server.requests(), 1);
}

// Sets a variable of the environment while it lives.
class Variable {
 public:
  Variable(const char* name, const std::string& value) : name_(name) {
    setenv(name, value.c_str(), 1);
  }
  ~Variable() { unsetenv(name_); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const char* const name_;
};

TEST(Proxy, TunnelsButNotToLoopback) {
  std::vector<std::string> heads;
  TestServer proxy([&](const TestServer::Request& request) {
    heads.push_back(request.head);
    return answer("403 Forbidden", "Connection: close\r\n", "");
  });
  TestServer server(always("direct"));
  const Variable https("https_proxy", "http://user:SECRET@" + proxy.host());
  const Variable http("http_proxy", "http://" + proxy.host());
  const Variable all("ALL_PROXY", "http://" + proxy.host());
  const Variable none("no_proxy", "other.example");
  TestTransport transport({server.host()});
  const HttpReply reply = transport.get("https://api.acme.example/v1");
  EXPECT_EQ(reply.status, 0);
  EXPECT_EQ(reply.error, "api.acme.example: the proxy answered 403");
  ASSERT_EQ(heads.size(), 1u);
  EXPECT_THAT(heads[0],
              testing::StartsWith("CONNECT api.acme.example:443 HTTP/1.1\r\n"));
  EXPECT_THAT(heads[0], testing::Not(HasSubstr("Bearer")));
  EXPECT_EQ(transport.get(server.url("/")).body, "direct");
  EXPECT_EQ(proxy.requests(), 1);
}

// A part of a name has at most 63 letters, so that no name server is asked.
// The proxy's name and the host's fail in the same way.
TEST(Proxy, ANameWithoutAnAddress) {
  const std::string name = std::string(64, 'a') + ".example";
  const Variable https("https_proxy", "http://user:SECRET@" + name + ":3128");
  TestTransport transport({});
  const HttpReply reply = transport.get("https://api.acme.example/v1");
  EXPECT_EQ(reply.status, 0);
  EXPECT_TRUE(reply.is_temporary);
  EXPECT_EQ(reply.error, "api.acme.example: the proxy has no address");
}

}  // namespace
}  // namespace overreach
