#include "scanner/core/probe.h"

#include <gtest/gtest.h>

namespace overreach {
namespace {

TEST(ParseCondition, SubjectTestOperand) {
  const auto condition = parse_condition("scopes has admin:* now");
  ASSERT_TRUE(condition);
  EXPECT_EQ(condition->subject, "scopes");
  EXPECT_EQ(condition->test, Condition::Test::has);
  EXPECT_EQ(condition->operand, "admin:* now");
  EXPECT_FALSE(condition->negated);
}

TEST(ParseCondition, NotTurnsItRound) {
  const auto condition = parse_condition("not expires exists");
  ASSERT_TRUE(condition);
  EXPECT_TRUE(condition->negated);
  EXPECT_EQ(condition->subject, "expires");
}

TEST(ParseCondition, AHeaderIsASubject) {
  const auto condition = parse_condition("header X-OAuth-Scopes contains repo");
  ASSERT_TRUE(condition);
  EXPECT_EQ(condition->subject, "header X-OAuth-Scopes");
  EXPECT_EQ(condition->operand, "repo");
}

TEST(ParseCondition, WhatIsNone) {
  for (const char* text : {"", "scopes", "scopes likes x", "scopes has",
                           "not scopes", "user exists really", " is ok"}) {
    EXPECT_FALSE(parse_condition(text)) << text;
  }
}

}  // namespace
}  // namespace overreach
