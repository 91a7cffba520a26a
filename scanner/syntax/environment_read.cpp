#include "scanner/syntax/environment_read.h"

#include <algorithm>
#include <array>

#include "scanner/syntax/references.h"

namespace overreach {
namespace {

constexpr std::size_t kMaxNameBytes = 120;

constexpr auto kMaps = std::to_array<std::string_view>(
    {"Bun.env", "ENV", "_ENV", "_SERVER", "env", "environ", "import.meta.env",
     "os.environ", "process.env"});

// Readers of any variable, whatever its name looks like.
constexpr auto kReaders = std::to_array<std::string_view>({
    "Deno.env.get",
    "ENV.fetch",
    "Environment.GetEnvironmentVariable",
    "System.getenv",
    "System.getenv().get",
    "System.getenv().getOrDefault",
    "environ.get",
    "getenv",
    "os.Getenv",
    "os.LookupEnv",
    "os.environ.get",
    "os.environ.setdefault",
    "os.getenv",
});

// Names of settings libraries; only for what is named like a variable.
constexpr auto kSettings = std::to_array<std::string_view>(
    {"config", "decouple.config", "environ", "settings.get"});

constexpr auto kDefaults = std::to_array<std::string_view>(
    {"default", "defaultTo", "getOrDefault", "or", "orElse", "orElseGet",
     "prefault", "unwrap_or", "withDefault"});

template <class List>
bool has(const List& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

// "env" as a word: getEnv, env_or, mustGetenv; not environment, envelope.
bool has_word_env(std::string_view name) {
  for (std::size_t at = 0; at + 3 <= name.size(); ++at) {
    const char first = name[at];
    if ((first != 'e' && first != 'E') ||
        (name[at + 1] != 'n' && name[at + 1] != 'N') ||
        (name[at + 2] != 'v' && name[at + 2] != 'V')) {
      continue;
    }
    const bool is_open_behind = at + 3 < name.size() && is_lower(name[at + 3]);
    if (!is_open_behind || name.substr(at + 3).starts_with("or")) return true;
  }
  return false;
}

}  // namespace

std::string dotted_name(std::string_view written) {
  if (written.starts_with("new ")) written.remove_prefix(4);
  if (written.size() > kMaxNameBytes) {
    written.remove_prefix(written.size() - kMaxNameBytes);
  }
  std::string name;
  for (std::size_t i = 0; i < written.size(); ++i) {
    const char c = written[i];
    const std::string_view two = written.substr(i, 2);
    if (two == "->" || two == "::" || two == "?.") {
      name += '.';
      ++i;
    } else if (c != ' ' && c != '\n' && c != '\t' && c != '\r' && c != '$' &&
               c != '!' && c != '@') {
      name += c;
    }
  }
  return name;
}

std::string_view last_segment(std::string_view dotted) {
  std::string_view last = dotted.substr(dotted.rfind('.') + 1);
  return last.substr(0, last.find_first_of("<([{"));
}

bool is_environment_map(std::string_view dotted) { return has(kMaps, dotted); }

bool reads_environment(std::string_view dotted, std::string_view argument) {
  if (argument.empty()) return false;
  if (has(kReaders, dotted)) return true;
  if (!is_variable_name(argument)) return false;
  return has(kSettings, dotted) || has_word_env(last_segment(dotted)) ||
         (last_segment(dotted) == "get" && has_word_env(dotted)) ||
         dotted.starts_with("env.");
}

bool gives_default(std::string_view method) { return has(kDefaults, method); }

}  // namespace overreach
