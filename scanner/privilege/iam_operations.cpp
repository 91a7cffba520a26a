#include "scanner/privilege/iam_operations.h"

#include <algorithm>

namespace overreach {
namespace {

constexpr IamOperation kDestructive[] = {
    {"organizations:CloseAccount", "organizations::*:account/*",
     "infrastructure data"},
    {"account:CloseAccount", "account::*:account", "infrastructure data"},
    {"rds:DeleteDBInstance", "rds:*:*:db:*", "data"},
    {"rds:DeleteDBCluster", "rds:*:*:cluster:*", "data"},
    {"s3:DeleteBucket", "s3:::*", "data"},
    {"s3:DeleteObject", "s3:::*/*", "data"},
    {"dynamodb:DeleteTable", "dynamodb:*:*:table/*", "data"},
    {"rds:DeleteDBSnapshot", "rds:*:*:snapshot:*", "backups"},
    {"rds:DeleteDBClusterSnapshot", "rds:*:*:cluster-snapshot:*", "backups"},
    {"rds:DeleteDBInstanceAutomatedBackup", "rds:*:*:auto-backup:*", "backups"},
    {"backup:DeleteRecoveryPoint", "*:*:*:*", "backups"},
    {"backup:DeleteBackupVault", "backup:*:*:backup-vault:*", "backups"},
    {"ec2:DeleteVolume", "ec2:*:*:volume/*", "data"},
    {"ec2:DeleteSnapshot", "ec2:*::snapshot/*", "backups"},
    {"ec2:TerminateInstances", "ec2:*:*:instance/*", "infrastructure data"},
    {"s3:DeleteObjectVersion", "s3:::*/*", "data backups"},
    {"s3:PutLifecycleConfiguration", "s3:::*", "data"},
    {"kms:ScheduleKeyDeletion", "kms:*:*:key/*", "data secrets"},
    {"cloudformation:DeleteStack", "cloudformation:*:*:stack/*/*",
     "infrastructure data"},
    {"eks:DeleteCluster", "eks:*:*:cluster/*", "infrastructure"},
    {"dynamodb:DeleteBackup", "dynamodb:*:*:table/*/backup/*", "backups"},
    {"elasticfilesystem:DeleteFileSystem",
     "elasticfilesystem:*:*:file-system/*", "data"},
    {"fsx:DeleteFileSystem", "fsx:*:*:file-system/*", "data"},
    {"fsx:DeleteBackup", "fsx:*:*:backup/*", "backups"},
    {"redshift:DeleteCluster", "redshift:*:*:cluster:*", "data"},
    {"redshift:DeleteClusterSnapshot", "redshift:*:*:snapshot:*/*", "backups"},
    {"es:DeleteDomain", "es:*:*:domain/*", "data"},
    {"elasticache:DeleteReplicationGroup", "elasticache:*:*:replicationgroup:*",
     "data"},
    {"elasticache:DeleteCacheCluster", "elasticache:*:*:cluster:*", "data"},
    {"glacier:DeleteArchive", "glacier:*:*:vaults/*", "backups"},
    {"secretsmanager:DeleteSecret", "secretsmanager:*:*:secret:*", "secrets"},
    {"ssm:DeleteParameter", "ssm:*:*:parameter/*", "secrets"},
    {"route53:DeleteHostedZone", "route53:::hostedzone/*", "dns"},
    {"route53:ChangeResourceRecordSets", "route53:::hostedzone/*", "dns"},
    {"ecr:DeleteRepository", "ecr:*:*:repository/*", "builds"},
    {"lambda:DeleteFunction", "lambda:*:*:function:*", "code infrastructure"},
    {"ecs:DeleteCluster", "ecs:*:*:cluster/*", "infrastructure"},
    {"ecs:DeleteService", "ecs:*:*:service/*", "infrastructure"},
    {"iam:DeleteUser", "iam::*:user/*", "access"},
    {"iam:DeleteRole", "iam::*:role/*", "access infrastructure"},
    {"cognito-idp:DeleteUserPool", "cognito-idp:*:*:userpool/*", "data access"},
    {"dynamodb:DeleteItem", "dynamodb:*:*:table/*", "data"},
    {"codecommit:DeleteRepository", "codecommit:*:*:*", "code"},
    {"kinesis:DeleteStream", "kinesis:*:*:stream/*", "data"},
    {"logs:DeleteLogGroup", "logs:*:*:log-group:*", "data"},
    {"cloudtrail:DeleteTrail", "cloudtrail:*:*:trail/*", "infrastructure"},
    {"cloudtrail:StopLogging", "cloudtrail:*:*:trail/*", "infrastructure"},
    {"sqs:DeleteQueue", "sqs:*:*:*", "messages"},
    {"sqs:PurgeQueue", "sqs:*:*:*", "messages"},
    {"sns:DeleteTopic", "sns:*:*:*", "messages"},
    {"ecr:BatchDeleteImage", "ecr:*:*:repository/*", "builds"},
    {"elasticbeanstalk:TerminateEnvironment",
     "elasticbeanstalk:*:*:environment/*", "infrastructure"},
    {"elasticloadbalancing:DeleteLoadBalancer",
     "elasticloadbalancing:*:*:loadbalancer/*", "infrastructure"},
    {"cloudfront:DeleteDistribution", "cloudfront::*:distribution/*",
     "infrastructure"},
    {"lightsail:DeleteRelationalDatabase", "lightsail:*:*:RelationalDatabase/*",
     "data"},
    {"lightsail:DeleteInstance", "lightsail:*:*:Instance/*",
     "infrastructure data"},
    {"amplify:DeleteApp", "amplify:*:*:apps/*", "infrastructure"},
    {"apigateway:DELETE", "apigateway:*::*", "infrastructure"},
    {"ec2:DeregisterImage", "ec2:*::image/*", "builds"},
    {"memorydb:DeleteCluster", "memorydb:*:*:cluster/*", "data"},
    {"kafka:DeleteCluster", "kafka:*:*:cluster/*/*", "data"},
};

constexpr std::string_view kRunsCode =
    "lambda:CreateFunction ec2:RunInstances cloudformation:CreateStack "
    "glue:CreateJob glue:CreateDevEndpoint";

constexpr IamEscalation kEscalations[] = {
    {"iam:AttachUserPolicy", "iam::*:user/*", false, ""},
    {"iam:PutUserPolicy", "iam::*:user/*", false, ""},
    {"iam:AttachRolePolicy", "iam::*:role/*", false, ""},
    {"iam:PutRolePolicy", "iam::*:role/*", false, ""},
    {"iam:AttachGroupPolicy", "iam::*:group/*", false, ""},
    {"iam:PutGroupPolicy", "iam::*:group/*", false, ""},
    {"iam:CreatePolicyVersion", "iam::*:policy/*", false, ""},
    {"iam:SetDefaultPolicyVersion", "iam::*:policy/*", false, ""},
    {"iam:AddUserToGroup", "iam::*:group/*", false, ""},
    {"iam:UpdateAssumeRolePolicy", "iam::*:role/*", false, ""},
    {"iam:CreateAccessKey", "iam::*:user/*", true, ""},
    {"iam:CreateLoginProfile", "iam::*:user/*", true, ""},
    {"iam:UpdateLoginProfile", "iam::*:user/*", true, ""},
    {"iam:PassRole", "iam::*:role/*", false, kRunsCode},
};

bool begins_with_any(std::string_view text,
                     std::initializer_list<std::string_view> starts) {
  return std::any_of(starts.begin(), starts.end(),
                     [&](std::string_view s) { return text.starts_with(s); });
}

bool ends_with_any(std::string_view text,
                   std::initializer_list<std::string_view> ends) {
  return std::any_of(ends.begin(), ends.end(),
                     [&](std::string_view s) { return text.ends_with(s); });
}

}  // namespace

std::span<const IamOperation> destructive_operations() { return kDestructive; }

std::span<const IamEscalation> escalations() { return kEscalations; }

bool is_destructive_name(std::string_view operation) {
  if (begins_with_any(operation, {"BatchDelete", "Terminate", "Purge",
                                  "Destroy", "Delete"})) {
    // Labels, settings and the messages that a worker has done.
    return !ends_with_any(
        operation, {"Tags", "Tag", "Tagging", "Message", "MessageBatch",
                    "Policy", "Configuration", "Metadata", "Permission",
                    "Settings", "Association", "Comment", "NetworkInterface",
                    "NetworkInterfacePermission", "Route", "LogStream"});
  }
  return false;
}

bool is_reading_name(std::string_view operation) {
  return begins_with_any(
      operation, {"Get", "List", "Describe", "BatchGet", "Search", "Query",
                  "Scan", "Lookup", "View", "Head", "Read", "Simulate",
                  "Preview", "Check", "Select"});
}

}  // namespace overreach
