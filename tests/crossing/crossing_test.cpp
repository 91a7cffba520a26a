#include "scanner/crossing/crossing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/crossing/files.h"

namespace overreach {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

// "high env/live-key-in-nonprod-config", without those that are only examples.
std::vector<std::string> kinds_of(const std::vector<Crossing>& crossings) {
  std::vector<std::string> kinds;
  for (const Crossing& crossing : crossings) {
    if (crossing.confidence == Confidence::low) continue;
    kinds.push_back(std::string(to_string(crossing.severity)) + " " +
                    crossing.kind);
  }
  return kinds;
}

std::vector<std::string> kinds_of(FileMaker& maker) {
  return kinds_of(crossings_of(labelled({&maker})));
}
std::vector<std::string> kinds_of(FileMaker&& maker) { return kinds_of(maker); }

TEST(CrossingKinds, SortedAndComplete) {
  const auto kinds = crossing_kinds();
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    EXPECT_FALSE(kinds[i].title.empty()) << kinds[i].id;
    EXPECT_FALSE(kinds[i].help.empty()) << kinds[i].id;
    EXPECT_FALSE(kinds[i].remedy.ends_with('.')) << kinds[i].id;
    EXPECT_EQ(find_crossing_kind(kinds[i].id), &kinds[i]);
    if (i > 0) {
      EXPECT_LT(kinds[i - 1].id, kinds[i].id);
    }
  }
  EXPECT_EQ(find_crossing_kind("env/none"), nullptr);
}

Credential live_key(std::initializer_list<Place> places) {
  Credential key = credential_at(places, Level::write, "stripe");
  key.environment = {EnvironmentClass::production,
                     EnvironmentSource::form,
                     {"the token's own form says live"}};
  return key;
}

TEST(MisplacedCredentials, LiveKeys) {
  EXPECT_THAT(kinds_of(crossings_of({}, {live_key({place_at(".env.test")})})),
              ElementsAre("critical env/live-key-in-nonprod-config"));
  EXPECT_THAT(
      kinds_of(crossings_of({}, {live_key({place_at(".env.staging")})})),
      ElementsAre("high env/live-key-in-nonprod-config"));
  for (const char* const path :
       {".env", ".env.production", ".env.example", "docs/.env.test"}) {
    EXPECT_THAT(kinds_of(crossings_of({}, {live_key({place_at(path)})})),
                IsEmpty())
        << path;
  }
}

TEST(MisplacedCredentials, WhatAUrlNames) {
  const Credential url = credential_at(
      {place_at(".env.test", "DATABASE_URL")}, Level::destructive, "postgresql",
      {{"host", "10.1.1.1"}, {"database", "protocol_prod"}});
  EXPECT_THAT(kinds_of(crossings_of({}, {url})),
              ElementsAre("high env/prod-host-in-nonprod"));
  const Credential near = credential_at(
      {place_at(".env.test", "DATABASE_URL")}, Level::destructive, "postgresql",
      {{"host", "localhost"}, {"database", "product_db"}});
  EXPECT_THAT(kinds_of(crossings_of({}, {near})), IsEmpty());
}

TEST(MisplacedCredentials, SharedByEnvironments) {
  const auto shared = [](const char* key, const char* provider, Level level,
                         const char* a, const char* b) {
    return kinds_of(
        crossings_of({}, {credential_at({place_at(a, key), place_at(b, key)},
                                        level, provider)}));
  };
  EXPECT_THAT(shared("JWT_SECRET", "generic", Level::unknown,
                     ".env.development", ".env.production"),
              ElementsAre("medium env/shared-credential-across-environments"));
  EXPECT_THAT(shared("DB_PASSWORD", "generic", Level::unknown, ".env.staging",
                     ".env.production"),
              ElementsAre("high env/shared-credential-across-environments"));
  Credential digits =
      credential_at({place_at(".env.staging", "DB_PASSWORD"),
                     place_at(".env.production", "DB_PASSWORD")});
  digits.secret = Secret("123456789");
  EXPECT_THAT(kinds_of(crossings_of({}, {digits})), IsEmpty());
  // The base file is a layer of production, not another environment.
  EXPECT_THAT(shared("JWT_SECRET", "generic", Level::unknown, ".env",
                     ".env.production"),
              IsEmpty());
  EXPECT_THAT(shared("JWT_SECRET", "generic", Level::unknown, ".env.test",
                     ".env.development"),
              IsEmpty());
}

