// The commits, tags and refs of one repository, put together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/core/diagnostics.h"
#include "scanner/git/object_store.h"
#include "scanner/git/parse.h"
#include "scanner/git/refs.h"
#include "scanner/history/commits.h"

namespace overreach {

class Graph {
 public:
  struct Tag {
    ObjectId target;
    std::string tagger, date;  // as a place's author and date
  };
  // Of a commit or a tag.
  using MessageConsumer = std::function<void(
      int worker, const StoredObject& object, std::string_view message)>;

  // Reads all commits and tags.  Keeps references to `store` and `refs`.
  Graph(const ObjectStore& store, const Refs& refs, int threads,
        Diagnostics& diagnostics, const MessageConsumer& consumer);

  // Once, before all that follows: puts them together, which is work for one
  // thread.  What refs need and is not there goes to the diagnostics.  Without
  // `unreachable` only what refs lead to stays.
  void follow_refs(bool unreachable, Diagnostics& diagnostics);

  const Commits& commits() const { return *commits_; }
  std::optional<std::size_t> number_of(const ObjectId& commit) const;
  std::optional<std::size_t> head() const { return head_; }
  // Null when there is none.
  const Tag* tag(const ObjectId& id) const;
  // The refs, by their place in Refs::all, that name a tag object, or
  // something that is no commit.
  const std::map<ObjectId, std::vector<std::uint32_t>>& refs_to() const {
    return refs_to_;
  }
  // For each ref the number of the commit that it leads to, if it does.
  const std::vector<std::optional<std::size_t>>& tips() const { return tips_; }

 private:
  void read_commits(int threads, Diagnostics& diagnostics,
                    const MessageConsumer& consumer);
  void read_tags(int threads, Diagnostics& diagnostics,
                 const MessageConsumer& consumer);

  const ObjectStore& store_;
  const Refs& refs_;
  std::optional<Commits> commits_;
  std::vector<ObjectId> missing_;  // parents; their places follow the store's
  std::map<ObjectId, Tag> tags_;
  std::map<ObjectId, std::vector<std::uint32_t>> refs_to_;
  std::vector<std::optional<std::size_t>> tips_;
  std::optional<std::size_t> head_;
};

}  // namespace overreach
