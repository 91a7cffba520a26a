// Operations of AWS by what they can do harm with, most dangerous first.
#pragma once

#include <span>
#include <string_view>

namespace overreach {

struct IamOperation {
  std::string_view action;    // "rds:DeleteDBInstance"
  std::string_view form;      // of its resources behind "arn:<partition>:"
  std::string_view destroys;  // words of Power::destroys, by spaces
};

// Those that destroy.  Names, forms: AWS's Service Authorization Reference.
std::span<const IamOperation> destructive_operations();

// With one of these, anyone makes himself an administrator.
struct IamEscalation {
  std::string_view action, form;
  // It gives the own user nothing that it has not got: no escalation then.
  bool is_harmless_on_self = false;
  // The other half without which it is none: one of these, by spaces.
  std::string_view with;
};
std::span<const IamEscalation> escalations();

// By its name: "DeleteTable", but not "DeleteTags".
bool is_destructive_name(std::string_view operation);

// By its name: "GetObject", "ListBuckets".
bool is_reading_name(std::string_view operation);

}  // namespace overreach
