// Policies of AWS: what is allowed, and what that comes to.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scanner/privilege/evaluate.h"
#include "scanner/privilege/iam_evaluate.h"
#include "scanner/privilege/iam_operations.h"
#include "scanner/privilege/tables/aws_actions.h"

namespace overreach {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// Statements without the frame around them.
std::string policy(const std::string& statements) {
  return R"({"Version":"2012-10-17","Statement":[)" + statements + "]}";
}

std::string allow(const std::string& action, const std::string& resource) {
  return R"({"Effect":"Allow","Action":")" + action + R"(","Resource":")" +
         resource + "\"}";
}

std::string deny(const std::string& action, const std::string& resource) {
  return R"({"Effect":"Deny","Action":")" + action + R"(","Resource":")" +
         resource + "\"}";
}

IamRights rights(const std::string& statements,
                 const std::string& boundary = "") {
  IamRights all;
  if (auto parsed =
          parse_iam_policy(policy(statements), {"ada", "123456789012"})) {
    all.policies.push_back(*parsed);
  }
  if (!boundary.empty()) all.boundary = parse_iam_policy(policy(boundary));
  return all;
}

TEST(IamPattern, Resources) {
  struct Case {
    const char* pattern;
    const char* resource;
    bool fits;
  };
  constexpr Case kCases[] = {
      {"*", "*", true},
      {"*", "arn:aws:s3:::b/k", true},
      {"arn:aws:s3:::b*", "arn:aws:s3:::b/k", true},
      {"arn:aws:s3:::b/*", "arn:aws:s3:::b/a/b", true},
      {"arn:aws:s3:::?/k", "arn:aws:s3:::b/k", true},
      {"arn:aws:rds:*:*:db:*", "arn:aws:rds:eu-west-1:1:db:x:y", true},
      {"arn:aws:s3:::b", "arn:aws:s3:::b/k", false},
      {"arn:aws:s3*:b", "arn:aws:s3:::b", false},  // not over a colon
      {"arn:aws:s3:::B", "arn:aws:s3:::b", false},
      {"arn:aws:s3:::b", "*", false},
  };
  for (const Case& c : kCases) {
    EXPECT_EQ(fits_resource(iam_pattern(c.pattern), c.resource), c.fits)
        << c.pattern << " " << c.resource;
  }
}

TEST(IamPattern, Sets) {
  struct Case {
    const char* a;
    const char* b;
    bool covers, overlaps;
  };
  constexpr Case kCases[] = {
      {"*", "arn:aws:s3:::b", true, true},
      {"arn:aws:s3:::b", "*", false, true},
      {"arn:aws:s3:::a*", "arn:aws:s3:::ab?", true, true},
      {"arn:aws:s3:::a*", "arn:aws:s3:::*b", false, true},
      {"arn:aws:s3:::a?", "arn:aws:s3:::a*", false, true},
      {"arn:aws:s3:::a*", "arn:aws:s3:::b*", false, false},
      {"arn:aws:rds:*:*:snapshot:*", "arn:aws:rds:*:*:db:*", false, false},
  };
  for (const Case& c : kCases) {
    const IamPattern a = iam_pattern(c.a), b = iam_pattern(c.b);
    EXPECT_EQ(covers_resource(a, b), c.covers) << c.a << " " << c.b;
    EXPECT_EQ(overlaps_resource(a, b), c.overlaps) << c.a << " " << c.b;
    EXPECT_EQ(overlaps_resource(b, a), c.overlaps) << c.a << " " << c.b;
  }
}

TEST(IamPolicy, ReadsWhatIamSends) {
  // As GetPolicyVersion's example reply has it.
  const auto parsed = parse_iam_policy(
      "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%7B%22Effect%22"
      "%3A%22Allow%22%2C%22Action%22%3A%22s3%3A%2A%22%2C%22Resource%22%3A%22"
      "%2A%22%7D%7D");
  ASSERT_TRUE(parsed);
  ASSERT_EQ(parsed->statements.size(), 1u);
  EXPECT_EQ(to_text(parsed->statements[0].actions[0]), "s3:*");
  for (const char* bad : {"", "[]", "{}", "%7B", "no", "\"text\""}) {
    EXPECT_FALSE(parse_iam_policy(bad)) << bad;
  }
  const auto odd = parse_iam_policy(
      policy(R"({"Effect":"Maybe","Action":"*","Resource":"*"},5,)"
             R"({"Effect":"Allow","Action":"*"},)"
             R"({"Effect":"Allow","Action":["*",7],"Resource":"*"})"));
  ASSERT_TRUE(odd);
  EXPECT_EQ(odd->statements.size(), 1u);
}

