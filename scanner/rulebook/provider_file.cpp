// Probes, powers and grants of our rule files -> Provider.

#include "scanner/rulebook/provider_file.h"

#include <algorithm>
#include <limits>

#include "scanner/core/probe.h"
#include "scanner/rulebook/rulebook.h"
#include "scanner/rulebook/table.h"

namespace overreach {
namespace {

std::vector<Condition> read_conditions(Table& table, std::string_view key) {
  std::vector<Condition> list;
  for (const std::string_view text : table.texts(key)) {
    if (const auto condition = parse_condition(text)) {
      list.push_back(*condition);
    } else {
      table.error(key, "is no condition: " + std::string(text));
    }
  }
  return list;
}

// A table of texts: { "X-Api-Version" = "1" }.
std::vector<NamedText> read_named(Table& table, std::string_view key) {
  std::vector<NamedText> list;
  const toml::node* node = table.node(key);
  if (!node) return list;
  const toml::table* map = node->as_table();
  if (!map) {
    table.error(key, "must be a table of texts");
    return list;
  }
  for (const auto& [name, value] : *map) {
    const auto text = value.value<std::string>();
    if (!value.is_string()) {
      table.error(key, "must be a table of texts");
      return list;
    }
    list.push_back({table.keep(std::string(name.str())), table.keep(*text)});
  }
  return list;
}

void read_take(Table& entry, ValueRule& rule) {
  const std::string_view word = entry.text("take");
  if (word.empty()) return;
  rule.take = word == "first" ? ValueRule::Take::first : ValueRule::Take::last;
  if ((word != "first" && word != "last") || rule.split.empty()) {
    entry.error("take", "is first or last of what split cuts");
  }
}

// "/pointer", "header Name", or { from = ..., split = ", " }.
std::vector<ValueRule> read_values(std::string_view file, Table& table,
                                   TextStorage& storage) {
  std::vector<ValueRule> list;
  const toml::node* node = table.node("values");
  if (!node) return list;
  const toml::table* map = node->as_table();
  if (!map) {
    table.error("values", "must be a table");
    return list;
  }
  for (const auto& [name, value] : *map) {
    ValueRule rule;
    rule.name = table.keep(std::string(name.str()));
    if (const auto text = value.value<std::string>(); value.is_string()) {
      rule.from = table.keep(*text);
    } else if (const toml::table* entry = value.as_table()) {
      Table inner(file, *entry, storage);
      rule.from = inner.text("from");
      rule.claim = inner.text("claim");
      rule.behind = inner.text("behind");
      rule.before = inner.text("before");
      rule.split = inner.text("split");
      read_take(inner, rule);
      if (!inner.status("")) {
        table.error("values",
                    "takes from, claim, behind, before, split and take");
      }
    }
    if (rule.from.empty()) table.error("values", "needs a pointer or header");
    list.push_back(rule);
  }
  return list;
}

std::vector<OutcomeRule> read_outcomes(Table& table) {
  std::vector<OutcomeRule> list;
  for (Table& entry : table.tables("outcomes")) {
    OutcomeRule rule;
    rule.status = static_cast<std::uint16_t>(entry.number("status"));
    rule.when = read_conditions(entry, "when");
    if (const auto outcome = parse_outcome(entry.text("is"))) {
      rule.is = *outcome;
    } else {
      entry.error("is", "must be ok, denied, missing, dead or unclear");
    }
    if (const Status status = entry.status("outcomes"); !status) {
      table.error("outcomes", status.error().text);
    }
    list.push_back(std::move(rule));
  }
  return list;
}

Status read_lists(Table& table, Probe& probe) {
  for (Table& entry : table.tables("list")) {
    ListRule list;
    list.id = entry.text("id");
    list.items = entry.text("items");
    list.kind = entry.text("kind");
    list.name = entry.text("name");
    list.environment = entry.text("environment");
    list.when = read_conditions(entry, "when");
    list.production = read_conditions(entry, "production");
    list.protect = read_conditions(entry, "protected");
    list.unprotected = read_conditions(entry, "unprotected");
    if (list.id.empty()) entry.error("id", "is missing");
    if (list.name.empty()) entry.error("name", "is missing");
    if (list.kind.empty()) list.kind = list.id;
    TRY(entry.status(std::string(probe.id) + ": list"));
    probe.lists.push_back(std::move(list));
  }
  return {};
}

void read_request(Table& table, Probe& probe) {
  const std::string_view get = table.text("get"), head = table.text("head"),
                         post = table.text("post");
  probe.statement = table.text("statement");
  const int ways =
      !get.empty() + !head.empty() + !post.empty() + !probe.statement.empty();
  if (ways != 1) table.error("get", "give one of get, head, post, statement");
  probe.method = !get.empty() ? "GET" : !head.empty() ? "HEAD" : "POST";
  probe.url = !get.empty() ? get : !head.empty() ? head : post;
  probe.graphql = table.text("graphql");
  probe.body = table.text("body");
  probe.content_type = table.text("content_type");
  probe.reads_because = table.text("reads_because");
  if (!probe.graphql.empty()) probe.reads_because = "a GraphQL query";
  if (!post.empty() && probe.reads_because.empty()) {
    table.error("post", "needs reads_because: why it changes nothing");
  }
}

void read_page(std::string_view file, Table& table, Probe& probe,
               TextStorage& storage) {
  const toml::node* node = table.node("page");
  if (!node) return;
  const toml::table* entry = node->as_table();
  if (!entry) return table.error("page", "must be a table");
  Table inner(file, *entry, storage);
  probe.page = PageRule{inner.text("next"), inner.text("query"),
                        inner.text("more"), inner.flag("counts")};
  if (!inner.status("")) {
    table.error("page", "takes next, query, more and counts");
  }
}

Status read_probe(std::string_view file, Table& table, Provider& provider,
                  TextStorage& storage) {
  Probe probe;
  probe.id = table.text("id");
  probe.docs = table.text("docs");
  probe.only = table.texts("only");
  probe.when = read_conditions(table, "when");
  read_request(table, probe);
  probe.query = read_named(table, "query");
  probe.headers = read_named(table, "headers");
  probe.variables = read_named(table, "variables");
  probe.auth = table.text("auth");
  probe.each = table.text("each");
  probe.each_of = table.texts("each_of");
  if (!probe.each.empty() && !probe.each_of.empty()) {
    table.error("each_of", "and each exclude one another");
  }
  probe.is_optional = table.flag("optional");
  read_page(file, table, probe, storage);
  probe.values = read_values(file, table, storage);
  probe.outcomes = read_outcomes(table);
  TRY(read_lists(table, probe));
  if (probe.id.empty()) table.error("id", "is missing");
  TRY(table.status("probe " + std::string(probe.id)));
  provider.probes.push_back(std::move(probe));
  return {};
}

Status read_power(Table& table, Provider& provider) {
  const PowerRule power{table.text("id"), table.text("operation"),
                        table.texts("destroys"), table.texts("resources"),
                        read_conditions(table, "when")};
  if (power.id.empty()) table.error("id", "is missing");
  if (power.operation.empty()) table.error("operation", "is missing");
  TRY(table.status("power " + std::string(power.id)));
  provider.powers.push_back(power);
  return {};
}

Status read_grant(Table& table, Provider& provider) {
  GrantRule grant;
  grant.only = table.texts("only");
  grant.when = read_conditions(table, "when");
  const auto level = parse_level(table.text("level"));
  if (level) {
    grant.level = *level;
  } else {
    table.error("level",
                "must be root, destructive, write, read, none or "
                "unknown");
  }
  if (const std::string_view word = table.text("evidence"); !word.empty()) {
    const auto evidence = parse_evidence(word);
    if (evidence) {
      grant.evidence = *evidence;
    } else {
      table.error("evidence",
                  "must be observed, declared, inferred or assumed");
    }
  }
  grant.why = table.text("why");
  if (grant.why.empty()) table.error("why", "is missing");
  grant.powers = table.texts("powers");
  grant.environment = table.text("environment");
  TRY(table.status("grant"));
  provider.grants.push_back(std::move(grant));
  return {};
}

Status read_provider(std::string_view file, Table& table, Provider& provider,
                     TextStorage& storage) {
  provider.id = table.text("id");
  provider.name = table.text("name");
  provider.docs = table.text("docs");
  table.node("revoke");    // of its tokens
  table.node("reach_if");  // of its tokens
  provider.hosts = table.texts("hosts");
  provider.base = table.text("base");
  provider.auth = table.text("auth");
  provider.headers = read_named(table, "headers");
  provider.identity = table.text("identity");
  provider.scopes = table.text("scopes");
  provider.evaluate = table.text("evaluate");
  provider.values = read_values(file, table, storage);
  provider.outcomes = read_outcomes(table);
  return table.status("provider");
}

// Parsing thousands of rules for it takes longer than scanning some trees.
bool may_say_whom_to_ask(std::string_view text) {
  return text.find("hosts") != text.npos ||
         std::any_of(kProviderTables.begin(), kProviderTables.end(),
                     [&](std::string_view table) {
                       return text.find(table) != text.npos;
                     });
}

}  // namespace

Status add_provider_text(std::string_view name, std::string_view text,
                         ProviderSet& set) {
  if (!may_say_whom_to_ask(text)) return {};
  const toml::parse_result parsed = toml::parse(text, name);
  if (!parsed) return fail(std::string(name) + ": is no TOML");
  const toml::table& file = parsed.table();
  const toml::node* head = file.get("provider");
  if (!head || !head->is_table()) return {};  // rules of another format
  Provider provider;
  Table first(name, *head->as_table(), set.storage);
  TRY(read_provider(name, first, provider, set.storage));
  Table top(name, file, set.storage);
  for (Table& table : top.tables("probe")) {
    TRY(read_probe(name, table, provider, set.storage));
  }
  for (Table& table : top.tables("power")) TRY(read_power(table, provider));
  for (Table& table : top.tables("grant")) TRY(read_grant(table, provider));
  if (provider.hosts.empty() && provider.probes.empty()) return {};
  const auto at = std::lower_bound(
      set.providers.begin(), set.providers.end(), provider.id,
      [](const Provider& a, std::string_view id) { return a.id < id; });
  set.providers.insert(at, std::move(provider));
  return {};
}

}  // namespace overreach
