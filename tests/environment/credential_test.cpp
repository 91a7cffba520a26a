#include <gtest/gtest.h>

#include "scanner/environment/environment.h"

namespace overreach {
namespace {

using Class = EnvironmentClass;

Credential credential_at(std::string path, std::string key = "") {
  Credential credential;
  Place place;
  place.path = std::move(path);
  place.key = std::move(key);
  credential.places = {place};
  return credential;
}

TEST(LabelCredential, ByItsPlace) {
  Credential c = credential_at("config/production.env", "DATABASE_URL");
  label_credentials({&c, 1}, {});
  EXPECT_EQ(c.environment.value, Class::production);
  EXPECT_EQ(c.environment.origins,
            std::vector<std::string>{"file name production.env (dotenv)"});
  EXPECT_EQ(c.places[0].environment, Class::production);
}

TEST(LabelCredential, WhatItHoldsOutweighsThePlace) {
  Credential c = credential_at(".env.test", "DATABASE_URL");
  c.facts = {{"host", "10.0.0.7"}, {"database", "protocol_prod"}};
  label_credentials({&c, 1}, {});
  EXPECT_EQ(c.environment.value, Class::production);
  EXPECT_EQ(c.environment.origins,
            std::vector<std::string>{"database protocol_prod"});
  EXPECT_EQ(c.places[0].environment, Class::test);
}

TEST(LabelCredential, ByTheNameItHas) {
  Credential c = credential_at("scripts/copy.sh", "PROD_DATABASE_URL");
  label_credentials({&c, 1}, {});
  EXPECT_EQ(c.environment.value, Class::production);
}

TEST(LabelCredential, TheTokensFormIsNotOverruled) {
  Credential c = credential_at("config/production.env", "STRIPE_KEY");
  c.environment = {
      Class::test, EnvironmentSource::form, {"the token's own form says test"}};
  label_credentials({&c, 1}, {});
  EXPECT_EQ(c.environment.value, Class::test);
  EXPECT_EQ(c.environment.origins.size(), 1u);
}

TEST(LabelCredential, OfSeveralPlacesProductionCounts) {
  Credential c = credential_at(".env.staging");
  c.places.push_back(credential_at(".env.production").places[0]);
  label_credentials({&c, 1}, {});
  EXPECT_EQ(c.environment.value, Class::production);
  EXPECT_EQ(c.places[0].environment, Class::staging);
}

TEST(LabelCredential, ExamplesSayNothingAboutIt) {
  Credential c = credential_at("docs/.env.production");
  label_credentials({&c, 1}, {});
  EXPECT_EQ(c.environment.value, Class::unknown);
}

}  // namespace
}  // namespace overreach