struct Ask {
  std::string statements, boundary, action, resource;
  IamAnswer answer;
};

TEST(Iam, Answers) {
  const std::string bucket = "arn:aws:s3:::b", all = allow("*", "*");
  const std::string if_here =
      R"(,"Condition":{"IpAddress":{"aws:SourceIp":"192.0.2.0/24"}}})";
  const auto with = [&](std::string text) {
    text.pop_back();
    return text + if_here;
  };
  const Ask cases[] = {
      {"", "", "s3:GetObject", bucket, IamAnswer::denied},
      {all, "", "s3:GetObject", bucket, IamAnswer::allowed},
      {allow("S3:get*", "*"), "", "s3:GetObject", bucket, IamAnswer::allowed},
      {all + "," + deny("s3:*", bucket), "", "s3:GetObject", bucket,
       IamAnswer::denied},
      {all + "," + deny("s3:*", bucket + "2"), "", "s3:GetObject", bucket,
       IamAnswer::allowed},
      {with(all), "", "s3:GetObject", bucket, IamAnswer::may},
      {all + "," + with(deny("*", "*")), "", "s3:GetObject", bucket,
       IamAnswer::may},
      {all, allow("ec2:*", "*"), "s3:GetObject", bucket, IamAnswer::denied},
      {all, allow("s3:*", "*"), "s3:GetObject", bucket, IamAnswer::allowed},
      {R"({"Effect":"Allow","NotAction":"iam:*","Resource":"*"})", "",
       "iam:GetUser", "*", IamAnswer::denied},
      {R"({"Effect":"Allow","NotAction":"iam:*","Resource":"*"})", "",
       "s3:GetObject", bucket, IamAnswer::allowed},
      {R"({"Effect":"Allow","Action":"*","NotResource":"arn:aws:s3:::b"})", "",
       "s3:GetObject", bucket, IamAnswer::denied},
      {R"({"Effect":"Deny","Action":"*","NotResource":"arn:aws:s3:::b"},)" +
           all,
       "", "s3:GetObject", bucket, IamAnswer::allowed},
      {allow("s3:*", "arn:aws:s3:::home-${aws:username}"), "", "s3:GetObject",
       "arn:aws:s3:::home-ada", IamAnswer::allowed},
      {allow("s3:*", "arn:aws:s3:::home-${aws:username}"), "", "s3:GetObject",
       "arn:aws:s3:::home-eve", IamAnswer::denied},
      {allow("s3:*", "arn:aws:s3:::${aws:PrincipalTag/team}"), "",
       "s3:GetObject", bucket, IamAnswer::may},
      {allow("s3:*", "arn:aws:s3:::b${*}"), "", "s3:GetObject",
       "arn:aws:s3:::bx", IamAnswer::denied},
  };
  for (const Ask& c : cases) {
    EXPECT_EQ(ask_iam(rights(c.statements, c.boundary), c.action, c.resource),
              c.answer)
        << c.statements << " | " << c.boundary << " | " << c.action;
  }
}

Evaluated evaluated(const std::vector<std::string>& documents,
                    const std::string& boundary = "") {
  Variables variables;
  variables.add("arn", "arn:aws:iam::123456789012:user/ada");
  variables.add("user", "ada");
  for (const std::string& text : documents) {
    variables.add("identity_policies", policy(text));
  }
  if (!boundary.empty()) variables.add("boundary", policy(boundary));
  const auto result = evaluate("aws-iam", variables);
  return result.value_or(Evaluated{});
}

std::vector<std::string> operations(const Evaluated& evaluated) {
  std::vector<std::string> names;
  for (const Power& power : evaluated.powers) names.push_back(power.operation);
  return names;
}

