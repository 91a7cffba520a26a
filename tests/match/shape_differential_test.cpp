// The matcher against one that tries every shape at every byte, over texts
// full of tokens: same shapes at the same places.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "tests/match/matching.h"

namespace overreach {
namespace {

using Found = std::set<std::tuple<std::size_t, std::size_t, std::string>>;

// What match() found by a form: readers and loose shapes need words around and
// are no part of match_slowly().
Found by_form(const MatchResult& result) {
  Found found;
  for (const Candidate& candidate : result.candidates) {
    if (candidate.rule->finder == Finder::shape) {
      found.emplace(candidate.begin, candidate.end,
                    std::string(candidate.rule->id));
    }
  }
  return found;
}

// Candidates that a stronger one of another kind may hide in match().
bool is_covered(const std::tuple<std::size_t, std::size_t, std::string>& slow,
                const MatchResult& fast) {
  return std::any_of(fast.candidates.begin(), fast.candidates.end(),
                     [&](const Candidate& candidate) {
                       return candidate.begin < std::get<1>(slow) &&
                              std::get<0>(slow) < candidate.end;
                     });
}

void expect_same(std::string_view path, std::string_view text,
                 std::size_t at_least) {
  const PaddedText padded(text);
  Matcher::Scratch scratch;
  const Text input{.path = path, .bytes = padded.view()};
  const MatchResult fast = all_matcher().match(input, scratch);
  const MatchResult slow = all_matcher().match_slowly(input);
  const Found by_slow = by_form(slow), by_fast = by_form(fast);
  EXPECT_GE(by_slow.size(), at_least) << path;
  for (const auto& entry : by_slow) {
    const auto& [begin, end, rule] = entry;
    const TokenRule* found = all_rules().find(rule);
    if (found->is_public) continue;  // dropped unless its secret is near
    EXPECT_TRUE(by_fast.count(entry) || is_covered(entry, fast))
        << path << ": missed " << rule << " at " << begin << ": "
        << text.substr(begin > 12 ? begin - 12 : 0, end - begin + 24);
  }
}

// Every token that a rule with a shape and no need of context generates.
const std::vector<std::string>& tokens() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> made;
    for (const TokenRule& rule : all_rules().tokens) {
      if (rule.finder != Finder::shape || rule.needs_context()) continue;
      for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        made.push_back(make_example(rule, seed).secret);
      }
    }
    return made;
  }();
  return all;
}

struct Style {
  const char* path;
  const char* before;
  const char* after;
};
constexpr Style kStyles[] = {
    {"app.json", "  \"name\": \"", "\",\n"},
    {"app.yml", "name: ", "\n"},
    {"app.py", "name = \"", "\"\n"},
    {"escaped.json", "{\\\"name\\\":\\\"", "\\\"}\n"},
    {"url.txt", "https://host/path?name=", "&x=1\n"},
    {"min.js", ",a:\"", "\",b:1"},
    {"words.txt", "see ", " here "},
    {"list.txt", "[", ","},
    {"tabs.tsv", "\t", "\t"},
    {"crlf.ini", "name=", "\r\n"},
    {"path.txt", "/x/", " "},
    {"markup.xml", "<v>", "</v>\n"},
};

TEST(MatchAndMatchSlowly, AgreeInEveryStyle) {
  for (const Style& style : kStyles) {
    std::string text = "start\n";
    for (const std::string& token : tokens()) {
      text += style.before + token + style.after;
    }
    expect_same(style.path, text, tokens().size() / 4);
  }
}

TEST(MatchAndMatchSlowly, AgreeOnTokensAtRandomPlaces) {
  TestRandom random(4);
  for (int round = 0; round < 10; ++round) {
    std::string text;
    while (text.size() < 20000) {
      switch (random.below(6)) {
        case 0:
        case 1:
          text += tokens()[random.below(tokens().size())];
          break;
        case 2:
          text += random.text(kBase62, random.below(60));
          break;
        case 3:
          text += random.text("_-./=+~", 1 + random.below(2));
          break;
        case 4:
          text += random.text(" \n\t\"':,;(){}[]<>|$%&@\\", 1);
          break;
        default:
          text += " some words of text ";
          break;
      }
    }
    expect_same("text.txt", text, 0);
  }
}

TEST(MatchAndMatchSlowly, AgreeOnOneLineOfAMegabyte) {
  TestRandom random(5);
  std::string text = "!function(){";
  std::size_t planted = 0;
  while (text.size() < (1u << 20)) {
    text += "a=" + random.text(kBase62, 100 + random.below(400)) + ";";
    if (random.below(20) == 0) {
      text += "k=\"" + tokens()[random.below(tokens().size())] + "\",";
      ++planted;
    }
  }
  expect_same("app.min.js", text, planted / 4);
}

// The escape before a token ends in a letter or digit, as the token's own run
// does: match_slowly() does not look behind it.
TEST(MatchAndMatchSlowly, AnEscapeHidesNoFixedBeginning) {
  std::size_t plain = 0, escaped = 0, encoded = 0;
  for (const std::string& token : tokens()) {
    const auto count = [&](const std::string& text) {
      return by_form(match_all("a.txt", text)).size();
    };
    plain += count("\"" + token + "\"\n");
    escaped += count("\"a\\n" + token + "\\n\"\n");
    encoded += count("x%3D" + token + "%26\n");
  }
  // Shapes that end in a literal or hold no beginning of their own may go.
  EXPECT_GE(escaped, plain * 85 / 100) << plain;
  EXPECT_GE(encoded, plain * 85 / 100) << plain;
}

