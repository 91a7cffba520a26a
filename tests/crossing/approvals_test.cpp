#include "scanner/crossing/approvals.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/crossing/files.h"

namespace overreach {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// "aws s3 rm +": the words, "+" where anything may follow.
std::vector<std::string> shown(const LabelledFile& file) {
  std::vector<std::string> all;
  for (const Approval& approval : approvals_of(file)) {
    std::string text;
    for (const std::string_view word : approval.words) {
      text.append(word).append(" ");
    }
    all.push_back(text + (approval.is_open ? "+" : "."));
  }
  return all;
}

std::vector<std::string> claude(std::string_view rule) {
  FileMaker maker(".claude/settings.json");
  maker.literal("permissions.allow.0", rule);
  return shown(maker.labelled());
}

TEST(ApprovalsOf, RulesOfClaude) {
  EXPECT_THAT(claude("Bash(terraform plan)"), ElementsAre("terraform plan ."));
  EXPECT_THAT(claude("Bash(terraform plan:*)"),
              ElementsAre("terraform plan +"));
  EXPECT_THAT(claude("Bash(aws s3 *)"), ElementsAre("aws s3 +"));
  EXPECT_THAT(claude("Bash(sudo /usr/bin/psql:*)"), ElementsAre("psql +"));
  EXPECT_THAT(claude("Bash(npx -y prisma migrate reset)"),
              ElementsAre("prisma migrate reset ."));
  EXPECT_THAT(claude("Bash(cd app && railway down)"),
              ElementsAre("cd app .", "railway down ."));
  EXPECT_THAT(claude("mcp__railway"), ElementsAre("railway +"));
  EXPECT_THAT(claude("mcp__railway__remove_volume"),
              ElementsAre("railway remove_volume ."));
  EXPECT_THAT(claude("mcp__railway__*"), ElementsAre("railway +"));
}

TEST(ApprovalsOf, WhatIsNoCommand) {
  for (const char* const rule :
       {"Read(.env)", "WebFetch(domain:acme.com)", "Bash", "Bash(", ""}) {
    EXPECT_THAT(claude(rule), IsEmpty()) << rule;
  }
}

TEST(ApprovalsOf, VariablesInFront) {
  FileMaker maker(".claude/settings.json");
  maker.literal("permissions.allow.0", "Bash(AWS_PROFILE=acme-prod aws s3:*)");
  const LabelledFile file = maker.labelled();
  const std::vector<Approval> approvals = approvals_of(file);
  ASSERT_EQ(approvals.size(), 1u);
  EXPECT_THAT(approvals[0].variables, ElementsAre("AWS_PROFILE=acme-prod"));
  EXPECT_THAT(approvals[0].words, ElementsAre("aws", "s3"));
}

TEST(ApprovalsOf, OtherAgents) {
  FileMaker cursor(".cursor/cli.json");
  cursor.literal("permissions.allow.0", "Shell(kubectl *)");
  EXPECT_THAT(shown(cursor.labelled()), ElementsAre("kubectl +"));
  // VS Code compares the beginning of a command.
  FileMaker code(".vscode/settings.json");
  code.setting("\"chat.tools.terminal.autoApprove\".flyctl", "true")
      .setting("\"chat.tools.terminal.autoApprove\".rm", "false");
  EXPECT_THAT(shown(code.labelled()), ElementsAre("flyctl +"));
  FileMaker opencode("opencode.json");
  opencode.literal("permission.bash.heroku *", "allow")
      .literal("permission.bash.git push", "ask");
  EXPECT_THAT(shown(opencode.labelled()), ElementsAre("heroku +"));
  // What is denied is no approval.
  FileMaker denied(".claude/settings.json");
  denied.literal("permissions.deny.0", "Bash(railway:*)");
  EXPECT_THAT(shown(denied.labelled()), IsEmpty());
}

}  // namespace
}  // namespace overreach
