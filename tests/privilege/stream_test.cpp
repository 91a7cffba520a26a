// Bytes in the clear and through TLS, and what is not to be trusted.
#include "scanner/privilege/stream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>

#include "tests/privilege/server.h"

namespace overreach {
namespace {

using testing::HasSubstr;

TestServer::Handler always(const std::string& body) {
  return
      [body](const TestServer::Request&) { return answer("200 OK", "", body); };
}

PinnedAddress address_of(const TestServer& server) {
  return {"127.0.0.1", static_cast<std::uint16_t>(server.port()), true};
}

// What the server says to a request, or the error.
std::string said(const TestServer& server, const std::string& host,
                 StreamTls tls) {
  auto stream = open_stream(address_of(server), host, tls);
  if (!stream) return stream.error().text;
  const Status sent = (*stream)->write(
      "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  if (!sent) return sent.error().text;
  std::string all;
  while (true) {
    const auto bytes = (*stream)->read();
    if (!bytes) return all.empty() ? bytes.error().text : all;
    all += *bytes;
    if (all.find("hello") != all.npos) return all;
  }
}

TEST(Stream, PlainAndTls) {
  TestServer plain(always("hello"));
  EXPECT_THAT(said(plain, "127.0.0.1", StreamTls::none), HasSubstr("hello"));
  TestServer tls(always("hello"), {make_certificate("IP:127.0.0.1"), "", 0});
  EXPECT_THAT(said(tls, "127.0.0.1", StreamTls::unchecked), HasSubstr("hello"));
  EXPECT_THAT(said(plain, "127.0.0.1", StreamTls::unchecked),
              HasSubstr("TLS: no agreement"));
}

TEST(Stream, CertificatesAreChecked) {
  const Certificate mine = make_certificate("IP:127.0.0.1,DNS:a.example");
  TestServer server(always("hello"), {mine, "", 0});
  constexpr const char* kRefused = "the certificate is not the host's";
  EXPECT_THAT(said(server, "127.0.0.1", StreamTls::checked),
              HasSubstr(kRefused));
  // Trusted by the system, as far as OpenSSL knows.
  const std::string file = testing::TempDir() + "stream_test.pem";
  std::ofstream(file) << mine.certificate;
  setenv("SSL_CERT_FILE", file.c_str(), 1);
  EXPECT_THAT(said(server, "127.0.0.1", StreamTls::checked),
              HasSubstr("hello"));
  EXPECT_THAT(said(server, "a.example", StreamTls::checked),
              HasSubstr("hello"));
  EXPECT_THAT(said(server, "127.0.0.2", StreamTls::checked),
              HasSubstr(kRefused));
  EXPECT_THAT(said(server, "b.example", StreamTls::checked),
              HasSubstr(kRefused));
  unsetenv("SSL_CERT_FILE");
}

TEST(Stream, NobodyThere) {
  EXPECT_THAT(
      open_stream({"127.0.0.1", 1, true}, "a", StreamTls::none).error().text,
      HasSubstr("refused"));
  EXPECT_THAT(
      open_stream({"a.example", 1, true}, "a", StreamTls::none).error().text,
      HasSubstr("not an address"));
}

}  // namespace
}  // namespace overreach
