// Who may include whom, on the real #include lines: the rule of
// "Who may include whom" in the design, and small promises about files and
// types.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace overreach {
namespace {

namespace fs = std::filesystem;

constexpr int kMaxLines = 420;
constexpr int kMaxTestLines = 600;  // tables of cases are long

struct SourceFile {
  std::string path;  // from the repository's root
  std::string text;
};

constexpr std::array<std::string_view, 10> kStages = {
    "rulebook", "walk",        "history",   "read",     "match",
    "syntax",   "environment", "privilege", "crossing", "reach"};

// Git's own formats stand below the stages that read repositories.
bool reads_git(std::string_view layer) {
  return layer == "walk" || layer == "history";
}

bool is_stage(std::string_view layer) {
  return std::find(kStages.begin(), kStages.end(), layer) != kStages.end();
}

// "scanner/match/tables/x.h" -> "match"; empty for a folder nobody knows.
std::string layer_of(const std::string& path) {
  if (path.starts_with("formatters/")) return "formatters";
  if (path == "scanner/main.cpp") return "main";
  static const std::regex in_folder("scanner/([^/]+)/.+");
  std::smatch parts;
  if (!std::regex_match(path, parts, in_folder)) return "";
  const std::string folder = parts[1];
  const bool known = is_stage(folder) || folder == "base" || folder == "core" ||
                     folder == "git" || folder == "pipeline" || folder == "cli";
  return known ? folder : "";
}

bool is_door(const std::string& path, const std::string& layer) {
  return path == "scanner/" + layer + "/" + layer + ".h";
}

// Where hooks are is asked by a command, not by a stage of a scan.
bool is_hooks(const std::string& path) {
  return path == "scanner/git/hooks_folder.h";
}

bool may_include(const std::string& from, const std::string& to_path) {
  const std::string to = layer_of(to_path);
  if (from.empty() || to.empty()) return false;
  if (from == to) return true;
  if (from == "base") return false;
  if (from == "core") return to == "base";
  if (from == "main") return is_door(to_path, "cli");
  if (to == "base" || to == "core") return true;
  if (to == "git") {
    return reads_git(from) || (from == "cli" && is_hooks(to_path));
  }
  if (from == "pipeline") return is_stage(to) && is_door(to_path, to);
  if (from == "cli") {
    // Tables of what is known, for `rules list`.
    const bool is_table = to == "rulebook" || to == "crossing";
    return is_door(to_path, "pipeline") || (is_table && is_door(to_path, to)) ||
           to_path == "formatters/formatter.h";
  }
  return false;  // a stage or a format
}

// Paths of our own files that a text includes.
std::vector<std::string> our_includes(const std::string& text) {
  static const std::regex line(
      R"re((?:^|\n)[ \t]*#[ \t]*include[ \t]*["<]((?:scanner|formatters|tests)/[^">]+)[">])re");
  std::vector<std::string> paths;
  for (std::sregex_iterator it(text.begin(), text.end(), line), end; it != end;
       ++it) {
    paths.push_back((*it)[1]);
  }
  return paths;
}

std::vector<std::string> violations(const SourceFile& file) {
  const std::string layer = layer_of(file.path);
  if (layer.empty()) return {file.path + " is in no known folder"};
  std::vector<std::string> found;
  for (const std::string& path : our_includes(file.text)) {
    if (!may_include(layer, path)) found.push_back(file.path + " -> " + path);
  }
  return found;
}

std::vector<SourceFile> files_below(std::initializer_list<const char*> folders,
                                    std::string_view extensions) {
  const fs::path root = OVERREACH_SOURCE_DIR;
  std::vector<SourceFile> files;
  for (const char* const folder : folders) {
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      const std::string extension = entry.path().extension().string() + " ";
      if (!entry.is_regular_file() || extension == " " ||
          extensions.find(extension) == std::string_view::npos) {
        continue;
      }
      std::ifstream stream(entry.path(), std::ios::binary);
      files.push_back({fs::relative(entry.path(), root).generic_string(),
                       {std::istreambuf_iterator<char>(stream), {}}});
    }
  }
  return files;
}

std::vector<SourceFile> program_files() {
  return files_below({"scanner", "formatters"}, ".cpp .h ");
}

TEST(Layering, HoldsInEveryFile) {
  const std::vector<SourceFile> files = program_files();
  EXPECT_GT(files.size(), 50u);
  for (const SourceFile& file : files) {
    EXPECT_THAT(violations(file), testing::IsEmpty());
  }
}

TEST(Layering, EveryIncludedFileExists) {
  for (const SourceFile& file : program_files()) {
    for (const std::string& path : our_includes(file.text)) {
      EXPECT_TRUE(fs::exists(fs::path(OVERREACH_SOURCE_DIR) / path))
          << file.path << " -> " << path;
    }
  }
}

