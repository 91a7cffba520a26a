// Whole scans of small trees: the same report for every number of threads, one
// credential per secret, what counts as incomplete, severity, the gate.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/pipeline/pipeline.h"
#include "tests/match/matching.h"

namespace overreach {
namespace {

namespace fs = std::filesystem;

std::string token(std::string_view rule, std::uint64_t seed = 1) {
  const TokenRule* const found = all_rules().find(rule);
  if (!found) ADD_FAILURE() << rule << " is no rule";
  return found ? make_example(*found, seed).secret : "";
}

class ScanTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "scan_XXXXXX").string();
    ASSERT_TRUE(::mkdtemp(name.data()));
    folder_ = name;
    options_.targets = {name};
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const std::string& path, std::string_view text) {
    fs::create_directories((folder_ / path).parent_path());
    std::ofstream(folder_ / path, std::ios::binary) << text;
  }

  Report run() {
    Progress progress;
    auto report = scan(options_, all_rules(), progress);
    EXPECT_TRUE(report) << report.error().text;
    return report ? *report : Report();
  }

  fs::path folder_;
  ScanOptions options_;
};

std::string described(const Report& report) {
  std::string text;
  for (const Credential& c : report.credentials) {
    text += c.id + " " + c.rule + " " + std::string(c.secret.reveal()) + " " +
            std::string(to_string(c.confidence)) + " " +
            std::string(to_string(c.severity)) + "\n";
    for (const std::string& reason : c.reasons) text += "  " + reason + "\n";
    for (const auto& [name, value] : c.facts) {
      text += "  " + name + "=" + value + "\n";
    }
    for (const Place& p : c.places) {
      text += "  " + p.path + ":" + std::to_string(p.line) + ":" +
              std::to_string(p.column) + " " + p.key + " " + p.part + "\n";
    }
  }
  for (const Problem& p : report.problems)
    text += p.path + ": " + p.what + "\n";
  text += std::to_string(report.scanned.files) + " files, " +
          std::to_string(report.scanned.bytes) + " bytes, " +
          std::to_string(report.hidden) + " hidden, " +
          std::to_string(report.suppressed) + " suppressed, " +
          std::to_string(report.at_gate) + " at the gate\n";
  return text;
}

TEST_F(ScanTest, TheSameForEveryNumberOfThreads) {
  std::uint64_t seed = 0;
  for (const TokenRule& rule : all_rules().tokens) {
    const Example example = make_example(rule, ++seed);
    write("dir" + std::to_string(seed % 13) + "/file" + std::to_string(seed) +
              (seed % 2 ? ".py" : ".yml"),
          "a\n" + example.text + "\nb\n");
    // Some secrets stand in several files.
    if (seed % 5 == 0) write("copy" + std::to_string(seed), example.text);
  }
  options_.threads = 1;
  const std::string one = described(run());
  EXPECT_GT(one.size(), 10000u);
  for (int threads = 2; threads <= 8; ++threads) {
    options_.threads = threads;
    EXPECT_EQ(described(run()), one) << threads;
  }
}

TEST_F(ScanTest, OneCredentialPerSecret) {
  const std::string pat = token("github-classic-pat");
  write("b.py", "x = '" + pat + "'\ny = '" + pat + "'\n");
  write("a.yml", "github: " + pat + "\n");
  const Report report = run();
  ASSERT_EQ(report.credentials.size(), 1u);
  const auto& places = report.credentials[0].places;
  ASSERT_EQ(places.size(), 3u);
  EXPECT_EQ(places[0].path, "a.yml");
  EXPECT_EQ(places[1].path, "b.py");
  EXPECT_EQ(places[1].line, 1u);
  EXPECT_EQ(places[2].line, 2u);
  ASSERT_EQ(report.rule_infos.size(), 1u);
  EXPECT_EQ(report.rule_infos[0].id, "github-classic-pat");
}

TEST_F(ScanTest, IncompleteAndLeftOut) {
  write("big.txt", std::string(100, 'x'));
  ASSERT_EQ(::mkfifo((folder_ / "fifo").c_str(), 0600), 0);
  options_.max_file_bytes = 50;
  const Report left_out = run();
  EXPECT_TRUE(left_out.complete);
  EXPECT_EQ(left_out.problems.size(), 2u);
  if (::geteuid() == 0) GTEST_SKIP() << "root may read everything";
  write("closed.txt", "x");
  fs::permissions(folder_ / "closed.txt", fs::perms::none);
  const Report report = run();
  EXPECT_FALSE(report.complete);
  EXPECT_EQ(report.problems.size(), 3u);
}

TEST_F(ScanTest, NoSuchTarget) {
  options_.targets = {(folder_ / "missing").string()};
  Progress progress;
  EXPECT_FALSE(scan(options_, all_rules(), progress));
}

