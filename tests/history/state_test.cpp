#include "scanner/history/state.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

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
  EXPECT_TRUE(loaded->knows(std::string(20, 'a')));
  EXPECT_TRUE(loaded->knows(std::string(20, 'c')));
  for (const char c : {'\0', 'b', 'd'}) {
    EXPECT_FALSE(loaded->knows(std::string(20, c)));
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
  EXPECT_FALSE(loaded->knows(std::string(20, 'a')));
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