TEST(MisplacedValues, ProductionHosts) {
  const auto staging = [](const char* key, const char* value) {
    return kinds_of(
        FileMaker("docker-compose.staging.yml")
            .literal(std::string("services.api.environment.") + key, value));
  };
  EXPECT_THAT(staging("DATABASE_URL",
                      "postgres://app:x@myapp-prod.cluster-x.eu-west-1.rds."
                      "amazonaws.com/app"),
              ElementsAre("high env/prod-host-in-nonprod"));
  EXPECT_THAT(staging("API_URL", "https://api.production.acme.com"),
              ElementsAre("medium env/prod-host-in-nonprod"));
  EXPECT_THAT(staging("CORS_ORIGINS", "https://app.production.acme.com"),
              IsEmpty());
  EXPECT_THAT(staging("DATABASE_URL", "postgres://a:b@product-db/product"),
              IsEmpty());
  EXPECT_THAT(staging("DATABASE_URL", "postgres://a:b@db.staging.acme.com/a"),
              IsEmpty());
}

TEST(MisplacedValues, NamesOfProductionsVariables) {
  EXPECT_THAT(kinds_of(FileMaker("gateway/staging_settings.py")
                           .reference("DATABASES.default.PORT",
                                      Target::environment, "PROD_DB_PORT")),
              ElementsAre("high env/nonprod-names-prod-variable"));
  EXPECT_THAT(
      kinds_of(FileMaker("gateway/staging_settings.py")
                   .reference("SHOP", Target::environment, "PRODUCT_ID")),
      IsEmpty());
  EXPECT_THAT(kinds_of(FileMaker(".github/workflows/ci.yml")
                           .literal("jobs.deploy.environment", "staging")
                           .reference("jobs.deploy.env.DATABASE_URL",
                                      Target::secret, "secrets.PROD_DB")),
              ElementsAre("high env/nonprod-names-prod-variable"));
  EXPECT_THAT(kinds_of(FileMaker(".github/workflows/ci.yml")
                           .literal("jobs.deploy.environment", "production")
                           .reference("jobs.deploy.env.DATABASE_URL",
                                      Target::secret, "secrets.PROD_DB")),
              IsEmpty());
}

TEST(MisplacedValues, LocalFileThatIsProductions) {
  const Credential key = credential_at({place_at(".env.local", "API_TOKEN")});
  FileMaker pulled(".env.local");
  pulled.literal("VERCEL_ENV", "production").literal("API_TOKEN", "x");
  EXPECT_THAT(kinds_of(crossings_of(labelled({&pulled}), {key})),
              ElementsAre("high env/production-secrets-in-local-file"));
  // A build mode, no more.
  FileMaker built(".env.local");
  built.literal("NODE_ENV", "production").literal("API_TOKEN", "x");
  EXPECT_THAT(kinds_of(crossings_of(labelled({&built}), {key})), IsEmpty());
}

TEST(SharedResources, FoundByWhatTheyAre) {
  constexpr const char* kUrl = "postgres://a:b@ep-1.eu.aws.neon.tech/main";
  FileMaker staging(".env.staging"), production(".env.production");
  staging.literal("DATABASE_URL", kUrl);
  production.literal("DATABASE_URL", kUrl);
  // Once, though the host is production's because production uses it.
  EXPECT_THAT(kinds_of(crossings_of(labelled({&production, &staging}))),
              ElementsAre("high env/shared-resource-across-environments"));
}

TEST(SharedResources, OneServerTwoDatabases) {
  FileMaker staging(".env.staging"), production(".env.production");
  staging.literal("DATABASE_URL", "postgres://a:b@pg.acme.com/app_staging");
  production.literal("DATABASE_URL", "postgres://a:b@pg.acme.com/app");
  EXPECT_THAT(kinds_of(crossings_of(labelled({&production, &staging}))),
              IsEmpty());
}

