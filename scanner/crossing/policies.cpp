// Policies of clouds that let one principal delete data and what would bring
// it back.

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "scanner/base/path_pattern.h"
#include "scanner/base/text.h"
#include "scanner/base/word_list.h"
#include "scanner/crossing/file_kinds.h"
#include "scanner/crossing/finders.h"
#include "scanner/crossing/places.h"
#include "scanner/crossing/terraform.h"

namespace overreach {
namespace {

// Pairs of one service: what deletes its data and what deletes the copies.
struct Deletion {
  std::string_view data, backup;  // actions, a "*" at the end
};
constexpr Deletion kDeletions[] = {
    {"rds:DeleteDBInstance", "rds:DeleteDBSnapshot"},
    {"rds:DeleteDBCluster", "rds:DeleteDBClusterSnapshot"},
    {"rds:DeleteDBInstance", "rds:DeleteDBInstanceAutomatedBackup"},
    {"rds:DeleteDBInstance", "backup:DeleteRecoveryPoint"},
    {"rds:DeleteDBInstance", "kms:ScheduleKeyDeletion"},
    {"dynamodb:DeleteTable", "dynamodb:DeleteBackup"},
    {"dynamodb:DeleteTable", "backup:DeleteRecoveryPoint"},
    {"ec2:DeleteVolume", "ec2:DeleteSnapshot"},
    {"ec2:DeleteVolume", "backup:DeleteRecoveryPoint"},
    {"s3:DeleteObject", "s3:DeleteObjectVersion"},
    {"s3:DeleteBucket", "s3:DeleteObjectVersion"},
    {"s3:DeleteObject", "backup:DeleteBackupVault"},
};

constexpr std::string_view kMachines =
    " ci cd cicd github gitlab actions circleci jenkins deploy deployer "
    "deployment pipeline agent agents claude codex bot app application api "
    "backend worker web server lambda ecs task runner automation terraform ";

// "rds:Delete*" allows "rds:DeleteDBInstance"; "*" everything.
bool allows(std::string_view pattern, std::string_view action) {
  const std::size_t star = pattern.find('*');
  const std::string_view head = pattern.substr(0, star);
  if (head.size() > action.size() ||
      !std::equal(head.begin(), head.end(), action.begin(), [](char a, char b) {
        return lower_letter(a) == lower_letter(b);
      })) {
    return false;
  }
  action.remove_prefix(head.size());
  if (star == pattern.npos) return action.empty();
  pattern.remove_prefix(star + 1);
  if (pattern.empty()) return true;
  for (; !action.empty(); action.remove_prefix(1)) {
    if (allows(pattern, action)) return true;
  }
  return false;
}

// A snapshot has a name of its own: who may delete one table or volume may not
// delete its copies.
bool names_copies(std::string_view action) {
  for (const Deletion& each : kDeletions) {
    if (each.backup == action) return true;
  }
  return action.starts_with("s3:");
}

struct Statement {
  std::size_t first = 0;  // entry
  std::vector<std::string_view> actions;
  bool denies = false;
  bool is_for_all = false;  // of resources
  // It holds for some only: their tags, their network; or it is of a resource,
  // an endpoint, a role's trust, and gives nobody a right of his own.
  bool has_condition = false;
};

// One document of statements.
struct Policy {
  const LabelledFile* file = nullptr;
  std::string name;
  std::vector<Statement> statements;
  bool has_condition = false;  // of a second factor, or of who asks

