// Our rule files: TOML tables -> TokenRule.  Every key is known by name; a key
// that is not is an error, so that a typing mistake never goes unnoticed.

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include "scanner/base/toml.h"
#include "scanner/rulebook/gitleaks.h"
#include "scanner/rulebook/provider_file.h"
#include "scanner/rulebook/rulebook.h"
#include "scanner/rulebook/shape_parser.h"
#include "scanner/rulebook/table.h"

namespace overreach {
namespace {

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

Status read_reach_if(Table& table, std::string_view owner,
                     std::vector<ReachRule>& reaches) {
  for (Table& entry : table.tables("reach_if")) {
    reaches.push_back(read_reach(entry));
    TRY(entry.status(std::string(owner) + ": reach_if"));
  }
  return {};
}

struct Owner {
  std::string_view id, name, docs, revoke;
  std::vector<ReachRule> reach_if;
};

Result<Owner> read_owner(Table table) {
  Owner owner{table.text("id"),
              table.text("name"),
              table.text("docs"),
              table.text("revoke"),
              {}};
  TRY(read_reach_if(table, "provider", owner.reach_if));
  // Read by add_provider_text().
  for (const std::string_view key : kProviderKeys) table.node(key);
  if (owner.id.empty()) table.error("id", "is missing");
  if (owner.name.empty()) table.error("name", "is missing");
  TRY(table.status("provider"));
  return owner;
}

// The one table of this name, if there is one.
Status read_one_reach(std::string_view file, Table& table, RuleSet& rules,
                      std::string_view key, TokenRule& rule) {
  const toml::node* node = table.node(key);
  if (!node) return {};
  const toml::table* reach = node->as_table();
  if (!reach) {
    table.error(key, "must be a table");
    return {};
  }
  Table entry(file, *reach, rules.storage);
  rule.reach.push_back(read_reach(entry));
  return entry.status(std::string(rule.id) + ": " + std::string(key));
}

// In the order in which they are asked: the first that holds is taken.
Status read_reaches(std::string_view file, Table& table, const Owner& owner,
                    RuleSet& rules, TokenRule& rule) {
  for (const auto& [key, where] :
       {std::pair("reach_in_tests", ReachCase::only_tests),
        std::pair("reach_in_development", ReachCase::only_development)}) {
    const std::size_t before = rule.reach.size();
    TRY(read_one_reach(file, table, rules, key, rule));
    if (rule.reach.size() > before) rule.reach.back().where = where;
  }
  TRY(read_reach_if(table, rule.id, rule.reach));
  rule.reach.insert(rule.reach.end(), owner.reach_if.begin(),
                    owner.reach_if.end());
  return read_one_reach(file, table, rules, "reach", rule);
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

Status read_token(std::string_view file, Table& table, const Owner& owner,
                  RuleSet& rules) {
  TokenRule rule;
  rule.id = table.text("id");
  rule.name = table.text("name");
  rule.provider = owner.id;
  rule.provider_name = owner.name;
  read_form(table, rule);
  rule.context = table.texts("context");
  rule.keys = table.texts("keys");
  rule.schemes = table.texts("schemes");
  rule.paths = table.texts("paths");
  rule.stored = table.texts("stored");
  rule.facts = table.texts("facts");
  rule.keywords = table.texts("keywords");
  rule.examples = table.texts("examples");
  rule.counter_examples = table.texts("counter_examples");
  rule.docs = table.text("docs");
  if (rule.docs.empty()) rule.docs = owner.docs;
  rule.revoke = table.text("revoke");
  if (rule.revoke.empty()) rule.revoke = owner.revoke;
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
  TRY(read_reaches(file, table, owner, rules, rule));
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
  TRY_ASSIGN(const Owner owner,
             read_owner(Table(name, *head->as_table(), rules.storage)));
  Table top(name, file, rules.storage);
  top.node("provider");
  for (Table& token : top.tables("token")) {
    TRY(read_token(name, token, owner, rules));
  }
  // Read by add_provider_text().
  for (const std::string_view later : kProviderTables) top.node(later);
  TRY(top.status(""));
  sort_by_id(rules);
  return {};
}

}  // namespace overreach
