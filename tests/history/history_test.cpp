// Histories compared with what Git itself says of them.

#include "scanner/history/history.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <mutex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "scanner/base/encoding.h"
#include "tests/walk/git_sandbox.h"

namespace overreach {
namespace {

class HistoryTest : public GitSandbox {
 protected:
  void SetUp() override {
    GitSandbox::SetUp();
    init();
  }

  // A dozen commits on three branches with merges, moves and a long file that
  // changes a little each time.
  void grow() const {
    shell(
        "seq 500 > long.txt; mkdir -p a/b; echo 1 > a/b/c.txt; git add .;"
        "git commit -qm 0; git branch side; git branch other;"
        "for i in 1 2 3 4 5; do sed -i \"${i}0s/.*/changed $i/\" long.txt;"
        "echo $i >> a/b/c.txt; git commit -qam $i; done;"
        "git switch -q side; git mv a/b/c.txt moved.txt; git commit -qm move;"
        "echo own > own.txt; git add .; git commit -qm own;"
        "git switch -q main; git merge -qm merge side;"
        "git switch -q other; echo alone > alone.txt; git add .;"
        "git commit -qm alone; git switch -q main;"
        "git tag -a v1 -m 'about v1' side; git tag light other");
  }

  struct Read {
    std::multiset<std::string> blobs, messages, names;
    std::map<std::string, std::string> paths;  // of blobs, by id
    HistoryState state;
  };

  Read read(HistoryOptions options = {}) {
    options.repository = root_;
    options.threads = 3;
    auto opened = History::open(options, diagnostics_);
    EXPECT_TRUE(opened) << opened.error().text;
    Read result;
    if (!opened) return result;
    history_ = std::move(*opened);
    std::mutex mutex;
    history_->read([&](int, const HistoryText& text) {
      const std::lock_guard lock(mutex);
      const std::string id = encode_hex(text.key);
      if (text.kind == HistoryKind::blob) {
        result.blobs.insert(id);
        result.paths[id] = text.path;
      }
      if (text.kind == HistoryKind::message) {
        result.messages.insert(
            std::string(text.bytes.substr(0, text.bytes.find('\n'))));
      }
      if (text.kind == HistoryKind::name) {
        result.names.emplace(text.bytes);
      }
      return nullptr;
    });
    result.state = history_->state();
    return result;
  }

  std::vector<std::string> lines(const std::string& command) const {
    std::istringstream text(shell(command));
    std::vector<std::string> all;
    for (std::string line; std::getline(text, line);) all.push_back(line);
    return all;
  }

  // Those from `tip` on whose file at the path is this blob.
  std::string commits_with(const std::string& id, const std::string& path,
                           const std::string& tip) const {
    return shell("for c in $(git rev-list " + tip +
                 "); do [ \"$(git rev-parse -q --verify $c:" + path +
                 ")\" != " + id + " ] || echo $c; done");
  }

  static std::string id_of(const std::string& hex) {
    std::string id;
    for (std::size_t i = 0; i < hex.size(); i += 2) {
      id += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    }
    return id;
  }

