#include "scanner/privilege/connection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace overreach {
namespace {

using Tls = ConnectionTarget::Tls;

// "protocol user password host port database" of a target, "-" for nothing.
std::string shown(const ConnectionTarget& target) {
  std::string text = target.protocol;
  for (const std::string& part :
       {target.user, std::string(target.password.reveal()), target.host,
        target.port == 0 ? std::string() : std::to_string(target.port),
        target.database}) {
    text += " " + (part.empty() ? "-" : part);
  }
  return text;
}

struct UrlCase {
  const char* text;
  const char* target;
  Tls tls;
};

class ConnectionUrl : public testing::TestWithParam<UrlCase> {};

TEST_P(ConnectionUrl, IsRead) {
  const auto target = parse_connection_url(GetParam().text);
  ASSERT_TRUE(target) << GetParam().text << ": " << target.error().text;
  EXPECT_EQ(shown(*target), GetParam().target) << GetParam().text;
  EXPECT_EQ(target->tls, GetParam().tls) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Urls, ConnectionUrl,
    testing::Values(
        UrlCase{"postgres://ann:pw@db.example:5433/shop",
                "postgres ann pw db.example 5433 shop", Tls::prefer},
        UrlCase{"postgresql://ann:pw@db.example/shop?sslmode=require",
                "postgres ann pw db.example - shop", Tls::require},
        UrlCase{"postgresql://ann:pw@db.example/shop?sslmode=disable",
                "postgres ann pw db.example - shop", Tls::off},
        UrlCase{"postgresql+psycopg2://ann:p%40%2Fw@db.example/shop",
                "postgres ann p@/w db.example - shop", Tls::prefer},
        UrlCase{"postgres://ann:p@w:d@db.example/shop",
                "postgres ann p@w:d db.example - shop", Tls::prefer},
        UrlCase{"postgres://ann:50%off@db.example/shop",
                "postgres ann 50%off db.example - shop", Tls::prefer},
        UrlCase{"postgres://ann:pw%@db.example",
                "postgres ann pw% db.example - -", Tls::prefer},
        UrlCase{"postgres://ann:pw@[2001:db8::1]:5432/shop",
                "postgres ann pw 2001:db8::1 5432 shop", Tls::prefer},
        UrlCase{"postgres://ann:pw@a.example:1,b.example:2/shop",
                "postgres ann pw a.example 1 shop", Tls::prefer},
        UrlCase{"postgres:///shop?host=db.example&user=ann&password=pw",
                "postgres ann pw db.example - shop", Tls::prefer},
        UrlCase{"jdbc:postgresql://db.example:5432/shop?user=ann&password=pw"
                "&ssl=true",
                "postgres ann pw db.example 5432 shop", Tls::require},
        UrlCase{"mysql://ann:pw@db.example/shop?ssl-mode=REQUIRED",
                "mysql ann pw db.example - shop", Tls::require},
        UrlCase{"mysql2://ann:pw@db.example/shop#top",
                "mysql ann pw db.example - shop", Tls::prefer},
        UrlCase{"mariadb+pymysql://ann:pw@db.example:3307/shop?charset=utf8",
                "mysql ann pw db.example 3307 shop", Tls::prefer},
        UrlCase{"jdbc:mysql://db.example:3306/shop?useSSL=false&user=ann"
                "&password=p%26w",
                "mysql ann p&w db.example 3306 shop", Tls::off},
        UrlCase{"jdbc:mysql:loadbalance://a.example,b.example/shop?user=ann"
                "&password=pw",
                "mysql ann pw a.example - shop", Tls::prefer},
        UrlCase{"ann:p:w@x@tcp(db.example:3306)/shop?tls=true",
                "mysql ann p:w@x db.example 3306 shop", Tls::require},
        UrlCase{"redis://:pw@cache.example:6379/0",
                "redis - pw cache.example 6379 0", Tls::off},
        UrlCase{"rediss://default:pw@cache.example",
                "redis default pw cache.example - -", Tls::require},
        UrlCase{"mongodb://ann:pw@a.example:27017,b.example/shop?ssl=true",
                "mongodb ann pw a.example 27017 shop", Tls::require},
        UrlCase{"mongodb+srv://ann:pw@c.example.net/",
                "mongodb+srv ann pw c.example.net - -", Tls::require}));

INSTANTIATE_TEST_SUITE_P(
    Pairs, ConnectionUrl,
    testing::Values(
        UrlCase{"host=db.example port=5433 user=ann password=pw dbname=shop",
                "postgres ann pw db.example 5433 shop", Tls::prefer},
        UrlCase{
            R"(host = db.example user=ann password='p w\'s' sslmode=require)",
            "postgres ann p w's db.example - -", Tls::require},
        UrlCase{"host=a.example,b.example port=1,2 user=ann password=pw",
                "postgres ann pw a.example 1 -", Tls::prefer},
        UrlCase{"Host=db.example;Username=ann;Password=pw;Database=shop;"
                "SSL Mode=Require",
                "postgres ann pw db.example - shop", Tls::require},
        UrlCase{"Server=db.example;Port=5432;User Id=ann;Password=\"p;\"\"w\";",
                "postgres ann p;\"w db.example 5432 -", Tls::prefer},
        UrlCase{"Server=db.example;Database=shop;Uid=ann;Pwd=p=w;SslMode=None",
                "mysql ann p=w db.example - shop", Tls::off},
        UrlCase{"cache.example:6380,password=pw=,ssl=True,abortConnect=False",
                "redis - pw= cache.example 6380 -", Tls::require}));

TEST(ConnectionUrlBad, IsRefusedWithoutTheSecret) {
  for (const char* const text :
       {"", "hunter2hunter2", "http://ann:hunter2@a.example",
        "postgres://ann:hunter2@a.example:http/",
        "postgres://ann:hunter2@a.example:99999/", "postgres://",
        "redis+sentinel://:hunter2@a.example", "mysqlx://a:hunter2@b.example",
        "Server=tcp:a.example,1433;User ID=sa;Password=hunter2;Encrypt=True",
        "Server=a.example;User Id=ann;Password=hunter2;",
        "user=ann password=hunter2", "ann:hunter2@tcp()/x",
        "host=a.example password='hunter2 port=x"}) {
    const auto target = parse_connection_url(text);
    ASSERT_FALSE(target) << text << " -> " << shown(*target);
    EXPECT_EQ(target.error().text.find("hunter2"), std::string::npos);
  }
}

TEST(ConnectionTargetOf, SecretIsTheUrlOrItsPassword) {
  Credential whole;
  whole.secret = Secret("postgres://ann:p%40w@db.example:5433/shop");
  ASSERT_TRUE(connection_target(whole));
  EXPECT_EQ(shown(*connection_target(whole)),
            "postgres ann p@w db.example 5433 shop");
  Credential password;
  password.secret = Secret("p%40w");
  password.facts = {{"user", "ann"},
                    {"url", "mysql://ann@db.example:3307/shop?ssl=true"}};
  ASSERT_TRUE(connection_target(password));
  EXPECT_EQ(shown(*connection_target(password)),
            "mysql ann p@w db.example 3307 shop");
  Credential bare;
  bare.secret = Secret("p%40w");
  EXPECT_FALSE(connection_target(bare));
}

// Refused before anything is sent; no case reaches a network.
TEST(Connect, RefusesBeforeItConnects) {
  struct Case {
    const char* url;
    const char* allowed;
    const char* error;
  };
  constexpr Case kCases[] = {
      {"redis://:hunter2@8.8.8.8", "8.8.8.8", "in the clear"},
      {"redis://:hunter2@127.0.0.1:1", "", "127.0.0.1"},
      {"postgres://ann:hunter2@127.0.0.1:1/x", "", "127.0.0.1"},
      {"mysql://ann:hunter2@127.0.0.1:1/x", "", "127.0.0.1"},
      {"mysql://ann:hunter2@8.8.8.8/x", "a.example", "8.8.8.8"},
      {"postgres://ann:hunter2@%2Frun%2Fpostgresql/x", "", "not a host"},
      {"postgres://ann@8.8.8.8/x", "8.8.8.8", "no password"},
      {"redis://8.8.8.8", "8.8.8.8", "no password"},
      {"mongodb://8.8.8.8/x", "8.8.8.8", "no user and password"},
      {"mongodb://ann:hunter2@8.8.8.8", "a.example", "8.8.8.8"},
      {"mongodb+srv://ann:hunter2@db.shop.example", "a.example",
       "db.shop.example"},
  };
  Provider provider;
  provider.id = "test";
  ProviderSet providers;
  providers.providers = {provider};
  for (const Case& c : kCases) {
    auto target = parse_connection_url(c.url);
    ASSERT_TRUE(target) << c.url;
    target->provider = "test";
    PolicyOptions options;
    if (*c.allowed) options.allowed_hosts = {c.allowed};
    const Policy policy(providers, options);
    const Connected connected = connect(*target, policy);
    EXPECT_FALSE(connected.connection) << c.url;
    EXPECT_EQ(connected.outcome, Outcome::unclear) << c.url;
    EXPECT_THAT(connected.error, testing::HasSubstr(c.error)) << c.url;
    EXPECT_EQ(connected.error.find("hunter2"), std::string::npos) << c.url;
  }
}

struct StatementCase {
  const char* protocol;
  const char* statement;
};

TEST(CheckStatement, AllowsWhatReads) {
  constexpr StatementCase kCases[] = {
      {"postgres", "SELECT 1"},
      {"postgres",
       "select rolname, rolsuper from pg_roles where rolname = "
       "current_user"},
      {"postgres", "SELECT pg_catalog.pg_has_role(oid, 'USAGE') FROM pg_roles"},
      {"postgres", "SELECT 'INTO; DELETE' AS x, \"update\" FROM pg_class"},
      {"postgres", "SHOW server_version"},
      {"mysql", "SHOW GRANTS"},
      {"mysql",
       "SELECT COUNT(*) FROM information_schema.tables WHERE "
       "table_schema NOT IN ('mysql', 'sys')"},
      {"mysql", "SHOW GLOBAL VARIABLES LIKE 'read_only'"},
      {"redis", "PING"},
      {"redis", "INFO keyspace"},
      {"redis", "ACL WHOAMI"},
      {"redis", "ACL GETUSER self"},
      {"redis", "ACL DRYRUN self FLUSHALL"},
      {"redis", "CONFIG GET maxmemory"},
      {"mongodb", R"({"connectionStatus": 1, "showPrivileges": true})"},
      {"mongodb", R"({"listDatabases": 1})"},
      {"mongodb", R"({"usersInfo": "self"})"},
      {"nats", "$SYS.REQ.USER.INFO"},
      {"nats", "$JS.API.STREAM.NAMES"},
  };
  for (const StatementCase& c : kCases) {
    const Status status = check_statement(c.protocol, c.statement);
    EXPECT_TRUE(status) << c.statement << ": " << status.error().text;
  }
}

TEST(CheckStatement, RefusesTheRest) {
  constexpr StatementCase kCases[] = {
      {"postgres", ""},
      {"postgres", "DELETE FROM t"},
      {"postgres", "SELECT 1; DROP TABLE t"},
      {"postgres", "SELECT 1;"},
      {"postgres", "SELECT 1 -- x"},
      {"postgres", "SELECT /* x */ 1"},
      {"postgres", "SELECT $$x$$"},
      {"postgres", R"(SELECT E'\'; DROP TABLE t')"},
      {"postgres", "SELECT 'open"},
      {"postgres", "SELECT pg_terminate_backend(1)"},
      {"postgres", "SELECT pg_drop_replication_slot ('x')"},
      {"postgres", "SELECT \"pg_reload_conf\"()"},
      {"postgres", "SELECT public.version()"},
      {"postgres", "SELECT set_config('transaction_read_only', 'off', false)"},
      {"postgres", "SELECT * INTO t FROM pg_class"},
      {"postgres", "SELECT * FROM t FOR UPDATE"},
      {"postgres", "SELECT rolpassword FROM pg_authid"},
      {"postgres", "SELECT usename FROM pg_shadow"},
      {"postgres", "SHOW ALL"},
      {"postgres", "SHOW primary_conninfo"},
      {"postgres", "SELECT current_setting('primary_conninfo')"},
      {"postgres", "WITH x AS (DELETE FROM t RETURNING 1) SELECT 1"},
      {"mysql", "SELECT 1 INTO OUTFILE '/tmp/x'"},
      {"mysql", "SELECT LOAD_FILE('/etc/passwd')"},
      {"mysql", "SELECT SLEEP(100)"},
      {"mysql", "SELECT /*!50000 SLEEP(9) */ 1"},
      {"mysql", "SELECT user FROM mysql.user"},
      {"mysql", "SELECT user FROM `mysql`.user"},
      {"mysql", "SELECT @a := 1"},
      {"mysql", "SHOW CREATE USER ann"},
      {"mysql", "SHOW PROCESSLIST"},
      {"mysql", "SET ROLE x"},
      {"redis", "FLUSHALL"},
      {"redis", "MULTI"},
      {"redis", "ACL LIST"},
      {"redis", "ACL GETUSER root"},
      {"redis", "ACL DRYRUN root FLUSHALL"},
      {"redis", "CONFIG GET requirepass"},
      {"redis", "CONFIG GET *"},
      {"redis", "CONFIG SET maxmemory 1"},
      {"redis", "CLIENT KILL 1"},
      {"redis", "PING\r\nFLUSHALL"},
      {"redis", "DEBUG SLEEP 1"},
      {"mongodb", "{}"},
      {"mongodb", "not json"},
      {"mongodb", R"({"dropDatabase": 1})"},
      {"mongodb", R"({"aggregate": 1, "ping": 1})"},
      {"mongodb", R"({"listCollections": 1})"},
      {"mongodb", R"({"usersInfo": "self", "showCredentials": true})"},
      {"mongodb", R"({"usersInfo": "root"})"},
      {"nats", ""},
      {"nats", "$JS.API.STREAM.DELETE.orders"},
      {"nats", "$JS.API.INFO 1 0\r\n\r\nPUB app"},
      {"nats", "app.orders"},
      {"oracle", "SELECT 1"},
  };
  for (const StatementCase& c : kCases) {
    EXPECT_FALSE(check_statement(c.protocol, c.statement)) << c.statement;
  }
}

}  // namespace
}  // namespace overreach
