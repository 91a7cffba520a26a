#include "scanner/environment/declarations.h"

#include <algorithm>
#include <array>

#include "scanner/base/path_pattern.h"

namespace overreach {
namespace {

// Variables that name the environment a process runs in.  NODE_ENV=production
// is a build mode that staging has too: a hint, no more.
struct Variable {
  std::string_view name;
  int most;                   // strength
  int most_elsewhere = most;  // where it does not say production
};
constexpr Variable kVariables[] = {
    {"APP_ENV", 3},
    {"APPLICATION_ENV", 3},
    {"VERCEL_ENV", 3},
    {"VERCEL_TARGET_ENV", 3},
    {"RAILWAY_ENVIRONMENT_NAME", 3},
    {"RAILWAY_ENVIRONMENT", 3},
    {"SENTRY_ENVIRONMENT", 3},
    {"DD_ENV", 3},
    {"DEPLOY_ENV", 3},
    {"DEPLOYMENT_ENV", 3},
    {"ENVIRONMENT", 3},
    {"ENV", 2},
    {"STAGE", 3},
    {"RAILS_ENV", 3},
    {"RACK_ENV", 3},
    {"DJANGO_ENV", 3},
    {"FLASK_ENV", 2},
    {"ASPNETCORE_ENVIRONMENT", 3},
    {"DOTNET_ENVIRONMENT", 3},
    {"SPRING_PROFILES_ACTIVE", 3},
    {"NODE_ENV", 1, kGoodWord},
};

// Keys of an ecosystem, and how many segments of their path the declaration
// reaches up: 1 is the section the key stands in.  kDocument: all of it.
constexpr int kDocument = -1;
struct Keys {
  std::string_view file, key;  // patterns
  int up;
  bool is_name;  // may hold more than the environment: a namespace
};
constexpr Keys kKeys[] = {
    {".github/workflows/*", ".jobs.*.environment", 1, false},
    {".github/workflows/*", ".jobs.*.environment.name", 2, false},
    {"*gitlab-ci*.yml", ".*.environment", 1, true},
    {"*gitlab-ci*.yml", ".*.environment.name", 2, true},
    {"*gitlab-ci*.yml", ".*.environment.deployment_tier", 2, false},
    {"bitbucket-pipelines.yml", "step.deployment", 1, false},
    {"*.(yml|yaml)", ".metadata.namespace", kDocument, true},
    {"*.(yml|yaml)", ".metadata.labels.(environment|env|stage)", kDocument,
     false},
    {"kustomization.(yml|yaml)", ".namespace", kDocument, true},
    {"*.(yml|yaml|properties)", "spring.config.activate.on-profile", kDocument,
     false},
    {"*.(yml|yaml|properties)", ".spring.profiles", kDocument, false},
    {"*.(tf|tfvars)", ".(environment|env|stage)", kDocument, false},
};

EnvironmentLabel label_of_variable(const Entry& entry) {
  const auto* const at = std::find_if(
      std::begin(kVariables), std::end(kVariables),
      [&](const Variable& each) { return each.name == entry.key; });
  if (at == std::end(kVariables)) return {};
  EnvironmentLabel label = label_of_environment(entry.value.reveal());
  label.strength = std::min(
      label.strength, label.is_production() ? at->most : at->most_elsewhere);
  return label;
}

std::string_view section_above(std::string_view path, int up) {
  for (; up > 0 && !path.empty(); --up) {
    const std::size_t dot = path.rfind('.');
    path = dot == path.npos ? std::string_view() : path.substr(0, dot);
  }
  return path;
}

bool can_declare(const Entry& entry) {
  return (entry.kind == EntryKind::literal ||
          entry.kind == EntryKind::default_argument) &&
         !entry.is_template && entry.value.size() <= 64;
}

}  // namespace

Declarations::Declarations(std::string_view path, const EntryList& list) {
  std::vector<const Keys*> keys;
  for (const Keys& each : kKeys) {
    if (match_path(each.file, path)) keys.push_back(&each);
  }
  for (const Entry& entry : list.entries()) {
    if (!can_declare(entry)) continue;
    const std::string text =
        std::string(entry.key) + " " + std::string(entry.value.reveal());
    if (EnvironmentLabel label = label_of_variable(entry);
        label.strength >= kGoodWord) {
      add(entry, entry.section(),
          {std::move(label), OriginSource::declaration, text});
      continue;
    }
    for (const Keys* each : keys) {
      if (!match_path(each->key, entry.path, '.')) continue;
      EnvironmentLabel label = each->is_name
                                   ? label_of_name(entry.value.reveal())
                                   : label_of_environment(entry.value.reveal());
      if (label.strength < kGoodWord) continue;
      add(entry,
          each->up == kDocument ? "" : section_above(entry.path, each->up),
          {std::move(label), OriginSource::declaration, text});
    }
  }
}

void Declarations::add(const Entry& entry, std::string_view scope,
                       const Origin& origin) {
  auto [at, is_new] =
      scopes_.try_emplace({entry.document, std::string(scope)}, origin);
  // Two that disagree in one section say nothing sure.
  if (!is_new && at->second.label.value != origin.label.value) {
    at->second.label = surest_label({at->second.label, origin.label});
  }
}

const Origin* Declarations::around(const Entry& entry) const {
  if (scopes_.empty()) return nullptr;
  std::string_view section = entry.path;
  while (true) {
    section = section_above(section, 1);
    const auto at = scopes_.find({entry.document, std::string(section)});
    if (at != scopes_.end() && at->second.label.strength >= kGoodWord) {
      return &at->second;
    }
    if (section.empty()) return nullptr;
  }
}

}  // namespace overreach
