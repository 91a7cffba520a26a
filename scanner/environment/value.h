// What a value is for and which environment it belongs to, from its form and
// the names in it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scanner/core/labelled_file.h"

namespace overreach {

struct ValueLabel {
  std::vector<Origin> origins;  // the surest first
  Role role = Role::unknown;
  HostKind host = HostKind::other;
  std::string identity;  // as EntryLabel::identity
  bool has_password = false;
};

// `key` is the name the value is assigned to; of a name alone it says at most
// "a good word", for people copy names.  `around` is the key that it stands
// below: `url` below `redis` opens a store.
ValueLabel label_of_value(std::string_view key, std::string_view value,
                          std::string_view around = "");

// By the name alone.
Role role_of_key(std::string_view key);

}  // namespace overreach
