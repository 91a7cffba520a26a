// The bytes of commits, tags and trees.  Views are into the bytes given.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/result.h"

namespace overreach {

// `author` is of the committer's or tagger's line: "Name <address> 17...
// +0100".
struct Person {
  std::string name;  // "Name <address>"
  std::int64_t seconds = 0;

  std::string date() const;  // UTC, as Place::date
};

struct ParsedCommit {
  std::string tree;  // ids as bytes
  std::vector<std::string> parents;
  Person author;
  std::int64_t committed = 0;  // seconds since 1970
  std::string_view message;
};

struct ParsedTag {
  std::string target;
  std::string name;
  Person tagger;
  std::string_view message;
};

Result<ParsedCommit> parse_commit(std::string_view bytes);
Result<ParsedTag> parse_tag(std::string_view bytes);

struct TreeEntry {
  bool is_tree = false;
  bool is_file = false;  // an ordinary file or a link: a blob
  std::string_view name;
  std::string_view id;
};

// False when the bytes are no tree; entries before the fault were used.
bool for_each_entry(std::string_view tree, std::size_t id_bytes,
                    const std::function<void(const TreeEntry&)>& use);

}  // namespace overreach