TEST_F(ScanTest, OnlyAndSkip) {
  write("a.py", "x = '" + token("github-classic-pat") + "'\ny = '" +
                    token("npm-access-token") + "'\n");
  options_.only = {"github-*"};
  ASSERT_EQ(run().credentials.size(), 1u);
  options_.only = {};
  options_.skip = {"github-*"};
  ASSERT_EQ(run().credentials.size(), 1u);
  EXPECT_EQ(run().credentials[0].rule, "npm-access-token");
}

TEST_F(ScanTest, HidesWhatIsNotSureEnough) {
  write("a.py", "password = 'changeme'\npassword = 'Harbour2381'\n");
  const Report report = run();
  EXPECT_EQ(report.credentials.size(), 1u);
  EXPECT_EQ(report.hidden, 1u);
  options_.min_confidence = Confidence::low;
  EXPECT_EQ(run().credentials.size(), 2u);
}

TEST_F(ScanTest, TheGate) {
  write("a.py", "password = 'Harbour2381'\nx = '" +
                    token("github-classic-pat") + "'\n");
  EXPECT_EQ(run().at_gate, 2u);
  for (const Level level :
       {Level::read, Level::write, Level::destructive, Level::root}) {
    options_.fail_on = level;
    const Report report = run();
    std::size_t expected = 0;
    for (const Credential& c : report.credentials) {
      expected += c.reach.level >= level ||
                  (c.reach.level == Level::unknown && level == Level::read);
    }
    EXPECT_EQ(report.at_gate, expected) << to_string(level);
    EXPECT_EQ(report.at_gate == 2, level == Level::read);
  }
}

TEST_F(ScanTest, CrossingsAreAtTheGateBySeverity) {
  write("notes.md", "RAILWAY_API_TOKEN=" + token("railway-account-token"));
  const Report report = run();
  ASSERT_EQ(report.credentials.size(), 1u);
  ASSERT_EQ(report.crossings.size(), 1u);
  EXPECT_EQ(report.crossings[0].severity, Severity::high);
  ASSERT_EQ(report.crossing_infos.size(), 1u);
  EXPECT_EQ(report.crossing_infos[0].id, report.crossings[0].kind);
  EXPECT_EQ(report.at_gate, 2u);
  options_.fail_crossings = {};
  EXPECT_EQ(run().at_gate, 1u);
  options_.only = {"token/*"};  // made of a credential that is not shown
  EXPECT_EQ(run().crossings.size(), 1u);
  EXPECT_EQ(run().credentials.size(), 0u);
  options_.only = {};
  options_.skip = {"token/*"};
  EXPECT_EQ(run().crossings.size(), 0u);
}

// The line number behind a border of windows, and every token once.
TEST_F(ScanTest, LargeFiles) {
  std::string text;
  std::vector<std::uint32_t> lines;
  std::uint64_t seed = 0;
  std::uint32_t line = 1;
  while (text.size() < (17u << 20)) {
    const std::size_t left = (1u << 20) - text.size() % (1u << 20);
    if (left < 3000 || text.size() % 100000 < 90) {
      text += "x = '" + token("github-classic-pat", ++seed) + "'\n";
      lines.push_back(line);
    } else {
      text += std::string(79, 'x') + "\n";
    }
    ++line;
  }
  write("big.py", text);
  const Report report = run();
  std::vector<std::uint32_t> found;
  for (const Credential& credential : report.credentials) {
    EXPECT_EQ(credential.places.size(), 1u);
    found.push_back(credential.places[0].line);
  }
  std::sort(found.begin(), found.end());
  EXPECT_EQ(found, lines);
}

// A token of no fixed length that a window cuts is not found in part.
TEST_F(ScanTest, NoPartOfATokenAtTheEndOfAWindow) {
  const std::string jwt = token("generic-jwt", 3);
  for (const std::size_t cut : {30u, 60u, 90u}) {
    std::string text = std::string((1u << 20) - cut - 3, ' ');
    text += "x\n " + jwt + "\n" + std::string(100000, ' ');
    write("big.txt", text);
    const Report report = run();
    ASSERT_EQ(report.credentials.size(), 1u) << cut;
    EXPECT_EQ(report.credentials[0].secret.reveal(), jwt) << cut;
    EXPECT_EQ(report.credentials[0].places.size(), 1u) << cut;
  }
}