  bool is_allowed(std::string_view action) const {
    const bool needs_all = names_copies(action);
    return std::any_of(
        statements.begin(), statements.end(), [&](const Statement& each) {
          return !each.denies && !each.has_condition &&
                 (!needs_all || each.is_for_all) &&
                 std::any_of(each.actions.begin(), each.actions.end(),
                             [&](std::string_view pattern) {
                               // Every action on one thing of another service.
                               return (pattern != "*" || each.is_for_all) &&
                                      allows(pattern, action);
                             });
        });
  }
  bool is_denied(std::string_view action) const {
    return std::any_of(statements.begin(), statements.end(),
                       [&](const Statement& each) {
                         return each.denies && has(each, action);
                       });
  }
  static bool has(const Statement& statement, std::string_view action) {
    return std::any_of(
        statement.actions.begin(), statement.actions.end(),
        [&](std::string_view pattern) { return allows(pattern, action); });
  }
};

enum class Part { none, action, resource, effect, condition, principal };

// What an entry is in a statement, by the last name in its path.
Part part_of(const Entry& entry) {
  std::string_view path = entry.path;
  for (int i = 0; i < 4 && !path.empty(); ++i) {
    const std::size_t dot = path.rfind('.');
    const std::string_view segment = path.substr(dot + 1);
    if (is_listed(" actions Action Actions action ", segment)) {
      return Part::action;
    }
    if (is_listed(" resources Resource Resources resource ", segment)) {
      return Part::resource;
    }
    if (is_listed(" effect Effect ", segment)) return Part::effect;
    if (is_listed(" condition Condition Conditions conditions ", segment)) {
      return Part::condition;
    }
    if (is_listed(" principals Principal Principals principal ", segment)) {
      return Part::principal;
    }
    path = dot == path.npos ? std::string_view() : path.substr(0, dot);
  }
  return Part::none;
}

// The path of the document around a statement, and of the statement itself.
// Absent for what is in none.
struct Around {
  std::string_view policy, statement;
};

Around around(std::string_view path) {
  for (const std::string_view word :
       {".statement.", ".Statement.", "Statement.", "PolicyStatement."}) {
    const std::size_t at = path.find(word);
    if (at == path.npos || (word[0] != '.' && at != 0 && path[at - 1] != '.')) {
      continue;
    }
    const std::size_t begin = at + word.size();
    const std::size_t dot = path.find('.', begin);
    const std::string_view next = path.substr(begin, dot - begin);
    const bool is_number =
        !next.empty() && next.front() >= '0' && next.front() <= '9';
    return {path.substr(0, at), path.substr(0, is_number ? dot : begin)};
  }
  return {};
}

bool is_policy_word(std::string_view value) {
  const std::size_t colon = value.find(':');
  return value == "*" ||
         (colon != value.npos && colon > 1 && colon < 32 &&
          value.find(' ') == value.npos && value.find('/') == value.npos);
}

class Policies {
 public:
  explicit Policies(const LabelledFile& file) : file_(file) {
    for (std::size_t i = 0; i < file.entries().size(); ++i) read(i);
  }

  const std::vector<Policy>& all() const { return policies_; }

 private:
  void read(std::size_t at) {
    const Entry& entry = file_.entries()[at];
    if (entry.path.find("tatement.") == std::string_view::npos) return;
    const Part part = part_of(entry);
    if (part == Part::none) return;
    const Around where = around(entry.path);
    if (where.statement.empty()) return;
    const std::string_view value = entry.value.reveal();
    if (policies_.empty() || policy_ != where.policy) {
      policy_ = where.policy;
      policies_.push_back({&file_, name_of(where.policy), {}, false});
      statement_ = {};
    }
    Policy& policy = policies_.back();
    const bool is_new = policy.statements.empty() ||
                        statement_ != where.statement ||
                        (part != Part::condition && entry.group != group_);
    if (is_new) policy.statements.push_back({at, {}, false, false, false});
    statement_ = where.statement;
    if (part != Part::condition) group_ = entry.group;
    Statement& statement = policy.statements.back();
    switch (part) {
      case Part::action:
        if (is_policy_word(value)) statement.actions.push_back(value);
        break;
      case Part::resource:
        statement.is_for_all |= value == "*" || value.ends_with(":*");
        break;
      case Part::effect:
        statement.denies = value == "Deny";
        break;
      case Part::principal:
        statement.has_condition = true;
        break;
      default:
        statement.has_condition = true;
        policy.has_condition |=
            value.find("Multi") != value.npos ||
            value.find("PrincipalTag") != value.npos ||
            entry.path.find("MultiFactor") != std::string_view::npos ||
            entry.path.find("PrincipalTag") != std::string_view::npos;
    }
  }

