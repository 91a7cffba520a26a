// Rule files on disk, and the checks that need the whole set.

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <set>

#include "scanner/base/whole_file.h"
#include "scanner/core/rule.h"
#include "scanner/rulebook/rulebook.h"

namespace overreach {
namespace {

// The file itself, or every rule file of the folder.
Result<std::vector<std::filesystem::path>> rule_files(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) {
    return fail(path + ": no such file or folder");
  }
  std::vector<std::filesystem::path> files;
  if (!std::filesystem::is_directory(path, error)) return files = {path};
  for (const auto& entry : std::filesystem::directory_iterator(path, error)) {
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  }
  if (error) return fail(path + ": cannot be listed: " + error.message());
  if (files.empty()) return fail(path + ": holds no rule file (*.toml)");
  std::sort(files.begin(), files.end());
  return files;
}

bool needs_examples(const TokenRule& rule) {
  return rule.finder != Finder::shape && rule.finder != Finder::file &&
         !rule.is_custom;
}

}  // namespace

Status add_rule_path(const std::string& path, RuleSet& rules) {
  TRY_ASSIGN(const auto files, rule_files(path));
  for (const auto& file : files) {
    TRY_ASSIGN(const std::string text, read_file(file));
    TRY(add_rule_text(file.string(), text, rules));
  }
  return {};
}

Status add_provider_path(const std::string& path, ProviderSet& providers) {
  TRY_ASSIGN(const auto files, rule_files(path));
  for (const auto& file : files) {
    TRY_ASSIGN(const std::string text, read_file(file));
    TRY(add_provider_text(file.string(), text, providers));
  }
  return {};
}

std::vector<std::string> check_rules(const RuleSet& rules) {
  std::vector<std::string> wrong;
  std::set<std::string_view> ids;
  for (const TokenRule& rule : rules.tokens) {
    const std::string id(rule.id);
    if (!ids.insert(rule.id).second) wrong.push_back(id + ": id used twice");
    if (needs_examples(rule) && rule.examples.empty()) {
      wrong.push_back(id + ": examples are missing");
    }
    if (rule.finder == Finder::file && rule.paths.empty() &&
        rule.context.empty()) {
      wrong.push_back(id + ": paths are missing");
    }
    for (const CompanionRule& companion : rule.companions) {
      if (!rules.find(companion.rule)) {
        wrong.push_back(id + ": companion " + std::string(companion.rule) +
                        " is no rule");
      }
    }
    if (rule.is_custom) continue;
    if (!rule.id.starts_with(rule.provider)) {
      wrong.push_back(id + ": id must begin with " +
                      std::string(rule.provider));
    }
    for (const auto& [field, value] :
         {std::pair{"docs", rule.docs}, std::pair{"revoke", rule.revoke},
          std::pair{"narrower", rule.narrower}}) {
      if (value.empty() && !rule.is_public) {
        wrong.push_back(id + ": " + field + " is missing");
      }
    }
    if (rule.reach.empty() && !rule.is_public) {
      wrong.push_back(id + ": reach is missing");
    }
    if (rule.finder != Finder::shape) continue;
    const Example example = make_example(rule, 1);
    const auto match = match_shape(rule.shape, example.secret, 0);
    if (!match || match->end != example.secret.size()) {
      wrong.push_back(id + ": its generated example does not match its shape");
    }
    for (const std::string_view text : rule.counter_examples) {
      const std::string filled = fill_template(text, 1);
      const auto same = match_shape(rule.shape, filled, 0);
      if (same && same->end == filled.size() && !rule.needs_context() &&
          rule.check == Check::none) {
        wrong.push_back(id + ": counter-example matches: " + std::string(text));
      }
    }
  }
  std::sort(wrong.begin(), wrong.end());
  return wrong;
}

}  // namespace overreach
