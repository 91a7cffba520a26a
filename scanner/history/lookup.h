// Where in the history something stands, looked up in reverse: trees that hold
// it, the trees that hold those, up to the trees of commits.  Costs a pass over
// all trees for each level of folders, however much is asked for at once, and
// nothing at all for what is not asked for.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "scanner/git/object_store.h"
#include "scanner/history/names.h"

namespace overreach {

class Lookup {
 public:
  // `ids` of blobs or trees, `names` of files or folders.  Trees that cannot be
  // read are left out silently: `names` has read all of them before.
  Lookup(const ObjectStore& store, const Names& names, int threads,
         const std::vector<ObjectId>& ids,
         const std::vector<std::string>& file_names);

  // The trees from which it can be reached, as places in trees(), by the path
  // from there; those that are roots of something and those that are not.
  using Roots = std::map<std::string, std::vector<std::uint32_t>>;
  const std::vector<ObjectId>& trees() const { return trees_; }
  Roots roots_of_id(const ObjectId& id) const;
  Roots roots_of_name(const std::string& name) const;

 private:
  // A tree that holds something, and under which name.
  struct Edge {
    std::uint32_t tree, name;  // places in trees_ and names_
  };
  using Edges = std::vector<Edge>;

  void add_level(const ObjectStore& store, int threads);
  Roots climb(const Edges& from) const;

  // What is looked for at this level.
  std::unordered_set<ObjectId> wanted_;
  std::unordered_set<std::string> wanted_names_;

  std::unordered_map<ObjectId, Edges> of_id_;
  std::unordered_map<std::string, Edges> of_name_;
  std::vector<ObjectId> trees_;
  std::vector<const Edges*> holders_;  // of trees_; null: none
  std::vector<std::string> names_;
  std::unordered_map<ObjectId, std::uint32_t> tree_places_;
  std::unordered_map<std::string, std::uint32_t> name_places_;
};

}  // namespace overreach
