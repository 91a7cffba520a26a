#include "scanner/git/revision.h"

#include <git2.h>

#include <algorithm>
#include <charconv>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "scanner/git/libgit2.h"
#include "scanner/git/parse.h"

namespace overreach {
namespace {

constexpr std::size_t kFewestDigits = 4;  // of a shortened id
constexpr int kMostTags = 64;             // of tags of tags

std::optional<ObjectKind> kind_of(const ObjectStore& objects,
                                  const ObjectId& id) {
  const auto object = objects.read(id.bytes());
  if (!object || !*object) return std::nullopt;
  return (*object)->kind;
}

// Through tags down to a commit.
std::optional<ObjectId> peeled(const ObjectStore& objects, ObjectId id) {
  for (int i = 0; i < kMostTags; ++i) {
    const auto object = objects.read(id.bytes());
    if (!object || !*object) return std::nullopt;
    if ((*object)->kind == ObjectKind::commit) return id;
    if ((*object)->kind != ObjectKind::tag) return std::nullopt;
    const auto tag = parse_tag((*object)->bytes);
    if (!tag) return std::nullopt;
    id = tag->target;
  }
  return std::nullopt;
}

std::vector<ObjectId> parents_of(const ObjectStore& objects,
                                 const ObjectId& id) {
  const auto object = objects.read(id.bytes());
  if (!object || !*object) return {};
  auto commit = parse_commit((*object)->bytes);
  return commit ? std::move(commit->parents) : std::vector<ObjectId>();
}

// The only commit whose id begins so.
std::optional<ObjectId> shortened(const ObjectStore& objects,
                                  const std::string& digits) {
  std::set<ObjectId> commits;
  for (std::uint32_t place = 0; place < objects.size(); ++place) {
    const ObjectId id = objects.id_at(place);
    if (id.hex().starts_with(digits) &&
        kind_of(objects, id) == ObjectKind::commit) {
      commits.insert(id);
    }
  }
  return commits.size() == 1 ? std::optional(*commits.begin()) : std::nullopt;
}

// What "@{upstream}" of the branch is: "refs/remotes/origin/main".
std::string upstream_of(const Repository& repository,
                        const std::string& branch) {
  constexpr std::string_view kHeads = "refs/heads/";
  if (!branch.starts_with(kHeads)) return {};
  const GitLibrary library;
  git_config* config = nullptr;
  const std::string file = repository.common_dir + "config";
  if (git_config_open_ondisk(&config, file.c_str()) != 0) return {};
  const auto value = [&](const char* key) {
    const std::string name =
        "branch." + branch.substr(kHeads.size()) + "." + key;
    git_buf text{};
    std::string found;
    if (git_config_get_string_buf(&text, config, name.c_str()) == 0) {
      found = text.ptr;
    }
    git_buf_dispose(&text);
    return found;
  };
  const std::string remote = value("remote"), merge = value("merge");
  git_config_free(config);
  if (remote == "." || !merge.starts_with(kHeads)) return merge;
  return "refs/remotes/" + remote + "/" + merge.substr(kHeads.size());
}

class Finder {
 public:
  Finder(const Repository& repository, const ObjectStore& objects,
         const Refs& refs, const RefsByName& names)
      : repository_(repository),
        objects_(objects),
        refs_(refs),
        names_(names) {}

  std::optional<ObjectId> find(std::string_view revision) const {
    const std::size_t end =
        std::min(revision.find_first_of("~^"), revision.size());
    auto id = find_base(std::string(revision.substr(0, end)));
    revision.remove_prefix(end);
    if (id) id = peeled(objects_, *id);
    while (id && !revision.empty()) id = step(*id, revision);
    return id;
  }

 private:
  std::optional<ObjectId> find_base(const std::string& name) const {
    if (name.empty()) return std::nullopt;
    for (const char* const written : {"@{upstream}", "@{u}"}) {
      if (!name.ends_with(written)) continue;
      const std::string branch =
          name.substr(0, name.size() - std::string_view(written).size());
      return ref(upstream_of(repository_, branch.empty() || branch == "@"
                                              ? refs_.head_branch
                                              : "refs/heads/" + branch));
    }
    if (name == "HEAD" || name == "@") {
      return refs_.head.empty() ? std::nullopt : std::optional(refs_.head);
    }
    for (const std::string& place :
         {name, "refs/" + name, "refs/tags/" + name, "refs/heads/" + name,
          "refs/remotes/" + name, "refs/remotes/" + name + "/HEAD"}) {
      if (const auto id = ref(place)) return id;
    }
    if (const auto id = ObjectId::from_hex(name)) return id;
    const bool is_id =
        name.size() >= kFewestDigits &&
        name.find_first_not_of("0123456789abcdef") == std::string::npos;
    return is_id ? shortened(objects_, name) : std::nullopt;
  }

  // By its whole name; FETCH_HEAD and the like are files of their own.
  std::optional<ObjectId> ref(const std::string& name) const {
    const auto found = names_.find(name);
    if (found != names_.end()) return found->second;
    if (!name.ends_with("_HEAD") || name.find('/') != name.npos) {
      return std::nullopt;
    }
    const std::string text = small_text(repository_.git_dir + name);
    return ObjectId::from_hex(text.substr(0, text.find_first_of(" \t\r\n")));
  }

  // Takes "~2", "^", "^2" or "^{commit}" from the front.
  std::optional<ObjectId> step(const ObjectId& from,
                               std::string_view& rest) const {
    const char sign = rest.front();
    rest.remove_prefix(1);
    if (sign == '^' && rest.starts_with('{')) {
      const std::size_t end = rest.find('}');
      if (end == rest.npos) return std::nullopt;
      const std::string_view wanted = rest.substr(1, end - 1);
      rest.remove_prefix(end + 1);
      const bool is_commit =
          wanted.empty() || wanted == "commit" || wanted == "object";
      return is_commit ? std::optional(from) : std::nullopt;
    }
    std::size_t count = 1;
    const char* const begin = rest.data();
    const auto [behind, error] =
        std::from_chars(begin, begin + rest.size(), count);
    rest.remove_prefix(static_cast<std::size_t>(behind - begin));
    if (error == std::errc::result_out_of_range) return std::nullopt;
    if (sign == '^') return parent(from, count);
    std::optional<ObjectId> id = from;
    for (; id && count > 0; --count) id = parent(*id, 1);
    return id;
  }

  // The first is 1; 0 is the commit itself.
  std::optional<ObjectId> parent(const ObjectId& id, std::size_t index) const {
    if (index == 0) return id;
    const std::vector<ObjectId> parents = parents_of(objects_, id);
    if (index > parents.size()) return std::nullopt;
    return parents[index - 1];
  }

  const Repository& repository_;
  const ObjectStore& objects_;
  const Refs& refs_;
  const RefsByName& names_;
};

}  // namespace

std::optional<ObjectId> find_commit(const Repository& repository,
                                    const ObjectStore& objects,
                                    const Refs& refs, const RefsByName& names,
                                    std::string_view revision) {
  return Finder(repository, objects, refs, names).find(revision);
}

}  // namespace overreach
