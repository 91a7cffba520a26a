#include "scanner/match/markers.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "tests/match/matching.h"

namespace overreach {
namespace {

constexpr std::string_view kSecret = "Harbour2381";

// Whether the secret in the text is allowed for a rule.
bool allowed(std::string_view text,
             std::string_view rule = "generic-password") {
  const std::size_t begin = text.find(kSecret);
  return has_allow_marker(text, begin, begin + kSecret.size(), rule);
}

TEST(HasAllowMarker, OnItsLine) {
  struct Case {
    std::string_view text;
    bool allowed;
  };
  constexpr Case kCases[] = {
      {"p = 'Harbour2381'  # overreach:allow", true},
      {"p = 'Harbour2381'  # overreach:allow generic-password", true},
      {"p = 'Harbour2381'  # overreach:allow generic-*", true},
      {"p = 'Harbour2381'  # overreach:allow x-y,generic-password", true},
      {"p = 'Harbour2381'  # overreach:allow generic-password test only", true},
      {"p = 'Harbour2381'  # overreach:allow=generic-password", true},
      {"p = 'Harbour2381'  # overreach:allow test account", true},
      {"p = 'Harbour2381'  # overreach:allow: test account", true},
      {"p = 'Harbour2381'  # gitleaks:allow", true},
      {"p = 'Harbour2381'  # betterleaks:allow", true},
      {"p = 'Harbour2381'  # trufflehog:ignore", true},
      {"p = 'Harbour2381'  # kingfisher:ignore", true},
      {"p = 'Harbour2381'  # pragma: allowlist secret", true},
      {"p = 'Harbour2381'  # pragma: whitelist secret", true},
      {"/* gitleaks:allow */ p = 'Harbour2381'", true},
      {"a\np = 'Harbour2381'  # gitleaks:allow\nb", true},
      // Not for this one.
      {"p = 'Harbour2381'", false},
      {"p = 'Harbour2381'  # overreach:allow aws-access-key-id", false},
      {"p = 'Harbour2381'  # overreach:allow github-*", false},
      {"p = 'Harbour2381'  # overreach:allow generic-passwor", false},
      {"p = 'Harbour2381'  # gitleaks: allow", false},
      {"p = 'Harbour2381'\n# gitleaks:allow", false},
      {"# gitleaks:allow\np = 'Harbour2381'", false},
      {"# overreach:allow\np = 'Harbour2381'", false},
  };
  for (const Case& c : kCases) EXPECT_EQ(allowed(c.text), c.allowed) << c.text;
}

TEST(HasAllowMarker, OnTheLineBefore) {
  EXPECT_TRUE(allowed("# overreach:allow-next-line\np = 'Harbour2381'\n"));
  EXPECT_TRUE(
      allowed("# pragma: allowlist nextline secret\np = 'Harbour2381'\n"));
  EXPECT_TRUE(allowed("# overreach:allow-next-line\r\np = 'Harbour2381'"));
  EXPECT_FALSE(allowed("# overreach:allow-next-line\n\np = 'Harbour2381'\n"));
  EXPECT_FALSE(allowed("p = 'Harbour2381'  # overreach:allow-next-line\n"));
  EXPECT_FALSE(
      allowed("p = 'Harbour2381'\n# overreach:allow-next-line\nx = 1"));
}

TEST(HasAllowMarker, WhereALongSecretEnds) {
  const std::string text = "key = '''a\nHarbour2381\nb'''  # gitleaks:allow\n";
  EXPECT_TRUE(has_allow_marker(text, 9, text.find("'''  #"), "x-y"));
  EXPECT_FALSE(has_allow_marker(text, 9, text.find("\nb"), "x-y"));
}

TEST(Match, CountsWhatAMarkerHides) {
  const auto result = match_all(
      "a.py",
      "password = 'Harbour2381'  # gitleaks:allow\npassword = 'Tulip4812!'\n");
  EXPECT_EQ(result.suppressed, 1u);
  ASSERT_EQ(result.candidates.size(), 1u);
  EXPECT_EQ(result.candidates[0].line, 2u);
}

}  // namespace
}  // namespace overreach