  Diagnostics diagnostics_;
  std::unique_ptr<History> history_;
};

TEST_F(HistoryTest, EveryBlobMessageAndNameOnce) {
  grow();
  const auto blobs = lines(
      "git cat-file --batch-all-objects --batch-check |"
      "sed -n 's/ blob .*//p'");
  for (const char* packed : {"true", "git gc -q"}) {
    shell(packed);
    const Read all = read();
    EXPECT_THAT(all.blobs, testing::UnorderedElementsAreArray(blobs));
    EXPECT_THAT(all.messages, testing::UnorderedElementsAre(
                                  "0", "1", "2", "3", "4", "5", "move", "own",
                                  "merge", "alone", "about v1"));
    EXPECT_THAT(all.names, testing::UnorderedElementsAre(
                               "a", "b", "c.txt", "long.txt", "moved.txt",
                               "own.txt", "alone.txt"));
    EXPECT_THAT(diagnostics_.take(), testing::IsEmpty());
  }
}

// The commits that `git log --find-object` names as those that brought it.
TEST_F(HistoryTest, WhereABlobStandsIsWhatGitSays) {
  grow();
  shell("git gc -q");
  const Read all = read();
  std::vector<HistoryKey> keys;
  for (const std::string& id : all.blobs) {
    keys.push_back({HistoryKind::blob, id_of(id)});
  }
  const auto lists = history_->appearances(keys);
  ASSERT_EQ(lists.size(), keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const std::string id = encode_hex(keys[i].key);
    std::set<std::string> paths;
    for (const Appearance& each : lists[i]) {
      paths.insert(each.path);
      const std::string commit = history_->origin_of(each).commit;
      EXPECT_EQ(shell("git rev-parse " + commit + ":" + each.path), id + "\n");
      // No commit before it has it there.
      EXPECT_EQ(commits_with(id, each.path, commit), commit + "\n");
      EXPECT_EQ(each.in_head, shell("git rev-parse -q --verify HEAD:" +
                                    each.path + " || true") == id + "\n");
      std::vector<std::string> refs;
      const Reaching reaching = history_->reaching({{each.number}})[0];
      EXPECT_EQ(reaching.more, 0u);
      for (const std::uint32_t ref : reaching.refs) {
        refs.push_back(history_->ref_names()[ref]);
      }
      std::vector<std::string> expected;
      for (const std::string ref : {"main", "other", "side", "light", "v1"}) {
        if (commits_with(id, each.path, ref) != "") {
          const bool is_tag = ref == "light" || ref == "v1";
          expected.push_back((is_tag ? "tag " : "") + ref);
        }
      }
      EXPECT_EQ(refs, expected) << each.path;
    }
    // As many as Git finds.
    const auto known = lines(
        "git log --all -m --raw --no-abbrev --no-renames --format= |"
        "grep " +
        id + " | awk '$4 == \"" + id + "\"' | cut -f 2 | sort -u");
    EXPECT_THAT(paths, testing::UnorderedElementsAreArray(known)) << id;
    EXPECT_TRUE(paths.contains(all.paths.at(id))) << all.paths.at(id);
  }
}

// Several versions as one: the refs that lead to any of them.
TEST_F(HistoryTest, ManyGroupsAtOnce) {
  grow();
  shell(
      "for i in $(seq 70); do echo number $i > n; git add n; git commit -qm $i;"
      "git branch b$(printf %02d $i); done; git gc -q");
  std::vector<HistoryKey> keys;
  read();
  for (int i = 1; i <= 70; ++i) {
    keys.push_back(
        {HistoryKind::blob,
         id_of(shell("git rev-parse b" + std::string(i < 10 ? "0" : "") +
                     std::to_string(i) + ":n")
                   .substr(0, 40))});
  }
  const auto lists = history_->appearances(keys);
  std::vector<std::vector<std::size_t>> groups;
  for (const auto& list : lists) groups.push_back({list.at(0).number});
  groups.push_back({lists[69][0].number, lists[66][0].number});
  const auto all = history_->reaching(groups);
  for (std::size_t i = 0; i < 70; ++i) {
    // Its branch, those behind it, and main.
    EXPECT_EQ(all[i].refs.size() + all[i].more, 71 - i) << i;
    EXPECT_EQ(lists[i][0].in_head, i == 69);
  }
  EXPECT_EQ(all[70].refs.size(), 5u);
  EXPECT_EQ(all[70].more, 0u);
}

TEST_F(HistoryTest, AShallowCloneLacksNothingButWhatCameBefore) {
  grow();
  shell("git clone -q --depth 2 --no-local 'file://" + root_ + "' '" + root_ +
        ".shallow'");
  HistoryOptions options;
  options.repository = root_ + ".shallow";
  auto opened = History::open(options, diagnostics_);
  ASSERT_TRUE(opened);
  (*opened)->read([](int, const HistoryText&) { return nullptr; });
  (*opened)->appearances({});
  const auto problems = diagnostics_.take();
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_THAT(problems[0].what, testing::HasSubstr("shallow"));
}

TEST_F(HistoryTest, ARootFolderThatIsMissingIsSaid) {
  grow();
  shell(
      "t=$(git rev-parse other^{tree}); rm -f .git/objects/$(echo $t |"
      "cut -c1-2)/$(echo $t | cut -c3-)");
  read();
  history_->appearances({});
  const auto problems = diagnostics_.take();
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].what,
            "the root folder of 1 commit is missing in this repository");
}

