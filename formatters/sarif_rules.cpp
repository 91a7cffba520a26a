#include "formatters/sarif_rules.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

namespace overreach {
namespace {

// In the order of Severity.
constexpr std::array<std::string_view, 4> kLevels = {"note", "warning", "error",
                                                     "error"};
constexpr std::array<std::string_view, 4> kScores = {"3.0", "5.5", "8.0",
                                                     "9.5"};

SarifRule credential_rule(const RuleInfo& info) {
  SarifRule rule;
  rule.id = info.id;
  rule.name = info.name;
  rule.docs = info.docs;
  rule.revoke = info.revoke;
  rule.narrower = info.narrower;
  rule.full = info.name +
              ": whoever can read the file can do what this credential may do.";
  return rule;
}

SarifRule crossing_rule(const Report& report, const Crossing& crossing) {
  SarifRule rule;
  rule.id = crossing.kind;
  rule.name = crossing.kind;
  const auto& infos = report.crossing_infos;
  const auto info = std::find_if(
      infos.begin(), infos.end(),
      [&](const CrossingInfo& each) { return each.id == crossing.kind; });
  if (info == infos.end()) return rule;
  rule.name = info->title;
  rule.full = info->help;
  rule.narrower = info->remedy;
  return rule;
}

// Finds or adds the rule of a finding, and raises it to what was found.
template <typename Finding>
void merge(std::vector<SarifRule>& rules, SarifRule rule,
           const Finding& finding) {
  auto at = std::lower_bound(
      rules.begin(), rules.end(), rule.id,
      [](const SarifRule& a, const std::string& id) { return a.id < id; });
  if (at == rules.end() || at->id != rule.id) {
    at = rules.insert(at, std::move(rule));
  }
  at->severity = std::max(at->severity, finding.severity);
  at->confidence = std::max(at->confidence, finding.confidence);
}

RuleInfo info_of(const Report& report, const Credential& credential) {
  const auto& infos = report.rule_infos;
  const auto info = std::find_if(
      infos.begin(), infos.end(),
      [&](const RuleInfo& each) { return each.id == credential.rule; });
  if (info != infos.end()) return *info;
  return {credential.rule,          credential.name,
          credential.provider,      "",
          credential.remedy.revoke, credential.remedy.narrower};
}

// "railway-account-token" becomes "RailwayAccountToken".
std::string pascal_case(std::string_view id) {
  std::string name;
  bool begins = true;
  for (const char c : id) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (is_letter && begins) {
      name += static_cast<char>(c & ~0x20);
    } else if (is_letter || (c >= '0' && c <= '9')) {
      name += c;
    }
    begins = !is_letter;
  }
  return name;
}

// Rules may come from anyone: only what surely is a URI is written as one.
bool is_uri(std::string_view text) {
  return text.starts_with("https://") &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return c > ' ' && c < 0x7f &&
                  std::string_view("\"<>\\^`{|}[]").find(c) ==
                      std::string_view::npos;
         });
}

std::string sentence(std::string text) {
  if (!text.empty() && text.back() != '.') text += '.';
  return text;
}

// `mark` stands around each label, `gap` between two paragraphs.
std::string help(const SarifRule& rule, std::string_view mark,
                 std::string_view gap) {
  const std::array<std::pair<std::string_view, std::string>, 3> rows = {{
      {"Revoke it:", rule.revoke},
      {rule.revoke.empty() ? "Do instead:" : "Use instead:",
       sentence(rule.narrower)},
      {"Read:", rule.docs},
  }};
  std::string text = rule.full;
  for (const auto& [label, content] : rows) {
    if (content.empty()) continue;
    text.append(gap).append(mark).append(label).append(mark);
    text.append(" ").append(content);
  }
  return text;
}

void write_text(JsonWriter& json, std::string_view name,
                std::string_view content) {
  json.object(name, [&] { json.member("text", content); });
}

}  // namespace

std::vector<SarifRule> sarif_rules(const Report& report) {
  std::vector<SarifRule> rules;
  for (const Credential& each : report.credentials) {
    merge(rules, credential_rule(info_of(report, each)), each);
  }
  for (const Crossing& each : report.crossings) {
    merge(rules, crossing_rule(report, each), each);
  }
  return rules;
}

std::size_t index_of(const std::vector<SarifRule>& rules, std::string_view id) {
  const auto at = std::lower_bound(
      rules.begin(), rules.end(), id,
      [](const SarifRule& a, std::string_view b) { return a.id < b; });
  assert(at != rules.end() && at->id == id);
  return static_cast<std::size_t>(at - rules.begin());
}

void write_rule(JsonWriter& json, const SarifRule& rule) {
  json.object([&] {
    json.member("id", rule.id);
    json.member("name", pascal_case(rule.id));
    write_text(json, "shortDescription", sentence(rule.name));
    write_text(json, "fullDescription", rule.full);
    json.object("help", [&] {
      json.member("text", help(rule, "", "\n"));
      json.member("markdown", help(rule, "**", "\n\n"));
    });
    if (is_uri(rule.docs)) json.member("helpUri", rule.docs);
    json.object("defaultConfiguration",
                [&] { json.member("level", sarif_level(rule.severity)); });
    json.object("properties", [&] {
      json.array("tags", [&] {
        json.value("security");
        json.value("secret");
      });
      json.member("security-severity", security_severity(rule.severity));
      json.member("precision", to_string(rule.confidence));
    });
  });
}

std::string_view sarif_level(Severity severity) {
  return kLevels[static_cast<std::size_t>(severity)];
}

std::string_view security_severity(Severity severity) {
  return kScores[static_cast<std::size_t>(severity)];
}

}  // namespace overreach
