// The commits, tags and refs of one repository, put together.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "scanner/core/diagnostics.h"
#include "scanner/git/object_store.h"
#include "scanner/history/commits.h"
#include "scanner/history/parse.h"
#include "scanner/history/refs.h"

namespace overreach {

class Graph {
 public:
  struct Tag {
    ObjectId target;
    Person tagger;
  };
  // Of a commit or a tag.
  using MessageConsumer = std::function<void(
      int worker, const StoredObject& object, std::string_view message)>;

  // Reads all commits and tags.  What refs need and is not there goes to the
  // diagnostics.  Without `unreachable` only what refs lead to stays.
  Graph(const ObjectStore& store, const Refs& refs, bool unreachable,
        int threads, Diagnostics& diagnostics, const MessageConsumer& consumer);

  const Commits& commits() const { return *commits_; }
  std::optional<std::size_t> head() const { return head_; }
  // Null when there is none.
  const Tag* tag(const ObjectId& id) const;
  const std::vector<std::size_t>* commits_of_tree(const ObjectId& tree) const;
  // Refs that name a tag object, or something that is no commit.
  const std::vector<std::uint32_t>* refs_to(const ObjectId& id) const;
  // For each ref the place of the commit that it leads to, if it does.
  const std::vector<std::optional<std::size_t>>& tips() const { return tips_; }

 private:
  void read_commits(const ObjectStore& store, const Refs& refs, int threads,
                    Diagnostics& diagnostics, const MessageConsumer& consumer);
  void read_tags(const ObjectStore& store, int threads,
                 Diagnostics& diagnostics, const MessageConsumer& consumer);
  void follow(const ObjectStore& store, const Refs& refs, bool unreachable,
              Diagnostics& diagnostics);

  std::optional<Commits> commits_;
  std::map<ObjectId, Tag> tags_;
  std::map<ObjectId, std::vector<std::uint32_t>> refs_to_;
  std::vector<std::optional<std::size_t>> tips_;
  std::optional<std::size_t> head_;
  std::unordered_map<ObjectId, std::vector<std::size_t>> commits_of_tree_;
};

}  // namespace overreach
