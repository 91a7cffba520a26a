// Values that stand beside their name, or that a test compares with it.

#include "scanner/match/paired_value.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "tests/match/matching.h"

namespace overreach {
namespace {

struct Case {
  std::string_view path, text, expected;  // "" for none
};

// All confidences count.
void check(const Case& c) {
  const auto found = found_in(c.path, c.text);
  if (c.expected.empty()) {
    EXPECT_THAT(found, testing::IsEmpty()) << c.path << ": " << c.text;
  } else {
    EXPECT_THAT(found, testing::ElementsAre(std::string(c.expected)))
        << c.path << ": " << c.text;
  }
}

TEST(PairedValue, Members) {
  const Case cases[] = {
      {"a.json", "{\"key\": \"password\", \"value\": \"Harbour2381\"}",
       "generic-password Harbour2381"},
      {"a.json", "{\"name\":\"password\",\"value\":\"Harbour2381\"}",
       "generic-password Harbour2381"},
      {"a.yaml", "- name: DB_PASSWORD\n  value: Harbour2381\n",
       "generic-password Harbour2381"},
      {"a.xml", "<property name=\"password\" value=\"Harbour2381\"/>",
       "generic-password Harbour2381"},
      {"a.xml", "<param name=\"password\">Harbour2381</param>",
       "generic-password Harbour2381"},
      {"a.plist", "<key>password</key>\n<string>Harbour2381</string>",
       "generic-password Harbour2381"},
      {"a.java", "Map.of(\"user\", \"a\", \"password\", \"Harbour2381\")",
       "generic-password Harbour2381"},
      {"a.json", "{\"key\": \"password\", \"label\": \"Harbour2381\"}", ""},
      {"a.html", "<input name=\"password\" value=\"Harbour2381\">", ""},
      {"a.yaml", "- name: DB_PASSWORD\n  valueFrom: Harbour2381\n", ""},
  };
  for (const Case& c : cases) check(c);
}

TEST(PairedValue, TypedIntoAPage) {
  const Case cases[] = {
      {"a.js", "cy.get('#password').type('Harbour2381')",
       "generic-password Harbour2381"},
      {"a.ts", "await page.fill('input[name=\"password\"]', 'Harbour2381')",
       "generic-password Harbour2381"},
      {"a.java", "find(By.id(\"password\")).sendKeys(\"Harbour2381\");",
       "generic-password Harbour2381"},
      {"a.js", "cy.get('#password').contains('Harbour2381')", ""},
  };
  for (const Case& c : cases) check(c);
}

TEST(PairedValue, OptionsAndBlocks) {
  const Case cases[] = {
      {"a.py", "p.add_argument('--password', default='Harbour2381')",
       "generic-password Harbour2381"},
      {"a.rb", "let(:password) { 'Harbour2381' }",
       "generic-password Harbour2381"},
      {"a.py", "p.add_argument('--password', help='Harbour2381')", ""},
  };
  for (const Case& c : cases) check(c);
}

TEST(ComparedLiteral, Assertions) {
  const Case cases[] = {
      {"a.java", "assertEquals(\"Harbour2381\", user.getPassword());",
       "generic-password Harbour2381"},
      {"a.java", "assertThat(u.getPassword()).isEqualTo(\"Harbour2381\");",
       "generic-password Harbour2381"},
      {"a.java", "if (\"Harbour2381\".equals(password)) {",
       "generic-password Harbour2381"},
      {"a.go", "assert.Equal(t, \"Harbour2381\", cfg.Password)",
       "generic-password Harbour2381"},
      {"a.js", "expect(user.password).to.equal('Harbour2381')",
       "generic-password Harbour2381"},
      {"a.ps1", "$r.Password | Should -Be \"Harbour2381\"",
       "generic-password Harbour2381"},
      {"a.java", "log(\"Harbour2381\", user.getPassword());", ""},
      {"a.java", "assertNotNull(user.getPassword());", ""},
  };
  for (const Case& c : cases) check(c);
}

TEST(ReadName, Lists) {
  EXPECT_THAT(found_in("a.py", "PASSWORDS = ['Harbour2381', 'Tulip4812x']"),
              testing::ElementsAre("generic-password Harbour2381",
                                   "generic-password Tulip4812x"));
  EXPECT_THAT(found_in("a.xml", "<m encrypt-passwords=\"Harbour2381\"/>"),
              testing::IsEmpty());
}

TEST(ReadInsert, ColumnSaysWhichValue) {
  const std::string_view rows =
      "INSERT INTO users (id, password, name) VALUES\n"
      " (1, 'Harbour2381', 'Anna42x'),\n (2, MD5('Tulip4812x'), 'b');\n";
  EXPECT_THAT(found_in("a.sql", rows),
              testing::ElementsAre("generic-password Harbour2381",
                                   "generic-password Tulip4812x"));
  const std::string_view table =
      "CREATE TABLE `users` (\n `id` int(11) NOT NULL,\n"
      " `password` varchar(40)\n);\n"
      "INSERT INTO `users` VALUES (1,'Harbour2381'),(2,NULL);\n"
      "INSERT INTO `others` VALUES (1,'Tulip4812x');\n";
  EXPECT_THAT(found_in("a.sql", table),
              testing::ElementsAre("generic-password Harbour2381"));
  EXPECT_THAT(found_in("a.sql", "INSERT INTO u (name, password) VALUES (?, ?)"),
              testing::IsEmpty());
  // Only the first word of a column is its name.
  const std::string_view comment =
      "CREATE TABLE `pairs` (\n `oak` int(11) NOT NULL,\n"
      " `ash` varchar(40) COMMENT 'The password is a word here'\n);\n"
      "INSERT INTO `pairs` VALUES (1,'Harbour2381');\n";
  EXPECT_THAT(found_in("a.sql", comment), testing::IsEmpty());
}

TEST(ReadConnect, Arguments) {
  const Case cases[] = {
      {"a.php", "$c = new mysqli('db', 'app', 'Harbour2381', 'x');",
       "generic-password Harbour2381"},
      {"a.php", "new PDO('mysql:host=db', 'app', 'Harbour2381');",
       "generic-password Harbour2381"},
      {"a.java", "getConnection(\"jdbc:h2:mem\", \"sa\", \"Harbour2381\");",
       "generic-password Harbour2381"},
      {"a.php", "mysqli_query('db', 'app', 'Harbour2381');", ""},
      {"a.php", "new PDO('mysql:host=db', $user, $password);", ""},
  };
  for (const Case& c : cases) check(c);
}

TEST(ReadDevices, Directives) {
  const Case cases[] = {
      {"r.cfg", "snmp-server community Harbour2381 RO",
       "generic-password Harbour2381"},
      {"r.cfg", "username admin password 0 Harbour2381",
       "generic-password Harbour2381"},
      {"r.cfg", "enable password Harbour2381", "generic-password Harbour2381"},
      {"h.cfg", "stats auth admin:Harbour2381", "generic-password Harbour2381"},
      {"a.cfg", " neighbor PEERS password 7 Q4fqtbqcZ7oQuKfuWtNGRQ==",
       "generic-password Q4fqtbqcZ7oQuKfuWtNGRQ=="},
      {"a.yml", "lines:\n  - username admin privilege 15 secret Harbour2381\n",
       "generic-password Harbour2381"},
      {"a.md", "- user secret Harbour2381 of the example\n", ""},
      {"a.c", "/* the community Harbour2381 */", ""},
  };
  for (const Case& c : cases) check(c);
}

TEST(ReadCommands, UsersAndPasswords) {
  const Case cases[] = {
      {"a.sh", "echo \"root:Harbour2381\" | chpasswd",
       "generic-command-password Harbour2381"},
      {"a.sh", "echo Harbour2381 | passwd --stdin root",
       "generic-command-password Harbour2381"},
      {"a.sh", "htpasswd -b users admin Harbour2381",
       "generic-command-password Harbour2381"},
      {"a.sh", "htpasswd -nbB -C 12 admin Harbour2381",
       "generic-command-password Harbour2381"},
      {"a.sh", "htpasswd -nbB -C 12 harbour2 <new>", ""},
      {"a.sh", "docker login -u app -p Harbour2381 r.internal",
       "generic-command-password Harbour2381"},
      {"a.ps1", "New-Thing -Password Harbour2381",
       "generic-password Harbour2381"},
      {"a.sh", "openssl enc -d -in a -pass pass:Harbour2381",
       "generic-password Harbour2381"},
      {"a.sh", "printf 'openssl enc -e -in %s -pass pass:%s\\n' $a $b", ""},
      {"a.sh", "docker run -u app -p 8080:80 image", ""},
      {"a.sh", "printf \"Usage: %s [-u store_url -p store_path] [-t at]\"", ""},
      {"a.sh", "sudo -u app mkdir -p Harbour2381", ""},
      {"a.sh", "htpasswd -c users admin", ""},
  };
  for (const Case& c : cases) check(c);
}

TEST(ReadKnownFile, OnlyAValue) {
  const Case cases[] = {
      {"db/password.txt", "Harbour2381\n", "generic-password Harbour2381"},
      {"userlist.txt", "\"app\" \"Harbour2381\"\n",
       "generic-password Harbour2381"},
      {"db/password.txt", "Use a long one\n", ""},
      {"db/passwords.md", "Harbour2381\n", ""},
  };
  for (const Case& c : cases) check(c);
}

}  // namespace
}  // namespace overreach
