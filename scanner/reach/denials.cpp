// Rules of agents about what their file tools may not read.  A command is not
// held back by them: they make an accident less likely, no more.

#include "scanner/base/path_pattern.h"
#include "scanner/base/wildmatch.h"
#include "scanner/reach/paths.h"
#include "scanner/reach/reach.h"

namespace overreach {
namespace {

constexpr std::string_view kSettings =
    "(.claude|.cursor)/(settings|settings.local|managed-settings|cli|"
    "cli-config).json";

// "Read(~/.aws/**)" -> "~/.aws/**", as a glob of paths as in Place; empty for
// what says nothing about the home folder.
std::string glob_of(std::string_view rule, const Standpoint& standpoint) {
  constexpr std::string_view kRead = "Read";
  if (rule == kRead) return "**";
  if (!rule.starts_with("Read(") || !rule.ends_with(')')) return {};
  rule = rule.substr(5, rule.size() - 6);
  if (rule.starts_with("~/") || rule.starts_with("**")) {
    return std::string(rule);
  }
  if (rule.starts_with("//")) return shown_path(standpoint, rule.substr(1));
  return {};
}

}  // namespace

Denials::Denials(const Standpoint& standpoint,
                 const std::vector<LabelledFile>& files) {
  for (const LabelledFile& file : files) {
    if (!match_path(kSettings, file.path)) continue;
    for (const Entry& entry : file.entries()) {
      if (!match_path(".permissions.deny.*", entry.path, '.')) continue;
      const std::string_view text = entry.value.reveal();
      std::string glob = glob_of(text, standpoint);
      if (glob.empty()) continue;
      rules_.push_back(
          {std::move(glob), std::string(text) + " in " + file.path});
    }
  }
}

std::string Denials::covering(std::string_view path) const {
  for (const Rule& rule : rules_) {
    if (wildmatch(rule.glob, path, false) ||
        wildmatch(rule.glob + "/**", path, false)) {
      return rule.text;
    }
  }
  return {};
}

}  // namespace overreach
