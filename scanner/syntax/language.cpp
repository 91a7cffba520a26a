// Which files are looked into, by their names.

#include <array>
#include <string>

#include "scanner/base/text.h"
#include "scanner/base/word_map.h"
#include "scanner/core/dockerfile_name.h"
#include "scanner/syntax/syntax.h"

namespace overreach {
namespace {

using Named = WordMeaning<Language>;

constexpr WordMap kNames(std::to_array<Named>({
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
    // Written by programs, long, and about nothing but packages.
    {".package-lock.json", Language::none},
    {"cargo.lock", Language::none},
    {"composer.lock", Language::none},
    {"npm-shrinkwrap.json", Language::none},
    {"package-lock.json", Language::none},
    {"packages.lock.json", Language::none},
    {"pipfile.lock", Language::none},
    {"pnpm-lock.yaml", Language::none},
    {"poetry.lock", Language::none},
    {"verification-metadata.xml", Language::none},
}));

// Behind the last dot.
constexpr WordMap kEndings(std::to_array<Named>({
    {"bash", Language::bash},
    {"cfg", Language::ini},
    {"cjs", Language::javascript},
    {"conf", Language::ini},
    {"config", Language::xml},
    {"cs", Language::csharp},
    {"cts", Language::typescript},
    {"env", Language::dotenv},
    {"go", Language::go},
    {"hcl", Language::hcl},
    {"ini", Language::ini},
    {"java", Language::java},
    {"js", Language::javascript},
    {"json", Language::json},
    {"json5", Language::json},
    {"jsonc", Language::json},
    {"jsx", Language::javascript},
    {"ksh", Language::bash},
    {"mjs", Language::javascript},
    {"mk", Language::makefile},
    {"mts", Language::typescript},
    {"php", Language::php},
    {"properties", Language::properties},
    {"pubxml", Language::xml},
    {"py", Language::python},
    {"rake", Language::ruby},
    {"rb", Language::ruby},
    {"sh", Language::bash},
    {"tf", Language::hcl},
    {"tfbackend", Language::hcl},
    {"tfstate", Language::json},
    {"tfvars", Language::hcl},
    {"toml", Language::toml},
    {"ts", Language::typescript},
    {"tsx", Language::tsx},
    {"xml", Language::xml},
    {"yaml", Language::yaml},
    {"yml", Language::yaml},
    {"zsh", Language::bash},
}));

}  // namespace

Language language_of(std::string_view path) {
  const std::string name = lower_case(file_name(path));
  if (const Language* const named = kNames.find(name)) {
    const bool is_kubeconfig =
        name == "config" && path.ends_with("/.kube/config");
    return is_kubeconfig ? Language::yaml : *named;
  }
  if (name.starts_with(".env.") || name == ".env" ||
      name.starts_with(".dev.vars")) {
    return Language::dotenv;
  }
  if (is_dockerfile(name)) return Language::dockerfile;
  if (name.starts_with("config_") &&
      path.find("gcloud/configurations/config_") != path.npos) {
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
  const Language* const ending =
      kEndings.find(std::string_view(name).substr(dot + 1));
  return ending ? *ending : Language::none;
}

}  // namespace overreach
