// What bare commands act on, and what agents' file tools may not read.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/environment/environment.h"
#include "scanner/reach/reach.h"
#include "scanner/syntax/syntax.h"

namespace overreach {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;

class Targets : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "reach_XXXXXX").string();
    ASSERT_TRUE(::mkdtemp(name.data()));
    root_ = fs::canonical(name);
    fs::create_directories(root_ / "shop/web");
    standpoint_.home = root_.string();
    standpoint_.folder = (root_ / "shop/web").string();
    // The machine's own socket is nobody's business here.
    standpoint_.variables = {{"DOCKER_HOST", "unix:///nowhere"}};
  }
  void TearDown() override { fs::remove_all(root_); }

  // A file that was read, as the pipeline has it.
  void add(const std::string& path, std::string_view text) {
    const Language language = language_of(path);
    ASSERT_NE(language, Language::none) << path;
    files_.push_back(label_entries(path, Syntax().entries(language, text)));
  }

  void write(const std::string& path, std::string_view text) {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path) << text;
  }

  std::vector<std::string> targets() {
    std::sort(files_.begin(), files_.end(),
              [](const auto& a, const auto& b) { return a.path < b.path; });
    std::vector<std::string> found;
    for (const AmbientTarget& each : ambient_targets(standpoint_, files_)) {
      found.push_back(each.tool + " " + each.what + " " + each.name + " " +
                      std::string(to_string(each.environment)) + " " +
                      each.place.path + ":" + std::to_string(each.place.line));
    }
    return found;
  }

  fs::path root_;
  Standpoint standpoint_;
  std::vector<LabelledFile> files_;
};

TEST_F(Targets, CurrentContextOfKubernetes) {
  add("~/.kube/config", "current-context: acme-prod\nkind: Config\n");
  EXPECT_THAT(targets(), ElementsAre("Kubernetes context acme-prod production "
                                     "~/.kube/config:1"));
}

TEST_F(Targets, KubeconfigNamesAnotherFile) {
  add("~/.kube/config", "current-context: acme-prod\n");
  add("~/clusters/staging.yaml", "current-context: acme-staging\n");
  standpoint_.variables.emplace_back(
      "KUBECONFIG", standpoint_.home + "/clusters/staging.yaml");
  EXPECT_THAT(targets(), ElementsAre("Kubernetes context acme-staging staging "
                                     "~/clusters/staging.yaml:1"));
}

TEST_F(Targets, NearestLinkOfRailwayCounts) {
  const std::string home = standpoint_.home;
  add("~/.railway/config.json",
      "{\"projects\": {\n\"" + home +
          "/shop\": {\"environmentName\": \"staging\"},\n\"" + home +
          "/shop/web\": {\"environmentName\": \"production\"},\n\"" + home +
          "/shop/we\": {\"environmentName\": \"development\"},\n\"" + home +
          "/other\": {\"environmentName\": \"test\"}}}");
  EXPECT_THAT(targets(), ElementsAre("Railway environment production "
                                     "production ~/.railway/config.json:3"));
}

TEST_F(Targets, LinksOfTheFolder) {
  add(".vercel/project.json",
      "{\"projectId\": \"prj_1\", \"projectName\": \"shop-staging\"}");
  add("fly.toml", "app = \"shop-prod\"\n");
  add(".git/config",
      "[remote \"heroku\"]\n\turl = https://git.heroku.com/shop-web.git\n"
      "[remote \"origin\"]\n\turl = https://github.com/kim/shop.git\n");
  add(".terraform/environment", "production");
  add("supabase/.temp/project-ref", "abcdefgh\n");
  EXPECT_THAT(
      targets(),
      ElementsAre("Fly.io app shop-prod production fly.toml:1",
                  "Terraform workspace production production "
                  ".terraform/environment:1",
                  "Vercel project shop-staging staging .vercel/project.json:1",
                  "Heroku app shop-web unknown .git/config:2",
                  "Supabase project abcdefgh unknown "
                  "supabase/.temp/project-ref:1"));
}

TEST_F(Targets, OfFoldersBelow) {
  add("infra/app/.terraform/environment", "prod");
  add("infra/test/.terraform/environment", "default");
  EXPECT_THAT(targets(), ElementsAre("Terraform workspace prod production "
                                     "infra/app/.terraform/environment:1",
                                     "Terraform workspace default unknown "
                                     "infra/test/.terraform/environment:1"));
}