  // What a person calls the document: the resource it is in, or its file.
  std::string name_of(std::string_view policy) const {
    const std::vector<std::string> segments = segments_of(policy);
    for (std::size_t i = 0; i + 2 < segments.size(); ++i) {
      if (segments[i] == "resource" || segments[i] == "data") {
        return segments[i + 1] + "." + segments[i + 2];
      }
    }
    for (std::size_t i = 0; i + 1 < segments.size(); ++i) {
      if (segments[i] == "Resources") return segments[i + 1];
    }
    return segments.empty() || segments[0].empty() ? file_.path : segments[0];
  }

  const LabelledFile& file_;
  std::vector<Policy> policies_;
  std::string_view policy_, statement_;
  std::uint32_t group_ = 0;
};

bool is_machine(const Policy& policy) {
  const std::string_view name =
      std::string_view(policy.name).substr(policy.name.rfind('.') + 1);
  return has_word_of(kMachines, name);
}

void find_policy(const Policy& policy, Collector& collector) {
  if (policy.has_condition) return;
  const auto* const pair = std::find_if(
      std::begin(kDeletions), std::end(kDeletions), [&](const Deletion& each) {
        return policy.is_allowed(each.data) && policy.is_allowed(each.backup) &&
               !policy.is_denied(each.backup);
      });
  if (pair == std::end(kDeletions)) return;
  const LabelledFile& file = *policy.file;
  const std::size_t at = policy.statements.front().first;
  const std::string data(pair->data), backup(pair->backup);
  Draft draft;
  draft.kind = "token/credential-can-delete-data-and-backups";
  draft.severity = is_machine(policy) ? Severity::high : Severity::medium;
  draft.is_template = file.is_template || is_example_path(file.path);
  draft.subject = policy.name;
  draft.reasons = {{"data", policy.name + " allows " + data},
                   {"backup", policy.name + " allows " + backup}};
  draft.places = {noted(place_of(file, at), policy.name)};
  const std::string where =
      policy.name == file.path ? "" : " (" + file.path + ")";
  draft.message = policy.name + where + " allows " + data + " and " + backup +
                  ": whoever has its credentials deletes the data and what "
                  "would bring it back";
  collector.add(std::move(draft));
}

// Roles of Google Cloud and Azure that hold everything, for a machine.
void find_role(const TerraformResource& resource, Collector& collector) {
  const bool is_google = resource.type == "google_project_iam_member" ||
                         resource.type == "google_project_iam_binding";
  const bool is_azure = resource.type == "azurerm_role_assignment";
  if (!is_google && !is_azure) return;
  const std::string_view role =
      resource.value(is_google ? "role" : "role_definition_name");
  if (!is_listed(is_google ? " roles/owner roles/editor roles/cloudsql.admin "
                           : " Owner Contributor ",
                 role) ||
      !has_word_of(kMachines, resource.name)) {
    return;
  }
  const LabelledFile& file = *resource.file;
  const std::size_t at = resource.entries.front();
  Draft draft;
  draft.kind = "token/credential-can-delete-data-and-backups";
  draft.severity = Severity::medium;
  draft.is_template = file.is_template;
  draft.subject = resource.text();
  draft.reasons = {{"role", "role " + std::string(role)},
                   {"name", resource.text() + " is for a machine"}};
  draft.places = {noted(place_of(file, at), resource.text())};
  draft.message = resource.text() + " (" + file.path + ") gives a machine " +
                  std::string(role) +
                  ": it may delete databases and their backups";
  collector.add(std::move(draft));
}

// A state repeats what the files say.
bool may_hold_policy(const LabelledFile& file) {
  if (file.path.ends_with(".tfstate")) return false;
  switch (file.list.language) {
    case Language::hcl:
    case Language::json:
    case Language::yaml:
    case Language::typescript:
    case Language::javascript:
    case Language::python:
      return true;
    default:
      return false;
  }
}

}  // namespace

void find_wide_policies(const CrossingInput& input, Collector& collector) {
  for (const LabelledFile& file : input.files) {
    if (!may_hold_policy(file)) continue;
    const Policies policies(file);
    for (const Policy& policy : policies.all()) {
      find_policy(policy, collector);
    }
  }
  for (const TerraformResource& each : terraform_resources(input.files)) {
    find_role(each, collector);
  }
}

}  // namespace overreach