TEST(IamEvaluator, Levels) {
  const std::string self = "arn:aws:iam::*:user/${aws:username}";
  struct Case {
    std::string statements, boundary;
    Level level;
    Evidence evidence;
  };
  const std::string condition =
      R"({"Effect":"Allow","Action":"*","Resource":"*",)"
      R"("Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}})";
  const Evidence declared = Evidence::declared, inferred = Evidence::inferred;
  const Case cases[] = {
      {allow("*", "*"), "", Level::root, declared},
      {allow("*:*", "*"), "", Level::root, declared},
      {condition, "", Level::root, inferred},
      {allow("iam:*", "*"), "", Level::root, declared},
      {allow("iam:Attach*", "*"), "", Level::root, declared},
      {allow("iam:PutUserPolicy", self), "", Level::root, declared},
      {allow("iam:CreateAccessKey", self), "", Level::write, declared},
      {allow("iam:PutRolePolicy", "arn:aws:iam::*:role/ci-*"), "", Level::write,
       declared},
      {allow("iam:PassRole", "*") + "," + allow("lambda:CreateFunction", "*"),
       "", Level::root, inferred},
      {allow("iam:PassRole", "*"), "", Level::write, declared},
      {allow("sts:AssumeRole", "*"), "", Level::root, declared},
      {allow("sts:AssumeRole", "arn:aws:iam::123456789012:role/ci"), "",
       Level::write, declared},
      {allow("*", "*"), allow("s3:*", "*"), Level::destructive, declared},
      {allow("*", "*"), allow("s3:Get*", "*"), Level::read, declared},
      {allow("*", "*") + "," + deny("*", "*"), "", Level::none, declared},
      {R"({"Effect":"Allow","NotAction":["iam:*","organizations:*",)"
       R"("account:*"],"Resource":"*"})",
       "", Level::destructive, declared},
      {allow("rds:*", "arn:aws:rds:*:*:db:shop"), "", Level::destructive,
       declared},
      {allow("sagemaker:*", "*"), "", Level::destructive, declared},
      {allow("s3:PutObject", "arn:aws:s3:::b/*"), "", Level::write, declared},
      {allow("newservice:Frobnicate", "*"), "", Level::read, declared},
      {allow("s3:FrobnicateObject", "*"), "", Level::write, declared},
      {allow("sqs:DeleteMessage", "*"), "", Level::write, declared},
      {allow("s3:Get*", "*"), "", Level::read, declared},
      {allow("ec2:Describe*", "*"), "", Level::read, declared},
  };
  for (const Case& c : cases) {
    const Evaluated result = evaluated({c.statements}, c.boundary);
    EXPECT_EQ(to_string(result.level), to_string(c.level))
        << c.statements << " | " << c.boundary << ": " << result.why;
    EXPECT_EQ(to_string(result.evidence), to_string(c.evidence))
        << c.statements << ": " << result.why;
  }
}

TEST(IamEvaluator, Powers) {
  const Evaluated one = evaluated({allow("rds:*", "arn:aws:rds:*:*:db:shop")});
  EXPECT_THAT(operations(one), Contains("rds:DeleteDBInstance"));
  EXPECT_THAT(operations(one), Not(Contains("rds:DeleteDBSnapshot")));
  ASSERT_EQ(one.powers.front().operation, "rds:DeleteDBInstance");
  ASSERT_EQ(one.powers.front().resources.size(), 1u);
  EXPECT_EQ(one.powers.front().resources[0].name, "arn:aws:rds:*:*:db:shop");
  EXPECT_EQ(one.powers.front().resources[0].kind, "rds");

  const Evaluated objects = evaluated({allow("s3:*", "arn:aws:s3:::b/*")});
  EXPECT_THAT(operations(objects), Contains("s3:DeleteObject"));
  EXPECT_THAT(operations(objects), Not(Contains("s3:DeleteBucket")));

  const Evaluated all = evaluated({allow("*", "*")});
  EXPECT_EQ(all.powers.size(), 40u);
  EXPECT_THAT(all.powers.front().resources, IsEmpty());
}

TEST(IamEvaluator, WhatCannotBeSeen) {
  Variables variables;
  EXPECT_FALSE(evaluate("aws-iam", variables));
  variables.add("policy_names", "arn:aws:iam::aws:policy/PowerUserAccess");
  variables.add("policy_names",
                "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3");
  variables.add("groups", "denied");
  const auto result = evaluate("aws-iam", variables);
  ASSERT_TRUE(result);
  EXPECT_EQ(result->level, Level::destructive);
  EXPECT_EQ(result->evidence, Evidence::inferred);
  EXPECT_THAT(result->why, HasSubstr("PowerUserAccess"));
  EXPECT_THAT(result->why, HasSubstr("not seen: its groups"));
  EXPECT_THAT(result->why, HasSubstr("in public"));
}

// Every operation the program names is one that AWS has.
TEST(IamOperations, AreInTheTable) {
  const auto is_known = [](std::string_view action) {
    const std::size_t colon = action.find(':');
    for (const AwsService& service : aws_services()) {
      if (service.prefix != action.substr(0, colon)) continue;
      const std::string padded = " " + std::string(service.actions) + " ";
      return padded.find(" " + std::string(action.substr(colon + 1)) + " ") !=
             padded.npos;
    }
    return false;
  };
  for (const IamOperation& operation : destructive_operations()) {
    EXPECT_TRUE(is_known(operation.action)) << operation.action;
  }
  for (const IamEscalation& way : escalations()) {
    EXPECT_TRUE(is_known(way.action)) << way.action;
  }
}

}  // namespace
}  // namespace overreach