TEST_F(Targets, WhatProductionNamesIsProductions) {
  add("supabase/.temp/project-ref", "abcdefghijklmnopqrst\n");
  add(".vercel/project.json", "{\"projectId\": \"prj_stagingsOwnProject1\"}");
  add(".env.production",
      "SUPABASE_URL=https://abcdefghijklmnopqrst.supabase.co\n");
  add(".env.staging", "VERCEL_PROJECT_ID=prj_stagingsOwnProject1\n");
  EXPECT_THAT(targets(),
              ElementsAre("Supabase project abcdefghijklmnopqrst production "
                          "supabase/.temp/project-ref:1",
                          "Vercel project prj_stagingsOwnProject1 unknown "
                          ".vercel/project.json:1"));
}

TEST_F(Targets, ProfilesOfClouds) {
  add("~/.aws/credentials",
      "[default]\naws_access_key_id = AKIAEXAMPLE\n[prod]\n");
  add("~/.config/gcloud/configurations/config_work",
      "[core]\nproject = acme-prod\n");
  add("~/.config/gcloud/configurations/config_default",
      "[core]\nproject = acme-dev\n");
  write(".config/gcloud/active_config", "work");
  add("~/.azure/azureProfile.json",
      "{\"subscriptions\": [\n{\"id\": \"1\", \"name\": \"Acme Staging\", "
      "\"isDefault\": false},\n{\"id\": \"2\", \"name\": \"Acme Production\", "
      "\"isDefault\": true}]}");
  EXPECT_THAT(targets(),
              ElementsAre("Azure subscription Acme Production production "
                          "~/.azure/azureProfile.json:3",
                          "Google Cloud project acme-prod production "
                          "~/.config/gcloud/configurations/config_work:2",
                          "AWS profile default unknown "
                          "~/.aws/credentials:2"));
}

TEST_F(Targets, VariableOutweighsTheDefaultProfile) {
  add("~/.aws/credentials", "[default]\naws_access_key_id = AKIAEXAMPLE\n");
  standpoint_.variables.emplace_back("AWS_PROFILE", "acme-prod");
  EXPECT_THAT(targets(), ElementsAre("AWS profile acme-prod production "
                                     "process environment:1"));
}

TEST_F(Targets, SocketsOfDockerAndTheSshAgent) {
  const std::string path = (root_ / "agent.sock").string();
  const int made = ::socket(AF_UNIX, SOCK_STREAM, 0);
  ASSERT_GE(made, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  ASSERT_LT(path.size(), sizeof address.sun_path);
  std::copy(path.begin(), path.end(), address.sun_path);
  ASSERT_EQ(
      ::bind(made, reinterpret_cast<const sockaddr*>(&address), sizeof address),
      0);
  standpoint_.variables = {{"DOCKER_HOST", "unix://" + path},
                           {"SSH_AUTH_SOCK", path}};
  EXPECT_THAT(targets(),
              ElementsAre("Docker socket ~/agent.sock unknown ~/agent.sock:1",
                          "SSH agent socket ~/agent.sock unknown "
                          "~/agent.sock:1"));
  ::close(made);
}

TEST_F(Targets, NothingWithoutFiles) { EXPECT_THAT(targets(), IsEmpty()); }

TEST_F(Targets, DenialsCoverFolders) {
  add("~/.claude/settings.json",
      "{\"permissions\": {\"deny\": [\"Read(~/.aws/**)\", \"Read(~/.ssh)\", "
      "\"Read(./.env)\", \"Bash(curl:*)\", \"Read(//" +
          standpoint_.home.substr(1) + "/.netrc)\"]}}");
  const Denials denials(standpoint_, files_);
  EXPECT_EQ(denials.covering("~/.aws/credentials"),
            "Read(~/.aws/**) in ~/.claude/settings.json");
  EXPECT_EQ(denials.covering("~/.ssh/id_rsa"),
            "Read(~/.ssh) in ~/.claude/settings.json");
  EXPECT_NE(denials.covering("~/.netrc"), "");
  EXPECT_EQ(denials.covering("~/.awsome"), "");
  EXPECT_EQ(denials.covering("~/.npmrc"), "");
}

}  // namespace
}  // namespace overreach
