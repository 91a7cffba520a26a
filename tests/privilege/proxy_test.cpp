#include "scanner/privilege/proxy.h"

#include <gtest/gtest.h>

namespace overreach {
namespace {

TEST(ProxyFor, LeavesOutWhatNoProxyNames) {
  const struct {
    const char* except;
    const char* host;
    bool is_used;
  } kCases[] = {
      {"", "api.acme.example", true},
      {"*", "api.acme.example", false},
      {"acme.example", "api.acme.example", false},
      {".acme.example", "api.acme.example", false},
      {".acme.example", "acme.example", false},
      {"Acme.Example.", "acme.example", false},
      {"other.example, acme.example", "acme.example", false},
      {"other.example acme.example", "acme.example", false},
      {"acme.example", "evilacme.example", true},
      {"api.acme.example", "acme.example", true},
      {"*.acme.example", "api.acme.example", true},  // as curl has it
      {".", "acme.example", true},
      {",,", "acme.example", true},
      {"10.0.0.0/8", "10.9.8.7", false},
      {"10.0.0.0/8", "11.0.0.1", true},
      {"10.0.0.1", "10.0.0.1", false},
      {"10.0.0.0/33", "10.0.0.1", true},
      {"10.0.0.0/x", "10.0.0.1", true},
      {"0.0.0.0/0", "8.8.8.8", false},
      {"0.0.0.0/0", "2600::1", true},
      {"0.1", "10.0.0.1", true},
      {"[2600::1]", "2600::1", false},
      {"2600::/16", "2600:1::1", false},
      // Never, whatever the list says.
      {"", "127.0.0.1", false},
      {"", "::1", false},
      {"", "localhost", false},
      {"", "a.localhost", false},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(proxy_for({"http://proxy", c.except}, c.host),
              c.is_used ? "http://proxy" : "")
        << c.except << " and " << c.host;
  }
  EXPECT_EQ(proxy_for({}, "api.acme.example"), "");
}

}  // namespace
}  // namespace overreach
