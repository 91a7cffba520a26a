#include "scanner/core/secret.h"

#include <gtest/gtest.h>

#include <concepts>
#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <type_traits>

namespace overreach {
namespace {

template <typename T>
concept Printable = requires(std::ostream& out, const T& value) {
  out << value;
};

static_assert(Printable<std::string>);
static_assert(!Printable<Secret>, "a secret must not print by accident");
static_assert(!std::convertible_to<Secret, std::string>);
static_assert(!std::convertible_to<Secret, std::string_view>);
static_assert(!std::convertible_to<std::string, Secret>);
static_assert(!std::totally_ordered<Secret>);

TEST(Secret, Redacted) {
  const struct {
    std::string_view secret;
    std::size_t public_prefix;
    std::string_view shown;
  } cases[] = {
      {"ghp_SYNTHETICexampleSYNTHETIC", 4, "ghp_SYNT..."},
      {"ghp_SYNTHETIC", 4, "ghp_SY..."},  // at most a quarter of the rest
      {"ghp_SYN", 4, "ghp_... (7 characters)"},
      {"ghp_", 4, "ghp_... (4 characters)"},
      {"ghp_", 99, "ghp_... (4 characters)"},
      {"correcthorsebatt", 0, "corr..."},
      {"correcthorsebat", 0, "... (15 characters)"},
      {"x", 0, "... (1 character)"},
      {"", 0, "... (0 characters)"},
      {"a b\tc\xc3\xa9xxxxxxxxxxxxxx", 6, "a.b.c..xx..."},
      {"-----BEGIN EC PRIVATE KEY-----\nc2VjcmV0\n-----END", 30,
       "EC PRIVATE KEY (48 bytes)"},
      {"-----BEGIN EC PRIVATE KEY-----\\nc2VjcmV0", 30,
       "EC PRIVATE KEY (40 bytes)"},
      // No more than the public part, whatever it is.
      {"-----BEGIN EC PRIVATE KEY-----c2VjcmV0", 13, "EC (38 bytes)"},
      {"first line\nsecond line", 0, "22 bytes"},
      {"\x1b[1m\nx", 4, ".[1m (6 bytes)"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(Secret(c.secret).redacted(c.public_prefix), c.shown) << c.secret;
  }
}

TEST(Secret, RevealsItsBytes) {
  const Secret secret("hunter2hunter2");
  EXPECT_EQ(secret.reveal(), "hunter2hunter2");
  EXPECT_EQ(secret.size(), 14u);
  EXPECT_FALSE(secret.empty());
  EXPECT_TRUE(Secret().empty());
  EXPECT_TRUE(secret == Secret("hunter2hunter2"));
  EXPECT_FALSE(secret == Secret("hunter3"));
}

TEST(WithoutSecret, Table) {
  const struct {
    std::string_view text, secret, shown;
  } cases[] = {
      {"path/hunter2/file", "hunter2", "path/.../file"},
      {"hunter2hunter2", "hunter2", "......"},
      {"nothing here", "hunter2", "nothing here"},
      {"", "hunter2", ""},
      {"abcabc", "abc", "abcabc"},  // too short to be told from words
      {"text", "", "text"},
      {"....", "....", "..."},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(without_secret(c.text, Secret(c.secret)), c.shown) << c.text;
  }
}

}  // namespace
}  // namespace overreach
