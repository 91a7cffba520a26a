#include "scanner/rulebook/gitleaks.h"

#include <re2/re2.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include "scanner/base/text.h"
#include "scanner/rulebook/rulebook.h"

namespace overreach {
namespace {

// Reads one file.  Keys that only change how gitleaks reports (title, tags,
// description of allow lists ...) are skipped; a wrong type is an error.
class Reader {
 public:
  Reader(std::string_view file, RuleSet& rules) : file_(file), rules_(rules) {}

  Status read(const toml::table& file) {
    TRY(extend(file));
    if (const toml::node* node = file.get("rules")) {
      const toml::array* list = node->as_array();
      if (!list) return error(*node, "rules: must be tables");
      for (const toml::node& item : *list) {
        const toml::table* table = item.as_table();
        if (!table) return error(item, "rules: must be tables");
        TRY(rule(*table));
      }
    }
    for (const std::string_view key : {"allowlist", "allowlists"}) {
      TRY(allowances(file.get(key), rules_.allowances));
    }
    return {};
  }

 private:
  tl::unexpected<Error> error(const toml::node& at, std::string_view what) {
    return fail(std::string(file_) + ":" +
                std::to_string(at.source().begin.line) + ": " +
                std::string(what));
  }

  std::string_view keep(std::string text) {
    rules_.storage.push_back(
        std::make_shared<const std::string>(std::move(text)));
    return *rules_.storage.back();
  }

  // Empty when the key is absent.
  Result<std::string_view> text(const toml::table& table,
                                std::string_view key) {
    const toml::node* node = table.get(key);
    if (!node) return std::string_view();
    const auto value = node->value<std::string>();
    if (!value) return error(*node, std::string(key) + ": must be a text");
    return keep(*value);
  }

  // Zero when the key is absent.
  template <typename Number>
  Result<Number> number(const toml::table& table, std::string_view key) {
    const toml::node* node = table.get(key);
    if (!node) return Number{};
    const auto value = node->value<Number>();
    if (!value) return error(*node, std::string(key) + ": must be a number");
    return *value;
  }

  Result<std::vector<std::string_view>> texts(const toml::table& table,
                                              std::string_view key) {
    std::vector<std::string_view> list;
    const toml::node* node = table.get(key);
    if (!node) return list;
    const toml::array* array = node->as_array();
    if (!array) return error(*node, std::string(key) + ": must be a list");
    for (const toml::node& item : *array) {
      const auto value = item.value<std::string>();
      if (!value) return error(item, std::string(key) + ": must be a text");
      list.push_back(keep(*value));
    }
    return list;
  }

  Result<std::vector<std::string_view>> patterns(const toml::table& table,
                                                 std::string_view key) {
    TRY_ASSIGN(auto list, texts(table, key));
    for (const std::string_view pattern : list) {
      TRY(checked(*table.get(key), key, pattern));
    }
    return list;
  }

  Status checked(const toml::node& at, std::string_view key,
                 std::string_view pattern) {
    const RE2 expression({pattern.data(), pattern.size()}, RE2::Quiet);
    if (expression.ok()) return {};
    return error(at, std::string(key) + ": " + expression.error());
  }

  Status extend(const toml::table& file) {
    const toml::node* node = file.get("extend");
    if (!node) return {};
    const toml::table* extend = node->as_table();
    if (!extend) return error(*node, "extend: must be a table");
    TRY_ASSIGN(const std::string_view path, text(*extend, "path"));
    if (!path.empty()) {
      std::filesystem::path other(path);
      std::error_code ignored;
      if (other.is_relative() && !std::filesystem::exists(other, ignored)) {
        other = std::filesystem::path(file_).parent_path() / other;
      }
      const Level level;
      if (level.is_too_deep()) {
        return error(*extend, "extend: too many levels");
      }
      TRY(add_rule_path(other.string(), rules_));
    }
    TRY_ASSIGN(const auto disabled, texts(*extend, "disabledRules"));
    std::erase_if(rules_.tokens, [&](const TokenRule& rule) {
      return std::find(disabled.begin(), disabled.end(), rule.id) !=
             disabled.end();
    });
    return {};
  }

