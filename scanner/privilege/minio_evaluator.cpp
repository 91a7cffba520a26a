// Evaluator "minio-policies": MinIO's policies are written and evaluated like
// those of AWS's IAM, but their actions are MinIO's own, and those of
// administrators name no resource.
// docs.min.io/community/minio-object-store/administration/identity-access-management/policy-based-access-control.html
// The names: github.com/minio/pkg, policy/action.go and policy/admin-action.go.

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "scanner/privilege/evaluators.h"
#include "scanner/privilege/iam_evaluate.h"
#include "scanner/privilege/reply.h"

namespace overreach {
namespace {

constexpr std::size_t kMostPatterns = 10;
constexpr std::string_view kAnything = "*";
constexpr std::string_view kBuckets = "arn:aws:s3:::*";
constexpr std::string_view kObjects = "arn:aws:s3:::*/*";

struct Operation {
  std::string_view action, form;
  std::string_view destroys;  // or what it does instead, for the report
};

// Whoever has one of these can give himself the rest, or replace the server.
constexpr Operation kGranting[] = {
    {"admin:CreateUser", kAnything, "makes users"},
    {"admin:CreatePolicy", kAnything, "writes policies"},
    {"admin:AttachUserOrGroupPolicy", kAnything, "gives policies to users"},
    {"admin:UpdatePolicyAssociation", kAnything, "gives policies to users"},
    {"admin:AddUserToGroup", kAnything, "puts users into groups"},
    {"admin:CreateServiceAccount", kAnything, "makes keys of other users"},
    {"admin:UpdateServiceAccount", kAnything, "changes keys of other users"},
    {"admin:ImportIAM", kAnything, "replaces users and policies"},
    {"admin:ExportIAM", kAnything, "reads the secret keys of all users"},
    {"admin:ConfigUpdate", kAnything, "changes how users log in"},
    {"admin:ServerUpdate", kAnything, "replaces the server's program"},
    {"admin:SiteReplicationAdd", kAnything, "copies everything elsewhere"},
};

constexpr Operation kDestroying[] = {
    {"s3:DeleteBucket", kBuckets, "data"},
    {"s3:ForceDeleteBucket", kBuckets, "data"},
    {"s3:DeleteObject", kObjects, "data"},
    {"s3:DeleteObjectVersion", kObjects, "data backups"},
    {"s3:PutLifecycleConfiguration", kBuckets, "data"},
    {"admin:DeleteUser", kAnything, "access"},
    {"admin:DeletePolicy", kAnything, "access"},
    {"admin:RemoveServiceAccount", kAnything, "access"},
    {"admin:ServiceStop", kAnything, "infrastructure"},
    {"kms:DeleteKey", kAnything, "data secrets"},
};

constexpr Operation kWriting[] = {
    {"s3:PutObject", kObjects, ""},
    {"s3:PutObjectRetention", kObjects, ""},
    {"s3:PutObjectTagging", kObjects, ""},
    {"s3:RestoreObject", kObjects, ""},
    {"s3:ReplicateObject", kObjects, ""},
    {"s3:CreateBucket", kBuckets, ""},
    {"s3:PutBucketPolicy", kBuckets, ""},
    {"s3:PutBucketNotification", kBuckets, ""},
    {"s3:PutBucketVersioning", kBuckets, ""},
    {"s3:PutEncryptionConfiguration", kBuckets, ""},
    {"s3:PutReplicationConfiguration", kBuckets, ""},
    {"admin:SetBucketQuota", kAnything, ""},
    {"admin:SetBucketTarget", kAnything, ""},
    {"admin:SetTier", kAnything, ""},
    {"admin:ImportBucketMetadata", kAnything, ""},
    {"admin:ServiceRestart", kAnything, ""},
    {"admin:DisableUser", kAnything, ""},
};

constexpr Operation kReading[] = {
    {"s3:GetObject", kObjects, ""},
    {"s3:GetObjectVersion", kObjects, ""},
    {"s3:ListBucket", kBuckets, ""},
    {"s3:ListAllMyBuckets", kBuckets, ""},
    {"s3:GetBucketLocation", kBuckets, ""},
    {"s3:GetBucketPolicy", kBuckets, ""},
    {"admin:ServerInfo", kAnything, ""},
    {"admin:StorageInfo", kAnything, ""},
    {"admin:DataUsageInfo", kAnything, ""},
    {"admin:ListUsers", kAnything, ""},
    {"admin:GetPolicy", kAnything, ""},
    {"admin:ServerTrace", kAnything, ""},
    {"admin:ConsoleLog", kAnything, ""},
    {"admin:Prometheus", kAnything, ""},
};

// A statement about the server names no resource: it is about all.
std::optional<IamPolicy> parse_policy(const std::string& text) {
  auto document = nlohmann::json::parse(text, nullptr, false);
  if (!document.is_object() || !document.contains("Statement")) return {};
  if (document["Statement"].is_null()) return IamPolicy{};  // allows nothing
  for (nlohmann::json& statement : document["Statement"]) {
    if (statement.is_object() && !statement.contains("Resource") &&
        !statement.contains("NotResource")) {
      statement["Resource"] = kAnything;
    }
  }
  return parse_iam_policy(document.dump());
}

// "arn:aws:s3:::orders/*" -> "orders": all objects of a bucket, as it is
// listed.
std::string bucket_name(std::string text) {
  constexpr std::string_view kArn = "arn:aws:s3:::";
  if (text.starts_with(kArn)) text.erase(0, kArn.size());
  const std::size_t slash = text.find('/');
  if (slash != text.npos && text.substr(slash) == "/*") text.resize(slash);
  return text;
}

class Judgement {
 public:
  explicit Judgement(const IamRights& rights) : rights_(rights) {}

