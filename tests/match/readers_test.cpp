// Secrets that have no form but a place: each reader on good texts, then on
// texts that look the same and hold nothing.

#include "scanner/match/readers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/encoding.h"
#include "tests/match/matching.h"

namespace overreach {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Case {
  std::string_view path, text;
  std::string_view expected;  // "rule secret", empty for nothing
};

// At low confidence too: what is left out there is no secret at all.
void check(const Case& c) {
  const auto found = found_in(c.path, c.text);
  if (c.expected.empty()) {
    EXPECT_THAT(found, IsEmpty()) << c.path << ": " << c.text;
  } else {
    EXPECT_THAT(found, ElementsAre(std::string(c.expected)))
        << c.path << ": " << c.text;
  }
}

TEST(ReadUrl, Userinfo) {
  const Case cases[] = {
      {"a.txt", "ftp://deploy:Harbour2381@files.internal/pub",
       "generic-uri-userinfo Harbour2381"},
      {"a.py", "x = 'https://ci:Harbour2381@git.internal/a.git'",
       "generic-uri-userinfo Harbour2381"},
      {".git-credentials", "https://ci:Harbour2381@git.internal\n",
       "generic-uri-userinfo Harbour2381"},
      {"a.txt", "smtp://:Harbour2381@mail.internal:25",
       "generic-uri-userinfo Harbour2381"},
      {"a.txt", "amqp://q:Harb@our2381@mq.internal/",
       "rabbitmq-connection-uri Harb@our2381"},
      {"a.txt", "postgres://orders:Harbour2381@db.internal/orders",
       "postgresql-connection-uri Harbour2381"},
      {"a.txt", "mongodb+srv://u:Harbour2381@c0.x.mongodb.net/db",
       "mongodb-connection-uri Harbour2381"},
      {"a.txt", "redis://:Harbour2381@cache.internal:6379/0",
       "redis-connection-uri Harbour2381"},
      // Nothing.
      {"a.txt", "https://git.internal/a:b@c", ""},
      {"a.txt", "https://user@git.internal/", ""},
      {"a.txt", "https://user:@git.internal/", ""},
      {"a.txt", "https://${USER}:${PASSWORD}@git.internal/", ""},
      {"a.txt", "https://user:<password>@git.internal/", ""},
      {"a.md", "mongodb://app:GENERATED_MONGO_PW@mongo:27017/app", ""},
      {"a.txt", "http://host:8080/x@y", ""},
      {"a.txt", "://:@", ""},
      {"a.txt", "https://x", ""},
  };
  for (const Case& c : cases) check(c);
}

TEST(ReadUrl, TokenOfNatsIsItsUser) {
  const Case cases[] = {
      {"a.go", "c(\"nats://q7Rz1pLmX9vBtW3nK8sYdF2g@nats.internal:4222\")",
       "nats-connection-uri q7Rz1pLmX9vBtW3nK8sYdF2g"},
      {"a.go", "c(\"nats://orders@nats.internal:4222\")", ""},
      {"a.go", "c(\"http://q7Rz1pLmX9vBtW3nK8sYdF2g@web.internal\")", ""},
  };
  for (const Case& c : cases) check(c);
}

// A bare word that would be a name in code.
TEST(ReadName, WordsInSettingsAreValuesForRulesOfTheirOwn) {
  const Case cases[] = {
      {".env", "JWT_SECRET=HarbourShopSigningKey2381",
       "jwt-signing-secret HarbourShopSigningKey2381"},
      {"a.properties", "jwt.secret=HarbourShopSigningKey2381",
       "jwt-signing-secret HarbourShopSigningKey2381"},
      {"a.py", "JWT_SECRET = HarbourShopSigningKey2381", ""},
  };
  for (const Case& c : cases) check(c);
}

TEST(ReadDsn, AddressOfGoDrivers) {
  const Case cases[] = {
      {"a.go", "d := \"shop:Harbour2381@tcp(db:3306)/shop\"",
       "mysql-connection-uri Harbour2381"},
      {".env", "DB=shop:Harb@ur2381@tcp(db:3306)/shop",
       "mysql-connection-uri Harb@ur2381"},
      {"a.go", "d := \"shop:%s@tcp(%s:3306)/shop\"", ""},
      {"a.go", "d := \"shop@tcp(db:3306)/shop\"", ""},
      {"dsn.txt", "shop:Harbour2381@tcp(db:3306)/shop",
       "mysql-connection-uri Harbour2381"},
      {"a.go", "@tcp(db:3306)", ""},
  };
  for (const Case& c : cases) check(c);
}

TEST(ReadUrl, Host) {
  const struct {
    std::string_view host, fact;
    Confidence confidence;
  } cases[] = {
      {"db.internal", "db.internal", Confidence::medium},
      {"orders_db", "orders_db", Confidence::medium},  // a service of compose
      {"YOUR_ENDPOINT", "YOUR_ENDPOINT", Confidence::low},
      {"URI", "URI", Confidence::low},
      {"DB1", "DB1", Confidence::low},
  };
  for (const auto& c : cases) {
    const auto result = match_all(
        "a.txt", "redis://app:Harbour2381@" + std::string(c.host) + ":6379/0");
    ASSERT_EQ(result.candidates.size(), 1u) << c.host;
    const Candidate& candidate = result.candidates[0];
    EXPECT_EQ(candidate.confidence, c.confidence) << c.host;
    const Facts facts(candidate.facts.begin(), candidate.facts.end());
    EXPECT_NE(std::find(facts.begin(), facts.end(),
                        std::pair<std::string, std::string>("host", c.fact)),
              facts.end())
        << c.host;
  }
}

TEST(ReadUrl, KeyIsWhatTheAddressIsAssignedTo) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"DATABASE_URL=postgres://u:Harbour2381@db.internal/a", "DATABASE_URL"},
      {"export DB='postgres://u:Harbour2381@db.internal/a'", "DB"},
      {"{\"cache\": \"redis://:Harbour2381@db.internal/0\"}", "cache"},
      {"broker: amqp://u:Harbour2381@mq.internal/", "broker"},
      {"<add url=\"https://u:Harbour2381@db.internal/a\"/>", "url"},
      {"<url>https://u:Harbour2381@db.internal/a</url>", "url"},
      {"set(\"db.url\", \"mysql://u:Harbour2381@db.internal/a\")", "db.url"},
      {"spring.url=jdbc:mysql://u:Harbour2381@db.internal/a", "spring.url"},
      {"u: r2dbc:pool:mysql://u:Harbour2381@db.internal/a", "u"},
      {"urls = ['amqp://q:x@h1.internal', 'amqp://q:Harbour2381@h2.internal']",
       ""},
      {"git clone https://ci:Harbour2381@git.internal/a.git", ""},
      {"https://ci:Harbour2381@git.internal/a.git", ""},
  };
  for (const auto& [text, key] : cases) {
    const MatchResult result = match_all("a.txt", text);
    ASSERT_FALSE(result.candidates.empty()) << text;
    EXPECT_EQ(result.candidates.back().key, key) << text;
  }
}

