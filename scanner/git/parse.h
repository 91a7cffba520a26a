// The bytes of commits and tags.  Views are into the bytes given.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/git/object_id.h"

namespace overreach {

// `author` is of the committer's or tagger's line: "Name <address> 17...
// +0100".
struct Person {
  std::string_view name;  // "Name <address>"
  std::int64_t seconds = 0;

  std::string date() const;  // UTC, as Place::date
};

struct ParsedCommit {
  ObjectId tree;
  std::vector<ObjectId> parents;
  Person author;
  std::int64_t committed = 0;  // seconds since 1970
  std::string_view message;
};

struct ParsedTag {
  ObjectId target;
  std::string name;
  Person tagger;
  std::string_view message;
};

Result<ParsedCommit> parse_commit(std::string_view bytes);
Result<ParsedTag> parse_tag(std::string_view bytes);

}  // namespace overreach