  Evaluated run() {
    result_.level = Level::none;
    result_.why = "its policies allow nothing";
    for (const Operation& each : kGranting) {
      raise(Level::root, extent(each), std::string(each.destroys), each.action);
    }
    for (const Operation& each : kDestroying) {
      const IamExtent where = extent(each);
      raise(Level::destructive, where, "its policies allow it", each.action);
      add_power(each, where);
    }
    for (const Operation& each : kWriting) {
      raise(Level::write, extent(each), "its policies allow it", each.action);
    }
    for (const Operation& each : kReading) {
      raise(Level::read, extent(each), "its policies allow reading only",
            each.action);
    }
    return std::move(result_);
  }

 private:
  IamExtent extent(const Operation& operation) const {
    IamExtent found =
        extent_of(rights_, operation.action, iam_pattern(operation.form));
    if (operation.form == kBuckets) {  // no slash is in a bucket's name
      std::erase_if(found.resources, [](const IamPattern& pattern) {
        return pattern.text.find('/') != std::string::npos;
      });
    }
    if (found.resources.empty()) found.answer = IamAnswer::denied;
    return found;
  }

  void raise(Level level, const IamExtent& where, std::string what,
             std::string_view action) {
    if (where.answer == IamAnswer::denied) return;
    what += " (" + std::string(action) + ")";
    if (!is_sure(where)) what += ", if the conditions of its policy hold";
    result_.raise(level, std::move(what), evidence_of(where));
  }

  static bool is_sure(const IamExtent& where) {
    return where.answer == IamAnswer::allowed;
  }
  static Evidence evidence_of(const IamExtent& where) {
    return is_sure(where) ? Evidence::declared : Evidence::inferred;
  }

  void add_power(const Operation& operation, const IamExtent& where) {
    if (where.answer == IamAnswer::denied) return;
    Power& power = result_.power(operation.action, operation.destroys);
    power.evidence = evidence_of(where);
    const IamPattern form = iam_pattern(operation.form);
    for (const IamPattern& pattern : where.resources) {
      if (pattern == form || power.resources.size() == kMostPatterns) break;
      Resource resource;
      resource.name = bucket_name(to_text(pattern));
      resource.kind = "bucket";
      power.resources.push_back(std::move(resource));
    }
  }

  const IamRights& rights_;
  Evaluated result_;
};

}  // namespace

std::optional<Evaluated> evaluate_minio_policies(const Variables& variables) {
  IamRights rights;
  bool known = false;
  for (const std::string& text : variables.all("policies")) {
    auto policy = parse_policy(text);
    if (!policy) continue;
    known = true;
    rights.policies.push_back(std::move(*policy));
  }
  if (!known) return std::nullopt;
  Evaluated result = Judgement(rights).run();
  // Another's policy is the most that the key may have.
  const std::string account(variables.first("account"));
  if (account != variables.first("key")) {
    result.evidence = Evidence::assumed;
    for (Power& power : result.powers) power.evidence = Evidence::assumed;
    result.why = "a key of " + account + ": " + result.why +
                 "; a policy of its own, which only administrators see, may"
                 " leave it less";
  }
  return result;
}

}  // namespace overreach
