// Values behind the names of secrets that are none: each kind was seen in a
// repository that no labelled set holds.

#include "scanner/match/other_uses.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <string_view>

#include "scanner/match/file_kind.h"
#include "scanner/match/names.h"
#include "tests/match/matching.h"

namespace overreach {
namespace {

using Texts = std::initializer_list<std::string_view>;

TEST(HasOtherUse, WhatOpensNothing) {
  for (const std::string_view value :
       Texts{"urn:oid:2.5.4.35", "--ask-become-pass", "json:\"secrets,omit\"",
             "users#update_place", "type=env,id=RUNTIME", "'password'==a.type",
             "$encrypted$", "$encrypted$foo", "\".escape($values[", "md5{0}",
             "DRUFXGF9......CdZuFs5B", "a1b2c3d4...", "***DhOW", "\\K.+",
             "Pass$RANDOM$RANDOM"}) {
    EXPECT_TRUE(has_other_use(value)) << value;
  }
}

TEST(HasOtherUse, NotWhatPeopleChooseOrGenerate) {
  for (const std::string_view value :
       Texts{"", "-", "--", "Harbour2381", "S3cur3#Walnut", "pa$$word",
             "q7Rz1pLmX9vB==", "$6$walnut$q7Rz1pLmX9vBkD8fj2", "a,b=c", "x=1,y",
             "*star*", "qw1$jab#", "json:x", "'quoted'"}) {
    EXPECT_FALSE(has_other_use(value)) << value;
  }
}

TEST(IsIdentifierOfKey, UuidFingerprintAndPairs) {
  EXPECT_TRUE(is_identifier_of_key("258eafa5-e914-47da-95ca-c5ab0dc85b11"));
  EXPECT_TRUE(is_identifier_of_key("0123456789ABCDEF0123456789ABCDEF01234567"));
  EXPECT_TRUE(is_identifier_of_key("2b:95:14:5b:c3:22:87:de"));
  EXPECT_FALSE(is_identifier_of_key("258eafa5-e914-47da-95ca-c5ab0dc85bxx"));
  EXPECT_FALSE(
      is_identifier_of_key("0123456789abcdef0123456789abcdef01234567"));
  EXPECT_FALSE(is_identifier_of_key("2b:95:14"));
  EXPECT_FALSE(is_identifier_of_key(""));
}

TEST(IsResourceName, WordsAndPerhapsAGeneratedPart) {
  for (const std::string_view name :
       Texts{"jwt-key", "my-ca-1", "session-store-t2fx46yyvs3a"}) {
    EXPECT_TRUE(is_resource_name(name)) << name;
  }
  for (const std::string_view value :
       Texts{"", "-", "jwtkey", "q7rz-1pl9-x9vb", "My-Key",
             "abcdefab-abcd-abcd-abcd-abcdefabcdef"}) {
    EXPECT_FALSE(is_resource_name(value)) << value;
  }
}

TEST(IsSetting, ANameAndItsValue) {
  EXPECT_TRUE(is_setting("DATABASE_URL=value"));
  EXPECT_TRUE(is_setting("id=x"));
  EXPECT_FALSE(is_setting("Walnut=="));
  EXPECT_FALSE(is_setting("q7Rz=1"));
  EXPECT_FALSE(is_setting("=x"));
}

TEST(IsConstantName, UpperCaseWithUnderscore) {
  EXPECT_TRUE(is_constant_name("PHP_FPM_STOP"));
  EXPECT_FALSE(is_constant_name("WALNUT"));
  EXPECT_FALSE(is_constant_name("WALNUT_23"));
}

TEST(IsWordOfPath, WholeWordsOnly) {
  EXPECT_TRUE(is_word_of_path("vagrant", "boxes/Vagrant/user.json"));
  EXPECT_TRUE(is_word_of_path("broker", "config/broker-users.xml"));
  EXPECT_FALSE(is_word_of_path("vagrant", "boxes/vagrantfile.json"));
  EXPECT_FALSE(is_word_of_path("box", "box/users.xml"));
  EXPECT_FALSE(is_word_of_path("vagrant1", "vagrant1/users.xml"));
}

TEST(IsTextCatalog, ByWordsOfThePath) {
  for (const std::string_view path :
       Texts{"app/Locale/pt_BR/translations.php", "res/values-de/strings.xml",
             "src/messages_de.properties", "i18n/app.json"}) {
    EXPECT_TRUE(is_text_catalog(path)) << path;
  }
  for (const std::string_view path :
       Texts{"language_features/site.yml", "golang/main.go", "src/users.xml"}) {
    EXPECT_FALSE(is_text_catalog(path)) << path;
  }
}

TEST(KindOfName, NoSecretsName) {
  for (const std::string_view name :
       Texts{"salt", "user.salt", "oauth_signature", "pubkey", "NOPASSWD",
             "ask-pass", "wrong_password", "X-Amz-Credential",
             "encryptedMetadataKey", "lock_token"}) {
    EXPECT_EQ(kind_of_name(name), NameKind::none) << name;
  }
  EXPECT_EQ(kind_of_name("APP_SALT"), NameKind::any_key);
  EXPECT_EQ(kind_of_name("encrypted_password"), NameKind::password);
}

struct InFile {
  std::string_view path, text;
  std::string_view value;  // what is found at medium, or nothing
};

TEST(ReadName, OnlyWhatOpensSomething) {
  const InFile kCases[] = {
      {"a.c", R"(printf("%s", rc ? "Pass" : "Fail!9");)", ""},
      {"a.c", R"(x = {"pass" : "Fail!9x"};)", "Fail!9x"},
      {"chart/a.yaml", R"({{- $password := include "common.password4" . }})",
       ""},
      {"a.cshtml", R"(<a asp-action="SetPassword">Create9x</a>)", ""},
      {"a.py", R"(password = password.encode("utf-8"))", ""},
      {"messages_de.properties", "user.password=Losungswort", ""},
      {"users.properties", "user.password=Losungswort", "Losungswort"},
      {"walnut/users.properties", "user.password=walnut", ""},
      {"oak/users.properties", "user.password=walnut", "walnut"},
      {"a.java", R"(s = "passcode:Walnut!47\n";)", "Walnut!47"},
      {"a.yml", "x: ${DB_PASSWORD:-Walnut!47}", "Walnut!47"},
      {"a.spec.js", R"(get("#password").type("Walnut!47{enter}"))",
       "Walnut!47"},
      {"a.ts", "  name: E.JWT_SECRET,\n  value: jwtSecret9x,\n", ""},
      {"a.yml", "- name: JWT_SECRET\n  value: Walnut47x\n", "Walnut47x"},
  };
  for (const InFile& c : kCases) {
    const MatchResult result = match_all(c.path, c.text);
    std::string found;
    for (const Candidate& candidate : result.candidates) {
      if (candidate.confidence >= Confidence::medium) {
        found += candidate.secret.reveal();
      }
    }
    EXPECT_EQ(found, c.value) << c.text;
  }
}

}  // namespace
}  // namespace overreach
