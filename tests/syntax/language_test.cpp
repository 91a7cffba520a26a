#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>

#include "scanner/syntax/syntax.h"

namespace overreach {
namespace {

TEST(LanguageOf, Names) {
  const std::pair<const char*, Language> cases[] = {
      {".env", Language::dotenv},
      {"a/.env.production.local", Language::dotenv},
      {"staging.env", Language::dotenv},
      {".dev.vars.staging", Language::dotenv},
      {".envrc", Language::bash},
      {"Dockerfile.prod", Language::dockerfile},
      {"api.dockerfile", Language::dockerfile},
      {"Procfile", Language::procfile},
      {"Makefile", Language::makefile},
      {"config/database.yml", Language::yaml},
      {".aws/credentials", Language::ini},
      {"home/.kube/config", Language::yaml},
      {".git/config", Language::ini},
      {".clineignore", Language::lines},
      {"infra/.terraform/environment", Language::lines},
      {"supabase/.temp/project-ref", Language::lines},
      {"config/environment", Language::none},
      {"web.Release.config", Language::xml},
      {"prod.auto.tfvars", Language::hcl},
      {"terraform.tfstate", Language::json},
      {"wrangler.jsonc", Language::json},
      {"app.component.tsx", Language::tsx},
      {"settings/production.PY", Language::python},
      // Nothing that says where anything runs.
      {"package-lock.json", Language::none},
      {"a/.package-lock.json", Language::none},
      {"pnpm-lock.yaml", Language::none},
      {"README.md", Language::none},
      {"main.c", Language::none},
      {"noending", Language::none},
      {"", Language::none},
  };
  for (const auto& [path, expected] : cases) {
    EXPECT_EQ(language_of(path), expected) << path;
  }
}

TEST(MayMatter, OnlyWhatSpeaksOfEnvironments) {
  struct Case {
    const char* path;
    std::string text;
    bool expected;
  };
  const Case cases[] = {
      {"a.py", "x = os.environ['A']", true},
      {"a.py", "print('hello')", false},
      {"a.py", "x = os.environ.get('HOME', '/')", false},
      {"a.py", "x = os.environ['GIT_EXEC_PATH']", false},
      {"a.py", "if 'SUDO_USER' in os.environ: pass", false},
      {"a.py", "x = getenv('TDC_PLUGIN_DIR', './plugins')", false},
      {"a.py", "x = getenv('PROD_CONFIG_PATH')", true},
      {"a.py", "x = getenv('DB_PATHS')", true},
      {"a.py", "def prepare_env(args): pass", false},
      {"a.py", "x = get_env(\n  f'A')", true},
      {"a.py", "x = env(NAME)", true},
      {"a.py", "if 'HOME' in os.environ: x = getenv(\"A\")", true},
      {"a.py", "# os.environ['A']\nx = 1", false},
      {"a.py", "from sphinx.environment import B", false},
      {"a.py", "f(environment={'A': b})", true},
      {"a.php", "define('DB_USER', $x);", true},
      {"a.cs", "Configuration[\"A\"]", true},
      {"a.js", "a = process.env.NODE_ENV", false},
      {"a.js", "a = process.env.NODE_ENV || process.env.A", true},
      {"a.js", "a = {production: {b: 1}}", true},
      {"a.js", "a = process.env?.TERM || process.env[\"HOME\"]", false},
      {"a.js", "/*\n * process.env.A\n */\n// staging\n", false},
      {"a.js", "a = process.env.A;" + std::string(6000, 'x'), false},
      {"node_modules/p/a.js", "a = process.env.A", false},
      {"a/dist/a.js", "a = process.env.A", false},
      {"redist/a.js", "a = process.env.A", true},
      {"a.sh", "make all", false},
      {"a.sh", "vercel env pull", true},
      {"a.sh", "fly deploy", true},
      {"a.sh", "/usr/bin/aws s3 ls", true},
      {"a.sh", "echo briefly on-the-fly x", false},
      {"a.sh", "export STRIPE_KEY=x", true},
      {"a.sh", "check CONFIG_KEYRING=y", false},
      {"a.sh", "echo AWS_ACCESS_KEY_ID", true},
      {"a.sh", "grep DEFINE_STATIC_KEY_$x", false},
      {"Makefile", "a:\n\t@echo ' clean - remove backup'\n\tgzip a", false},
      {"a.sh", "echo ' clean - remove backup'\ngzip a", true},
      {"Makefile", "backup:\n\tgzip a", true},
      {"a.sh", "# export STRIPE_KEY=x\n  # psql\nmake all", false},
      {"a.sh", "# psql\npsql app", true},
      {"a.sh", "# for production\nmake all", false},
      {"a.sh", "echo 'for production'\nmake all", false},
      {"a.sh", "echo production > stage", true},
      {"a.sh", "echo production | make all", true},
      {"a.sh", "echo now && ssh production-db", true},
      {"a.sh", "echo $(ssh production-db)", true},
      {"a.sh", "ssh production-db", true},
      {"a.sh", "ENVS=(\n  production\n)", true},
      {"a.sh", "on_production() {\n  ls\n}\non_production", false},
      {"a.sh", "function on_staging() {\n  ls\n}\non_staging", false},
      {"a.sh", "run on_production", true},
      {"a.sh", "production() {\n  ssh production-db\n}", true},
      {"a.sh", "link set primary backup", false},
      {"a.sh", "cp app.db /mnt/backup && gzip /mnt/backup", true},
      {"a.sh", "pg_basebackup -D /mnt/copy", true},
      {"a.yml", "title: text", false},
      {"a.yml", "environment: x", true},
      {"a.yml",
       "$schema: http://a.org/meta-schemas/core.yaml#\nproperties:\n  env: x",
       false},
      {"a.json",
       "{\"$schema\": \"http://json-schema.org/x\", "
       "\"properties\": {\"env\": {}}}",
       false},
      {"a.json", "{\"$schema\": \"https://a.com/config.json\", \"env\": 1}",
       true},
      {"a.json", "[\"token\"]", true},
      {"a.json", "[\"token\"" + std::string(200'000, ' ') + "]", false},
      {"a.json", "{\"staging\":" + std::string(200'000, ' ') + "1}", true},
      {"a.ts", "const a = process.env.A", true},
      {"a.d.ts", "const a = process.env.A", false},
      {"a.py", std::string(200'000, '\n') + "os.environ['A']", false},
      {"a/.firebaserc", "{}", true},
      {".vscode/settings.json", "{}", true},
      {"main.tf", "a = 1", true},
      {"a.md", "os.environ", false},
  };
  for (const auto& [path, text, expected] : cases) {
    EXPECT_EQ(may_matter(language_of(path), path, text), expected) << text;
  }
}

}  // namespace
}  // namespace overreach
