#include "scanner/git/object.h"

#include <array>

#include "scanner/base/encoding.h"

namespace overreach {

std::string_view to_string(ObjectKind kind) {
  constexpr std::array<std::string_view, 4> kNames = {"commit", "tree", "blob",
                                                      "tag"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string object_name(ObjectKind kind, std::string_view id) {
  return std::string(to_string(kind)) + " " + encode_hex(id);
}

}  // namespace overreach
