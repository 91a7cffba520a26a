#include "scanner/base/digest.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "scanner/base/encoding.h"

namespace overreach {
namespace {

TEST(Crc32, PublishedVectors) {
  EXPECT_EQ(crc32(""), 0u);
  EXPECT_EQ(crc32("a"), 0xe8b7be43u);
  EXPECT_EQ(crc32("123456789"), 0xcbf43926u);
  EXPECT_EQ(crc32("The quick brown fox jumps over the lazy dog"), 0x414fa339u);
  EXPECT_EQ(crc32(std::string(4, '\xff')), 0xffffffffu);
}

TEST(Crc16, PublishedVectors) {
  EXPECT_EQ(crc16_xmodem(""), 0u);
  EXPECT_EQ(crc16_xmodem("123456789"), 0x31c3u);
  EXPECT_EQ(crc16_xmodem(std::string(1, '\xff')), 0x1ef0u);
}

// RFC 1321, appendix A.5
TEST(Md5, PublishedVectors) {
  EXPECT_EQ(encode_hex(md5("")), "d41d8cd98f00b204e9800998ecf8427e");
  EXPECT_EQ(encode_hex(md5("message digest")),
            "f96b697d7cb7938d525a2f31aaf161d0");
}

// FIPS 180, appendix A.1
TEST(Sha1, PublishedVector) {
  EXPECT_EQ(encode_hex(sha1("abc")),
            "a9993e364706816aba3e25717850c26c9cd0d89d");
}

TEST(Sha256, PublishedVectors) {
  EXPECT_EQ(encode_hex(sha256("")),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(encode_hex(sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

// RFC 4231, cases 2 and 6.
TEST(HmacSha256, PublishedVectors) {
  EXPECT_EQ(encode_hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(encode_hex(hmac_sha256(
                std::string(131, '\xaa'),
                "Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

// The published 64-bit results, folded.
TEST(Marvin32, PublishedVectors) {
  EXPECT_EQ(marvin32(0xd53cd9cecd0893b7, "abc"), 0x22c74339u ^ 0x492769bfu);
  EXPECT_EQ(marvin32(0x0ddddeeeeffff000, "abcdefghijklmnopqrstuvwxyz"),
            0xa128eb7eu ^ 0x7260aca2u);
}

}  // namespace
}  // namespace overreach