TEST(ReadScheme, BasicAndBearer) {
  const std::string basic = encode_base64("deploy:Harbour2381");
  const std::string header = "Authorization: Basic " + basic;
  EXPECT_THAT(found_in("a.http", header),
              ElementsAre("generic-basic-auth-header " + basic));
  EXPECT_THAT(found_in("a.py", "h = {'Authorization': 'Basic " + basic + "'}"),
              ElementsAre("generic-basic-auth-header " + basic));
  const std::string token = "q7Rz1pLmX9vBtW3nK8sYdF2gH5jC0aE4uT6x";
  EXPECT_THAT(found_in("a.http", "Authorization: Bearer " + token + "\r\n"),
              ElementsAre("generic-bearer-token " + token));
  EXPECT_THAT(
      found_in("a.sh", "curl -H \"authorization: bearer " + token + "\" x"),
      ElementsAre("generic-bearer-token " + token));
  const Case cases[] = {
      {"a.txt", "Authorization: Basic realm", ""},
      {"a.txt", "Basic usage of this", ""},
      {"a.txt", "Basic YWJjZGVmZ2hpamts", ""},  // no colon in it
      {"a.txt", "Authorization: Bearer <token>", ""},
      {"a.txt", "Authorization: Bearer ${TOKEN}", ""},
      {"a.txt", "Bearer authentication is used", ""},
      {"a.txt", "Bearer xxxxxxxxxxxxxxxxxxxxxxx", ""},
      {"a.md", "Authorization: Bearer q7Rz1pLmX9vBtW3nK8sYdF2gH5jC0a...", ""},
      {"a.txt", "Bearer ", ""},
      {"a.txt", "Basic ", ""},
  };
  for (const Case& c : cases) check(c);
}

