// A text made from another by an edit has to give the same candidates as when
// it is matched as a whole: on edits at random of texts full of what every
// reader looks for.

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/match/matching.h"
#include "tests/match/secret_texts.h"

namespace overreach {
namespace {

// A text and how it was made from another.
struct Edited {
  std::string text;
  std::vector<Copied> copies;

  void copy(std::string_view base, std::size_t from, std::size_t size) {
    if (size == 0) return;
    const bool goes_on = !copies.empty() &&
                         copies.back().from + copies.back().size == from &&
                         copies.back().to + copies.back().size == text.size();
    if (goes_on) {
      copies.back().size += size;
    } else {
      copies.push_back({from, text.size(), size});
    }
    text += base.substr(from, size);
  }
};

std::string shown(const MatchResult& result) {
  std::string text = std::to_string(result.suppressed) + " suppressed\n";
  for (const Candidate& c : result.candidates) {
    text += std::string(c.rule->id) + ' ' + std::string(c.secret.reveal()) +
            ' ' + std::to_string(c.line) + ':' + std::to_string(c.column) +
            '-' + std::to_string(c.end_line) + ':' +
            std::to_string(c.end_column) + ' ' + c.key + ' ' +
            std::string(to_string(c.confidence)) + ' ' +
            std::to_string(c.group) + (c.leads ? " leads" : "");
    for (const auto& reason : c.reasons) text += "; " + std::string(reason);
    for (const auto& [name, value] : c.facts) text += ' ' + name + '=' + value;
    text += '\n';
  }
  return text;
}

// Matches texts that are made one from the other, both ways.
class Versions {
 public:
  explicit Versions(std::string path) : path_(std::move(path)) {}

  void begin(const std::string& text) {
    size_ = text.size();
    const PaddedText padded(text);
    all_matcher().match({path_, padded.view()}, scratch_, trace_);
  }
  void expect_same(const Edited& made) {
    const PaddedText padded(made.text);
    ASSERT_TRUE(trace_.has_value());
    const Trace base = std::move(*trace_);
    const std::string changed = shown(all_matcher().match_changed(
        {path_, padded.view()}, {size_, made.copies}, base, scratch_, trace_));
    const std::string whole =
        shown(all_matcher().match({path_, padded.view()}, scratch_));
    ASSERT_EQ(changed, whole) << path_ << ":\n" << made.text;
    size_ = made.text.size();
  }

 private:
  const std::string path_;
  Matcher::Scratch scratch_;
  std::optional<Trace> trace_;
  std::size_t size_ = 0;
};

// Parts of the base in order, sometimes one twice, one left out, one moved.
Edited edited(const std::string& base, TestRandom& random) {
  Edited made;
  std::size_t at = 0;
  for (std::size_t edits = 1 + random.below(4); edits-- > 0;) {
    const std::size_t next = at + random.below(base.size() - at + 1);
    made.copy(base, at, next - at);
    at = next;
    switch (random.below(6)) {
      case 0:
        made.text += piece(random);
        break;
      case 1:
        made.text += random.text("x\"'\n=: ", 1 + random.below(3));
        break;
      case 2:
        at += random.below(std::min<std::size_t>(base.size() - at, 200) + 1);
        break;
      case 3:
        at += base.size() > at;
        made.text += 'Q';
        break;
      case 4: {
        const std::size_t from = random.below(base.size() + 1);
        made.copy(
            base, from,
            random.below(std::min<std::size_t>(base.size() - from, 300) + 1));
        break;
      }
      default:
        break;
    }
  }
  made.copy(base, at, base.size() - at);
  return made;
}

TEST(MatchChanged, SameAsWholeAfterAnyEdits) {
  for (const char* const path : {"a.go", "a.env", "a.txt", "a.sql", "a.xml",
                                 "a.yaml", "a.sh", "a.env.example"}) {
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
      TestRandom random(seed);
      Versions versions(path);
      std::string text = text_of_pieces(random);
      versions.begin(text);
      for (int version = 0; version < 8; ++version) {
        const Edited made = edited(text, random);
        ASSERT_NO_FATAL_FAILURE(versions.expect_same(made)) << "seed " << seed;
        text = made.text;
      }
    }
  }
}

// A line that comes may change what is said of another: a user's name by a
// password, a provider's by what may be its key, the key of an example above.
TEST(MatchChanged, SeesALineThatComesBeside) {
  TestRandom random(11);
  const std::string key = random.text("0123456789abcdef", 32);
  const std::string password = random.text(kBase62, 20);
  for (const std::string& line :
       {std::string("DB_PASSWORD=agripass\n"),
        std::string("- name: DB_PASSWORD\n  value: agripass\n"),
        "x = \"" + key + "\"\n", "<x>\n" + key + "\n</x>\n",
        "    password: " + password + "\n"}) {
    for (const std::size_t width : {1, 12, 40, 90, 250}) {
      for (std::size_t lines = 0; lines < 30; ++lines) {
        std::string between;
        for (std::size_t i = 0; i < lines; ++i) {
          between += "    " + random.text("efgh", width) + "\n";
        }
        for (const std::string beside :
             {"user: bob\n", "datadog key\n", "  example:\n"}) {
          for (const bool before : {false, true}) {
            const std::string base = before ? between + line : line + between;
            Edited made;
            if (before) made.text = beside;
            made.copy(base, 0, base.size());
            if (!before) made.text += beside;
            Versions versions("a.md");
            versions.begin(base);
            ASSERT_NO_FATAL_FAILURE(versions.expect_same(made))
                << width << ' ' << lines;
          }
        }
      }
    }
  }
}

TEST(MatchChanged, FollowsAKeyWhoseEndIsFarAway) {
  TestRandom random(7);
  std::string base = "-----BEGIN PRIVATE KEY-----\n";
  for (int i = 0; i < 200; ++i) base += random.text(kBase62, 64) + "\n";
  Versions versions("key.txt");
  versions.begin(base);
  Edited made;
  made.copy(base, 0, base.size());
  made.text += "-----END PRIVATE KEY-----\n";
  versions.expect_same(made);
}

TEST(MatchChanged, SeesARunJoinedAtASeam) {
  TestRandom random(9);
  const std::string token = "ghp_" + random.text(kBase62, 36);
  const std::string base = "a = \"" + token.substr(0, 20) + "\n" +
                           std::string(3000, '\n') + token.substr(20) + "\"\n";
  Versions versions("a.py");
  versions.begin(base);
  Edited made;
  made.copy(base, 0, 25);
  made.copy(base, 25 + 3001, base.size() - 3026);
  versions.expect_same(made);
}

TEST(MatchChanged, OfAnEmptyTextAndToOne) {
  Versions versions("a.env");
  versions.begin("");
  Edited made;
  made.text = "PASSWORD=Tr0ub4dor-and-3\n";
  versions.expect_same(made);
  versions.expect_same({});
}

// One line of a megabyte with thousands of changes must not cost thousands of
// megabytes.
TEST(MatchChanged, ManyChangesInOneLongLine) {
  TestRandom random(3);
  const std::string base = random.text("abcdefgh ", 1 << 20);
  Edited made;
  for (std::size_t at = 0; at < base.size(); at += 64) {
    made.copy(base, at, 60);
    made.text += "zz";
  }
  made.text += " password=\"Xk29fj20fk2\"";
  Versions versions("a.js");
  versions.begin(base);
  versions.expect_same(made);
}

}  // namespace
}  // namespace overreach
