// What stands around a value and makes it rather no secret: it is reported with
// low confidence and says why.

#include "scanner/match/doubts.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "tests/match/matching.h"

namespace overreach {
namespace {

struct Doubted {
  std::string_view path, text;
  std::string_view reason;  // a part of it; nothing when there is no doubt
};

// The reasons of the one finding of low confidence, or nothing.
std::string low_reason(const MatchResult& result) {
  std::string text;
  for (const Candidate& candidate : result.candidates) {
    if (candidate.confidence > Confidence::low) return "";
    for (const std::string_view reason : candidate.reasons) text += reason;
  }
  return text;
}

TEST(Doubt, ByThePlaceOfTheValue) {
  const Doubted kCases[] = {
      {"test/a.py", R"(login(user="x", password="walnuts"))",
       "a word in a test"},
      {"src/a.py", R"(login(user="x", password="Walnut!47"))", ""},
      {"test/a.py", R"(password = "Walnut!47")", ""},
      {"test/a.py", R"(assertFalse(login(password="Walnut!47")))",
       "wrong on purpose"},
      {"src/a.py", R"(password = "inc0rrect!47")", "wrong on purpose"},
      {"App_de.properties", "field.password=Losungswort-2",
       "the texts a program shows"},
      {"res/values/strings.xml",
       R"(<string name="secret">q7Rz1pLmX9vBkD8fj2TwAQ</string>)", ""},
      {"a.yml", "DB_USER: walnut\nDB_PASSWORD: walnut\n", "the user's name"},
      {"a.yml", "DB_PASSWORD: walnut\nDB_NAME: walnut\n", "the user's name"},
      {"a.yml", "DB_USER: oak\nDB_PASSWORD: walnut\n", ""},
      {"a.yml", "PASSWORD: walnut\nPASSWORD_CONFIRMATION: walnut\n", ""},
      {"a.properties", "202.PASS=Already logged-in.\n", "a word of a sentence"},
      {"a.properties", "db.password=walnuts\n", ""},
      {"a.yml", "db-password: bridge-password\n", "repeats its name"},
      {"a.yml", "vault_redmine_password: 'redmine'\n", "repeats its name"},
      {"a.yml", "vault_redmine_password: 'walnuts'\n", ""},
      {"a.sh", "tool run --secret 'oak2=walnut47'\n", "a setting of its own"},
      {".gitconfig", "[user]\n  signingkey = 7F1C3D5A1FAE3486\n",
       "an OpenPGP key"},
      {"a.yml", "signingkey: 7f1c3d5a1fae34867f1c3d5a1fae3486\n", ""},
      {"a.sh", "# This is for update_password: on_new_username\n",
       "the name of an object"},
      {"a.yaml", "example:\n  user: anna\n  password: Harbour2381\n",
       "below an example"},
      {"a.yaml", "examples:\n  one:\n    value:\n      password: Harbour2381\n",
       "below an example"},
      {"a.yaml", R"(  example: {"user": "anna", "password": "Harbour2381"})",
       "below an example"},
      {"a.json", "{\n  \"example\": {\n    \"password\": \"Harbour2381\"\n",
       "below an example"},
      {"a.yaml", "example:\n  user: anna\nshop:\n  password: Harbour2381\n",
       ""},
      {"a.md", "https://x.test/a/badge.svg?token=q7Rz1pLmX9vBkD8fj2",
       "picture"},
      {"a.md", "https://x.test/a/builds?token=q7Rz1pLmX9vBkD8fj2", ""},
      {"a.yml", "db_password: 258eafa5-e914-47da-95ca-c5ab0dc85b11\n",
       "identifies an object"},
      {"a.yml", "license_key: AB12C-DE34F-GH56J-KL78M-NP90Q\n", "product key"},
      {"a.yml", "password: \"&walnut47\"\n", "the name of an object"},
      {"a.yml", "secret: cG9zdGdyZXM=\n", "in Base64"},
      {"a.yml", "secret: V2FsbnV0ITQ3\n", ""},
      {"a.yml", "secret_key: 00112233445566778899aabbccddeeff\n", "weak"},
  };
  for (const Doubted& c : kCases) {
    const MatchResult result = match_all(c.path, c.text);
    EXPECT_FALSE(result.candidates.empty()) << c.text;
    const std::string reason = low_reason(result);
    if (c.reason.empty()) {
      EXPECT_EQ(reason, "") << c.text;
    } else {
      EXPECT_NE(reason.find(c.reason), reason.npos) << c.text << ": " << reason;
    }
  }
}

struct Dropped {
  std::string_view path, text;
};

TEST(ReadName, NamesOfSomethingElsewhere) {
  const Dropped kCases[] = {
      {"a.sql", "ALTER USER shop WITH PASSWORD :'walnut47';"},
      {"a.yml", "secret: *dbSecret47\n"},
      {"a.ts", R"(x = { key: "8c1f2a3b4d5e6f708192a3b4c5d6e7f8", value: 1 })"},
      {"a.php", R"(['password' => 'required|string|min:47'])"},
      {"a.xml", R"(<settings pass="offlineServicing">)"},
      {"a.json", R"({"key": "backup/2026/E35K556QRQDZXW.d01d5f13.gz"})"},
      {"a.sh", "run --requirepass $REDIS_PASSWORD\\\""},
      {"a.plist",
       "<key>Never_7FE85E00-AEA5-4B41-B583-F39E924E98F4</key>\n<true/>"},
      {"a.yaml",
       "ssh_authorized_key: "
       "AAAAC3NzaC1lZDI1NTE5AAAAIJq3hVn8sXkT0wLz5RbYcUe1\n"},
      {"oak/checksums.json",
       R"({"spec/secret": "8c1f2a3b4d5e6f708192a3b4c5d6e7f8"})"},
      {".drone.yml", "from_secret: walnut47key\n"},
      {"a.php",
       "$trusted_keys[] = 'fRPyrxb/MvVLbdsYi+OOEv4xc+Eqpsj+kkAS6gNO='"},
      {"a.html", "<td class=\"current pass\">&nbsp;</td>"},
  };
  for (const Dropped& c : kCases) {
    EXPECT_TRUE(match_all(c.path, c.text).candidates.empty()) << c.text;
  }
}

struct Call {
  std::string_view text;
  std::string_view password;  // found at medium, or nothing
};

TEST(ReadCall, OnlyWhatLogsIn) {
  const Call kCases[] = {
      {R"(client.login("oak", "Walnut!47");)", "Walnut!47"},
      {R"(client.loginAs("oak", "Walnut!47");)", "Walnut!47"},
      {R"(new LoginForm("panel", "loginFragment47");)", ""},
      {R"(new Author("Leo", "Walnut!47");)", ""},
      {R"(server.bind("call", "C", "doCall");)", ""},
      {R"(ldap.bind("cn=oak,dc=x", "WalnutTree");)", "WalnutTree"},
      {R"(settings.setForUser("language", "Walnut!47");)", ""},
      {R"(client.login("oak", "wrongWalnut!47");)", ""},
  };
  for (const Call& c : kCases) {
    std::string found;
    for (const Candidate& candidate :
         match_all("src/a.java", c.text).candidates) {
      if (candidate.confidence >= Confidence::medium) {
        found += candidate.secret.reveal();
      }
    }
    EXPECT_EQ(found, c.password) << c.text;
  }
}

}  // namespace
}  // namespace overreach
