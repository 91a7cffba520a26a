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

TEST(LabelOfValue, NoNameIsNoResource) {
  EXPECT_EQ(label_of_value("S3_BUCKET", "acme-data").identity,
            "bucket acme-data");
  for (const char* none : {"null", "None", "your-bucket", "bucket"}) {
    EXPECT_EQ(label_of_value("S3_BUCKET", none).identity, "") << none;
  }
}

}  // namespace
}  // namespace overreach