TEST(ReadCommand, Passwords) {
  const Case cases[] = {
      {"a.sh", "curl -u deploy:Harbour2381 https://x.internal/",
       "generic-command-password Harbour2381"},
      {"a.sh", "curl --user 'deploy:Harbour2381' https://x.internal/",
       "generic-command-password Harbour2381"},
      {"a.sh", "curl -X PUT \\\n  -u deploy:Harbour2381 \\\n  https://x/",
       "generic-command-password Harbour2381"},
      {"a.sh", "mysql -h db -u root -pHarbour2381 app",
       "generic-command-password Harbour2381"},
      {"a.sh", "mysqldump -u root -p'Harbour2381' app",
       "generic-command-password Harbour2381"},
      {"a.sh", "mysql -u root --password=Harbour2381 app",
       "generic-password Harbour2381"},
      {"a.sh", "sshpass -p Harbour2381 ssh root@h",
       "generic-password Harbour2381"},
      {"a.sh", "tool --password Harbour2381", "generic-password Harbour2381"},
      {"a.ps1",
       "$p = ConvertTo-SecureString \"Harbour2381\" -AsPlainText -Force",
       "generic-command-password Harbour2381"},
      {"a.ps1", "'Harbour2381' | ConvertTo-SecureString -AsPlainText -Force",
       "generic-command-password Harbour2381"},
      // Nothing.
      {"a.sh", "curl -u deploy https://x/", ""},
      {"a.sh", "curl -u \"$USER:$PASS\" https://x/", ""},
      {"a.sh", "curl -o out:put https://x/", ""},
      {"a.sh", "mysql -u root -p app", ""},
      {"a.sh", "mysql -P 3306 --port 3306 app", ""},
      {"a.sh", "mysql -u root -p$PASS app", ""},
      {"a.ps1", "ConvertTo-SecureString $env:PW -AsPlainText -Force", ""},
      {"a.ps1", "Read-Host -AsSecureString", ""},
  };
  for (const Case& c : cases) check(c);
}

TEST(ReadSql, Passwords) {
  const Case cases[] = {
      {"a.sql", "CREATE USER app IDENTIFIED BY 'Harbour2381';",
       "generic-sql-password Harbour2381"},
      {"a.sql",
       "ALTER USER app IDENTIFIED WITH mysql_native_password BY "
       "'Harbour2381';",
       "generic-sql-password Harbour2381"},
      {"a.sql", "GRANT ALL ON x.* TO a@b IDENTIFIED BY \"Harbour2381\"",
       "generic-sql-password Harbour2381"},
      {"a.py", "db.execute(\"CREATE USER a IDENTIFIED BY 'Harbour2381'\")",
       "generic-sql-password Harbour2381"},
      {"a.sql", "CREATE USER app IDENTIFIED BY Harbour2381;",
       "generic-sql-password Harbour2381"},
      {"a.txt", "each is identified by a number", ""},
      {"a.txt", "each is identified by 'Harbour2381'", ""},
      {"a.sql", "CREATE USER app IDENTIFIED BY '<password>';", ""},
      {"a.sql", "CREATE USER app IDENTIFIED BY :password;", ""},
      {"a.sql", "CREATE USER app IDENTIFIED BY", ""},
      {"a.py", "CREATE USER app IDENTIFIED WITH plugin BY auth_text", ""},
  };
  for (const Case& c : cases) check(c);
}

TEST(ReadSql, PasswordWord) {
  const Case cases[] = {
      {"a.sql", "ALTER ROLE app PASSWORD 'Harbour2381';",
       "generic-password Harbour2381"},
      {"a.sql", "CREATE USER app WITH ENCRYPTED PASSWORD 'Harbour2381';",
       "generic-password Harbour2381"},
      {"a.sql", "CREATE LOGIN app WITH PASSWORD = 'Harbour2381';",
       "generic-password Harbour2381"},
      {"a.sql", "SET PASSWORD FOR 'app' = PASSWORD('Harbour2381');",
       "generic-password Harbour2381"},
  };
  for (const Case& c : cases) check(c);
}

TEST(ReadCall, LogIn) {
  const Case cases[] = {
      {"a.py", "client.login(\"deploy\", \"Harbour2381\")",
       "generic-password Harbour2381"},
      {"a.cs", "new NetworkCredential(\"deploy\", \"Harbour2381\")",
       "generic-password Harbour2381"},
      {"a.py", "client.login(user, password)", ""},
      {"a.py", "client.getLogin(\"deploy\", \"Harbour2381\")", ""},
      {"a.py", "client.login(\"deploy\", \"\")", ""},
      {"a.py", "client.login(\"deploy\")", ""},
      {"a.js", "d3.rebind(chart, scale, 'domain', 'rangeBands')", ""},
  };
  for (const Case& c : cases) check(c);
}

TEST(ReadHashCall, WhatIsHashedIsInClear) {
  const Case cases[] = {
      {"a.py", "User(password_hash=hash_password(\"Harbour2381\"))",
       "generic-password Harbour2381"},
      {"a.py", "u.pw = generate_password_hash('Harbour2381')",
       "generic-password Harbour2381"},
      {"a.php", "$h = password_hash('Harbour2381', PASSWORD_DEFAULT);",
       "generic-password Harbour2381"},
      {"a.py", "x = get_password_hash(b\"Harbour2381\")",
       "generic-password Harbour2381"},
      {"a.py", "hash_password(password)", ""},
      {"a.py", "check_password_hash(\"Harbour2381\")", ""},
      {"a.md", "hash_password(\"Harbour2381\")", ""},
  };
  for (const Case& c : cases) check(c);
}

