// Every way in which code and configuration give a name a value.

#include "scanner/match/assignment.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "tests/match/matching.h"

namespace overreach {
namespace {

// "name=value" of the assignment to the name at the first `word`, "-" for none.
std::string read(std::string_view path, std::string_view text,
                 std::string_view word = "assw") {
  const PaddedText padded(text);
  std::size_t at = text.find(word);
  if (at == text.npos) at = text.find("ASSW");
  if (at == text.npos) return "no word";
  const auto found = read_assignment(padded.view(), at, kind_of_file(path));
  if (!found) return "-";
  return std::string(found->name) + "=" +
         std::string(
             padded.view().substr(found->begin, found->end - found->begin));
}

struct Case {
  std::string_view path, text, expected;
};

void check(const Case& c) {
  EXPECT_EQ(read(c.path, c.text), c.expected) << c.path << ": " << c.text;
}

TEST(ReadAssignment, Code) {
  const Case cases[] = {
      {"a.py", "password = \"Tulip48\"", "password=Tulip48"},
      {"a.py", "password='Tulip48'", "password=Tulip48"},
      {"a.py", "self.password = 'Tulip48'", "self.password=Tulip48"},
      {"a.py", "password: str = 'Tulip48'", "password=Tulip48"},
      {"a.py", "password = b'Tulip48'", "password=Tulip48"},
      {"a.py", "connect(user='u', password='Tulip48')", "password=Tulip48"},
      {"a.py", "config['password'] = 'Tulip48'", "password=Tulip48"},
      {"a.py", "{'password': 'Tulip48'}", "password=Tulip48"},
      {"a.py", "password = os.environ.get('PW', 'Tulip48')",
       "password=Tulip48"},
      {"a.py", "password = os.getenv(\"PW\", \"Tulip48\")", "password=Tulip48"},
      {"a.py", "if password == 'Tulip48':", "password=Tulip48"},
      {"a.js", "const password = `Tulip48`;", "password=Tulip48"},
      {"a.js", "password: 'Tulip48',", "password=Tulip48"},
      {"a.js", "const password = process.env.PW || 'Tulip48';",
       "password=Tulip48"},
      {"a.js", "password = x ?? \"Tulip48\"", "password=Tulip48"},
      {"a.js", "if (password === 'Tulip48')", "password=Tulip48"},
      {"a.ts", "private password: string = 'Tulip48';", "password=Tulip48"},
      {"a.swift", "let password: String = \"Tulip48\"", "password=Tulip48"},
      {"a.kt", "val password: String = \"Tulip48\"", "password=Tulip48"},
      {"a.kt", "val password = \"Tulip48\"", "password=Tulip48"},
      {"a.rs", "const PASSWORD: &str = \"Tulip48\";", "PASSWORD=Tulip48"},
      {"a.go", "password := \"Tulip48\"", "password=Tulip48"},
      {"a.go", "var password string = \"Tulip48\"", "password=Tulip48"},
      {"a.go", "Password: \"Tulip48\",", "Password=Tulip48"},
      {"a.go", "const password = `Tulip48`", "password=Tulip48"},
      {"a.java", "String password = \"Tulip48\";", "password=Tulip48"},
      {"a.java", "map.put(\"password\", \"Tulip48\");", "password=Tulip48"},
      {"a.java", "x.setPassword(\"Tulip48\");", "x.setPassword=Tulip48"},
      {"a.java", "builder.password(\"Tulip48\").build()",
       "builder.password=Tulip48"},
      {"a.cs", "Password = @\"Tulip48\";", "Password=Tulip48"},
      {"a.c", "char password[] = \"Tulip48\";", "password=Tulip48"},
      {"a.c", "static const char password[32] = \"Tulip48\";",
       "password=Tulip48"},
      {"a.h", "#define PASSWORD \"Tulip48\"", "PASSWORD=Tulip48"},
      {"a.c", "strcmp(password, \"Tulip48\")", "password=Tulip48"},
      {"a.rb", ":password => 'Tulip48',", "password=Tulip48"},
      {"a.rb", "password: 'Tulip48'", "password=Tulip48"},
      {"a.rb", "@password ||= \"Tulip48\"", "password=Tulip48"},
      {"a.rb", "fill_in 'password', with: 'Tulip48'", "password=Tulip48"},
      {"a.php", "define('DB_PASSWORD', 'Tulip48');", "DB_PASSWORD=Tulip48"},
      {"a.php", "$password = 'Tulip48';", "$password=Tulip48"},
      {"a.php", "'password' => 'Tulip48',", "password=Tulip48"},
      {"a.php", "'password' => env('PW', 'Tulip48'),", "password=Tulip48"},
      {"a.pl", "my $password = \"Tulip48\";", "$password=Tulip48"},
      {"a.tf", "  password = \"Tulip48\"", "password=Tulip48"},
      {"a.ps1", "$Password = \"Tulip48\"", "$Password=Tulip48"},
  };
  for (const Case& c : cases) check(c);
}

TEST(ReadAssignment, Configuration) {
  const Case cases[] = {
      {"a.env", "DB_PASSWORD=Tulip48\n", "DB_PASSWORD=Tulip48"},
      {"a.env", "DB_PASSWORD=\"Tulip48\"\n", "DB_PASSWORD=Tulip48"},
      {"a.env", "export DB_PASSWORD=Tulip48\n", "DB_PASSWORD=Tulip48"},
      {"a.ini", "password = Tulip48\n", "password=Tulip48"},
      {"a.ini", "password = Tulip48 ; note\n", "password=Tulip48"},
      {"a.properties", "db.password=Tulip48\r\n", "db.password=Tulip48"},
      {"a.properties", "db.password: Tulip48\n", "db.password=Tulip48"},
      {"a.yml", "password: Tulip48\n", "password=Tulip48"},
      {"a.yml", "  - password: 'Tulip48'\n", "password=Tulip48"},
      {"a.yml", "\"password\": \"Tulip48\"\n", "password=Tulip48"},
      {"a.yml", "- DB_PASSWORD=Tulip48\n", "DB_PASSWORD=Tulip48"},
      {"a.json", "\"password\": \"Tulip48\"", "password=Tulip48"},
      {"a.json", "{\"password\":\"Tulip48\",\"x\":1}", "password=Tulip48"},
      {"a.json", "\"{\\\"password\\\":\\\"Tulip48\\\"}\"", "password=Tulip48"},
      {"a.toml", "password = \"Tulip48\"", "password=Tulip48"},
      {"a.xml", "<password>Tulip48</password>", "password=Tulip48"},
      {"a.xml", "<password> Tulip48 </password>", "password=Tulip48"},
      {"a.xml", "<x:password>Tulip48</x:password>", "password=Tulip48"},
      {"a.xml", "<entry key=\"password\">Tulip48</entry>", "password=Tulip48"},
      {"a.xml", "<property name=\"password\" value=\"Tulip48\"/>",
       "password=Tulip48"},
      {"a.xml", "<user password=\"Tulip48\"/>", "password=Tulip48"},
      {"redis.conf", "masterpassword Tulip48\n", "masterpassword=Tulip48"},
      {"Dockerfile", "ENV DB_PASSWORD=Tulip48\n", "DB_PASSWORD=Tulip48"},
      {"a.sh", "tool --password Tulip48 --x\n", "password=Tulip48"},
      {"a.sh", "tool --password=Tulip48 --x\n", "password=Tulip48"},
      {"a.sh", "PASSWORD=Tulip48; run\n", "PASSWORD=Tulip48"},
      {"a.md", "password: Tulip48\n", "password=Tulip48"},
      {"a.conf", "Server=x;Password=Tulip48;Encrypt=yes", "Password=Tulip48"},
      {"a.cs", "\"Server=x;Password=Tulip48;Encrypt=yes\"", "Password=Tulip48"},
  };
  for (const Case& c : cases) check(c);
}

TEST(ReadAssignment, NothingIsAssigned) {
  const Case cases[] = {
      {"a.py", "password = getpass()", "-"},
      {"a.py", "password = other", "-"},
      {"a.py", "password = f'{user}48'", "-"},
      {"a.py", "password = None", "-"},
      {"a.py", "['user', 'password', 'token']", "-"},
      {"a.py", "def check(password, other):", "-"},
      {"a.py", "print('password')", "-"},
      {"a.py", "get_password('Tulip48')", "-"},
      {"a.py", "# the password is read from the file", "-"},
      {"a.js", "password: `${user}48`", "-"},
      {"a.js", "findByPassword('Tulip48')", "-"},
      {"a.cpp", "password->reset(\"Tulip48\")", "-"},
      {"a.cpp", "Password::from(x)", "-"},
      {"a.xml", "<password/>", "-"},
      {"a.xml", "<password></password>", "-"},
      {"a.xml", "<password>\n", "-"},
      {"a.yml", "password:\n", "-"},
      {"a.yml", "password: \n  from: x\n", "-"},
      {"a.env", "PASSWORD=\n", "-"},
      {"a.env", "PASSWORD=", "-"},
      {"a.md", "the password is the one you chose", "-"},
      {"a.rb", "password =~ /Tulip48/", "-"},
      {"a.py", "password", "-"},
      {"a.py", "password = \"Tulip48", "-"},
      {"a.py", "password = \"Tulip\n48\"", "-"},
  };
  for (const Case& c : cases) check(c);
}

TEST(ReadLiteral, Spans) {
  struct LiteralCase {
    std::string_view text, value;
  };
  const LiteralCase cases[] = {
      {"\"abc\" x", "abc"},
      {"'abc'", "abc"},
      {"`abc`", "abc"},
      {"r\"abc\"", "abc"},
      {"@\"abc\"", "abc"},
      {"u'abc'", "abc"},
      {"L\"abc\"", "abc"},
      {"N'abc'", "abc"},
      {"\\\"abc\\\"", "abc"},
      {"\"a\\\"c\"", "a\\\"c"},
      {"\"\"\"abc\"\"\"", "abc"},
      {"\"\"", ""},
      {"abc", "-"},
      {"\"abc", "-"},
      {"\"a\nc\"", "-"},
      {"f\"a{b}\"", "-"},
      {"`a${b}`", "-"},
      {"", "-"},
      {"\\", "-"},
  };
  for (const LiteralCase& c : cases) {
    const PaddedText padded(c.text);
    const auto found = read_literal(padded.view(), 0);
    const std::string value =
        found ? std::string(padded.view().substr(found->begin,
                                                 found->end - found->begin))
              : "-";
    EXPECT_EQ(value, c.value) << c.text;
  }
}

// Whatever stands behind the name: no read behind the text, no long search.
TEST(ReadAssignment, AnyEnd) {
  const std::string_view text =
      "config['password'] = os.environ.get(\"PW\", \"Tulip48\")\n";
  for (std::size_t size = 8; size <= text.size(); ++size) {
    for (const char* const path : {"a.py", "a.sh", "a.yml", "a.xml", "a.md"}) {
      const std::string cut(text.substr(0, size));
      if (cut.find("assw") == cut.npos) continue;
      const std::string found = read(path, cut);
      EXPECT_FALSE(found.empty());
    }
  }
}

}  // namespace
}  // namespace overreach
