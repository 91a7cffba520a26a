#include "scanner/history/refs.h"

#include <algorithm>
#include <fstream>
#include <memory>
#include <string_view>
#include <tuple>
#include <utility>

#include "scanner/git/libgit2.h"

namespace overreach {
namespace {

using Reference =
    std::unique_ptr<git_reference,
                    GitDeleter<git_reference, git_reference_free>>;

ObjectId id_of(const git_oid& oid) {
  return {reinterpret_cast<const char*>(oid.id), GIT_OID_RAWSZ};
}

struct Group {
  std::string_view prefix, shown;
};
// Git's own short forms, where they cannot be mistaken.
constexpr Group kGroups[] = {{"refs/heads/", ""},
                             {"refs/tags/", "tag "},
                             {"refs/remotes/", ""},
                             {"refs/stash", "stash"},
                             {"refs/notes/", "notes "}};

std::size_t group_of(std::string_view name) {
  std::size_t group = 0;
  for (const Group& each : kGroups) {
    if (name.starts_with(each.prefix)) break;
    ++group;
  }
  return group;
}

std::string shown(const std::string& name) {
  const std::size_t group = group_of(name);
  if (group == std::size(kGroups)) return name;
  return std::string(kGroups[group].shown) +
         name.substr(kGroups[group].prefix.size());
}

class Reader {
 public:
  Reader(git_repository* repository, Diagnostics& diagnostics)
      : repository_(repository), diagnostics_(diagnostics) {}

  Refs read() {
    read_named();
    read_stashes();
    read_heads();
    read_limits();
    std::sort(found_.begin(), found_.end());
    for (auto& [group, name, target] : found_) {
      refs_.all.push_back({shown(name), std::move(target)});
    }
    return std::move(refs_);
  }

 private:
  using Found = std::tuple<std::size_t, std::string, ObjectId>;

  void read_named() {
    git_strarray names{};
    if (git_reference_list(&names, repository_) != 0) {
      diagnostics_.incomplete("refs", "cannot be listed: " + git_error_text());
      return;
    }
    for (std::size_t i = 0; i < names.count; ++i) {
      const std::string name = names.strings[i];
      git_reference* found = nullptr;
      if (git_reference_lookup(&found, repository_, name.c_str()) != 0) {
        diagnostics_.incomplete(name, "cannot be read: " + git_error_text());
        continue;
      }
      const Reference reference(found);
      // A symbolic one names another that is in the list.
      if (const git_oid* const oid = git_reference_target(reference.get())) {
        found_.emplace_back(group_of(name), name, id_of(*oid));
      }
    }
    git_strarray_dispose(&names);
  }

  // The latest is refs/stash itself.
  void read_stashes() {
    git_reflog* log = nullptr;
    if (git_reflog_read(&log, repository_, "refs/stash") != 0) return;
    for (std::size_t i = 1; i < git_reflog_entrycount(log); ++i) {
      const git_reflog_entry* const entry = git_reflog_entry_byindex(log, i);
      const std::string name = "refs/stash@{" + std::to_string(i) + "}";
      found_.emplace_back(group_of(name), name,
                          id_of(*git_reflog_entry_id_new(entry)));
    }
    git_reflog_free(log);
  }

  void read_heads() {
    git_oid oid;
    if (git_reference_name_to_id(&oid, repository_, "HEAD") == 0) {
      refs_.head = id_of(oid);
      if (git_repository_head_detached(repository_) == 1) {
        found_.emplace_back(0, "HEAD", refs_.head);
      }
    }
    git_strarray trees{};
    if (git_worktree_list(&trees, repository_) != 0) return;
    for (std::size_t i = 0; i < trees.count; ++i) {
      git_reference* found = nullptr;
      const std::string name = trees.strings[i];
      if (git_repository_head_for_worktree(&found, repository_, name.c_str()) !=
          0) {
        continue;
      }
      const Reference head(found);
      if (const git_oid* const target = git_reference_target(head.get())) {
        found_.emplace_back(0, "HEAD of work tree " + name, id_of(*target));
      }
    }
    git_strarray_dispose(&trees);
  }

  void read_limits() {
    std::ifstream file(std::string(git_repository_commondir(repository_)) +
                       "shallow");
    git_oid oid;
    for (std::string line; std::getline(file, line);) {
      if (git_oid_fromstrp(&oid, line.c_str()) == 0) {
        refs_.shallow_ends.insert(id_of(oid));
      }
    }
    git_config* config = nullptr;
    if (git_repository_config_snapshot(&config, repository_) != 0) return;
    const char* value = nullptr;
    refs_.is_partial =
        git_config_get_string(&value, config, "extensions.partialclone") == 0;
    git_config_free(config);
  }

  git_repository* const repository_;
  Diagnostics& diagnostics_;
  std::vector<Found> found_;
  Refs refs_;
};

}  // namespace

Refs read_refs(git_repository* repository, Diagnostics& diagnostics) {
  return Reader(repository, diagnostics).read();
}

}  // namespace overreach