  // A file that extends itself must end.  Counts the files being read.
  class Level {
   public:
    Level() { ++depth(); }
    ~Level() { --depth(); }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;
    bool is_too_deep() const { return depth() > 4; }

   private:
    static int& depth() {
      thread_local int value = 0;
      return value;
    }
  };

  Status rule(const toml::table& table) {
    TokenRule rule;
    TRY_ASSIGN(rule.id, text(table, "id"));
    if (rule.id.empty()) return error(table, "rule: id is missing");
    TRY_ASSIGN(rule.name, text(table, "description"));
    if (rule.name.empty()) rule.name = rule.id;
    rule.provider = rule.provider_name = "custom";
    rule.is_custom = true;
    rule.finder = Finder::pattern;
    TRY_ASSIGN(rule.pattern, text(table, "regex"));
    TRY_ASSIGN(rule.path_pattern, text(table, "path"));
    if (rule.pattern.empty() && rule.path_pattern.empty()) {
      return error(table, std::string(rule.id) + ": regex is missing");
    }
    if (!rule.pattern.empty()) {
      TRY(checked(*table.get("regex"), "regex", rule.pattern));
    }
    if (!rule.path_pattern.empty()) {
      TRY(checked(*table.get("path"), "path", rule.path_pattern));
    }
    TRY_ASSIGN(rule.secret_group, number<std::uint32_t>(table, "secretGroup"));
    if (rule.secret_group >
        static_cast<std::uint32_t>(std::max(
            0, RE2({rule.pattern.data(), rule.pattern.size()}, RE2::Quiet)
                   .NumberOfCapturingGroups()))) {
      return error(*table.get("secretGroup"),
                   "secretGroup: the regex has no such group");
    }
    TRY_ASSIGN(rule.min_entropy, number<double>(table, "entropy"));
    if (!(rule.min_entropy >= 0 && rule.min_entropy <= 8)) {
      return error(*table.get("entropy"), "entropy: must be from 0 to 8");
    }
    TRY_ASSIGN(rule.keywords, texts(table, "keywords"));
    for (std::string_view& word : rule.keywords) {
      word = keep(lower_case(word));
    }
    for (const std::string_view key : {"allowlist", "allowlists"}) {
      TRY(allowances(table.get(key), rule.allowances));
    }
    std::erase_if(rules_.tokens, [&](const TokenRule& other) {
      return other.id == rule.id;  // a rule of the same id is replaced
    });
    rules_.tokens.push_back(std::move(rule));
    return {};
  }

  Status allowances(const toml::node* node, std::vector<Allowance>& into) {
    if (!node) return {};
    if (const toml::table* one = node->as_table()) return allowance(*one, into);
    const toml::array* list = node->as_array();
    if (!list) return error(*node, "allowlists: must be tables");
    for (const toml::node& item : *list) {
      const toml::table* table = item.as_table();
      if (!table) return error(item, "allowlists: must be tables");
      TRY(allowance(*table, into));
    }
    return {};
  }

  Status allowance(const toml::table& table, std::vector<Allowance>& into) {
    Allowance allowance;
    TRY_ASSIGN(allowance.paths, patterns(table, "paths"));
    TRY_ASSIGN(allowance.patterns, patterns(table, "regexes"));
    TRY_ASSIGN(allowance.stopwords, texts(table, "stopwords"));
    TRY_ASSIGN(allowance.rules, texts(table, "targetRules"));
    TRY_ASSIGN(const std::string_view condition, text(table, "condition"));
    allowance.all = condition == "AND";
    TRY_ASSIGN(const std::string_view target, text(table, "regexTarget"));
    if (target == "line") allowance.target = Allowance::Target::line;
    if (target == "match") allowance.target = Allowance::Target::match;
    into.push_back(std::move(allowance));
    return {};
  }

  std::string_view file_;
  RuleSet& rules_;
};

}  // namespace

bool is_gitleaks(const toml::table& file) {
  return file.contains("rules") || file.contains("extend") ||
         file.contains("allowlist") || file.contains("allowlists");
}

Status add_gitleaks(std::string_view name, const toml::table& file,
                    RuleSet& rules) {
  return Reader(name, rules).read(file);
}

}  // namespace overreach