TEST_F(HistoryTest, WhatNoRefLeadsTo) {
  grow();
  shell("git branch -D other -q; git tag -d light >/dev/null");
  const std::string id =
      shell("echo alone | git hash-object --stdin").substr(0, 40);
  const std::vector<HistoryKey> keys = {{HistoryKind::blob, id_of(id)}};
  EXPECT_TRUE(read().blobs.contains(id));
  EXPECT_THAT(history_->appearances(keys)[0], testing::IsEmpty());
  HistoryOptions options;
  options.unreachable = true;
  read(options);
  const auto found = history_->appearances(keys)[0];
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].path, "alone.txt");
  EXPECT_EQ(history_->origin_of(found[0]).commit.size(), 40u);
  EXPECT_THAT(history_->reaching({{found[0].number}})[0].refs,
              testing::IsEmpty());
}

TEST_F(HistoryTest, OnlyWhatIsNewIsReadAgain) {
  grow();
  shell(
      "for i in $(seq 200); do echo $i > many$i; done; git add .;"
      "git commit -qm many");
  HistoryOptions options;
  options.known = read().state;
  const std::string old = shell("git rev-parse HEAD:own.txt").substr(0, 40);
  EXPECT_THAT(read(options).blobs, testing::IsEmpty());
  shell(
      "mkdir -p deep/er; echo new > deep/er/new.txt; git add .;"
      "git commit -qm newest");
  options.known.found = {id_of(old)};
  const Read next = read(options);
  EXPECT_THAT(next.messages, testing::ElementsAre("newest"));
  EXPECT_EQ(next.blobs.size(), 2u);
  EXPECT_EQ(next.paths.at(old), "own.txt");
  EXPECT_EQ(
      next.paths.at(shell("echo new | git hash-object --stdin").substr(0, 40)),
      "deep/er/new.txt");
}

TEST_F(HistoryTest, UnchangedUntilAnythingMoves) {
  grow();
  shell("echo twice > here; cp here there; git add .; git commit -qm twice");
  HistoryOptions options;
  options.known = read().state;
  EXPECT_FALSE(history_->is_unchanged());
  const std::string id =
      shell("echo twice | git hash-object --stdin").substr(0, 40);
  const std::string commit = shell("git rev-parse v1~1").substr(0, 40);
  Place place;
  place.commit = commit;
  place.path = "a/b/c.txt";
  options.known.findings = {
      {HistoryKind::blob, id_of(id), "here", "", 1, 1, {1, 1}, "", {place}},
      {HistoryKind::blob, id_of(id), "there", "", 1, 1, {1, 1}, "", {place}},
      {HistoryKind::message, id_of(commit), "m", "", 1, 1, {1, 1}, "", {place}},
      {HistoryKind::name, "c.txt", "", "", 1, 1, {1, 1}, "", {place}}};
  place.commit = shell("git rev-parse side~2").substr(0, 40);
  options.known.findings[3].places = {place};
  ASSERT_TRUE(history_->hide_names(options.known.findings));
  const KnownFinding& hidden = options.known.findings[3];
  EXPECT_EQ(hidden.path, "0/0/0");
  EXPECT_EQ(hidden.key + hidden.places[0].path, place.commit);
  const Read known = read(options);
  EXPECT_TRUE(history_->is_unchanged());
  EXPECT_THAT(known.blobs, testing::ElementsAre(id, id));
  EXPECT_THAT(known.messages, testing::ElementsAre("move"));
  EXPECT_THAT(known.names, testing::ElementsAre("c.txt"));
  EXPECT_EQ(history_->known_findings()[3].places[0].path, "a/b/c.txt");
  // A ref alone is enough.
  shell("git branch another");
  read(options);
  EXPECT_FALSE(history_->is_unchanged());
  options.known = history_->state();
  shell("git commit -q --allow-empty -m empty");
  read(options);
  EXPECT_FALSE(history_->is_unchanged());
}

TEST_F(HistoryTest, WhatIsNoRepository) {
  HistoryOptions options;
  options.repository = base_ + "/home";
  EXPECT_FALSE(History::open(options, diagnostics_));
  options.repository = base_ + "/nosuch";
  EXPECT_FALSE(History::open(options, diagnostics_));
}

TEST_F(HistoryTest, SomebodyElsesRepository) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give files away";
  grow();
  shell("chown -R 12345 . .git");
  HistoryOptions options;
  options.repository = root_;
  const auto refused = History::open(options, diagnostics_);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().text, testing::HasSubstr("safe.directory"));
  shell("git config --global --add safe.directory '" + root_ + "'");
  EXPECT_TRUE(History::open(options, diagnostics_));
}

}  // namespace
}  // namespace overreach