TEST(Fallbacks, Literals) {
  const auto falls_back = [](const char* value) {
    return kinds_of(FileMaker("src/db.ts")
                        .reference("url", Target::environment, "DATABASE_URL")
                        .or_literal("url", value));
  };
  const std::vector<std::string> fires = {"high env/falls-back-to-production"};
  EXPECT_EQ(falls_back("postgresql://u:p@dpg-abc-a.ohio-postgres.render.com/"
                       "product_marketplace"),
            fires);
  EXPECT_EQ(falls_back("postgresql://u:p@prod-db.acme.com/app"), fires);
  for (const char* const value :
       {"postgresql://prodx_admin:x@localhost:5432/prodx_pos",
        "postgresql://product_user:x@localhost/db", "postgres://localhost/dev",
        "3000", "https://docs.acme.com"}) {
    EXPECT_THAT(falls_back(value), IsEmpty()) << value;
  }
}

TEST(Fallbacks, Names) {
  EXPECT_THAT(
      kinds_of(FileMaker("src/db.ts")
                   .reference("url", Target::environment, "TEST_DB")
                   .or_reference("url", Target::environment, "PROD_DB_URL")),
      ElementsAre("medium env/falls-back-to-production"));
  EXPECT_THAT(
      kinds_of(FileMaker(".github/workflows/d.yml")
                   .reference("jobs.a.env.DB", Target::secret, "secrets.DEV_DB")
                   .or_reference("jobs.a.env.DB", Target::secret,
                                 "secrets.PROD_DB")),
      Contains("high ci/ternary-falls-back-to-prod"));
  EXPECT_THAT(kinds_of(FileMaker("src/db.ts")
                           .reference("url", Target::environment, "A")
                           .or_reference("url", Target::environment, "B")),
              IsEmpty());
}

TEST(WideTokens, InUnrelatedFiles) {
  const auto at = [](const char* path, Level level) {
    return kinds_of(
        crossings_of({}, {credential_at({place_at(path)}, level, "railway")}));
  };
  EXPECT_THAT(at("notes/todo.md", Level::root),
              ElementsAre("critical token/admin-credential-in-unrelated-file"));
  EXPECT_THAT(at("scripts/dns/point.sh", Level::root),
              ElementsAre("critical token/admin-credential-in-unrelated-file",
                          "medium token/wider-than-purpose"));
  EXPECT_THAT(at(".env", Level::root), IsEmpty());
  EXPECT_THAT(at("notes/todo.md", Level::read), IsEmpty());
  EXPECT_THAT(at("tests/deploy_test.py", Level::root), IsEmpty());
  EXPECT_THAT(at("src/sts/commands.d.ts", Level::root), IsEmpty());
  EXPECT_THAT(at("src/sts/suite.fixture.js", Level::root), IsEmpty());
  EXPECT_THAT(at("vendor/sts/suite.js", Level::root), IsEmpty());
}

TEST(WideTokens, WhatIsOnlyShownOrHalf) {
  // Documentation shows what has no form of its own with made-up values.
  Credential shown =
      credential_at({place_at("docs/models/key.md")}, Level::root, "vercel");
  EXPECT_THAT(kinds_of(crossings_of({}, {shown})), SizeIs(1));
  shown.confidence = Confidence::medium;
  EXPECT_THAT(kinds_of(crossings_of({}, {shown})), IsEmpty());
  Credential id = credential_at({place_at("setup.sh")}, Level::root, "aws");
  id.rule = "aws-access-key-id";
  EXPECT_THAT(kinds_of(crossings_of({}, {id})), IsEmpty());
  id.parts.push_back({"aws-secret-access-key", Secret("x"), false});
  // The secret is in another file.
  EXPECT_THAT(kinds_of(crossings_of({}, {id})), IsEmpty());
  id.places.push_back(place_at("setup.sh"));
  EXPECT_THAT(kinds_of(crossings_of({}, {id})), SizeIs(1));
}

FileMaker backup_to(const char* folder, const char* mount) {
  FileMaker maker("deploy/compose.yml");
  maker.literal("services.db.volumes.0", "books:/var/lib/postgresql/data")
      .literal("services.backup.environment.BACKUP_DIR", folder)
      .literal("services.backup.volumes.0", mount);
  return maker;
}

