#include "scanner/history/state.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <tuple>

namespace overreach {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class State : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "state_XXXXXX").string();
    ASSERT_TRUE(::mkdtemp(name.data()));
    folder_ = name;
    path_ = folder_ / "state";
    state_.objects = std::string(20, 'a') + std::string(20, 'c');
    state_.found = {std::string(20, 'c')};
    state_.found_in_names = true;
    state_.refs = "a digest";
    state_.problems = {
        {"a/b.env", "is missing in this repository"},
        {"c.zip", "damaged", Problem::Kind::left_out},
    };
    Place place;
    place.path = "a/b.env";
    place.line = place.end_line = 7;
    place.column = 3;
    place.end_column = 9;
    place.source = "history";
    place.commit = std::string(40, 'e');
    place.author = "A <a@b>";
    place.date = "2024-01-02T03:04:05Z";
    place.in_head = false;
    place.refs = {"main", "tag v1"};
    place.more_refs = 4;
    Place part = place;
    part.in_head.reset();
    part.refs.clear();
    state_.findings = {{HistoryKind::blob,
                        std::string(20, 'c'),
                        "a/b.zip",
                        "!b.env",
                        7,
                        3,
                        {5, 9},
                        "a-rule",
                        {place, part}},
                       {HistoryKind::message,
                        std::string(20, 'a'),
                        "m",
                        "",
                        1,
                        2,
                        {1, 1},
                        "b",
                        {part}}};
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string bytes() const {
    std::ifstream stream(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  void write(const std::string& text) const {
    std::ofstream(path_, std::ios::binary) << text;
  }
  std::string error() const {
    const auto loaded = load_state(path_, "key");
    return loaded ? "" : loaded.error().text;
  }

  fs::path folder_;
  std::string path_;
  HistoryState state_;
};

TEST_F(State, ComesBackAsItWas) {
  ASSERT_TRUE(save_state(path_, "key", state_));
  const auto loaded = load_state(path_, "key");
  ASSERT_TRUE(loaded) << loaded.error().text;
  EXPECT_EQ(loaded->objects, state_.objects);
  EXPECT_EQ(loaded->found, state_.found);
  EXPECT_TRUE(loaded->found_in_names);
  EXPECT_EQ(loaded->refs, "a digest");
  EXPECT_EQ(loaded->problems, state_.problems);
  ASSERT_EQ(loaded->findings.size(), 2u);
  const KnownFinding& finding = loaded->findings[0];
  EXPECT_EQ(finding.key, std::string(20, 'c'));
  EXPECT_EQ(finding.path, "a/b.zip");
  EXPECT_EQ(finding.line, 7u);
  EXPECT_EQ(finding.column, 3u);
  EXPECT_EQ(finding.lines, (Lines{5, 9}));
  EXPECT_EQ(finding.rule, "a-rule");
  ASSERT_EQ(finding.places.size(), 2u);
  const Place& place = finding.places[0];
  EXPECT_EQ(
      std::tie(place.path, place.source, place.commit, place.author, place.date,
               place.refs),
      std::tie(state_.findings[0].places[0].path, "history",
               state_.findings[0].places[0].commit, "A <a@b>",
               "2024-01-02T03:04:05Z", state_.findings[0].places[0].refs));
  EXPECT_EQ(place.end_column, 9u);
  EXPECT_EQ(place.in_head, false);
  EXPECT_EQ(place.more_refs, 4u);
  EXPECT_EQ(place.exposure, Exposure::history);
  EXPECT_FALSE(finding.places[1].in_head.has_value());
  EXPECT_EQ(finding.path + finding.member, "a/b.zip!b.env");
  EXPECT_EQ(loaded->findings[1].kind, HistoryKind::message);
  EXPECT_TRUE(loaded->find(std::string(20, 'a')).has_value());
  EXPECT_TRUE(loaded->find(std::string(20, 'c')).has_value());
  for (const char c : {'\0', 'b', 'd'}) {
    EXPECT_FALSE(loaded->find(std::string(20, c)).has_value());
  }
  // Nothing else is left beside it.
  EXPECT_EQ(
      std::distance(fs::directory_iterator(folder_), fs::directory_iterator()),
      1);
}

TEST_F(State, OtherRulesKnowNothing) {
  ASSERT_TRUE(save_state(path_, "key", state_));
  const auto loaded = load_state(path_, "other");
  ASSERT_TRUE(loaded);
  EXPECT_TRUE(loaded->empty());
  EXPECT_FALSE(loaded->find(std::string(20, 'a')).has_value());
}

TEST_F(State, OfAnotherVersionIsAnEmptyState) {
  write("overreach.state/1\nwhatever it had");
  const auto loaded = load_state(path_, "key");
  ASSERT_TRUE(loaded) << loaded.error().text;
  EXPECT_TRUE(loaded->empty());
  EXPECT_TRUE(save_state(path_, "key", state_));
}

TEST_F(State, NoFileIsAnEmptyState) {
  const auto loaded = load_state(path_, "key");
  ASSERT_TRUE(loaded);
  EXPECT_TRUE(loaded->empty());
}

TEST_F(State, EveryChangedOrLostByteIsNoticed) {
  ASSERT_TRUE(save_state(path_, "key", state_));
  const std::string good = bytes();
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 1);
    write(bad);
    if (good.substr(0, i).ends_with('/') && i < 20) continue;  // the version
    EXPECT_NE(error(), "") << i;
    write(good.substr(0, i));
    EXPECT_NE(error(), "") << i;
  }
  write(good + "x");
  EXPECT_THAT(error(), HasSubstr("is damaged"));
  write("a file of mine");
  EXPECT_THAT(error(), HasSubstr("is no state of an audit"));
}

TEST_F(State, WhereNothingCanBeWritten) {
  const Status saved = save_state("/nowhere/at/all", "key", state_);
  ASSERT_FALSE(saved);
  EXPECT_THAT(saved.error().text, HasSubstr("/nowhere/at/all"));
}

}  // namespace
}  // namespace overreach
