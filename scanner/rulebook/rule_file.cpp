// Our rule files: TOML tables -> TokenRule.  Every key is known by name; a key
// that is not is an error, so that a typing mistake never goes unnoticed.

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include "scanner/rulebook/gitleaks.h"
#include "scanner/rulebook/rulebook.h"
#include "scanner/rulebook/shape_parser.h"
#include "scanner/rulebook/toml.h"

namespace overreach {
namespace {

// Reads the keys of one table, remembers which were asked for, and keeps the
// texts alive in the rule set.
class Table {
 public:
  Table(std::string_view file, const toml::table& table, RuleSet& rules)
      : file_(file), table_(table), rules_(rules) {}

  std::string_view text(std::string_view key) {
    seen_.emplace(key);
    const toml::node* node = table_.get(key);
    if (!node) return {};
    const auto value = node->value<std::string>();
    if (!node->is_string()) return error_text(*node, key, "must be a text");
    return keep(*value);
  }

  std::vector<std::string_view> texts(std::string_view key) {
    seen_.emplace(key);
    std::vector<std::string_view> list;
    const toml::node* node = table_.get(key);
    if (!node) return list;
    const toml::array* array = node->as_array();
    if (!array) {
      error_text(*node, key, "must be a list of texts");
      return list;
    }
    for (const toml::node& item : *array) {
      if (const auto value = item.value<std::string>(); item.is_string()) {
        list.push_back(keep(*value));
      } else {
        error_text(item, key, "must be a list of texts");
      }
    }
    return list;
  }

  bool flag(std::string_view key) {
    seen_.emplace(key);
    const toml::node* node = table_.get(key);
    if (!node) return false;
    if (!node->is_boolean()) error_text(*node, key, "must be true or false");
    return node->value_or(false);
  }

  double number(std::string_view key) {
    seen_.emplace(key);
    const toml::node* node = table_.get(key);
    if (!node) return 0;
    if (!node->is_number()) error_text(*node, key, "must be a number");
    return node->value_or(0.0);
  }

  const toml::node* node(std::string_view key) {
    seen_.emplace(key);
    return table_.get(key);
  }

  std::vector<Table> tables(std::string_view key) {
    seen_.emplace(key);
    std::vector<Table> list;
    const toml::node* found = table_.get(key);
    if (!found) return list;
    const toml::array* array = found->as_array();
    if (!array) {
      error_text(*found, key, "must be a list of tables");
      return list;
    }
    for (const toml::node& item : *array) {
      if (const toml::table* table = item.as_table()) {
        list.emplace_back(file_, *table, rules_);
      } else {
        error_text(item, key, "must be a list of tables");
      }
    }
    return list;
  }

  std::string_view keep(std::string value) {
    rules_.storage.push_back(
        std::make_shared<const std::string>(std::move(value)));
    return *rules_.storage.back();
  }

  void error(std::string_view key, std::string_view what) {
    const toml::node* found = table_.get(key);
    error_text(found ? *found : static_cast<const toml::node&>(table_), key,
               what);
  }

  // An unknown key, for that is what makes another one "missing", else the
  // first error of this table.
  Status status(std::string_view what) {
    for (const auto& [key, value] : table_) {
      if (seen_.contains(key.str())) continue;
      first_error_ = "unknown key '" + std::string(key.str()) + "'";
      error_line_ = value.source().begin.line;
      break;
    }
    if (first_error_.empty()) return {};
    return fail(std::string(file_) + ":" + std::to_string(error_line_) + ": " +
                (what.empty() ? "" : std::string(what) + ": ") + first_error_);
  }

 private:
  std::string_view error_text(const toml::node& at, std::string_view key,
                              std::string_view what) {
    if (first_error_.empty()) {
      first_error_ = std::string(key) + ": " + std::string(what);
      error_line_ = at.source().begin.line;
    }
    return {};
  }

