#include <gtest/gtest.h>

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

TEST(MayMatter, ProgramsOnlyWithAWordForIt) {
  EXPECT_TRUE(may_matter(Language::python, "x = os.environ['A']"));
  EXPECT_TRUE(may_matter(Language::csharp, "Configuration[\"A\"]"));
  EXPECT_FALSE(may_matter(Language::python, "print('hello')"));
  EXPECT_TRUE(may_matter(Language::yaml, "a: b"));
  EXPECT_FALSE(may_matter(Language::none, "os.environ"));
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