// Without the whole path the rule above would not see the include.
TEST(Layering, OurFilesAreIncludedByTheirWholePath) {
  static const std::regex quoted(R"re(#[ \t]*include[ \t]*"([^"]+)")re");
  for (const SourceFile& file : program_files()) {
    const fs::path folder =
        (fs::path(OVERREACH_SOURCE_DIR) / file.path).parent_path();
    for (std::sregex_iterator it(file.text.begin(), file.text.end(), quoted),
         end;
         it != end; ++it) {
      EXPECT_FALSE(fs::exists(folder / (*it)[1].str()))
          << file.path << ": #include \"" << (*it)[1] << '"';
    }
  }
}

TEST(Layering, SeesABadInclude) {
  struct Case {
    const char* from;
    const char* include;
    bool good;
  };
  constexpr Case kCases[] = {
      {"scanner/base/a.cpp", "\"scanner/base/result.h\"", true},
      {"scanner/core/a.cpp", "\"scanner/base/result.h\"", true},
      {"scanner/match/a.cpp", "\"scanner/match/tables/t.h\"", true},
      {"scanner/git/a.cpp", "\"scanner/core/report.h\"", true},
      {"scanner/walk/a.cpp", "\"scanner/git/libgit2.h\"", true},
      {"scanner/history/a.cpp", "\"scanner/git/libgit2.h\"", true},
      {"scanner/pipeline/a.cpp", "\"scanner/walk/walk.h\"", true},
      {"scanner/cli/a.cpp", "\"scanner/rulebook/rulebook.h\"", true},
      {"scanner/cli/a.cpp", "\"formatters/formatter.h\"", true},
      {"scanner/cli/a.cpp", "\"scanner/git/hooks_folder.h\"", true},
      {"scanner/main.cpp", "\"scanner/cli/cli.h\"", true},
      {"formatters/a.cpp", "\"scanner/core/report.h\"", true},
      {"scanner/match/a.cpp", "<string>", true},
      {"scanner/base/a.cpp", "\"scanner/core/report.h\"", false},
      {"scanner/core/a.cpp", "\"scanner/match/match.h\"", false},
      {"scanner/match/a.cpp", "\"scanner/rulebook/rulebook.h\"", false},
      {"scanner/match/a.cpp", "\"scanner/git/libgit2.h\"", false},
      {"scanner/git/a.cpp", "\"scanner/walk/walk.h\"", false},
      {"scanner/history/a.cpp", "\"scanner/walk/walk.h\"", false},
      {"scanner/match/a.cpp", "<scanner/walk/walk.h>", false},
      {"scanner/walk/a.cpp", "\"scanner/pipeline/pipeline.h\"", false},
      {"scanner/pipeline/a.cpp", "\"scanner/walk/ignore.h\"", false},
      {"scanner/pipeline/a.cpp", "\"formatters/formatter.h\"", false},
      {"scanner/cli/a.cpp", "\"scanner/match/match.h\"", false},
      {"scanner/cli/a.cpp", "\"formatters/page.h\"", false},
      {"scanner/cli/a.cpp", "\"scanner/git/libgit2.h\"", false},
      {"scanner/main.cpp", "\"scanner/pipeline/pipeline.h\"", false},
      {"formatters/a.cpp", "\"scanner/match/match.h\"", false},
      {"scanner/core/a.cpp", "\"tests/helpers.h\"", false},
      {"scanner/extra/a.cpp", "<string>", false},
  };
  for (const Case& c : kCases) {
    const std::string text =
        "// One.\n#pragma once\n  #  include " + std::string(c.include) + "\n";
    EXPECT_EQ(violations({c.from, text}).empty(), c.good)
        << c.from << " includes " << c.include;
  }
}

// Names of the types that the file defines for all files to see.
std::vector<std::string> types_of(const std::string& text) {
  static const std::regex definition(
      R"re(^(?:class|struct|union|enum class) (\w+)(?: final)?(?: :[^:].*)? \{.*)re");
  std::vector<std::string> names;
  std::istringstream lines(text);
  bool is_hidden = false;  // in a namespace without a name, or of a processor
  for (std::string line; std::getline(lines, line);) {
    std::smatch found;
    if (line == "namespace {" || line == "namespace HWY_NAMESPACE {") {
      is_hidden = true;
    } else if (line.starts_with("}  // namespace")) {
      is_hidden = false;
    } else if (!is_hidden && std::regex_match(line, found, definition)) {
      names.push_back(found[1]);
    }
  }
  return names;
}

// Two types of one name share constructors and destructors at the linker's
// choice, and no compiler says so.
TEST(Types, HaveNamesOfTheirOwn) {
  std::map<std::string, std::string> defined_in;
  for (const SourceFile& file : program_files()) {
    for (const std::string& name : types_of(file.text)) {
      const auto [known, is_new] = defined_in.emplace(name, file.path);
      EXPECT_TRUE(is_new) << name << ": " << file.path << " and "
                          << known->second;
    }
  }
  EXPECT_GT(defined_in.size(), 300u);
}

TEST(Types, AreSeen) {
  EXPECT_THAT(
      types_of("class A {\nstruct B : C {\nenum class D : std::uint8_t {\n"
               "struct E {};\nclass F final : public G {\nclass H;\n"
               "namespace {\nclass I {\n}  // namespace\nstruct J::K {\n"
               "  struct L {\n"),
      testing::ElementsAre("A", "B", "D", "E", "F"));
}

TEST(Files, AreShort) {
  for (const SourceFile& file :
       files_below({"scanner", "formatters", "tests"}, ".cpp .h .py .sh ")) {
    if (file.path.find("/tables/") != std::string::npos) continue;
    const auto most =
        file.path.starts_with("tests/") ? kMaxTestLines : kMaxLines;
    EXPECT_LE(std::count(file.text.begin(), file.text.end(), '\n'), most)
        << file.path;
  }
}

TEST(Files, HeadersAreIncludedOnce) {
  for (const SourceFile& file :
       files_below({"scanner", "formatters", "tests"}, ".h ")) {
    // What Highway compiles for several processors is included for each.
    const bool is_repeated = file.path.ends_with("-inl.h");
    const std::string_view guard =
        is_repeated ? " == defined(HWY_TARGET_TOGGLE)\n" : "\n#pragma once\n";
    EXPECT_NE(file.text.find(guard), std::string::npos) << file.path;
  }
}

}  // namespace
}  // namespace overreach
