#include "scanner/syntax/conventions.h"

#include <algorithm>
#include <array>

namespace overreach {
namespace {

constexpr auto kScripts = std::to_array<std::string_view>({
    "after_script",
    "afterScript",
    "before_script",
    "beforeScript",
    "buildCommand",
    "build_command",
    "initialDeployHook",
    "postCreateCommand",
    "postDeploy",
    "postStartCommand",
    "postdeploy",
    "preDeployCommand",
    "preview_command",
    "release_command",
    "run",
    "script",
    "startCommand",
});

constexpr auto kCommands = std::to_array<std::string_view>(
    {"args", "cmd", "command", "entrypoint", "Cmd", "Entrypoint"});

constexpr auto kFiles = std::to_array<std::string_view>({
    "dotenv",
    "dotenvFile",
    "envFile",
    "env_file",
    "env-file",
    "envs",
    "include_vars",
    "valueFiles",
    "values_files",
    "var_files",
    "vars_files",
});

constexpr auto kEnvironments = std::to_array<std::string_view>({
    "args",
    "build_args",
    "env",
    "envVars",
    "environment",
    "variables",
});

struct Named {
  std::string_view name;
  Target target;
};

constexpr auto kMaps = std::to_array<Named>({
    {"configMapKeyRef", Target::variable},
    {"configMapRef", Target::variable},
    {"fromDatabase", Target::resource},
    {"fromGroup", Target::variable},
    {"fromService", Target::resource},
    {"secretKeyRef", Target::secret},
    {"secretRef", Target::secret},
});

constexpr auto kTags = std::to_array<Named>({
    {"!ENV", Target::environment},
    {"!GetAtt", Target::resource},
    {"!ImportValue", Target::resource},
    {"!Ref", Target::resource},
    {"!env_var", Target::environment},
    {"!include", Target::file},
    {"!secret", Target::secret},
});

template <class List>
bool has(const List& list, std::string_view key) {
  return std::find(list.begin(), list.end(), key) != list.end();
}

template <class List>
Target target_in(const List& list, std::string_view name) {
  const auto found =
      std::find_if(list.begin(), list.end(),
                   [&](const Named& named) { return named.name == name; });
  return found == list.end() ? Target::nothing : found->target;
}

}  // namespace

bool is_script(std::string_view section, std::string_view key) {
  return section == "scripts" || has(kScripts, key);
}
bool is_command(std::string_view key) { return has(kCommands, key); }
bool is_file(std::string_view key) { return has(kFiles, key); }
bool is_environment(std::string_view key) { return has(kEnvironments, key); }
Target target_of_map(std::string_view key) { return target_in(kMaps, key); }
Target target_of_tag(std::string_view tag) { return target_in(kTags, tag); }

}  // namespace overreach
