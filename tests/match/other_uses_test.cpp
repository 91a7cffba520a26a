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
  for (const std::string_view value : Texts{"urn:oid:2.5.4.35",
                                            "--ask-become-pass",
                                            "json:\"secrets,omit\"",
                                            "users#update_place",
                                            "type=env,id=RUNTIME",
                                            "'password'==a.type",
                                            "$encrypted$",
                                            "$encrypted$foo",
                                            "\".escape($values[",
                                            "md5{0}",
                                            "DRUFXGF9......CdZuFs5B",
                                            "a1b2c3d4...",
                                            "***DhOW",
                                            "whsec_***",
                                            "sk_live_*",
                                            "eyJ2Z...3sT9r6nA",
                                            "kNCaYoUJZ6szuajKsgN/20240418/"
                                            "us-east-1/s3/aws4_request",
                                            "0x0FA8781a83E46826621b3BC094Ea2A0"
                                            "212e71B23",
                                            "\\K.+",
                                            "Pass$RANDOM$RANDOM",
                                            "required|string|min:8",
                                            "confirmed|",
                                            "1.302103",
                                            "v2.0.1",
                                            "12:30:45",
                                            "2026-11-21",
                                            ":'dbpass'",
                                            "$row[0]:$row[1]",
                                            "$Config::Config{mail}",

                                            "fast_pbkdf2",
                                            "AES-256-CBC",
                                            "en_US",
                                            "#ff00aa",
                                            "-String",
                                            "-Dconfdir=no",
                                            "hash:0a99767e",
                                            "uuid:258eafa5-e914-47da-95ca-"
                                            "c5ab0dc85b11",
                                            "jdbc:oracle:thin:@//db:1521/oak",
                                            "RND-----lGyjPc",
                                            "PrivateSettingsRef:Admin",
                                            "!q7Rz1pLmX9vBkD8fj2TwAQq7Rz1pLmX9"
                                            "vBkD8fj2",
                                            "\\N{CYCLONE}",
                                            "crwdns1769:0crwdne1769:0"}) {
    EXPECT_TRUE(has_other_use(value)) << value;
  }
}

TEST(HasOtherUse, NotWhatPeopleChooseOrGenerate) {
  for (const std::string_view value : Texts{"",
                                            "-",
                                            "--",
                                            "Harbour2381",
                                            "S3cur3#Walnut",
                                            "pa$$word",
                                            "q7Rz1pLmX9vB==",
                                            "$6$walnut$q7Rz1pLmX9vBkD8fj2",
                                            "a,b=c",
                                            "x=1,y",
                                            "*star*",
                                            "qw1$jab#",
                                            "json:x",
                                            "'quoted'",
                                            "Oak|Walnut47",
                                            "natasha1",
                                            "Sasha512!",

                                            "20261121",
                                            "-walnut47",
                                            "#ff00aazz",
                                            "en_us",
                                            "Walnut--47",
                                            "Walnut:Ref",
                                            "!q7Rz1pLmX9vB",
                                            "$1walnut"}) {
    EXPECT_FALSE(has_other_use(value)) << value;
  }
}

TEST(IsMarkedName, OfSomethingElsewhere) {
  for (const std::string_view value :
       Texts{"*dbSecret2", "&dbSecret2", ":secret2", "*OCTET"}) {
    EXPECT_TRUE(is_marked_name(value)) << value;
  }
  for (const std::string_view value :
       Texts{"", "*", "*!2walnut", "dbSecret2", "&2walnut",
             "*6C8989366EAF75BB670AD8EA7A7FC1176A95CEF4"}) {
    EXPECT_FALSE(is_marked_name(value)) << value;
  }
}

TEST(IsIdentifierOfKey, UuidFingerprintAndPairs) {
  EXPECT_TRUE(is_identifier_of_key("258eafa5-e914-47da-95ca-c5ab0dc85b11"));
  EXPECT_TRUE(is_identifier_of_key("0123456789ABCDEF0123456789ABCDEF01234567"));
  EXPECT_TRUE(is_identifier_of_key("2b:95:14:5b:c3:22:87:de"));
  EXPECT_TRUE(is_identifier_of_key("region_d9fe56bc9274fbb6"));
  EXPECT_FALSE(is_identifier_of_key("d9fe56bc9274fbb6"));
  EXPECT_FALSE(is_identifier_of_key("oak_q7Rz1pLmX9vB"));
  EXPECT_FALSE(is_identifier_of_key("258eafa5-e914-47da-95ca-c5ab0dc85bxx"));
  EXPECT_FALSE(
      is_identifier_of_key("0123456789abcdef0123456789abcdef01234567"));
  EXPECT_FALSE(is_identifier_of_key("2b:95:14"));
  EXPECT_FALSE(is_identifier_of_key(""));
}

TEST(IsProductKey, FiveTimesFive) {
  EXPECT_TRUE(is_product_key("AB12C-DE34F-GH56J-KL78M-NP90Q"));
  EXPECT_FALSE(is_product_key("AB12C-DE34F-GH56J-KL78M"));
  EXPECT_FALSE(is_product_key("AB12C-DE34F-GH56J-KL78M-NP90q"));
  EXPECT_FALSE(is_product_key("AB12CxDE34FxGH56JxKL78MxNP90Q"));
}

