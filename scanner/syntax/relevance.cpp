// Which texts are worth a parse: parsing is a hundred times slower than looking
// for words, and most files say nothing about any environment.

#include <algorithm>
#include <array>
#include <cstring>
#include <span>

#include "scanner/syntax/syntax.h"

namespace overreach {
namespace {

// A longer line was written by a program for a program.
constexpr std::size_t kLongestLine = 5000;
constexpr std::size_t kLookedAtBytes = std::size_t{64} << 10;

// Other people's programs, installed or built.
constexpr auto kForeignFolders = std::to_array<std::string_view>(
    {".next/", "bower_components/", "dist/", "node_modules/", "site-packages/",
     "third_party/", "vendor/"});

// Maps and branches by the name of the environment.
constexpr auto kEnvironments = std::to_array<std::string_view>(
    {"staging", "production: {", "production\": {", "production' => ["});

constexpr auto kPython = std::to_array<std::string_view>(
    {"environ", "getenv", "BaseSettings", "decouple", "DATABASES", "env("});
constexpr auto kJavaScript = std::to_array<std::string_view>(
    {"import.meta.env", "Deno.env", "Bun.env", "env("});
constexpr auto kGo = std::to_array<std::string_view>(
    {"Getenv", "LookupEnv", "etEnv(", "viper.", "envconfig", "env:\""});
constexpr auto kRuby =
    std::to_array<std::string_view>({"ENV[", "ENV.", "Rails.env"});
constexpr auto kJava = std::to_array<std::string_view>(
    {"getenv", "@Value", "getProperty(\"", "dotenv"});
constexpr auto kPhp =
    std::to_array<std::string_view>({"env(", "$_ENV", "$_SERVER[", "DB_"});
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
    "\"command\"", "ENV",       "Env",    "PROD",       "apiVersion",
    "backup",      "database",  "deploy", "env",        "mongo",
    "mysql",       "namespace", "passw",  "permission", "postgres",
    "production",  "profile",   "redis",  "secret",     "staging",
    "terraform",   "token",     "volume",
});

bool has(std::string_view text, std::string_view word) {
  return memmem(text.data(), text.size(), word.data(), word.size()) != nullptr;
}

bool has_any(std::string_view text, std::span<const std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return has(text, word); });
}

// NODE_ENV alone chooses a way to build, in nearly every package.
bool reads_process_environment(std::string_view text) {
  constexpr std::string_view kRead = "process.env";
  for (std::size_t at = text.find(kRead); at != text.npos;
       at = text.find(kRead, at + 1)) {
    const std::string_view behind = text.substr(at + kRead.size(), 10);
    if (!behind.starts_with(".NODE_ENV") &&
        !behind.starts_with("[\"NODE_ENV") &&
        !behind.starts_with("['NODE_ENV")) {
      return true;
    }
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

bool has_long_line(std::string_view text) {
  text = text.substr(0, kLookedAtBytes);
  while (text.size() > kLongestLine) {
    const std::size_t newline = text.rfind('\n', kLongestLine);
    if (newline == text.npos) return true;
    text.remove_prefix(newline + 1);
  }
  return false;
}

std::span<const std::string_view> words_of(Language language) {
  switch (language) {
    case Language::python:
      return kPython;
    case Language::javascript:
    case Language::typescript:
    case Language::tsx:
      return kJavaScript;
    case Language::go:
      return kGo;
    case Language::ruby:
      return kRuby;
    case Language::java:
      return kJava;
    case Language::php:
      return kPhp;
    case Language::csharp:
      return kCsharp;
    default:
      return {};
  }
}

}  // namespace

bool may_matter(Language language, std::string_view path,
                std::string_view text) {
  if (language == Language::none || is_foreign(path)) return false;
  switch (language) {
    case Language::bash:
    case Language::makefile:
      return has_any(text, kScripts);
    case Language::yaml:
    case Language::json:
    case Language::xml:
    case Language::ini:
      return is_hidden(path) || has_any(text, kDocuments);
    default:
      break;
  }
  const std::span<const std::string_view> words = words_of(language);
  if (words.empty()) return true;  // few and small
  if (!has_any(text, words) && !has_any(text, kEnvironments) &&
      !(words.data() == kJavaScript.data() &&
        reads_process_environment(text))) {
    return false;
  }
  return !has_long_line(text);
}

}  // namespace overreach
