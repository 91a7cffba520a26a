// The network transport against a server on a loopback port: what is sent,
// what is followed, repeated, cut off.
#include "tests/privilege/transport_test.h"

#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "scanner/base/digest.h"

namespace overreach {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// One stored block, as RFC 1951 and 1952 write it.
std::string gzip(const std::string& text) {
  const auto little = [](std::uint32_t number, int bytes) {
    std::string out;
    for (int i = 0; i < bytes; ++i) {
      out += static_cast<char>(number >> (8 * i) & 0xff);
    }
    return out;
  };
  const auto size = static_cast<std::uint32_t>(text.size());
  return std::string("\x1f\x8b\x08\0\0\0\0\0\0\xff\x01", 11) + little(size, 2) +
         little(~size, 2) + text + little(crc32(text), 4) + little(size, 4);
}

TEST(CurlTransport, SendsAndReceives) {
  TestServer::Request seen;
  TestServer server([&](const TestServer::Request& request) {
    seen = request;
    return answer("200 OK", "X-Scopes:  repo, user \r\nSet-Cookie: a=b\r\n",
                  "hello");
  });
  NetworkOptions options;
  options.version = "1.2.3";
  options.user_agent_extra = "audit@corp.example\r\nX: y";
  TestTransport transport({server.host()}, options);
  HttpReply reply = transport.get(server.url("/v1//me?a=b"));
  EXPECT_EQ(reply.status, 200) << reply.error;
  EXPECT_EQ(reply.body, "hello");
  EXPECT_EQ(reply.header("x-scopes"), "repo, user");
  EXPECT_EQ(reply.error, "");
  EXPECT_FALSE(reply.is_temporary);
  EXPECT_TRUE(seen.asks("GET /v1//me?a=b")) << seen.head;
  EXPECT_TRUE(seen.has("Host: " + server.host() + "\r\n")) << seen.head;
  EXPECT_TRUE(seen.has("Authorization: Bearer SECRET\r\n")) << seen.head;
  EXPECT_TRUE(
      seen.has("User-Agent: overreach/1.2.3 (read-only audit; "
               "+https://overreach.dev) audit@corp.example  X: y\r\n"))
      << seen.head;
  EXPECT_TRUE(seen.has("Accept-Encoding: gzip\r\n")) << seen.head;
  reply = transport.get(server.url("/again"));
  EXPECT_EQ(reply.status, 200);
  EXPECT_FALSE(seen.has("Cookie")) << seen.head;
  EXPECT_EQ(server.connections(), 1);  // kept
  const auto contacts = transport.transport().contacts();
  ASSERT_EQ(contacts.size(), 1u);
  EXPECT_EQ(contacts[0].host, server.host());
  EXPECT_EQ(contacts[0].requests, 2u);
}

TEST(CurlTransport, PostsOnlyWhatItIsGiven) {
  TestServer::Request seen;
  TestServer server([&](const TestServer::Request& request) {
    seen = request;
    return answer("200 OK", "", "{}");
  });
  TestTransport transport({server.host()});
  HttpRequest request = TestTransport::request(server.url("/graphql"));
  request.method = "POST";
  request.body = "{\"query\": \"{ me }\"}" + std::string(3000, ' ');
  request.reads_because = "a query";
  request.headers = {{"X-Empty", ""}};
  EXPECT_EQ(transport.send(request).status, 200);
  EXPECT_TRUE(seen.asks("POST /graphql")) << seen.head;
  EXPECT_EQ(seen.body, request.body);
  EXPECT_FALSE(seen.has("Content-Type:")) << seen.head;
  EXPECT_FALSE(seen.has("Expect:")) << seen.head;
  EXPECT_TRUE(seen.has("X-Empty:")) << seen.head;
  request.headers = {{"content-type", "application/json"}};
  EXPECT_EQ(transport.send(request).status, 200);
  EXPECT_TRUE(seen.has("content-type: application/json\r\n")) << seen.head;
  request.body = "{\"query\": \"mutation { drop }\"}";
  const HttpReply refused = transport.send(request);
  EXPECT_EQ(refused.status, 0);
  EXPECT_THAT(refused.error, HasSubstr("not only queries"));
  EXPECT_EQ(server.requests(), 2);
}

TEST(CurlTransport, HeadHasNoBody) {
  TestServer server([](const TestServer::Request& request) {
    return request.asks("HEAD /")
               ? "HTTP/1.1 404 No\r\nContent-Length: 5\r\nX-A: b\r\n\r\n"
               : std::string();
  });
  TestTransport transport({server.host()});
  HttpRequest request = TestTransport::request(server.url("/"));
  request.method = "HEAD";
  const HttpReply reply = transport.send(request);
  EXPECT_EQ(reply.status, 404) << reply.error;
  EXPECT_EQ(reply.header("x-a"), "b");
  EXPECT_FALSE(reply.is_temporary);
}

TEST(CurlTransport, FollowsOneRedirectWithinTheHost) {
  TestServer other(
      [](const TestServer::Request&) { return answer("200 OK", "", "other"); });
  TestServer server([&](const TestServer::Request& request) {
    const auto to = [](const std::string& location) {
      return answer("302 Found", "Location: " + location + "\r\n", "moved");
    };
    if (request.asks("GET /same")) return to("/target?x=1");
    if (request.asks("GET /twice")) return to("/same");
    if (request.asks("GET /loop")) return to("/loop");
    if (request.asks("GET /port")) return to(other.url("/stolen"));
    if (request.asks("GET /host")) return to("//evil.example/stolen");
    if (request.asks("GET /user")) return to("http://u@" + request.body);
    if (request.asks("GET /tls")) return to("https://127.0.0.1/");
    if (request.asks("GET /file")) return to("file:///etc/passwd");
    if (request.asks("GET /none")) return answer("304 Not Modified", "", "");
    if (request.asks("POST /post")) return to("/target?x=1");
    if (!request.asks("GET /target?x=1")) return answer("404 No", "", "");
    return answer("200 OK", "", "found");
  });
  TestTransport transport({server.host(), "evil.example"});
  EXPECT_EQ(transport.get(server.url("/same")).body, "found");
  for (const char* path :
       {"/twice", "/loop", "/port", "/host", "/user", "/tls", "/file"}) {
    const HttpReply reply = transport.get(server.url(path));
    EXPECT_EQ(reply.status, 302) << path << reply.error;
    EXPECT_EQ(reply.body, "moved") << path;
  }
  EXPECT_EQ(transport.get(server.url("/none")).status, 304);
  HttpRequest post = TestTransport::request(server.url("/post"));
  post.method = "POST";
  post.reads_because = "it reads";
  EXPECT_EQ(transport.send(post).status, 302);
  EXPECT_EQ(other.connections(), 0);
}

TEST(CurlTransport, CutsBigAnswersOff) {
  const std::string big(70'000, 'x');
  TestServer server([&](const TestServer::Request& request) {
    if (request.asks("GET /plain")) return answer("200 OK", "", big);
    if (request.asks("GET /chunked")) {
      return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n11170\r\n" +
             big + "\r\n0\r\n\r\n";
    }
    if (request.asks("GET /headers")) {
      std::string lines;
      for (int i = 0; i < 20; ++i)
        lines += "X-A: " + big.substr(0, 20000) + "\r\n";
      return answer("200 OK", lines, "");
    }
    if (request.asks("GET /gzip")) {
      return answer("200 OK", "Content-Encoding: gzip\r\n",
                    gzip(big.substr(0, 60'001)));
    }
    return answer("200 OK", "", big.substr(0, 60'000));
  });
  NetworkOptions options;
  options.max_body_bytes = 60'000;
  TestTransport transport({server.host()}, options);
  for (const char* path : {"/plain", "/chunked", "/headers", "/gzip"}) {
    const HttpReply reply = transport.get(server.url(path));
    EXPECT_EQ(reply.status, 0) << path;
    EXPECT_EQ(reply.error, "127.0.0.1: the answer is too big") << path;
    EXPECT_FALSE(reply.is_temporary) << path;
    EXPECT_EQ(reply.body, "") << path;
  }
  EXPECT_EQ(transport.get(server.url("/fits")).body.size(), 60'000u);
}

TEST(CurlTransport, DecodesGzip) {
  TestServer server([](const TestServer::Request& request) {
    const std::string body =
        request.asks("GET /good") ? gzip("hello") : "hello";
    return answer("200 OK", "Content-Encoding: gzip\r\n", body);
  });
  TestTransport transport({server.host()});
  EXPECT_EQ(transport.get(server.url("/good")).body, "hello");
  const HttpReply broken = transport.get(server.url("/bad"));
  EXPECT_EQ(broken.status, 0);
  EXPECT_THAT(broken.error, HasSubstr("encoding"));
}

TEST(CurlTransport, DoesNotWaitForever) {
  TestServer server([](const TestServer::Request& request) {
    if (request.asks("GET /body")) {
      return std::string("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nslow");
    }
    std::this_thread::sleep_for(600ms);
    return answer("200 OK", "", "late");
  });
  NetworkOptions options;
  options.timeout = 200ms;
  TestTransport transport({server.host()}, options);
  for (const char* path : {"/body", "/head"}) {
    const HttpReply reply = transport.get(server.url(path));
    EXPECT_EQ(reply.status, 0) << path;
    EXPECT_EQ(reply.error, "127.0.0.1: no answer in time") << path;
    EXPECT_TRUE(reply.is_temporary) << path;
  }
  EXPECT_EQ(server.requests(), 2);  // a retry would wait as long again
  EXPECT_THAT(transport.pauses(), IsEmpty());
}

TEST(CurlTransport, AsksAgainWhenToldTo) {
  std::atomic<int> asked = 0;
  TestServer server([&](const TestServer::Request& request) {
    ++asked;
    if (request.asks("GET /down")) return answer("503 No", "", "");
    if (request.asks("GET /long")) {
      return answer("429 Slow", "Retry-After: 31\r\n", "");
    }
    if (request.asks("GET /huge")) {
      return answer("429 Slow", "Retry-After: 9223372036854775807\r\n", "");
    }
    if (request.asks("GET /broken")) return answer("500 No", "", "");
    if (asked == 1) return answer("429 Slow", "Retry-After: 7\r\n", "");
    return answer("200 OK", "", "finally");
  });
  TestTransport transport({server.host()});
  EXPECT_EQ(transport.get(server.url("/limit")).body, "finally");
  EXPECT_THAT(transport.pauses(), ElementsAre(7000));
  HttpReply reply = transport.get(server.url("/down"));
  EXPECT_EQ(reply.status, 503);
  EXPECT_TRUE(reply.is_temporary);
  EXPECT_THAT(transport.pauses(), ElementsAre(7000, 500, 1000));
  asked = 0;
  for (const char* path : {"/long", "/huge", "/broken"}) {
    reply = transport.get(server.url(path));
    EXPECT_TRUE(reply.is_temporary) << path;
    EXPECT_GE(reply.status, 429) << path;
  }
  EXPECT_EQ(asked, 3);  // once each
  EXPECT_EQ(transport.transport().contacts()[0].requests, 8u);
}

TEST(CurlTransport, BrokenConnections) {
  std::atomic<int> asked = 0;
  TestServer server([&](const TestServer::Request& request) {
    ++asked;
    if (request.asks("GET /ssh")) return std::string("SSH-2.0-x\r\n");
    if (request.asks("GET /part")) {
      return std::string(
          "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 9\r\n\r\nx");
    }
    if (request.asks("GET /closed") || asked < 3) return std::string();
    return answer("200 OK", "", "third");
  });
  NetworkOptions options;
  options.timeout = 2s;
  TestTransport transport({server.host()}, options);
  EXPECT_EQ(transport.get(server.url("/flaky")).body, "third");
  for (const char* path : {"/closed", "/part"}) {
    const HttpReply ssh = transport.get(server.url("/ssh"));  // an answer
    EXPECT_EQ(ssh.status, 0);
    EXPECT_FALSE(ssh.is_temporary) << ssh.error;
    asked = 0;
    const HttpReply reply = transport.get(server.url(path));
    EXPECT_EQ(reply.status, 0) << path;
    EXPECT_TRUE(reply.is_temporary) << path;
    EXPECT_THAT(reply.error, testing::StartsWith("127.0.0.1: ")) << path;
    EXPECT_GE(asked, 3) << path;
  }
  // Those that libcurl repeats on its own are counted, too.
  EXPECT_EQ(transport.transport().contacts()[0].requests,
            static_cast<std::uint64_t>(server.requests()));
}

TEST(CurlTransport, DoesNotInsistOnADeadHost) {
  std::string url, host;
  {
    TestServer server([](const TestServer::Request&) { return ""; });
    url = server.url("/?key=SECRET");
    host = server.host();
  }
  TestTransport transport({host});
  for (const std::uint64_t requests : {3u, 4u, 5u, 5u}) {
    const HttpReply reply = transport.get(url);
    EXPECT_EQ(reply.status, 0);
    EXPECT_TRUE(reply.is_temporary);
    EXPECT_THAT(reply.error, testing::StartsWith("127.0.0.1: "));
    EXPECT_THAT(reply.error, Not(HasSubstr("SECRET")));
    EXPECT_EQ(transport.transport().contacts()[0].requests, requests);
  }
}

// Five hundred credentials must not each wait for a host that hangs up.
TEST(CurlTransport, DoesNotInsistOnAHostThatHangsUp) {
  TestServer server([](const TestServer::Request&) { return ""; });
  TestTransport transport({server.host()});
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(transport.get(server.url("/")).error,
              "127.0.0.1: an empty answer");
  }
  const int asked = server.requests();
  EXPECT_EQ(transport.get(server.url("/")).error, "127.0.0.1: gives no answer");
  EXPECT_EQ(server.requests(), asked);
}

TEST(CurlTransport, AtMostTwoAtATimeAndNotTooMany) {
  std::atomic<int> now = 0, most = 0;
  TestServer server([&](const TestServer::Request&) {
    const int active = ++now;
    for (int seen = most; seen < active;) {
      if (most.compare_exchange_weak(seen, active)) break;
    }
    std::this_thread::sleep_for(20ms);
    --now;
    return answer("200 OK", "", "x");
  });
  NetworkOptions options;
  options.max_requests = 20;
  TestTransport transport({server.host()}, options);
  std::atomic<int> good = 0;
  {
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&] {
        for (int k = 0; k < 3; ++k) {
          if (transport.get(server.url("/")).status == 200) ++good;
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
  EXPECT_EQ(good, 20);
  EXPECT_EQ(most, 2);
  EXPECT_EQ(server.requests(), 20);
  EXPECT_EQ(transport.get(server.url("/")).error,
            "127.0.0.1: too many requests in this run");
}

TEST(CurlTransport, RefusesBeforeAnythingIsSent) {
  TestServer server([](const TestServer::Request&) { return ""; });
  TestTransport transport({});
  const HttpReply reply = transport.get(server.url("/"));
  EXPECT_EQ(reply.status, 0);
  EXPECT_FALSE(reply.is_temporary);
  EXPECT_THAT(reply.error, testing::StartsWith("acme: host 127.0.0.1 "));
  EXPECT_EQ(server.connections(), 0);
  EXPECT_THAT(transport.transport().contacts(), IsEmpty());
}

}  // namespace
}  // namespace overreach