TEST(SharedFate, BackupsOnTheirOwnVolume) {
  const std::vector<std::string> fires = {"high backup/same-volume"};
  EXPECT_EQ(kinds_of(backup_to("/var/lib/postgresql/data/backups",
                               "books:/var/lib/postgresql/data")),
            fires);
  EXPECT_EQ(kinds_of(backup_to("/x", "books:/backups")), fires);
  EXPECT_THAT(kinds_of(backup_to("/backups", "vault:/backups")), IsEmpty());
  // The source of a backup, read-only, to somewhere else.
  EXPECT_THAT(kinds_of(backup_to("/x", "books:/backup/books:ro")), IsEmpty());
  EXPECT_THAT(
      kinds_of(backup_to("/backups", "books:/backups")
                   .literal("services.backup.environment.AWS_S3_BUCKET_NAME",
                            "acme-backups")),
      IsEmpty());
}

TEST(UnprotectedResources, OfProduction) {
  const auto tf = [](const char* path) {
    return kinds_of(
        FileMaker(path)
            .setting("resource.aws_db_instance.main.deletion_protection",
                     "false")
            .setting("resource.aws_db_instance.main.skip_final_snapshot",
                     "true"));
  };
  EXPECT_THAT(tf("envs/prod/rds.tf"),
              ElementsAre("high backup/deleted-with-database",
                          "medium protect/deletion-protection-off",
                          "medium protect/skip-final-snapshot"));
  EXPECT_THAT(tf("envs/review/rds.tf"), IsEmpty());
  EXPECT_THAT(tf("examples/envs/prod/rds.tf"), IsEmpty());
  EXPECT_THAT(tf("modules/db/main.tf"), IsEmpty());
}

TEST(UnprotectedResources, TheEnvironmentThatSetsTheVariable) {
  FileMaker module("modules/bucket/main.tf");
  module.reference("resource.aws_s3_bucket.data.force_destroy",
                   Target::variable, "var.force_destroy");
  FileMaker dev("dev.tfvars"), prod("prod.tfvars");
  dev.setting("force_destroy", "true");
  prod.setting("force_destroy", "false");
  EXPECT_THAT(kinds_of(crossings_of(labelled({&dev, &module, &prod}))),
              IsEmpty());
  FileMaker module2("modules/bucket/main.tf");
  module2.reference("resource.aws_s3_bucket.data.force_destroy",
                    Target::variable, "var.force_destroy");
  FileMaker prod2("prod.tfvars");
  prod2.setting("force_destroy", "true");
  const auto crossings = crossings_of(labelled({&module2, &prod2}));
  EXPECT_THAT(kinds_of(crossings), ElementsAre("medium protect/force-destroy"));
  EXPECT_EQ(crossings[0].places[0].path, "prod.tfvars");
}

TEST(OpenDeployments, Commands) {
  const auto job = [](const char* name,
                      std::initializer_list<std::string_view> words) {
    return kinds_of(
        FileMaker(".github/workflows/x.yml")
            .command(std::string("jobs.") + name + ".steps.0.run", words));
  };
  EXPECT_THAT(job("deploy-staging", {"helm", "upgrade", "-n", "shop-prod"}),
              ElementsAre("high env/nonprod-deploys-to-prod-target"));
  // A project whose production is the staging site.
  EXPECT_THAT(job("deploy-staging", {"vercel", "--prod"}), IsEmpty());
  EXPECT_THAT(job("deploy-prod", {"helm", "upgrade", "-n", "shop-prod"}),
              IsEmpty());
  EXPECT_THAT(job("teardown-prod", {"terraform", "destroy", "-auto-approve"}),
              ElementsAre("high ci/auto-approved-destroy"));
  EXPECT_THAT(job("teardown-prod", {"terraform", "destroy"}), IsEmpty());
  EXPECT_THAT(job("teardown-review", {"terraform", "destroy", "-auto-approve"}),
              IsEmpty());
}

TEST(OpenDeployments, PulledVariables) {
  const auto script = [](std::initializer_list<std::string_view> words) {
    return kinds_of(FileMaker("package.json").command("scripts.env", words));
  };
  EXPECT_THAT(
      script({"vercel", "env", "pull", ".env", "--environment=production"}),
      ElementsAre("medium env/production-env-pulled-to-local"));
  EXPECT_THAT(script({"vercel", "env", "pull", ".env.production",
                      "--environment=production"}),
              IsEmpty());
  EXPECT_THAT(script({"vercel", "env", "pull", ".env.local"}), IsEmpty());
}

