// An XML reply read as JSON, so that the same pointers work: an element with
// others inside is an object, one with text a string; elements that stand
// repeatedly, and those called "member", "item", "Contents", "Bucket" or
// "DBInstance", are arrays.
// Attributes and namespaces' prefixes are left out.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace overreach {

// {"<root's name>": ...}; nothing when it is no XML.  Entities of its own are
// not expanded and depth is bounded.
std::optional<nlohmann::json> xml_to_json(const std::string& text);

}  // namespace overreach
