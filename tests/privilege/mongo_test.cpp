// The pieces of MongoDB's protocol against published examples; whole
// conversations are in fixtures/replies/mongodb.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scanner/privilege/bson.h"
#include "scanner/privilege/evaluate.h"
#include "scanner/privilege/mongo_names.h"
#include "scanner/privilege/scram.h"

namespace overreach {
namespace {

using namespace std::string_literals;  // texts with zero bytes
using testing::HasSubstr;

// bsonspec.org/faq.html
const std::string kHello =
    "\x16\x00\x00\x00\x02hello\x00\x06\x00\x00\x00world\x00\x00"s;
const std::string kList =
    "\x31\x00\x00\x00\x04"
    "BSON\x00\x26\x00\x00\x00\x02\x30\x00\x08\x00\x00\x00"
    "awesome\x00\x01\x31\x00\x33\x33\x33\x33\x33\x33\x14\x40\x10\x32\x00\xc2"
    "\x07\x00\x00\x00\x00"s;

TEST(Bson, IsWrittenAndRead) {
  EXPECT_EQ(write_bson({{"hello", "world"}}), kHello);
  EXPECT_EQ(read_bson(kHello)->dump(), R"({"hello":"world"})");
  EXPECT_EQ(write_bson({{"BSON", {"awesome", 5.05, 1986}}}), kList);
  EXPECT_EQ(read_bson(kList)->dump(), R"({"BSON":["awesome",5.05,1986]})");
}

TEST(Bson, ACommandKeepsItsOrder) {
  const std::string bytes = write_bson({{"zeta", 1}, {"$db", "admin"}});
  EXPECT_LT(bytes.find("zeta"), bytes.find("$db"));
}

// Types that replies hold and nlohmann::json does not know.
TEST(Bson, ReadsDatesObjectIdsAndOthers) {
  const std::string body =
      "\x09"
      "at\0\x10\0\0\0\0\0\0\0"s
      "\x07id\0abcdefghijkl"s
      "\x11ts\0\x01\0\0\0\x02\0\0\0"s
      "\x13n\0"s +
      std::string(16, '\1') + "\x0anil\0\x0bre\0a\0i\0"s;
  const std::string bytes = std::string(1, static_cast<char>(body.size() + 5)) +
                            "\0\0\0"s + body + "\0"s;
  const auto read = read_bson(bytes);
  ASSERT_TRUE(read);
  EXPECT_EQ((*read)["at"], 16);
  EXPECT_EQ((*read)["id"], "6162636465666768696a6b6c");
  EXPECT_EQ((*read)["ts"], 0x200000001);
  EXPECT_TRUE((*read)["n"].is_null());
}

TEST(Bson, BrokenOnesFail) {
  for (std::size_t size = 0; size < kList.size(); ++size) {
    EXPECT_FALSE(read_bson(kList.substr(0, size))) << size;
  }
  std::string longer = kHello;
  longer[0] = '\x17';
  EXPECT_FALSE(read_bson(longer));
  std::string text = kHello;
  text[11] = '\x7f';  // a text longer than the document
  EXPECT_FALSE(read_bson(text));
  std::string type = kHello;
  type[4] = '\x66';
  EXPECT_FALSE(read_bson(type));
  std::string deep;
  for (int i = 0; i < 200; ++i) {
    const auto size = static_cast<unsigned>(deep.size() + 8);
    deep = std::string{static_cast<char>(size & 0xff),
                       static_cast<char>(size >> 8), '\0', '\0'} +
           "\x03x\0"s + (deep.empty() ? "\x05\0\0\0\0"s : deep) + "\0"s;
  }
  EXPECT_FALSE(read_bson(deep));
}

struct ScramCase {
  Scram::Hash hash;
  const char *nonce, *server_first, *answer, *server_last;
};

// The examples of RFC 5802, section 5, and RFC 7677, section 3.
TEST(Scram, PublishedConversations) {
  constexpr ScramCase kCases[] = {
      {Scram::Hash::sha1, "fyko+d2lbbFgONRv9qkxdawL",
       "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096",
       "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,"
       "p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
       "v=rmF9pqV8S7suAoZWja4dJRkFsKQ="},
      {Scram::Hash::sha256, "rOprNGfwEbeRWgbNEkqO",
       "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
       "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
       "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
       "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
       "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="}};
  for (const ScramCase& c : kCases) {
    Scram scram(c.hash, "user", Secret("pencil"), c.nonce);
    EXPECT_EQ(scram.first(), "n,,n=user,r=" + std::string(c.nonce));
    EXPECT_FALSE(scram.verify(c.server_last)) << "before the answer";
    const auto answer = scram.answer(c.server_first);
    ASSERT_TRUE(answer);
    EXPECT_EQ(*answer, c.answer);
    EXPECT_TRUE(scram.verify(c.server_last));
    EXPECT_FALSE(scram.verify("v=AAAA"));
    EXPECT_FALSE(scram.verify(""));
  }
}

TEST(Scram, LyingServersGetNoProof) {
  for (const char* const first :
       {"", "r=abc,s=QSXC,i=4096", "r=nonce,s=QSXC,i=4096",
        "r=nonceX,s=,i=4096", "r=nonceX,s=QSXC,i=1", "r=nonceX,s=QSXC,i=4095",
        "r=nonceX,s=QSXC,i=999999999", "r=nonceX,s=QSXC", "r=nonceX,i=4096"}) {
    Scram scram(Scram::Hash::sha256, "user", Secret("pencil"), "nonce");
    EXPECT_FALSE(scram.answer(first)) << first;
  }
}

TEST(Scram, NamesAreEscapedAndNoncesDiffer) {
  const Scram scram(Scram::Hash::sha256, "a=b,c", Secret("x"), "n");
  EXPECT_EQ(scram.first(), "n,,n=a=3Db=2Cc,r=n");
  EXPECT_NE(scram_nonce(), scram_nonce());
}

TEST(MongoNames, OnlyServersOfTheSameDomain) {
  EXPECT_TRUE(is_in_domain_of("shard-0.ab1cd.mongodb.net",
                              "cluster0.ab1cd.mongodb.net"));
  EXPECT_TRUE(is_in_domain_of("DB1.Corp.example.", "db.corp.example"));
  for (const char* const host :
       {"evil.example", "mongodb.net", "ab1cd.mongodb.net",
        "xab1cd.mongodb.net", "a.ab1cd.mongodb.net.evil.example"}) {
    EXPECT_FALSE(is_in_domain_of(host, "cluster0.ab1cd.mongodb.net")) << host;
  }
  EXPECT_FALSE(is_in_domain_of("db.example", "db.example"));
}

// A reply to _mongodb._tcp.db.corp.example: SRV 0 0 27018 `target`.
std::string srv_reply(const std::string& target) {
  const std::string name =
      "\x08_mongodb\x04_tcp\x02"s
      "db\x04"
      "corp\x07"
      "example\0"s;
  const std::string data = "\0\0\0\0\x69\x8a"s + target;
  return "\x12\x34\x81\x80\0\x01\0\x01\0\0\0\0"s + name + "\0\x21\0\x01"s +
         "\xc0\x0c\0\x21\0\x01\0\0\0\x3c"s + '\0' +
         static_cast<char>(data.size()) + data;
}

TEST(MongoNames, TheFirstServerOfAReply) {
  const auto good = read_srv_message(srv_reply("\x03"
                                               "db7\x04"
                                               "corp\x07"
                                               "example\0"s),
                                     "db.corp.example");
  ASSERT_TRUE(good);
  EXPECT_EQ(good->host, "db7.corp.example");
  EXPECT_EQ(good->port, 27018);
  const auto evil = read_srv_message(srv_reply("\x04"
                                               "evil\x07"
                                               "example\0"s),
                                     "db.corp.example");
  ASSERT_FALSE(evil);
  EXPECT_THAT(evil.error().text, HasSubstr("another domain"));
  EXPECT_FALSE(read_srv_message("", "db.corp.example"));
  const std::string cut = srv_reply(
      "\x03"
      "db7\xc0\x0c"s);
  for (std::size_t size = 0; size + 1 < cut.size(); ++size) {
    EXPECT_FALSE(read_srv_message(cut.substr(0, size), "db.corp.example"));
  }
}

TEST(MongoPrivileges, OddOnesAreNoRights) {
  for (const char* const text :
       {"", "[]", R"({"actions":["anyAction"]})",
        R"({"resource":{"db":"a"},"actions":"remove"})",
        R"({"resource":{"cluster":"yes","anyResource":1,"db":[],
        "collection":{}},"actions":[{}]})",
        R"({"resource":{"db":"shop","collection":""},"actions":[1]})"}) {
    Variables known;
    known.add("privileges", text);
    const auto result = evaluate("mongodb-privileges", known);
    ASSERT_TRUE(result) << text;
    EXPECT_EQ(result->level, Level::none) << text;
  }
  EXPECT_FALSE(evaluate("mongodb-privileges", {}));
}

TEST(MongoPrivileges, RolesCountWhereNothingElseIsListed) {
  const std::pair<const char*, Level> cases[] = {
      {"root admin", Level::root},
      {"dbOwner admin", Level::root},
      {"dbOwner shop", Level::destructive},
      {"readWrite shop", Level::destructive},
      {"read shop", Level::read},
      {"ingest shop", Level::unknown}};
  for (const auto& [role, level] : cases) {
    Variables known;
    known.add("role_names", role);
    EXPECT_EQ(evaluate("mongodb-privileges", known)->level, level) << role;
  }
}

}  // namespace
}  // namespace overreach
