// Stores of credentials in a home folder that is made for the test.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/reach/reach.h"

namespace overreach {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class FindStores : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "reach_XXXXXX").string();
    ASSERT_TRUE(::mkdtemp(name.data()));
    root_ = fs::canonical(name);
    fs::create_directories(root_ / "home/shop");
  }
  void TearDown() override { fs::remove_all(root_); }

  void write(const std::string& path) {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path) << "text\n";
  }

  std::vector<std::string> found() {
    const auto standpoint =
        standing_in(root_ / "home/shop", root_ / "home", variables_);
    EXPECT_TRUE(standpoint) << standpoint.error().text;
    if (!standpoint) return {};
    Diagnostics diagnostics;
    std::vector<std::string> paths;
    for (const StoreFile& file : find_stores(*standpoint, diagnostics)) {
      paths.push_back(file.path);
    }
    for (const Problem& problem : diagnostics.take()) {
      problems_.push_back(problem.path + ": " + problem.what);
    }
    return paths;
  }

  fs::path root_;
  ProcessVariables variables_;
  std::vector<std::string> problems_;
};

TEST_F(FindStores, OfMacosAndWindows) {
  write("home/Library/Application Support/doctl/config.yaml");
  write(
      "home/Library/DBeaverData/workspace6/General/.dbeaver/"
      "credentials-config.json");
  write("home/AppData/Roaming/GitHub CLI/hosts.yml");
  write("home/AppData/Roaming/terraform.d/credentials.tfrc.json");
  write("home/AppData/Local/pnpm/config/rc");
  // Another user's, another tool's, another file.
  write("home/other/AppData/Roaming/gcloud/credentials.db");
  write("home/Library/Application Support/doctl2/config.yaml");
  write("home/AppData/Roaming/GitHub CLI/state.yml");
  EXPECT_THAT(found(),
              ElementsAre("~/AppData/Local/pnpm/config/rc",
                          "~/AppData/Roaming/GitHub CLI/hosts.yml",
                          "~/AppData/Roaming/terraform.d/credentials.tfrc.json",
                          "~/Library/Application Support/doctl/config.yaml",
                          "~/Library/DBeaverData/workspace6/General/.dbeaver/"
                          "credentials-config.json"));
  EXPECT_THAT(problems_, IsEmpty());
}

TEST_F(FindStores, FindsFilesAtTheirUsualPlaces) {
  write("home/.aws/credentials");
  write("home/.aws/sso/cache/0a.json");
  write("home/.aws/cli/cache/notes.txt");
  write("home/.config/gh/hosts.yml");
  write("home/.local/share/com.vercel.cli/auth.json");
  write("home/.ssh/id_ed25519");
  write("home/.ssh/known_hosts");
  write("home/.claude/projects/shop/a/b.jsonl");
  write("home/Documents/credentials");
  EXPECT_THAT(
      found(),
      ElementsAre("~/.aws/credentials", "~/.aws/sso/cache/0a.json",
                  "~/.claude/projects/shop/a/b.jsonl", "~/.config/gh/hosts.yml",
                  "~/.local/share/com.vercel.cli/auth.json",
                  "~/.ssh/id_ed25519"));
  EXPECT_THAT(problems_, IsEmpty());
}

TEST_F(FindStores, FindsWhatVariablesName) {
  write("keys/aws");
  write("gh/hosts.yml");
  write("one.yaml");
  write("two.yaml");
  write("xdg/doctl/config.yaml");
  write("home/.aws/credentials");
  const std::string root = root_.string();
  variables_ = {{"AWS_SHARED_CREDENTIALS_FILE", root + "/keys/aws"},
                {"GH_CONFIG_DIR", root + "/gh"},
                {"KUBECONFIG", root + "/one.yaml:" + root + "/two.yaml"},
                {"XDG_CONFIG_HOME", root + "/xdg"}};
  EXPECT_THAT(found(),
              UnorderedElementsAre(root + "/keys/aws", root + "/gh/hosts.yml",
                                   root + "/one.yaml", root + "/two.yaml",
                                   root + "/xdg/doctl/config.yaml",
                                   // It can be read all the same.
                                   "~/.aws/credentials"));
}

TEST_F(FindStores, FindsTheSettingsOfTheRepository) {
  write("home/shop/.git/config");
  EXPECT_THAT(found(), ElementsAre(".git/config"));
}

TEST_F(FindStores, LeavesOutWhatIsNoFile) {
  fs::create_directories(root_ / "home/.aws/credentials");
  ASSERT_EQ(::mkfifo((root_ / "home/.npmrc").c_str(), 0600), 0);
  EXPECT_THAT(found(), IsEmpty());
  EXPECT_THAT(problems_, ElementsAre("~/.npmrc: FIFO"));
}

TEST_F(FindStores, FollowsLinksBelowTheHomeFolderOnly) {
  write("home/dotfiles/npmrc");
  write("outside/pgpass");
  write("outside/gh/hosts.yml");
  fs::create_directories(root_ / "home/.config");
  fs::create_symlink("dotfiles/npmrc", root_ / "home/.npmrc");
  fs::create_symlink(root_ / "outside/pgpass", root_ / "home/.pgpass");
  fs::create_symlink(root_ / "outside/gh", root_ / "home/.config/gh");
  fs::create_symlink("nowhere", root_ / "home/.netrc");
  EXPECT_THAT(found(), ElementsAre("~/.npmrc"));
  EXPECT_THAT(problems_,
              ElementsAre("~/.config/gh/hosts.yml: a symbolic link that leads "
                          "elsewhere",
                          "~/.pgpass: a symbolic link that leads elsewhere"));
}

TEST_F(FindStores, NamesOneFileOnce) {
  write("home/.cargo/credentials");
  fs::create_symlink("credentials", root_ / "home/.cargo/credentials.toml");
  variables_ = {{"CARGO_HOME", (root_ / "home/.cargo").string()}};
  EXPECT_THAT(found(), testing::SizeIs(1));
}

TEST_F(FindStores, FailsWithoutAFolder) {
  write("file");
  const auto missing = standing_in(root_ / "gone", root_, {});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().text,
            (root_ / "gone").string() + ": No such file or directory");
  const auto file = standing_in(root_, root_ / "file", {});
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().text, (root_ / "file").string() + ": is not a folder");
}

TEST(Stores, RowsAreWellFormed) {
  std::set<std::pair<std::string_view, std::string_view>> seen;
  for (const Store& store : stores()) {
    SCOPED_TRACE(store.tool);
    EXPECT_FALSE(store.holds.empty());
    EXPECT_TRUE(store.folder.empty() || store.folder.ends_with('/'));
    EXPECT_EQ(store.folder.empty(), store.files.empty());
    EXPECT_FALSE(store.folder.empty() && store.variable.empty());
    if (store.folder.empty()) continue;
    EXPECT_TRUE(seen.emplace(store.folder, store.files).second);
  }
}

TEST(TextOfEnvironment, IsReadAsItIs) {
  const TextSource text = text_of_environment({{"A", "plain"},
                                               {"B", "two words"},
                                               {"C", "it's"},
                                               {"D", "{\"key\": \"v\"}"},
                                               {"E", "a'b\"c"}});
  EXPECT_EQ(text.path, "process environment");
  EXPECT_EQ(text.exposure, Exposure::process);
  EXPECT_EQ(text.text,
            "A=plain\nB='two words'\nC=\"it's\"\nD='{\"key\": \"v\"}'\n"
            "E=a'b\"c\n");
}

}  // namespace
}  // namespace overreach
