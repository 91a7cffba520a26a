// The worked examples of each algorithm, computed apart from our code.  A
// token is written as body and check digits, so that no line holds a whole one.
#include "scanner/core/check.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

namespace overreach {
namespace {

struct Case {
  Check check;
  std::string prefix;    // leading literal
  std::string body;      // up to the check digits
  std::string digits;    // the check
  std::string end = {};  // behind it

  std::string token() const { return prefix + body + digits + end; }
  bool holds(const std::string& token) const {
    return check_holds(check, token, prefix.size());
  }
};

std::string repeated(std::string_view text, std::size_t size) {
  std::string out;
  while (out.size() < size) out += text;
  return out.substr(0, size);
}

const std::string kWord = "SYNTHETICexample";
const std::string kStorage =
    "HVRnXcgtr4+oeJ4+Q78hIVZnnq4Pjm48kIO9FZHduVUlOSrLSutfr5r/NGTwXPRcyhuQLxm9"
    "AdZg";

std::vector<Case> cases() {
  return {
      {Check::crc32_base62, "ghp_", repeated(kWord, 30), "18Aekv"},
      {Check::crc32_base62, "npm_", repeated(kWord, 30), "18Aekv"},
      {Check::crc32_base62, "vcp_", repeated(kWord, 50), "0Qax8I"},
      {Check::crc32_hex, "cfut_", repeated(kWord, 40), "36c06ad8"},
      {Check::crc32_hex, "zpka_", "synthetic0examplesynthetic0examp",
       "6031c53d"},
      {Check::crc32_le_base64, "cflt", repeated(kWord, 54), "HDdUZA"},
      {Check::crc32_le_hex_all, "glsa_", repeated(kWord, 32) + "_", "b4653047"},
      {Check::crc32_hex_upper_all, "ATATT3xFf", repeated(kWord, 174) + "=",
       "6485677C"},
      {Check::crc32_base36_all, "glpat-",
       std::string("c3ludGhldGljLTE2Ynl0ZWM6MQpvOjEKcDo1ejkwCnU6Mzl1FA") +
           ".01.1e",
       "0me0idk"},
      {Check::xor62, "cio_tp_", repeated(kWord, 31), "n"},
      {Check::azure_marvin, "", kStorage + "+ASt", "z4joR", "w=="},
      {Check::azure_cask, "",
       repeated(kWord, 52) + "JQQJ99BF" + std::string(12, '0') + "AAABACOG",
       "34px"},
      {Check::azure_entra, "", "abc8Q~" + repeated(kWord, 31), "dtO"},
      {Check::azure_devops, "", "j2g6nkcuyeeub6j4u2ypq6ncj4ncpfvzess", "s2",
       "mc5bxwywgdkonpq"},
      {Check::bech32, "AGE-SECRET-KEY-1",
       "HK7HLDNKGHKCUH4PD0WXULYQHDJD9GFMFUVC447NVHTQTHE8H9S", "SETC2HJ"},
      {Check::base58check, "", "KxLXQUUh1VejoPK7J3Uc18yyexua7ri1ofuzizRxRjbFJo",
       "yHudCn"},
      {Check::crc16_base32, "",
       "SC5OZO4SGSOKZE3GQUJQMIFG5V3DZR4QY2NNAJX3VQBTWM6HTQ", "ILTETL"},
  };
}

TEST(Check, WorkedExamplesHold) {
  for (const Case& c : cases()) {
    EXPECT_TRUE(c.holds(c.token())) << to_string(c.check) << ' ' << c.prefix;
  }
}

// Another character of the same alphabet at each place of the check.
TEST(Check, EveryWrongDigitIsRejected) {
  for (const Case& c : cases()) {
    const std::string token = c.token();
    const std::size_t start = c.prefix.size() + c.body.size();
    for (std::size_t i = 0; i < c.digits.size(); ++i) {
      for (const char other : {'A', 'Q', 'a', 'q', '2', '7'}) {
        std::string wrong = token;
        wrong[start + i] = other;
        // Case means nothing to base32 and bech32.
        const bool same = wrong == token || (token[start + i] ^ other) == 0x20;
        if (!same) {
          EXPECT_FALSE(c.holds(wrong))
              << to_string(c.check) << " digit " << i << " as " << other;
        }
      }
    }
  }
}

TEST(Check, AChangedBodyIsRejected) {
  for (const Case& c : cases()) {
    std::string wrong = c.token();
    char& changed = wrong[c.prefix.size() + 7];
    changed = changed == 'A' ? 'C' : 'A';
    EXPECT_FALSE(c.holds(wrong)) << to_string(c.check);
  }
}

TEST(Check, WithCheckMakesTheWorkedExamples) {
  for (const Case& c : cases()) {
    std::string damaged = c.token();
    const std::size_t start = c.prefix.size() + c.body.size();
    // These carry the check in whole characters of their own.
    if (c.check != Check::azure_devops && c.check != Check::azure_marvin &&
        c.check != Check::base58check && c.check != Check::crc16_base32) {
      for (std::size_t i = 0; i < c.digits.size(); ++i) {
        damaged[start + i] = c.check == Check::bech32 ? 'Q' : 'A';
      }
      if (c.check == Check::bech32) {  // one digit more than the six
        damaged[start] = c.digits[0];
      }
    } else {
      damaged[start + c.digits.size() / 2] =
          damaged[start + c.digits.size() / 2] == 'a' ? 'b' : 'a';
    }
    const std::string repaired = with_check(c.check, damaged, c.prefix.size());
    EXPECT_TRUE(c.holds(repaired)) << to_string(c.check);
    if (damaged.substr(0, start) == c.token().substr(0, start) &&
        c.check != Check::base58check && c.check != Check::crc16_base32 &&
        c.check != Check::azure_devops) {
      EXPECT_EQ(repaired, c.token()) << to_string(c.check);
    }
  }
}

TEST(Check, TooShortTokensAreWrongAndStay) {
  for (const Case& c : cases()) {
    const std::string token = c.token();
    for (std::size_t size = 0; size < 5; ++size) {
      const std::string_view cut = std::string_view(token).substr(0, size);
      if (c.check != Check::azure_entra) {
        EXPECT_FALSE(check_holds(c.check, cut, c.prefix.size()))
            << to_string(c.check) << ' ' << size;
      }
      with_check(c.check, std::string(cut), c.prefix.size());  // ends
    }
  }
}

TEST(Check, NoneAlwaysHolds) {
  EXPECT_TRUE(check_holds(Check::none, "anything", 0));
  EXPECT_EQ(with_check(Check::none, "anything", 0), "anything");
}

TEST(Check, OnlyOneGenerationOfEntraSecretsCarriesIt) {
  const std::string body = "abc7Q~" + repeated(kWord, 31);
  EXPECT_TRUE(check_holds(Check::azure_entra, body + "xyz", 0));
  EXPECT_EQ(with_check(Check::azure_entra, body + "xyz", 0), body + "xyz");
}

TEST(Check, CaskTakesTheOlderBase64Form) {
  // The same sum, first three bytes in base64.
  const std::string body =
      repeated(kWord, 52) + "JQQJ99BF" + std::string(12, '0') + "AAABACOG";
  EXPECT_FALSE(check_holds(Check::azure_cask, body + "AAAA", 0));
  EXPECT_TRUE(check_holds(Check::azure_cask, body + "34px1I==", 0));
}

TEST(Check, DevopsApplicationTokensHoldToo) {
  // As the user token, with the mask of application tokens.
  const std::string body = "j2grnkcuyee6a2j4u2ypq6ncj4ncpfvzess";
  const std::string end = "mc5bxwywgdkonpq";
  EXPECT_TRUE(check_holds(Check::azure_devops, body + "s4" + end, 0));
  EXPECT_FALSE(check_holds(Check::azure_devops, body + "s2" + end, 0));
}

TEST(AzureSeed, TellsTheRight) {
  EXPECT_EQ(azure_seed(kStorage + "+AStz4joRw" + "=="), "Default0");
  EXPECT_EQ(azure_seed(kStorage + "+AStz4joSw" + "=="), "");
  EXPECT_EQ(azure_seed("not base64!"), "");
  EXPECT_EQ(azure_seed(""), "");
}

TEST(Check, NamesRoundTrip) {
  for (const std::string_view name :
       {"crc32-base62", "crc32-hex", "crc32-le-hex-all", "crc32-hex-upper-all",
        "crc32-base36-all", "crc32-le-base64", "azure-marvin", "azure-cask",
        "azure-entra", "azure-devops", "bech32", "base58check", "crc16-base32",
        "xor62"}) {
    const auto check = parse_check(name);
    ASSERT_TRUE(check) << name;
    EXPECT_EQ(to_string(*check), name);
  }
  EXPECT_FALSE(parse_check("none"));
  EXPECT_FALSE(parse_check("md5"));
}

}  // namespace
}  // namespace overreach
