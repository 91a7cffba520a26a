// Programs that read the environment of their process, or choose by the name of
// one.  What any machine has, a home folder or a path, says nothing about it.

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "scanner/base/word_list.h"
#include "scanner/syntax/relevance.h"
#include "scanner/syntax/word_search.h"

namespace overreach {
namespace {

// A longer line was written by a program for a program.
constexpr std::size_t kLongestLine = 5000;
constexpr std::size_t kLookedAtBytes = std::size_t{64} << 10;

// So was a larger source.
constexpr std::size_t kLargestSource = std::size_t{128} << 10;

// Maps and branches by the name of the environment.
constexpr auto kEnvironments = std::to_array<std::string_view>(
    {"staging", "production: {", "production: '", "production: \"",
     "production\": {", "production\": \"", "production' => ["});

constexpr auto kPython = std::to_array<std::string_view>(
    {"environ", "getenv", "BaseSettings", "decouple", "DATABASES", "env(",
     "PolicyStatement(", "auto_delete_objects"});
constexpr auto kJavaScript = std::to_array<std::string_view>(
    {"process.env", "import.meta.env", "Deno.env", "Bun.env", "env(",
     "autoDeleteObjects", "PolicyStatement(", "removal: "});
constexpr auto kGo = std::to_array<std::string_view>(
    {"Getenv", "LookupEnv", "etEnv(", "viper.", "envconfig", "env:\""});
constexpr auto kRuby =
    std::to_array<std::string_view>({"ENV[", "ENV.", "Rails.env"});
constexpr auto kJava = std::to_array<std::string_view>(
    {"getenv", "@Value", "getProperty(\"", "dotenv"});
constexpr auto kPhp = std::to_array<std::string_view>(
    {"env(", "$_ENV", "$_SERVER[", "DB_", "DatabaseMigrations",
     "DatabaseTruncation", "RefreshDatabase"});
constexpr auto kCsharp = std::to_array<std::string_view>(
    {"GetEnvironmentVariable", "onfiguration[", "GetConnectionString",
     "connectionString"});

// Variables that any machine has.
// NODE_ENV alone chooses a way to build, in nearly every package.
constexpr std::string_view kOfMachine =
    " APPDATA CC CXX DISPLAY EDITOR HOME LANG LD_LIBRARY_PATH LOGNAME NODE_ENV "
    "PATH PWD PYTHONPATH SHELL SUDO_GID SUDO_UID SUDO_USER TEMP TERM TMP "
    "TMPDIR USER USERPROFILE ";

// Of what says where something lies on a machine, or how a compiler is called.
constexpr auto kOfMachineEndings = std::to_array<std::string_view>(
    {"_BIN", "_DIR", "_HOME", "_PATH", "FLAGS"});

// But PROD_CONFIG_PATH names an environment.
constexpr auto kNamesEnvironment = std::to_array<std::string_view>(
    {"LIVE", "PRD", "PROD", "STAG", "STG", "UAT"});

// What settings that are written as code hold: config/env/production.js.
constexpr auto kSettings =
    std::to_array<std::string_view>({"accessKey", "mongodb", "mysql", "passw",
                                     "postgres", "redis://", "secret"});

bool is_in_settings(std::string_view path) {
  for (const std::string_view folder : {"config/", "environments/"}) {
    const std::size_t at = path.rfind(folder);
    if (at != path.npos && (at == 0 || path[at - 1] == '/')) return true;
  }
  return false;
}

// Types without values: next.d.ts, index.d.mts.
bool is_declaration(std::string_view path) {
  return path.ends_with(".d.ts") || path.ends_with(".d.mts") ||
         path.ends_with(".d.cts");
}

bool has_long_line(std::string_view text) {
  text = text.substr(0, kLookedAtBytes);
  while (text.size() > kLongestLine) {
    const std::size_t newline = text.rfind('\n', kLongestLine);
    if (newline == text.npos) return true;
    text.remove_prefix(newline + 1);
  }
  return false;
}

// With the words that choose by the environment.
template <std::size_t Size>
std::vector<std::string_view> and_environments(
    const std::array<std::string_view, Size>& words) {
  std::vector<std::string_view> all(words.begin(), words.end());
  all.insert(all.end(), kEnvironments.begin(), kEnvironments.end());
  return all;
}

// Null for languages of settings, of which all files matter: few and small.
const WordSearch* search_of(Language language) {
  static const WordSearch kFor[] = {
      WordSearch(and_environments(kPython)),
      WordSearch(and_environments(kJavaScript)),
      WordSearch(and_environments(kGo)),
      WordSearch(and_environments(kRuby)),
      WordSearch(and_environments(kJava)),
      WordSearch(and_environments(kPhp)),
      WordSearch(and_environments(kCsharp)),
  };
  switch (language) {
    case Language::python:
      return &kFor[0];
    case Language::javascript:
    case Language::typescript:
    case Language::tsx:
      return &kFor[1];
    case Language::go:
      return &kFor[2];
    case Language::ruby:
      return &kFor[3];
    case Language::java:
      return &kFor[4];
    case Language::php:
      return &kFor[5];
    case Language::csharp:
      return &kFor[6];
    default:
      return nullptr;
  }
}

constexpr std::string_view kNameBytes = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
constexpr std::size_t kLongestRead = 48;

// The variable that is read by the text behind environ, getenv, ENV and the
// like: ["X"], .get('X', .X; empty when it has no constant name.
std::string_view variable_behind(std::string_view text) {
  text = text.substr(0, kLongestRead);
  const std::size_t begin =
      text.find_first_not_of("abcdefghijklmnopqrstuvwxyz.?([\"' ");
  if (begin == text.npos || begin == 0) return {};
  text.remove_prefix(begin);
  return text.substr(0, text.find_first_not_of(kNameBytes));
}

// The one that is asked for by the text in front of environ: 'X' in os.
std::string_view variable_before(std::string_view text) {
  text = text.substr(text.size() - std::min(text.size(), kLongestRead));
  if (text.ends_with("os.")) text.remove_suffix(3);
  for (const std::string_view ask :
       {"' in ", "\" in ", "' not in ", "\" not in "}) {
    if (!text.ends_with(ask)) continue;
    text.remove_suffix(ask.size());
    return text.substr(text.find_last_not_of(kNameBytes) + 1);
  }
  return {};
}

bool is_of_machine(std::string_view variable) {
  if (is_listed(kOfMachine, variable)) return true;
  const auto ends = [&](std::string_view end) {
    return variable.ends_with(end);
  };
  const auto has = [&](std::string_view word) {
    return variable.find(word) != variable.npos;
  };
  return std::any_of(kOfMachineEndings.begin(), kOfMachineEndings.end(),
                     ends) &&
         std::none_of(kNamesEnvironment.begin(), kNamesEnvironment.end(), has);
}

// Of the arguments of env(): "X", f"X", X; not prepare_env(args).
bool begins_with_constant(std::string_view arguments) {
  const std::size_t first = arguments.find_first_not_of(" \t\r\n");
  if (first == arguments.npos) return false;
  const auto is_quote = [&](std::size_t at) {
    return at < arguments.size() &&
           std::string_view("\"'`").find(arguments[at]) != arguments.npos;
  };
  return is_quote(first) || is_quote(first + 1) ||
         (arguments[first] >= 'A' && arguments[first] <= 'Z');
}

// Whether `word`, which begins at `at`, says more than where a program runs.
bool is_meant(std::string_view text, std::size_t at, std::string_view word) {
  if (std::find(kEnvironments.begin(), kEnvironments.end(), word) !=
      kEnvironments.end()) {
    return true;
  }
  const std::string_view behind = text.substr(at + word.size());
  if (word == "environ") {
    constexpr std::string_view kRest = "ment";  // a word of prose, or a key
    if (behind.starts_with(kRest)) {
      const std::size_t next = behind.find_first_not_of(' ', kRest.size());
      return next != behind.npos && behind.find_first_of("=:\"'", next) == next;
    }
    if (is_of_machine(variable_before(text.substr(0, at)))) return false;
  }
  if (word == "env(" && !begins_with_constant(behind)) return false;
  return !is_of_machine(variable_behind(behind));
}

bool has_meant_word(const WordSearch& search, Language language,
                    std::string_view text) {
  CommentLines comments(text, language);
  for (std::size_t at = search.find(text); at != text.npos;
       at = search.find(text, at + 1)) {
    if (!comments.have(at) && is_meant(text, at, search.word_at(text, at))) {
      return true;
    }
  }
  return false;
}

}  // namespace

bool program_may_matter(Language language, std::string_view path,
                        std::string_view text) {
  const WordSearch* const search = search_of(language);
  if (!search) return true;
  if (text.size() > kLargestSource || is_declaration(path)) return false;
  static const WordSearch kSettingsSearch(kSettings);
  return (has_meant_word(*search, language, text) ||
          (is_in_settings(path) && kSettingsSearch.is_in(text))) &&
         !has_long_line(text);
}

}  // namespace overreach
