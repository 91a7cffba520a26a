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
      {"web.Release.config", Language::xml},
      {"prod.auto.tfvars", Language::hcl},
      {"terraform.tfstate", Language::json},
      {"wrangler.jsonc", Language::json},
      {"app.component.tsx", Language::tsx},
      {"settings/production.PY", Language::python},
      // Nothing that says where anything runs.
      {"package-lock.json", Language::none},
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
      {"a.cs", "Configuration[\"A\"]", true},
      {"a.js", "a = process.env.NODE_ENV", false},
      {"a.js", "a = process.env.NODE_ENV || process.env.A", true},
      {"a.js", "a = {production: {b: 1}}", true},
      {"a.js", "a = process.env.A;" + std::string(6000, 'x'), false},
      {"node_modules/p/a.js", "a = process.env.A", false},
      {"a/dist/a.js", "a = process.env.A", false},
      {"redist/a.js", "a = process.env.A", true},
      {"a.sh", "make all", false},
      {"a.sh", "vercel env pull", true},
      {"a.yml", "title: text", false},
      {"a.yml", "environment: x", true},
      {"a/.firebaserc", "{}", true},
      {".vscode/settings.json", "{}", true},
      {"main.tf", "a = 1", true},
      {"a.md", "os.environ", false},
  };
  for (const auto& [path, text, expected] : cases) {
    EXPECT_EQ(may_matter(language_of(path), path, text), expected) << text;
  }
}

Syntax::Context context_of(Language language, std::string_view text,
                           std::string_view word) {
  Syntax syntax;
  syntax.parse(language, text);
  return syntax.context_at(text.find(word));
}

TEST(Context, StringsCommentsAndCode) {
  using Context = Syntax::Context;
  const std::string_view python =
      "name = f'text {inside}'  # comment\n\"\"\"doc\"\"\"\n";
  EXPECT_EQ(context_of(Language::python, python, "name"), Context::code);
  EXPECT_EQ(context_of(Language::python, python, "text"), Context::string);
  EXPECT_EQ(context_of(Language::python, python, "inside"), Context::code);
  EXPECT_EQ(context_of(Language::python, python, "comment"), Context::comment);
  EXPECT_EQ(context_of(Language::python, python, "doc"), Context::string);
  const std::string_view script =
      "// line\nconst a = `b ${c} d`; /* block */ const e = \"f\"";
  EXPECT_EQ(context_of(Language::javascript, script, "line"), Context::comment);
  EXPECT_EQ(context_of(Language::javascript, script, "b $"), Context::string);
  EXPECT_EQ(context_of(Language::javascript, script, "c}"), Context::code);
  EXPECT_EQ(context_of(Language::javascript, script, "d`"), Context::string);
  EXPECT_EQ(context_of(Language::javascript, script, "block"),
            Context::comment);
  EXPECT_EQ(context_of(Language::yaml, "a: \"b\" # c\n", "c"),
            Context::comment);
  EXPECT_EQ(context_of(Language::go, "x := `raw`", "raw"), Context::string);
  EXPECT_EQ(context_of(Language::dotenv, "A=b", "b"), Context::unknown);
}

}  // namespace
}  // namespace overreach
