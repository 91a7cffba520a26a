#include "scanner/environment/address.h"

#include <gtest/gtest.h>

#include "scanner/environment/value.h"

namespace overreach {
namespace {

TEST(ParseAddress, HostsWithoutSchemeOrPort) {
  for (const char* host :
       {"db.acme.com", "10.0.0.7",
        "acme-prod.abc123.eu-west-1.rds.amazonaws.com", "db.internal"}) {
    EXPECT_TRUE(parse_address(host)) << host;
  }
  // Written like hosts.
  for (const char* other :
       {"com.alibaba.druid.pool.DruidDataSource", "com.mysql.jdbc",
        "config.json", "db.sqlite3", "application.properties", "1.2.3",
        "localhost", "a.b.C"}) {
    EXPECT_FALSE(parse_address(other)) << other;
  }
  EXPECT_TRUE(parse_address("com.acme:5432"));
}

TEST(ParseAddress, SettingsThatNameAServer) {
  const auto ado = parse_address(
      "Server=tcp:Shop.database.windows.net,1433;Initial Catalog=orders;"
      "User ID=app;Password=Harbour2381x;Encrypt=True");
  ASSERT_TRUE(ado);
  EXPECT_EQ(ado->scheme, "sqlserver");
  EXPECT_EQ(ado->host, "shop.database.windows.net");
  EXPECT_EQ(ado->port, "1433");
  EXPECT_EQ(ado->path, "orders");
  EXPECT_EQ(ado->user, "app");
  EXPECT_TRUE(ado->has_password);

  const auto libpq = parse_address("host=db.acme.com port=5432 dbname=orders");
  ASSERT_TRUE(libpq);
  EXPECT_EQ(libpq->scheme, "postgres");
  EXPECT_EQ(libpq->port, "5432");
  EXPECT_FALSE(libpq->has_password);

  // Of the list with semicolons other drivers have words of their own.
  const auto npgsql =
      parse_address("Host=db.acme.com;Database=orders;Username=app");
  ASSERT_TRUE(npgsql);
  EXPECT_EQ(npgsql->scheme, "postgres");
  EXPECT_EQ(parse_address("Server=db.acme.com;Port=3306;Uid=app")->scheme,
            "mysql");

  EXPECT_EQ(parse_address("Data Source=pc\\SQLEXPRESS;Database=a")->host, "pc");
  for (const char* other :
       {"Server=db.acme.com;Timeout=30", "a=b;c=d", "Data Source=app.db file",
        "host=${HOST} dbname=orders", "set host=a and user=b"}) {
    EXPECT_FALSE(parse_address(other)) << other;
  }
}

TEST(ParseAddress, TheFirstOfAList) {
  const auto first =
      parse_address("kafka-1.acme.com:9092,kafka-2.acme.com:9092");
  ASSERT_TRUE(first);
  EXPECT_EQ(first->host, "kafka-1.acme.com");
  EXPECT_EQ(first->port, "9092");
  EXPECT_FALSE(parse_address("app.acme.com,www.acme.com"));
  EXPECT_FALSE(parse_address("a:1,b"));
}

TEST(LabelOfValue, NoNameIsNoResource) {
  EXPECT_EQ(label_of_value("S3_BUCKET", "acme-data").identity,
            "bucket acme-data");
  for (const char* none : {"null", "None", "your-bucket", "bucket"}) {
    EXPECT_EQ(label_of_value("S3_BUCKET", none).identity, "") << none;
  }
}

}  // namespace
}  // namespace overreach