// Pairs of different windows of one file stay apart.
TEST_F(ScanTest, PairsInALargeFile) {
  const auto pair = [](std::uint64_t seed) {
    return "aws_access_key_id = " + token("aws-access-key-id", seed) +
           "\naws_secret_access_key = " + token("aws-secret-access-key", seed) +
           "\n";
  };
  write("big.ini", pair(1) + std::string(3u << 20, '\n') + pair(2));
  const Report report = run();
  ASSERT_EQ(report.credentials.size(), 2u);
  for (const Credential& credential : report.credentials) {
    EXPECT_EQ(credential.places.size(), 2u);
  }
}

// Both are of low severity, and the dead one stands in the first file.
TEST_F(ScanTest, DeadCredentialsRankLast) {
  const std::string header = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.";
  const std::string expired = "eyJzdWIiOiJjaSIsImV4cCI6MTAwMDAwMDAwMH0";
  const std::string valid = "eyJzdWIiOiJjaSIsImF1ZCI6InNob3AifQ";
  const std::string mark = "k7Tq2mVx9Zp5Lw4Rb8NcYd1HgFs6JtKa3QeUo5MiXzWv";
  write("a.py", "jwt = '" + header + expired + "." + mark + "'\n");
  write("b.py", "jwt = '" + header + valid + "." + mark + "'\n");
  options_.now = 1'700'000'000;
  const Report report = run();
  ASSERT_EQ(report.credentials.size(), 2u);
  EXPECT_EQ(report.credentials[0].places[0].path, "b.py");
  EXPECT_EQ(report.credentials[1].live, false);
  EXPECT_EQ(report.credentials[1].reach.level, Level::none);
  EXPECT_EQ(report.credentials[0].severity, report.credentials[1].severity);
}

TEST_F(ScanTest, SettingsAreReadOnlyForCrossingsThatAreWanted) {
  // Nobody reads settings of five megabytes, and the report says so.
  write("settings.json",
        "{\"production\": \"" + std::string(5'000'000, ' ') + "\"}");
  EXPECT_EQ(run().problems.size(), 1);
  options_.skip = {"agent/*", "backup/*", "ci/*", "env/*", "protect/*"};
  EXPECT_EQ(run().problems.size(), 1);
  options_.skip.emplace_back("token/*");
  EXPECT_EQ(run().problems.size(), 0);
}

TEST(SeverityOf, TheTableOfTheReadme) {
  struct Case {
    Level level;
    Severity production, elsewhere;
  };
  constexpr Case kCases[] = {
      {Level::root, Severity::critical, Severity::critical},
      {Level::destructive, Severity::critical, Severity::high},
      {Level::write, Severity::high, Severity::medium},
      {Level::read, Severity::medium, Severity::low},
      {Level::unknown, Severity::medium, Severity::low},
      {Level::none, Severity::low, Severity::low},
  };
  const auto lowered = [](Severity severity) {
    return severity == Severity::low
               ? severity
               : static_cast<Severity>(static_cast<int>(severity) - 1);
  };
  for (const Case& c : kCases) {
    for (const auto environment :
         {EnvironmentClass::production, EnvironmentClass::staging,
          EnvironmentClass::unknown}) {
      const Severity expected = environment == EnvironmentClass::production
                                    ? c.production
                                    : c.elsewhere;
      Credential credential;
      credential.reach.level = c.level;
      credential.environment.value = environment;
      for (const auto sure : {Confidence::medium, Confidence::high}) {
        credential.confidence = sure;
        EXPECT_EQ(severity_of(credential), expected)
            << to_string(c.level) << " " << to_string(environment);
      }
      credential.confidence = Confidence::low;
      EXPECT_EQ(severity_of(credential), lowered(expected));
      credential.live = true;
      EXPECT_GE(severity_of(credential), Severity::medium);
    }
  }
}

TEST(Severity, OfAServerOnThisMachine) {
  const struct {
    std::string_view host;
    EnvironmentClass environment;
    Evidence evidence;
    Severity expected;
  } cases[] = {
      {"localhost", EnvironmentClass::local, Evidence::assumed, Severity::low},
      {"127.0.0.1", EnvironmentClass::local, Evidence::assumed, Severity::low},
      // Asked, and it said so.
      {"localhost", EnvironmentClass::local, Evidence::observed,
       Severity::high},
      // Only its place is local.
      {"db", EnvironmentClass::local, Evidence::assumed, Severity::high},
      // Another name in it says production, and the tunnel ends there.
      {"localhost", EnvironmentClass::production, Evidence::assumed,
       Severity::critical},
  };
  for (const auto& c : cases) {
    Credential credential;
    credential.reach.level = Level::destructive;
    credential.reach.evidence = c.evidence;
    credential.environment.value = c.environment;
    credential.facts = {{"host", std::string(c.host)}};
    EXPECT_EQ(severity_of(credential), c.expected) << c.host;
  }
}

}  // namespace
}  // namespace overreach