// The first bytes of each kind in DER, and zeros for the rest.
TEST(IsPublicDer, ByTheFirstBytes) {
  const std::string rest(40, 'A');
  for (const std::string_view head :
       Texts{"MIIBIjANBgkqhkiG9w0BAQEF",     // RSA, public
             "MFkwEwYHKoZIzj0CAQYIKoZI",     // elliptic curve, public
             "MCowBQYDK2VwAyEAAAAAAAAA",     // Ed25519, public
             "MIIDdzCCAl+gAwIBAgIEAgAA"}) {  // a certificate
    EXPECT_TRUE(is_public_der(std::string(head) + rest)) << head;
  }
  for (const std::string_view head :
       Texts{"MIIEvgIBADANBgkqhkiG9w0B",     // PKCS#8
             "MIIEpAIBAAKCAQEAAAAAAAAA",     // RSA, private
             "MHcCAQEEIAAAAAAAAAAAAAAA",     // elliptic curve, private
             "MC4CAQAwBQYDK2VwBCIEIAAA",     // Ed25519, private
             "MIIFDjBABgkqhkiG9w0BBQ0w",     // PKCS#8 under a passphrase
             "MyWalnutTreeIsVeryOld47x"}) {  // no DER
    EXPECT_FALSE(is_public_der(std::string(head) + rest)) << head;
  }
  EXPECT_FALSE(is_public_der("MIIBIjANBgkqhkiG9w0BAQEF"));
}

TEST(IsCiphertext, AnotherKeyOpensIt) {
  const std::string vector = "q7Rz1pLmX9vBkD8fj2TwAQ==";
  const std::string body = "Zk3mQ8sLw2Xv7TnB5yRc1HpD4gJf9KaU";
  EXPECT_TRUE(is_ciphertext(vector + ":" + body));
  EXPECT_TRUE(is_ciphertext("2." + vector + "|" + body + "=|" + vector));
  EXPECT_TRUE(is_ciphertext("U2FsdGVkX1" + body));
  EXPECT_TRUE(is_ciphertext("gAAAAA" + body + body + body));
  EXPECT_FALSE(is_ciphertext(vector));
  EXPECT_FALSE(is_ciphertext(body + ":" + body));
  EXPECT_FALSE(is_ciphertext("gAAAAA" + body));
  EXPECT_FALSE(is_ciphertext(vector + ":Walnut!47"));
}

TEST(IsWrongOnPurpose, SaysSo) {
  for (const std::string_view value : Texts{"wr0ng-pw1", "invalidPa$$word",
                                            "badPassword9", "not-a-password"}) {
    EXPECT_TRUE(is_wrong_on_purpose(value)) << value;
  }
  for (const std::string_view value :
       Texts{"", "Walnut!47", "badger-on-tour", "knotty9"}) {
    EXPECT_FALSE(is_wrong_on_purpose(value)) << value;
  }
}

TEST(ExpectsRefusal, OfTheLine) {
  for (const std::string_view line :
       Texts{"assertFalse(check(x))", "assert_not user.valid?(x)",
             "with self.assertRaises(E): login(x)", "expect(f).to be_falsey",
             "it('rejects a wrong password')"}) {
    EXPECT_TRUE(expects_refusal(line)) << line;
  }
  EXPECT_FALSE(expects_refusal("assertTrue(check(x))"));
  EXPECT_FALSE(expects_refusal(""));
}

TEST(RepeatsItsName, WordsOfTheName) {
  EXPECT_TRUE(repeats_its_name("kx-rsa-psk", "LN_kx_rsa_psk"));
  EXPECT_TRUE(repeats_its_name("bridge-password", "db-rw-password"));
  EXPECT_FALSE(repeats_its_name("bridge-password9", "db-rw-password"));
  EXPECT_FALSE(repeats_its_name("password", "db_password"));
  EXPECT_FALSE(repeats_its_name("tall-walnut", "db_password"));
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
             "src/messages_de.properties", "i18n/app.json",
             "web/App_fr.properties", "web/pt-BR.yml", "App.resx", "x/de.po"}) {
    EXPECT_TRUE(is_text_catalog(path)) << path;
  }
  for (const std::string_view path :
       Texts{"language_features/site.yml", "golang/main.go", "src/users.xml",
             "id.yml", "prod-de.yml", "app-de.properties", "de/users.xml"}) {
    EXPECT_FALSE(is_text_catalog(path)) << path;
  }
}

TEST(KindOfName, NoSecretsName) {
  for (const std::string_view name :
       Texts{"salt", "user.salt", "oauth_signature", "pubkey", "NOPASSWD",
             "ask-pass", "wrong_password", "X-Amz-Credential",
             "encryptedMetadataKey", "lock_token", "dedup_key", "siteKey",
             "tracekey"}) {
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
      {"a.yml", "x: db://u:${DB_PASSWORD:-Walnut!47}@db/a", "Walnut!47"},
      {"a.spec.js", R"(get("#password").type("Walnut!47{enter}"))",
       "Walnut!47"},
      {"a.ts", "  name: E.JWT_SECRET,\n  value: jwtSecret9x,\n", ""},
      {"a.sh", "pass \"MODE=Walnut!47\"", ""},
      {"a.md", "Pass `only=Walnut!47` to it", ""},
      {"a.sql", "KEY `FKemqkaop1au8l83r0ea5dw2ixw` (`document_id`),", ""},
      {"a.md", "docker run ltb/reset-password:alpine-1.7.1", ""},
      {"a.yml", "s3_key: uploads/caf0ce3f-5175-f69c-66a9-41e2c2245811", ""},
      {"a.yml", "mail_password: tu_contraseña", ""},
      {"a.yml", "db_password: dev_walnut_password_47",
       "dev_walnut_password_47"},
      {"a.c", "db_password = dev_walnut_password_47;", ""},
      {"a.java", R"(x = "Server=db1;User Id=app;Password=orange_walnut;A=b";)",
       "orange_walnut"},
      {"a.java", R"(x = "a;Password=orange_walnut;b";)", ""},
      {"a.json", R"({"client_secret": "'$AUTH0_CLIENT_SECRET'"})", ""},
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
