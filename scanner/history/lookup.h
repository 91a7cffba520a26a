// Where in the history something stands, looked up in reverse: trees that hold
// it, the trees that hold those, up to the trees of commits.  Costs a pass over
// all trees for each level of folders, however much is asked for at once, and
// nothing at all for what is not asked for.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
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

  // The trees from which it can be reached, by the path from there; those that
  // are roots of something and those that are not.
  using Roots = std::map<std::string, std::vector<ObjectId>>;
  Roots roots_of_id(const ObjectId& id) const;
  Roots roots_of_name(const std::string& name) const;

 private:
  struct Edge {
    ObjectId tree;
    std::string name;
  };

  Roots climb(const std::vector<Edge>& from) const;

  std::unordered_map<ObjectId, std::vector<Edge>> of_id_;
  std::unordered_map<std::string, std::vector<Edge>> of_name_;
};

}  // namespace overreach
