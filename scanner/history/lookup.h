// Where in the history something stands, looked up in reverse: trees that hold
// it, the trees that hold those, up to the trees of commits.  Costs a pass over
// all trees for each level of folders, however much is asked for at once, and
// nothing at all for what is not asked for.  Trees that cannot be read are left
// out silently: who asks has read all of them before.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "scanner/history/names.h"
#include "scanner/history/objects.h"

namespace overreach {

class Lookup {
 public:
  // `ids` of blobs or trees, `names` of files or folders.
  Lookup(const Objects& objects, const Names& names, int threads,
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
  using Edges = std::unordered_map<std::string, std::vector<Edge>>;

  Roots climb(const std::vector<Edge>& from) const;

  Edges of_id_, of_name_;
};

}  // namespace overreach
