#include "scanner/environment/host.h"

#include <gtest/gtest.h>

namespace overreach {
namespace {

using Class = EnvironmentClass;

TEST(LabelOfHost, Environment) {
  const std::pair<const char*, Class> cases[] = {
      {"prod-db.example.com", Class::production},
      {"DB.Prod.Example.Internal", Class::production},
      {"db.prod.corp.local.", Class::production},
      {"my-app-production.up.railway.app", Class::production},
      {"myapp-prod.cluster-abc123.eu-west-1.rds.amazonaws.com",
       Class::production},
      {"orders.payments-prod.svc.cluster.local", Class::production},
      {"production.plaid.com", Class::production},
      {"api.live.acme.com", Class::production},
      {"api.staging.example.co.uk", Class::staging},
      {"my-app-staging.up.railway.app", Class::staging},
      {"sandbox.plaid.com", Class::development},
      {"api-m.sandbox.paypal.com", Class::development},
      {"deploy-preview-12--site.netlify.app", Class::preview},
      {"myapp-git-feature-team.vercel.app", Class::preview},
      {"localhost", Class::local},
      {"127.0.0.1", Class::local},
      {"web.test", Class::local},
      {"api.example", Class::local},
      {"prod-db", Class::production},

      {"login.live.com", Class::unknown},
      {"productboard.com", Class::unknown},
      {"prod.com", Class::unknown},
      {"foo.dev", Class::unknown},
      {"x.live", Class::unknown},
      {"test.co.uk", Class::unknown},
      {"api-m.paypal.com", Class::unknown},
      {"postgres.railway.internal", Class::unknown},
      {"nas.local", Class::unknown},
      {"10.0.3.4", Class::unknown},
      {"dpg-d5d9tjuuk2gs738ruh40-a.virginia-postgres.render.com",
       Class::unknown},
      {"", Class::unknown},
      {"...", Class::unknown},
  };
  for (const auto& [host, means] : cases) {
    EXPECT_EQ(label_of_host(host).environment.value, means) << host;
  }
}

TEST(LabelOfHost, Kind) {
  const std::pair<const char*, HostKind> cases[] = {
      {"localhost", HostKind::this_machine},
      {"127.0.1.1", HostKind::this_machine},
      {"172.20.1.9", HostKind::private_network},
      {"100.64.0.1", HostKind::private_network},
      {"172.40.1.9", HostKind::other},
      {"db", HostKind::private_network},
      {"nas.local", HostKind::private_network},
      {"orders.payments.svc", HostKind::private_network},
      {"postgres.railway.internal", HostKind::private_network},
      {"dpg-x-a.virginia-postgres.render.com", HostKind::hosted_database},
      {"ep-a-b-1.eu-central-1.aws.neon.tech", HostKind::hosted_database},
      {"db.abcdefgh.supabase.co", HostKind::hosted_database},
      {"console.neon.tech", HostKind::other},
      {"api.render.com", HostKind::other},
  };
  for (const auto& [host, kind] : cases) {
    EXPECT_EQ(label_of_host(host).kind, kind) << host;
  }
}

}  // namespace
}  // namespace overreach