TEST(ReadKnownFile, ByName) {
  const std::string auth = encode_base64("deploy:Harbour2381");
  const std::string docker =
      "{\"auths\":{\"registry.internal\":{\"auth\":\"" + auth + "\"}}}";
  EXPECT_THAT(found_in(".docker/config.json", docker),
              ElementsAre("docker-config-auth " + auth));
  for (const auto& [text, registry] :
       {std::pair<std::string, std::string>{docker, "registry.internal"},
        {"{\"auths\": {\n  \"https://index.docker.io/v1/\": {\n"
         "    \"email\": \"\",\n    \"auth\": \"" +
             auth + "\"\n}}}",
         "https://index.docker.io/v1/"},
        {"{\"auth\": \"" + auth + "\"}", ""}}) {
    std::string fact;
    for (const Candidate& candidate :
         match_all("config.json", text, all_matcher()).candidates) {
      for (const auto& [name, value] : candidate.facts) {
        if (name == "registry") fact = value;
      }
    }
    EXPECT_EQ(fact, registry) << text;
  }
  EXPECT_THAT(found_in("other.json", docker),
              ElementsAre("generic-api-key " + auth));
  const Case cases[] = {
      {".netrc", "machine a.internal login u password Harbour2381\n",
       "netrc-credentials Harbour2381"},
      {"_netrc", "machine a.internal\n  login u\n  password Harbour2381",
       "netrc-credentials Harbour2381"},
      {".netrc", "machine a.internal login u password ${PW}\n", ""},
      {".pgpass", "# note\ndb:5432:*:app:Harbour2381\n",
       "postgresql-pgpass Harbour2381"},
      {".pgpass", "db:5432:*:app:Harbour2381\r\n",
       "postgresql-pgpass Harbour2381"},
      {".pgpass", "db:5432:app:Harbour2381\n", ""},
      {"a.txt", "db:5432:*:app:Harbour2381\n", ""},
      {".htpasswd", "deploy:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=\n",
       "generic-password-hash {SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g="},
      {".htpasswd", "deploy:rqXexS6ZhobKA\n",
       "generic-password-hash rqXexS6ZhobKA"},
      {"etc/shadow",
       "root:$6$q7Rz1pLm$X9vBtW3nK8sYdF2gH5jC0aE4uT6xX9vBtW3nK8sYdF2gH5jC0aE4uT"
       "6xX9vBtW3nK8sYdF2gH5jC0a:18000:0:99999:7:::\n",
       "generic-password-hash-crypt "
       "$6$q7Rz1pLm$X9vBtW3nK8sYdF2gH5jC0aE4uT6xX9vBtW3nK8sYdF2gH5jC0aE4uT6xX9v"
       "BtW3nK8sYdF2gH5jC0a"},
      {"router.cfg", "username a password 7 0822455D0A16\n",
       "cisco-type-7-password 0822455D0A16"},
      {"router.cfg", "enable password 7 9922455D0A16\n", ""},
      {"router.cfg", "service password-encryption\n", ""},
      {"junos.conf", "secret \"$9$q7Rz1pLmX9vBtW3n\"; ## SECRET-DATA\n",
       "juniper-type-9-password $9$q7Rz1pLmX9vBtW3n"},
      {"a.txt", "url=jdbc:oracle:thin:app/Harbour2381@db:1521:x",
       "jdbc-oracle-thin-password Harbour2381"},
      {"a.txt", "url=jdbc:oracle:thin:@db:1521:x", ""},
  };
  for (const Case& c : cases) check(c);
}

TEST(ReadKnownFile, KubernetesSecrets) {
  const std::string encoded = encode_base64("Harbour2381");
  const std::string head =
      "apiVersion: v1\nkind: Secret\nmetadata:\n  name: x\n";
  EXPECT_THAT(found_in("s.yaml", head + "data:\n  password: " + encoded + "\n"),
              ElementsAre("kubernetes-secret-manifest Harbour2381"));
  EXPECT_THAT(
      found_in("s.yaml", head + "stringData:\n  password: Harbour2381\n"),
      ElementsAre("kubernetes-secret-manifest Harbour2381"));
  // Of another document, or no secret.
  EXPECT_THAT(found_in("s.yaml", "kind: ConfigMap\ndata:\n  note: " + encoded +
                                     "\n---\n" + head),
              IsEmpty());
  EXPECT_THAT(found_in("s.yaml", head + "data:\n  username: " +
                                     encode_base64("deploy") + "\n"),
              IsEmpty());
}

}  // namespace
}  // namespace overreach
