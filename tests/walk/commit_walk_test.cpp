// Commits of ranges beside what Git says, in histories made at random.

#include "scanner/walk/commit_walk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/walk/git_sandbox.h"

namespace overreach {
namespace {

class CommitWalks : public EachFormat {
 protected:
  // Commits of which each has up to three of the last ones as parents; some
  // are of the same second, as scripts make them.
  void make(int count, unsigned seed) {
    std::mt19937 random(seed);
    std::string script = "tree=$(git mktree </dev/null);";
    for (int i = 0; i < count; ++i) {
      std::set<int> parents;
      for (int more = static_cast<int>(random() % 4); i > 0 && more > 0;
           --more) {
        const int back = 1 + static_cast<int>(random() % 7);
        parents.insert(std::max(0, i - back));
      }
      const std::string date = std::to_string(1700000000 + i / 3) + " +0000";
      script += "c" + std::to_string(i) + "=$(GIT_AUTHOR_DATE='" + date +
                "' GIT_COMMITTER_DATE='" + date +
                "' git commit-tree $tree -m " + std::to_string(i);
      for (const int parent : parents)
        script += " -p $c" + std::to_string(parent);
      script += "); echo $c" + std::to_string(i) + ";";
    }
    std::istringstream lines(shell(script));
    for (std::string line; std::getline(lines, line);) ids.push_back(line);
  }

  std::set<std::string> git(const std::string& command) const {
    std::istringstream lines(shell(command));
    std::set<std::string> found;
    for (std::string line; std::getline(lines, line);) found.insert(line);
    return found;
  }

  static std::set<std::string> hex(const std::vector<ObjectId>& commits) {
    std::set<std::string> found;
    for (const ObjectId& id : commits) found.insert(id.hex());
    return found;
  }

  std::vector<std::string> ids;
};

TEST_P(CommitWalks, AsGitListsThem) {
  init(GetParam());
  make(60, 5);
  Diagnostics diagnostics;
  const auto repository = open_repository(root_, diagnostics);
  ASSERT_TRUE(repository) << repository.error().text;
  std::mt19937 random(7);
  for (int i = 0; i < 60; ++i) {
    const std::string& from = ids[random() % ids.size()];
    const std::string& to = ids[random() % ids.size()];
    CommitWalk walk(**repository);
    const auto commits =
        walk.between(*ObjectId::from_hex(from), *ObjectId::from_hex(to));
    ASSERT_TRUE(commits) << commits.error().text;
    const auto parted = walk.parted(*commits);
    ASSERT_TRUE(parted) << parted.error().text;
    EXPECT_EQ(hex(*commits), git("git rev-list " + from + ".." + to));
    if (!commits->empty()) {
      EXPECT_EQ(hex(*parted),
                git("git merge-base --all " + from + " " + to + " || true"));
    }
    // Parents come first.
    std::map<ObjectId, std::size_t> order;
    for (std::size_t k = 0; k < commits->size(); ++k) order[(*commits)[k]] = k;
    for (const auto& [id, place] : order) {
      for (const std::string& parent :
           git("git log -1 --format=%P " + id.hex() + " | tr ' ' '\\n'")) {
        const auto known = ObjectId::from_hex(parent);
        if (known && order.contains(*known)) {
          EXPECT_LT(order[*known], place);
        }
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Of, CommitWalks, kFormats, format_name);

}  // namespace
}  // namespace overreach