// Hashes of packages hold the beginning of some token, behind a slash.
TEST(Match, NothingInAnIntegrityHash) {
  TestRandom random(20261122);
  const std::string token =
      "EXO" + random.text(kBase62, 8) + "9q" + random.text(kBase62, 16);
  const std::string secret = random.text(kBase62, 43);
  const auto lock = [&](std::string_view name, std::size_t size) {
    const std::string rest = random.text(kBase62, size - 23 - token.size());
    return "exoscale_secret: " + secret +
           "\n  resolution: {integrity: " + std::string(name) +
           random.text(kBase62, 20) + "/" + token + "/" + rest + "==}\n";
  };
  const auto finds_key = [](const std::string& text) {
    const auto found = found_in("pnpm-lock.yaml", text);
    return std::any_of(found.begin(), found.end(), [](const auto& each) {
      return each.starts_with("exoscale-api-key ");
    });
  };
  EXPECT_FALSE(finds_key(lock("sha512-", 87)));
  EXPECT_TRUE(finds_key(lock("key-", 87)));
}

// So many rules as no team has: another table for where they begin.
TEST(Match, ThousandsOfRulesAreAllFound) {
  std::string file =
      "[provider]\nid = 'made'\nname = 'Made up'\n"
      "docs = 'https://example.com/docs'\nrevoke = 'nothing'\n";
  const auto letter = [](int i) { return static_cast<char>('a' + i % 26); };
  constexpr int kRules = 3000;
  for (int i = 0; i < kRules; ++i) {
    const std::string front{letter(i), letter(i / 26), letter(i / 676 + 7),
                            'q'};
    file += "[[token]]\nid = 'made-" + front +
            "'\nname = 'Made up'\nshape = '" + front +
            "_{base62:32}'\ndocs = 'https://example.com/docs'\n"
            "narrower = 'another'\n"
            "reach = { level = 'read', evidence = 'assumed', why = 'made' }\n";
  }
  RuleSet rules = builtin_rules();
  const std::size_t own = rules.tokens.size();
  const Status added = add_rule_text("made.toml", file, rules);
  ASSERT_TRUE(added) << added.error().text;
  ASSERT_EQ(rules.tokens.size(), own + kRules);
  const Matcher matcher(rules);
  std::string text;
  for (const TokenRule& rule : rules.tokens) {
    if (rule.provider == "made") text += make_example(rule, 3).secret + "\n";
  }
  const auto found = by_form(match_all("a.txt", text, matcher));
  EXPECT_EQ(found.size(), std::size_t{kRules});
  EXPECT_TRUE(by_form(match_all("a.txt", text)).empty());
  const TokenRule* const known = rules.find("github-classic-pat");
  ASSERT_TRUE(known);
  EXPECT_EQ(by_form(match_all("a.txt", make_example(*known, 3).secret, matcher))
                .size(),
            1u);
}

// At a multiple of the size of the matcher's chunks.
TEST(MatchAndMatchSlowly, AgreeAtTheBordersOfChunks) {
  constexpr std::size_t kChunk = 64 * 1024;
  constexpr const char* kRules[] = {
      "github-classic-pat", "generic-jwt",           "aws-access-key-id",
      "slack-bot-token",    "google-fcm-server-key", "convex-deploy-key",
      "npm-access-token"};
  for (const char* const id : kRules) {
    const TokenRule* const rule = all_rules().find(id);
    ASSERT_TRUE(rule && rule->finder == Finder::shape) << id;
    const std::string token = make_example(*rule, 7).secret;
    for (std::size_t shift = 0; shift <= token.size() + 1; ++shift) {
      std::string text;
      while (text.size() < kChunk) text += std::string(999, 'a') + "\n";
      text.resize(kChunk - shift - 1);
      text += ' ';
      text += token + "\n" + std::string(200, ' ');
      expect_same("big.txt", text, 1);
    }
    // One run over the whole chunk, so that the chunk has no place to end.
    std::string run(kChunk - 10, 'a');
    expect_same("run.txt", run + "." + token + "\n", 0);
  }
}

TEST(MatchAndMatchSlowly, AgreeAtTheBeginAndTheEnd) {
  for (const std::string& token : tokens()) {
    expect_same("only.txt", token, 0);
    expect_same("begin.txt", token + "\nx", 0);
    expect_same("end.txt", "x\n" + token, 0);
  }
}

// match() finds no shape without context that match_slowly() does not know.
TEST(MatchAndMatchSlowly, FastFindsNothingMore) {
  std::string text;
  for (const std::string& token : tokens()) text += "x \"" + token + "\"\n";
  const PaddedText padded(text);
  Matcher::Scratch scratch;
  const Text input{.path = "a.py", .bytes = padded.view()};
  const Found slow = by_form(all_matcher().match_slowly(input));
  for (const auto& entry : by_form(all_matcher().match(input, scratch))) {
    if (all_rules().find(std::get<2>(entry))->needs_context()) continue;
    EXPECT_TRUE(slow.count(entry)) << std::get<2>(entry);
  }
}

}  // namespace
}  // namespace overreach
