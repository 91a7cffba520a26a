// Which texts are worth a parse: parsing is a hundred times slower than looking
// for words, and most files say nothing about any environment.

#include <algorithm>
#include <array>
#include <vector>

#include "scanner/base/text.h"
#include "scanner/syntax/syntax.h"
#include "scanner/syntax/word_search.h"

namespace overreach {
namespace {

// A longer line was written by a program for a program.
constexpr std::size_t kLongestLine = 5000;
constexpr std::size_t kLookedAtBytes = std::size_t{64} << 10;

// So was a larger source.
constexpr std::size_t kLargestSource = std::size_t{128} << 10;

// Other people's programs, installed or built.
constexpr auto kForeignFolders = std::to_array<std::string_view>(
    {".next/", "bower_components/", "dist/", "node_modules/", "site-packages/",
     "third_party/", "vendor/"});

// Maps and branches by the name of the environment.
constexpr auto kEnvironments = std::to_array<std::string_view>(
    {"staging", "production: {", "production: '", "production: \"",
     "production\": {", "production\": \"", "production' => ["});

constexpr auto kPython = std::to_array<std::string_view>(
    {"environ", "getenv", "BaseSettings", "decouple", "DATABASES", "env(",
     "PolicyStatement(", "auto_delete_objects"});
constexpr auto kJavaScript = std::to_array<std::string_view>(
    {"import.meta.env", "Deno.env", "Bun.env", "env(", "autoDeleteObjects",
     "PolicyStatement(", "removal: "});
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

// Scripts: what they deploy, copy or destroy.
constexpr auto kScripts = std::to_array<std::string_view>({
    ".env",      "ENV=",     "DATABASE", "PASSW",      "SECRET",   "TOKEN",
    "_URL",      "_KEY",     "aider",    "aws ",       "backup",   "claude",
    "codex",     "deploy",   "docker ",  "doppler",    "dropdb",   "fly ",
    "flyctl",    "gcloud",   "heroku",   "infisical",  "kubectl",  "mongodump",
    "mysqldump", "netlify",  "pg_dump",  "pg_restore", "prisma",   "production",
    "psql",      "railway",  "restic",   "staging",    "supabase", "terraform",
    "vercel",    "wrangler",
});

// Documents.
constexpr auto kDocuments = std::to_array<std::string_view>({
    "\"Statement\"", "\"command\"", "ENV",       "Env",
    "PROD",          "apiVersion",  "backup",    "database",
    "dbs:",          "deploy",      "env",       "mongo",
    "mountPath",     "mysql",       "namespace", "onnectionString",
    "passw",         "permission",  "postgres",  "production",
    "profiles",      "PROFILE",     "redis",     "secret",
    "staging",       "terraform",   "token",     "volume",
});

// In a large document, of which most are data, only these count.
constexpr auto kLargeDocuments = std::to_array<std::string_view>({
    "AWSTemplateFormatVersion",
    "DATABASE_URL",
    "apiVersion",
    "mongodb://",
    "mysql://",
    "postgres://",
    "postgresql://",
    "production:",
    "production\":",
    "staging:",
    "staging\":",
    "terraform_version",
});
constexpr std::size_t kLargeDocumentBytes = std::size_t{128} << 10;

// NODE_ENV alone chooses a way to build, in nearly every package.
constexpr auto kProcessEnvironment =
    std::to_array<std::string_view>({"process.env"});

bool reads_process_environment(std::string_view text) {
  static const WordSearch kSearch(kProcessEnvironment);
  constexpr std::size_t kSize = kProcessEnvironment[0].size();
  for (std::size_t at = kSearch.find(text); at != text.npos;
       at = kSearch.find(text, at + kSize)) {
    const std::string_view behind = text.substr(at + kSize, 10);
    if (!behind.starts_with(".NODE_ENV") &&
        !behind.starts_with("[\"NODE_ENV") &&
        !behind.starts_with("['NODE_ENV")) {
      return true;
    }
  }
  return false;
}

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

bool is_foreign(std::string_view path) {
  return std::any_of(kForeignFolders.begin(), kForeignFolders.end(),
                     [&](std::string_view folder) {
                       const std::size_t at = path.find(folder);
                       return at != path.npos &&
                              (at == 0 || path[at - 1] == '/');
                     });
}

// Settings of tools go by their name: .firebaserc, .vscode/settings.json.
bool is_hidden(std::string_view path) {
  return path.starts_with('.') || path.find("/.") != path.npos;
}

// A few lines that say which files and services stand for an environment.
bool is_compose(std::string_view path) {
  const std::string_view name = file_name(path);
  return name.starts_with("compose.") || name.starts_with("docker-compose");
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

}  // namespace

bool may_matter(Language language, std::string_view path,
                std::string_view text) {
  static const WordSearch kScriptSearch(kScripts);
  static const WordSearch kDocumentSearch(kDocuments);
  static const WordSearch kLargeDocumentSearch(kLargeDocuments);
  if (language == Language::none || is_foreign(path)) return false;
  switch (language) {
    case Language::bash:
    case Language::makefile:
      return path.ends_with(".envrc") || kScriptSearch.is_in(text);
    case Language::yaml:
    case Language::json:
    case Language::xml:
    case Language::ini:
      if (is_hidden(path) || is_compose(path)) return true;
      return text.size() > kLargeDocumentBytes
                 ? kLargeDocumentSearch.is_in(text)
                 : kDocumentSearch.is_in(text);
    default:
      break;
  }
  const WordSearch* const search = search_of(language);
  if (!search) return true;
  if (text.size() > kLargestSource || is_declaration(path)) return false;
  const bool is_javascript = language == Language::javascript ||
                             language == Language::typescript ||
                             language == Language::tsx;
  static const WordSearch kSettingsSearch(kSettings);
  if (!search->is_in(text) &&
      !(is_javascript && reads_process_environment(text)) &&
      !(is_in_settings(path) && kSettingsSearch.is_in(text))) {
    return false;
  }
  return !has_long_line(text);
}

}  // namespace overreach