  std::string_view file_;
  const toml::table& table_;
  RuleSet& rules_;
  std::set<std::string, std::less<>> seen_;
  std::string first_error_;
  std::uint32_t error_line_ = 0;
};

struct Provider {
  std::string_view id, name, docs, revoke;
};

Result<Provider> read_provider(Table table) {
  Provider provider{table.text("id"), table.text("name"), table.text("docs"),
                    table.text("revoke")};
  table.texts("hosts");
  if (provider.id.empty()) table.error("id", "is missing");
  if (provider.name.empty()) table.error("name", "is missing");
  TRY(table.status("provider"));
  return provider;
}

ReachRule read_reach(Table& table) {
  ReachRule reach;
  reach.fact = table.text("fact");
  reach.equals = table.text("equals");
  if (const auto level = parse_level(table.text("level"))) {
    reach.level = *level;
  } else {
    table.error("level",
                "must be root, destructive, write, read, none or "
                "unknown");
  }
  const std::string_view evidence = table.text("evidence");
  if (evidence == "inferred") {
    reach.evidence = Evidence::inferred;
  } else if (!evidence.empty() && evidence != "assumed") {
    table.error("evidence", "must be assumed or inferred");
  }
  reach.why = table.text("why");
  if (reach.why.empty()) table.error("why", "is missing");
  return reach;
}

Status read_reaches(std::string_view file, Table& table, RuleSet& rules,
                    TokenRule& rule) {
  for (Table& entry : table.tables("reach_if")) {
    rule.reach.push_back(read_reach(entry));
    TRY(entry.status(std::string(rule.id) + ": reach_if"));
  }
  const toml::node* node = table.node("reach");
  if (!node) return {};
  const toml::table* reach = node->as_table();
  if (!reach) {
    table.error("reach", "must be a table");
    return {};
  }
  Table entry(file, *reach, rules);
  rule.reach.push_back(read_reach(entry));
  return entry.status(std::string(rule.id) + ": reach");
}

void read_environment(Table& table, TokenRule& rule) {
  const toml::node* node = table.node("environment");
  if (!node) return;
  const toml::table* map = node->as_table();
  if (!map) return table.error("environment", "must be a table");
  for (const auto& [mode, value] : *map) {
    const auto word = value.value<std::string>();
    const auto environment = parse_environment(word ? *word : "");
    if (!environment) return table.error("environment", "unknown environment");
    rule.environment.push_back(
        {table.keep(std::string(mode.str())), *environment});
  }
}

void read_form(Table& table, TokenRule& rule) {
  rule.shape_text = table.text("shape");
  rule.pattern = table.text("pattern");
  const std::string_view finder = table.text("finder");
  const int forms =
      !rule.shape_text.empty() + !rule.pattern.empty() + !finder.empty();
  if (forms != 1) table.error("shape", "give one of shape, pattern, finder");
  if (!rule.shape_text.empty()) {
    auto shape = parse_shape(rule.shape_text);
    if (shape) {
      rule.shape = std::move(*shape);
    } else {
      table.error("shape", shape.error().text);
    }
  } else if (!rule.pattern.empty()) {
    rule.finder = Finder::pattern;
  } else if (const auto parsed = parse_finder(finder)) {
    rule.finder = *parsed;
  } else {
    table.error("finder", "unknown finder");
  }
}

// High for a form that nothing else has: it needs no context and is long.
Confidence default_confidence(const TokenRule& rule) {
  const bool distinctive = rule.finder == Finder::shape &&
                           !rule.needs_context() &&
                           min_length(rule.shape) >= 20;
  return distinctive ? Confidence::high : Confidence::medium;
}

Status read_token(std::string_view file, Table& table, const Provider& provider,
                  RuleSet& rules) {
  TokenRule rule;
  rule.id = table.text("id");
  rule.name = table.text("name");
  rule.provider = provider.id;
  rule.provider_name = provider.name;
  read_form(table, rule);
  rule.context = table.texts("context");
  rule.keys = table.texts("keys");
  rule.schemes = table.texts("schemes");
  rule.paths = table.texts("paths");
  rule.facts = table.texts("facts");
  rule.keywords = table.texts("keywords");
  rule.examples = table.texts("examples");
  rule.counter_examples = table.texts("counter_examples");
  rule.docs = table.text("docs");
  if (rule.docs.empty()) rule.docs = provider.docs;
  rule.revoke = table.text("revoke");
  if (rule.revoke.empty()) rule.revoke = provider.revoke;
  rule.narrower = table.text("narrower");
  rule.is_public = table.flag("public");
  rule.min_entropy = table.number("min_entropy");
  if (!(rule.min_entropy >= 0 && rule.min_entropy <= 8)) {
    table.error("min_entropy", "must be from 0 to 8");
  }
  if (const std::string_view word = table.text("check"); !word.empty()) {
    const auto check = parse_check(word);
    if (check) {
      rule.check = *check;
    } else {
      table.error("check", "unknown check " + std::string(word));
    }
  }
  rule.confidence = default_confidence(rule);
  if (const std::string_view word = table.text("confidence"); !word.empty()) {
    const auto confidence = parse_confidence(word);
    if (confidence) {
      rule.confidence = *confidence;
    } else {
      table.error("confidence", "must be high, medium or low");
    }
  }
  read_environment(table, rule);
  for (Table& entry : table.tables("companions")) {
    rule.companions.push_back({entry.text("rule"), entry.flag("needed")});
    TRY(entry.status(std::string(rule.id) + ": companions"));
  }
  TRY(read_reaches(file, table, rules, rule));
  if (rule.id.empty()) table.error("id", "is missing");
  if (rule.name.empty()) table.error("name", "is missing");
  TRY(table.status(rule.id));
  rules.tokens.push_back(std::move(rule));
  return {};
}

void sort_by_id(RuleSet& rules) {
  std::stable_sort(
      rules.tokens.begin(), rules.tokens.end(),
      [](const TokenRule& a, const TokenRule& b) { return a.id < b.id; });
}

}  // namespace

Status add_rule_text(std::string_view name, std::string_view text,
                     RuleSet& rules) {
  const toml::parse_result parsed = toml::parse(text, name);
  if (!parsed) {
    return fail(std::string(name) + ":" +
                std::to_string(parsed.error().source().begin.line) + ": " +
                std::string(parsed.error().description()));
  }
  const toml::table& file = parsed.table();
  if (is_gitleaks(file)) {
    TRY(add_gitleaks(name, file, rules));
    sort_by_id(rules);
    return {};
  }
  const toml::node* head = file.get("provider");
  if (!head || !head->is_table()) {
    return fail(std::string(name) + ":1: [provider] is missing");
  }
  TRY_ASSIGN(const Provider provider,
             read_provider(Table(name, *head->as_table(), rules)));
  Table top(name, file, rules);
  top.node("provider");
  for (Table& token : top.tables("token")) {
    TRY(read_token(name, token, provider, rules));
  }
  // Probes, grants and powers are read by the privilege stage.
  for (const std::string_view later : {"probe", "grant", "power"}) {
    top.node(later);
  }
  TRY(top.status(""));
  sort_by_id(rules);
  return {};
}

}  // namespace overreach
