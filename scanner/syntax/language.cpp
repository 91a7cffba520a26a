// Which files are looked into, by their names.

#include <algorithm>
#include <array>
#include <string>

#include "scanner/base/text.h"
#include "scanner/core/dockerfile_name.h"
#include "scanner/syntax/syntax.h"

namespace overreach {
namespace {

struct Name {
  std::string_view text;
  Language language;
};

constexpr auto kNames = std::to_array<Name>({
    {".aiderignore", Language::lines},
    {".babelrc", Language::json},
    {".bash_aliases", Language::bash},
    {".bash_profile", Language::bash},
    {".bashrc", Language::bash},
    {".boto", Language::ini},
    {".clineignore", Language::lines},
    {".codeiumignore", Language::lines},
    {".dockercfg", Language::json},
    {".envrc", Language::bash},
    {".firebaserc", Language::json},
    {".flaskenv", Language::dotenv},
    {".geminiignore", Language::lines},
    {".gitconfig", Language::ini},
    {".my.cnf", Language::ini},
    {".netrc", Language::netrc},
    {".npmrc", Language::ini},
    {".profile", Language::bash},
    {".pypirc", Language::ini},
    {".rooignore", Language::lines},
    {".s3cfg", Language::ini},
    {".zprofile", Language::bash},
    {".zshenv", Language::bash},
    {".zshrc", Language::bash},
    {"_netrc", Language::netrc},
    {"config", Language::ini},       // of Git, of AWS; kubeconfig: see below
    {"credentials", Language::ini},  // of AWS
    {"gemfile", Language::none},
    {"gnumakefile", Language::makefile},
    {"hosts", Language::ini},
    {"inventory", Language::ini},
    {"makefile", Language::makefile},
    {"netrc", Language::netrc},
    {"process environment", Language::dotenv},
    {"procfile", Language::procfile},
    {"rakefile", Language::ruby},
});

constexpr auto kEndings = std::to_array<Name>({
    {".bash", Language::bash},
    {".cfg", Language::ini},
    {".cjs", Language::javascript},
    {".conf", Language::ini},
    {".config", Language::xml},
    {".cs", Language::csharp},
    {".cts", Language::typescript},
    {".env", Language::dotenv},
    {".go", Language::go},
    {".hcl", Language::hcl},
    {".ini", Language::ini},
    {".java", Language::java},
    {".js", Language::javascript},
    {".json", Language::json},
    {".json5", Language::json},
    {".jsonc", Language::json},
    {".jsx", Language::javascript},
    {".ksh", Language::bash},
    {".mjs", Language::javascript},
    {".mk", Language::makefile},
    {".mts", Language::typescript},
    {".php", Language::php},
    {".properties", Language::properties},
    {".pubxml", Language::xml},
    {".py", Language::python},
    {".rake", Language::ruby},
    {".rb", Language::ruby},
    {".sh", Language::bash},
    {".tf", Language::hcl},
    {".tfbackend", Language::hcl},
    {".tfstate", Language::json},
    {".tfvars", Language::hcl},
    {".toml", Language::toml},
    {".ts", Language::typescript},
    {".tsx", Language::tsx},
    {".xml", Language::xml},
    {".yaml", Language::yaml},
    {".yml", Language::yaml},
    {".zsh", Language::bash},
});

// Written by programs, long, and about nothing but packages.
constexpr auto kLockFiles = std::to_array<std::string_view>({
    ".package-lock.json",
    "cargo.lock",
    "composer.lock",
    "npm-shrinkwrap.json",
    "package-lock.json",
    "packages.lock.json",
    "pipfile.lock",
    "pnpm-lock.yaml",
    "poetry.lock",
    "verification-metadata.xml",
});

template <class List>
Language find_in(const List& list, std::string_view text) {
  const auto found = std::lower_bound(
      list.begin(), list.end(), text,
      [](const Name& name, std::string_view t) { return name.text < t; });
  return found != list.end() && found->text == text ? found->language
                                                    : Language::none;
}

}  // namespace

Language language_of(std::string_view path) {
  const std::string name = lower_case(file_name(path));
  if (std::find(kLockFiles.begin(), kLockFiles.end(), name) !=
      kLockFiles.end()) {
    return Language::none;
  }
  if (const Language named = find_in(kNames, name); named != Language::none) {
    const bool is_kubeconfig =
        name == "config" && path.ends_with("/.kube/config");
    return is_kubeconfig ? Language::yaml : named;
  }
  if (name.starts_with(".env.") || name == ".env" ||
      name.starts_with(".dev.vars")) {
    return Language::dotenv;
  }
  if (is_dockerfile(name)) return Language::dockerfile;
  if (path.find("gcloud/configurations/config_") != path.npos) {
    return Language::ini;
  }
  // The workspace that is selected; the project that is linked.
  if (path.ends_with(".terraform/environment") ||
      path.ends_with("supabase/.temp/project-ref")) {
    return Language::lines;
  }
  if (name.find("kubeconfig") != name.npos) return Language::yaml;
  const std::size_t dot = name.rfind('.');
  if (dot == name.npos) return Language::none;
  return find_in(kEndings, std::string_view(name).substr(dot));
}

}  // namespace overreach
