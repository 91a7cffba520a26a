#include "scanner/environment/value.h"

#include <gtest/gtest.h>

#include <utility>

namespace overreach {
namespace {

TEST(RoleOfKey, Words) {
  const std::pair<const char*, Role> cases[] = {
      {"DATABASE_URL", Role::data},      {"bootstrap-servers", Role::data},
      {"bootstrap.servers", Role::data}, {"KAFKA_BROKERS", Role::data},
      {"CELERY_BROKER_URL", Role::data}, {"OPENSEARCH_ENDPOINT", Role::data},
      {"API_URL", Role::service},        {"bootstrapServerUrl", Role::data},
      {"BOOTSTRAP_TOKEN", Role::secret}, {"CORS_ORIGINS", Role::link},
      {"SLACK_WEBHOOK_URL", Role::link}, {"SENTRY_DSN", Role::link},
      {"bootstrap", Role::unknown},      {"BROKERAGE", Role::unknown},
  };
  for (const auto& [key, role] : cases)
    EXPECT_EQ(role_of_key(key), role) << key;
}

TEST(LabelOfValue, TheKeyAroundSaysWhatIsOpened) {
  EXPECT_EQ(label_of_value("host", "cache.acme.com", "redis").role, Role::data);
  EXPECT_EQ(label_of_value("host", "cache.acme.com", "redis").identity,
            " cache.acme.com");
  EXPECT_EQ(label_of_value("host", "app.acme.com", "server").role,
            Role::service);
  EXPECT_EQ(label_of_value("host", "app.acme.com").role, Role::service);
  // A secret stays one, whatever it opens.
  EXPECT_EQ(label_of_value("password", "Harbour2381x", "redis").role,
            Role::secret);
}

TEST(LabelOfValue, OneServerHoweverItIsWritten) {
  const auto identity = [](std::string_view url) {
    return label_of_value("DATABASE_URL", url).identity;
  };
  EXPECT_EQ(identity("postgresql+asyncpg://db.acme.com:5432/orders"),
            "postgres db.acme.com/orders");
  EXPECT_EQ(identity("Host=db.acme.com;Database=orders;Username=app"),
            "postgres db.acme.com/orders");
  EXPECT_EQ(identity("postgres://db.acme.com:6432/orders"),
            "postgres db.acme.com:6432/orders");
}

TEST(LabelOfValue, BehindAPoolerTheUserSaysWhoseItIs) {
  EXPECT_EQ(label_of_value("DATABASE_URL",
                           "postgres://postgres.abcdefgh:Harbour2381x@"
                           "aws-0-eu-west-1.pooler.supabase.com:6543/postgres")
                .identity,
            "postgres postgres.abcdefgh@aws-0-eu-west-1.pooler.supabase.com"
            ":6543/postgres");
}

TEST(LabelOfValue, OfSeveralServersTheFirstCounts) {
  const ValueLabel label = label_of_value(
      "bootstrap-servers", "kafka-prod-1.acme.com:9092,kafka-2.acme.com:9092");
  EXPECT_EQ(label.identity, " kafka-prod-1.acme.com:9092");
  ASSERT_FALSE(label.origins.empty());
  EXPECT_TRUE(label.origins.front().label.is_production());
}

}  // namespace
}  // namespace overreach