TEST(OpenDeployments, StrangersAndLongLivedKeys) {
  FileMaker open(".github/workflows/x.yml");
  open.setting("on.pull_request_target", "")
      .reference("jobs.a.env.T", Target::secret, "secrets.PROD_TOKEN");
  EXPECT_THAT(kinds_of(open),
              ElementsAre("medium ci/prod-secret-on-untrusted-trigger"));
  EXPECT_THAT(kinds_of(FileMaker(".github/workflows/x.yml")
                           .reference("jobs.a.steps.0.with.aws-secret-access-"
                                      "key",
                                      Target::secret, "secrets.AWS_KEY")),
              ElementsAre("low ci/long-lived-cloud-key-instead-of-oidc"));
}

TEST(AgentSettings, WhatTakesTheQuestionAway) {
  const std::vector<std::string> fires = {"medium agent/unattended-execution"};
  EXPECT_EQ(
      kinds_of(FileMaker(".claude/settings.json")
                   .literal("permissions.defaultMode", "bypassPermissions")),
      fires);
  EXPECT_EQ(kinds_of(FileMaker(".claude/settings.local.json")
                         .literal("permissions.allow.0", "Bash(*)")),
            fires);
  EXPECT_EQ(kinds_of(FileMaker(".vscode/settings.json")
                         .setting("\"chat.tools.global.autoApprove\"", "true")),
            fires);
  EXPECT_EQ(kinds_of(FileMaker(".codex/config.toml")
                         .literal("approval_policy", "never")
                         .literal("sandbox_mode", "danger-full-access")),
            fires);
  EXPECT_EQ(kinds_of(FileMaker("run.sh").command(
                "run", {"claude", "--dangerously-skip-permissions"})),
            fires);
}

TEST(AgentSettings, WhatDoesNot) {
  // Keys that the tools ignore, modes that still ask or are contained.
  EXPECT_THAT(kinds_of(FileMaker(".claude/settings.json")
                           .setting("dangerouslySkipPermissions", "true")
                           .literal("permissions.allow.0", "Bash(git diff:*)")),
              IsEmpty());
  EXPECT_THAT(kinds_of(FileMaker(".gemini/settings.json")
                           .literal("general.defaultApprovalMode", "yolo")),
              IsEmpty());
  EXPECT_THAT(kinds_of(FileMaker(".codex/config.toml")
                           .literal("approval_policy", "never")
                           .literal("sandbox_mode", "workspace-write")),
              IsEmpty());
  EXPECT_THAT(kinds_of(FileMaker(".devcontainer/Dockerfile")
                           .command("run", {"claude",
                                            "--dangerously-skip-permissions"})),
              IsEmpty());
  EXPECT_THAT(
      kinds_of(
          FileMaker(".claude/settings.json")
              .literal("permissions.defaultMode", "bypassPermissions")
              .literal("permissions.disableBypassPermissionsMode", "disable")),
      IsEmpty());
}

TEST(AgentSettings, OfThePersonAndTheMachine) {
  const std::string found = "medium agent/unattended-execution";
  EXPECT_THAT(
      kinds_of(
          FileMaker("~/.bashrc")
              .command("", {"alias",
                            "yolo='claude --dangerously-skip-permissions'"})),
      ElementsAre(found));
  EXPECT_THAT(
      kinds_of(FileMaker("~/.config/Code/User/settings.json")
                   .setting("\"chat.tools.global.autoApprove\"", "true")),
      ElementsAre(found));
  EXPECT_THAT(kinds_of(FileMaker("~/.config/goose/config.yaml")
                           .literal("GOOSE_MODE", "auto")),
              ElementsAre(found));
  FileMaker person("~/.claude/settings.json");
  person.literal("permissions.defaultMode", "bypassPermissions");
  FileMaker machine("/etc/claude-code/managed-settings.json");
  machine.literal("permissions.disableBypassPermissionsMode", "disable");
  EXPECT_THAT(kinds_of(crossings_of(labelled({&machine, &person}))), IsEmpty());
}

