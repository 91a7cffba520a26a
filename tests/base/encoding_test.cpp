#include "scanner/base/encoding.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace overreach {
namespace {

struct Pair {
  std::string_view bytes, text;
};

TEST(Base64, RfcVectorsBothWays) {
  for (const Pair& c : {Pair{"", ""},
                        {"f", "Zg=="},
                        {"fo", "Zm8="},
                        {"foo", "Zm9v"},
                        {"foob", "Zm9vYg=="},
                        {"fooba", "Zm9vYmE="},
                        {"foobar", "Zm9vYmFy"},
                        {"\xfb\xff", "+/8="}}) {
    EXPECT_EQ(encode_base64(c.bytes), c.text);
    EXPECT_EQ(decode_base64(c.text), c.bytes);
  }
}

TEST(Base64, BothAlphabetsAndNoPadding) {
  EXPECT_EQ(decode_base64("-_8"), "\xfb\xff");
  EXPECT_EQ(decode_base64("+/8"), "\xfb\xff");
  EXPECT_EQ(decode_base64("Zg"), "f");
  EXPECT_EQ(decode_base64("===="), "");
}

TEST(Base64, BadTexts) {
  for (const std::string_view text :
       {"Z", "Zm9vY", "Zm 9v", "Zm=v", "Zm9v\n", "Zm9\x80", "Zm9.", "Zg==x"}) {
    EXPECT_FALSE(decode_base64(text)) << text;
  }
}

TEST(Base32, RfcVectorsBothWays) {
  for (const Pair& c : {Pair{"", ""},
                        {"f", "MY"},
                        {"fo", "MZXQ"},
                        {"foo", "MZXW6"},
                        {"foob", "MZXW6YQ"},
                        {"fooba", "MZXW6YTB"},
                        {"foobar", "MZXW6YTBOI"}}) {
    EXPECT_EQ(encode_base32(c.bytes), c.text);
    EXPECT_EQ(decode_base32(c.text), c.bytes);
  }
}

TEST(Base32, EitherCaseAndNothingElse) {
  EXPECT_EQ(decode_base32("mzxw6ytboi"), "foobar");
  for (const std::string_view text : {"MY======", "M1", "M0", "M8", "M Y"}) {
    EXPECT_FALSE(decode_base32(text)) << text;
  }
}

TEST(Base58, VectorsBothWays) {
  using namespace std::string_view_literals;
  for (const Pair& c :
       {Pair{"", ""},
        {"a", "2g"},
        {"bbb", "a3gV"},
        {"\0\0\x01"sv, "112"},
        {"\0"sv, "1"},
        {"simply a long string", "2cFupjhnEsSn59qHXstmK2ffpLv2"},
        {"\xff\xff", "LUv"}}) {
    EXPECT_EQ(encode_base58(c.bytes), c.text);
    EXPECT_EQ(decode_base58(c.text), c.bytes);
  }
}

TEST(Base58, LettersThatLookAlikeAreNoDigits) {
  for (const std::string_view text : {"0", "O", "I", "l", "2g ", "2\xff"}) {
    EXPECT_FALSE(decode_base58(text)) << text;
  }
}

TEST(Hex, LowerCase) {
  using namespace std::string_view_literals;
  EXPECT_EQ(encode_hex(""), "");
  EXPECT_EQ(encode_hex("\0\x7f\xff"sv), "007fff");
}

TEST(Encodings, EveryByteRoundTrips) {
  std::string bytes;
  for (int i = 0; i < 256; ++i) {
    bytes += static_cast<char>(i);
    EXPECT_EQ(decode_base64(encode_base64(bytes)), bytes);
    EXPECT_EQ(decode_base32(encode_base32(bytes)), bytes);
  }
  EXPECT_EQ(decode_base58(encode_base58(bytes)), bytes);
}

}  // namespace
}  // namespace overreach
