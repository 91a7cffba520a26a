// The bytes of commits, tags and trees.  Views are into the bytes given.
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
  std::string name;  // "Name <address>"
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

struct TreeEntry {
  bool is_tree = false;
  bool is_file = false;  // an ordinary file or a link: a blob
  std::string_view mode, name, id;
};

// False when the bytes are no tree; entries before the fault were used.
template <typename Use>
bool for_each_entry(std::string_view tree, std::size_t id_bytes,
                    const Use& use) {
  while (!tree.empty()) {
    const std::size_t space = tree.find(' ');
    if (space == tree.npos) return false;
    const std::size_t zero = tree.find('\0', space);
    if (zero == tree.npos || tree.size() - zero - 1 < id_bytes) return false;
    TreeEntry entry;
    entry.mode = tree.substr(0, space);
    entry.is_tree = entry.mode == "40000" || entry.mode == "040000";
    // 160000 is a commit of another repository.
    entry.is_file = entry.mode.starts_with("100") || entry.mode == "120000";
    entry.name = tree.substr(space + 1, zero - space - 1);
    entry.id = tree.substr(zero + 1, id_bytes);
    use(entry);
    tree.remove_prefix(zero + 1 + id_bytes);
  }
  return true;
}

}  // namespace overreach