TEST(AgentSecrets, InTheFilesAgentsRead) {
  const auto at = [](const char* path) {
    return kinds_of(crossings_of(
        {}, {credential_at({place_at(path)}, Level::read, "github")}));
  };
  EXPECT_THAT(at("CLAUDE.md"),
              ElementsAre("high agent/secret-in-instructions"));
  EXPECT_THAT(at(".mcp.json"), ElementsAre("high agent/secret-in-mcp-config"));
  EXPECT_THAT(at(".claude/settings.local.json"),
              ElementsAre("medium agent/secret-in-permission-rule"));
  EXPECT_THAT(at("src/settings.json"), IsEmpty());
}

TEST(WideTokens, InAFileThatIsNoStore) {
  const auto at = [](const char* key, const char* provider, Facts facts,
                     Confidence confidence) {
    Credential root = credential_at({place_at("scripts/point.sh", key)},
                                    Level::root, provider, std::move(facts));
    root.confidence = confidence;
    return kinds_of(crossings_of({}, {root}));
  };
  const auto fires =
      ElementsAre("critical token/admin-credential-in-unrelated-file");
  EXPECT_THAT(at("API_KEY", "railway", {}, Confidence::medium), fires);
  EXPECT_THAT(at("RAILWAY_API_KEY", "railway", {}, Confidence::medium), fires);
  EXPECT_THAT(at("PROD_API_KEY", "railway", {}, Confidence::medium), fires);
  EXPECT_THAT(at("HELIUS_API_KEY", "railway", {}, Confidence::high), fires);
  EXPECT_THAT(at("KEY", "gcp", {{"project", "acme-1"}}, Confidence::high),
              fires);
  // Known by its surroundings alone, and called another's.
  EXPECT_THAT(at("HELIUS_API_KEY", "railway", {}, Confidence::medium),
              IsEmpty());
  EXPECT_THAT(at("KEY", "gcp", {{"project", "fillme"}}, Confidence::high),
              IsEmpty());
}

TEST(ReachableProduction, TheWholeChain) {
  FileMaker agent(".claude/settings.json");
  agent.literal("permissions.defaultMode", "bypassPermissions");
  FileMaker compose = backup_to("/x", "books:/backups");
  const Credential root = credential_at({place_at("scripts/point.sh", "TOKEN")},
                                        Level::root, "railway");
  const auto crossings = crossings_of(labelled({&agent, &compose}), {root});
  ASSERT_THAT(crossings, testing::Not(IsEmpty()));
  const Crossing& chain = crossings.front();
  EXPECT_EQ(chain.kind, "agent/production-reachable");
  EXPECT_EQ(chain.severity, Severity::critical);
  ASSERT_THAT(chain.places, SizeIs(3));
  EXPECT_EQ(chain.places[0].path, ".claude/settings.json");
  EXPECT_EQ(chain.places[1].path, "scripts/point.sh");
  EXPECT_EQ(chain.places[2].path, "deploy/compose.yml");
  EXPECT_THAT(chain.credentials, ElementsAre(root.id));
}

TEST(ReachableProduction, NeverOfOneLinkAlone) {
  const auto has_chain = [](const std::vector<Crossing>& crossings) {
    return std::any_of(crossings.begin(), crossings.end(), [](const auto& c) {
      return c.kind == "agent/production-reachable";
    });
  };
  FileMaker agent(".claude/settings.json");
  agent.literal("permissions.defaultMode", "bypassPermissions");
  const Credential harmless =
      credential_at({place_at("a.sh")}, Level::read, "npm");
  EXPECT_FALSE(has_chain(crossings_of(labelled({&agent}), {harmless})));
  const Credential root =
      credential_at({place_at("a.sh")}, Level::root, "railway");
  EXPECT_FALSE(has_chain(crossings_of({}, {root})));
}

TEST(FindCrossings, ExamplesAreOfLowConfidence) {
  const auto crossings =
      crossings_of({}, {credential_at({place_at("tests/deploy_test.py")},
                                      Level::root, "railway")});
  ASSERT_THAT(crossings, SizeIs(1));
  EXPECT_EQ(crossings[0].severity, Severity::low);
  EXPECT_EQ(crossings[0].confidence, Confidence::low);
}

TEST(FindCrossings, IdsAreStableAndTellApart) {
  const auto at = [](const char* path) {
    return crossings_of({}, {live_key({place_at(path)})}).front().id;
  };
  EXPECT_EQ(at(".env.test"), at(".env.test"));
  EXPECT_NE(at(".env.test"), at(".env.staging"));
}

}  // namespace
}  // namespace overreach
