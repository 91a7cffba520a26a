// Evaluator "oci-policies": what the statements of Oracle Cloud's policies
// allow a user's groups.
// docs.oracle.com/iaas/Content/Identity/policysyntax/policy-syntax.htm
//
//   allow group A, 'Domain'/'B' to manage volume-family in compartment x where
//   ...
//
// There are no denials.  A condition (where) is not evaluated: it may hold.

#include <algorithm>
#include <array>

#include "scanner/base/text.h"
#include "scanner/privilege/evaluators.h"
#include "scanner/privilege/reply.h"

namespace overreach {
namespace {

struct Operation {
  std::string_view name;
  std::string_view types;  // resource types or families that cover it
  std::string_view destroys;
};

// docs.oracle.com/iaas/Content/Identity/policyreference/policyreference.htm
constexpr std::array<Operation, 13> kOperations = {{
    {"DeleteVolume", "volumes volume-family", "data"},
    {"DeleteVolumeBackup", "volume-backups volume-family", "backups"},
    {"TerminateInstance", "instances instance-family", "infrastructure"},
    {"DeleteAutonomousDatabase",
     "autonomous-databases autonomous-database-family", "data"},
    {"TerminateDbSystem", "db-systems database-family", "data"},
    {"DeleteBucket", "buckets object-family", "data"},
    {"DeleteObject", "objects object-family", "data"},
    {"DeleteFileSystem", "file-systems file-family", "data"},
    {"DeleteCluster", "clusters cluster-family", "infrastructure"},
    {"DeleteCompartment", "compartments", "data infrastructure"},
    {"ScheduleKeyDeletion", "keys key-family", "data secrets"},
    {"ScheduleVaultDeletion", "vaults", "secrets"},
    {"ScheduleSecretDeletion", "secrets secret-family", "secrets"},
}};

// Whoever manages these in the tenancy puts himself among its administrators.
constexpr std::string_view kOfRights =
    "all-resources policies groups users domains";

bool is_word_of(std::string_view words, std::string_view word) {
  const auto list = split_text(words, " ");
  return std::find(list.begin(), list.end(), word) != list.end();
}

// "'Default'/'Admins'" -> "admins"
std::string plain_group(std::string text) {
  text.erase(std::remove(text.begin(), text.end(), '\''), text.end());
  return text.substr(text.rfind('/') + 1);
}

struct Statement {
  std::vector<std::string> groups;  // names or ids, in lower case
  bool is_for_all = false;
  std::string verb, type, place;
  bool is_conditional = false;

  bool is_of_tenancy() const { return place == "tenancy"; }
};

// Nothing for a statement of another kind: of services, dynamic groups, or
// definitions for other tenancies.
std::optional<Statement> parse(std::string_view text) {
  auto words = split_text(lower_case(text), " \t\r\n,");
  if (words.size() < 6 || words[0] != "allow") return std::nullopt;
  Statement statement;
  std::size_t at = 1;
  if (words[at] == "any-user" || words[at] == "any-group") {
    statement.is_for_all = true;
    ++at;
  } else if (words[at++] != "group") {
    return std::nullopt;
  }
  for (; at < words.size() && words[at] != "to"; ++at) {
    if (words[at] != "id") statement.groups.push_back(plain_group(words[at]));
  }
  const std::size_t in = static_cast<std::size_t>(
      std::find(words.begin() + static_cast<std::ptrdiff_t>(at), words.end(),
                "in") -
      words.begin());
  if (in + 1 >= words.size() || in < at + 2) return std::nullopt;
  if (words[at + 1].starts_with('{')) {  // {VOLUME_READ, VOLUME_DELETE}
    const bool deletes =
        std::any_of(words.begin(), words.end(), [](const std::string& word) {
          return word.find("_delete") != word.npos;
        });
    statement.verb = deletes ? "manage" : "use";
    statement.type = "what single permissions name";
  } else if (in == at + 3) {
    statement.verb = words[at + 1];
    statement.type = words[at + 2];
  } else {
    return std::nullopt;
  }
  statement.place = words[in + 1];
  if (statement.place == "compartment" && in + 2 < words.size()) {
    const std::size_t name = words[in + 2] == "id" ? in + 3 : in + 2;
    if (name < words.size()) statement.place = "compartment " + words[name];
  }
  statement.is_conditional =
      std::find(words.begin() + static_cast<std::ptrdiff_t>(at), words.end(),
                "where") != words.end();
  return statement;
}

class Verdict {
 public:
  void add(const Statement& statement) {
    if (statement.verb == "inspect" || statement.verb == "read") {
      raise(Level::read, statement);
    } else if (statement.verb == "use") {
      raise(Level::write, statement);
    } else if (statement.verb == "manage") {
      add_management(statement);
    }
  }

  Evaluated result() && { return std::move(result_); }

 private:
  void add_management(const Statement& statement) {
    const bool gives_rights = statement.is_of_tenancy() &&
                              !statement.is_conditional &&
                              is_word_of(kOfRights, statement.type);
    raise(gives_rights ? Level::root : Level::destructive, statement);
    for (const Operation& operation : kOperations) {
      if (statement.type != "all-resources" &&
          !is_word_of(operation.types, statement.type)) {
        continue;
      }
      const bool is_known =
          std::any_of(result_.powers.begin(), result_.powers.end(),
                      [&](const Power& power) {
                        return power.operation == operation.name;
                      });
      if (is_known) continue;
      Power power;
      power.operation = operation.name;
      power.destroys = split_text(operation.destroys, " ");
      power.evidence = evidence_of(statement);
      if (!statement.is_of_tenancy()) {
        power.resources.push_back(
            {"all in " + statement.place, "compartment", {}, {}});
      }
      result_.powers.push_back(std::move(power));
    }
  }

  static Evidence evidence_of(const Statement& statement) {
    return statement.is_conditional ? Evidence::inferred : Evidence::declared;
  }

  void raise(Level level, const Statement& statement) {
    if (level <= result_.level) return;
    result_.level = level;
    result_.evidence = evidence_of(statement);
    result_.why =
        "may " + statement.verb + " " + statement.type + " in " +
        (statement.is_of_tenancy() ? "the tenancy" : "the " + statement.place);
    if (statement.is_conditional) result_.why += ", under a condition";
  }

  Evaluated result_{Level::unknown,
                    Evidence::declared,
                    "no policy of the tenancy itself names its groups; those "
                    "of compartments are not read",
                    {}};
};

}  // namespace

std::optional<Evaluated> evaluate_oci_policies(const Variables& variables) {
  const auto& statements = variables.all("statements");
  if (statements.empty()) return std::nullopt;
  std::vector<std::string> own;
  for (const char* const variable : {"group_names", "group_ids"}) {
    for (const std::string& name : variables.all(variable)) {
      own.push_back(lower_case(name));
    }
  }
  Verdict verdict;
  for (const std::string& text : statements) {
    const auto statement = parse(text);
    if (!statement) continue;
    const bool is_own =
        statement->is_for_all ||
        std::any_of(own.begin(), own.end(), [&](const std::string& name) {
          return std::find(statement->groups.begin(), statement->groups.end(),
                           name) != statement->groups.end();
        });
    if (is_own) verdict.add(*statement);
  }
  return std::move(verdict).result();
}

}  // namespace overreach
