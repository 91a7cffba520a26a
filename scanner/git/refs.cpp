#include "scanner/git/refs.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

#include "scanner/git/reftable.h"

namespace overreach {
namespace {

namespace fs = std::filesystem;

constexpr int kMaxSymbolic = 5;  // refs that name refs, as Git has it

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

template <typename Use>
void for_each_line(std::string_view text, const Use& use) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    use(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

class Reader {
 public:
  Reader(const Repository& repository, Diagnostics& diagnostics,
         RefsByName* by_name)
      : repository_(repository), diagnostics_(diagnostics), by_name_(by_name) {}

  Result<Refs> read() {
    std::error_code error;
    is_in_tables_ = fs::exists(repository_.common_dir + "reftable", error);
    if (is_in_tables_) {
      TRY(read_tables(repository_.common_dir));
    } else {
      read_packed();
      read_loose(repository_.common_dir);
      read_stash_log();
    }
    if (repository_.git_dir != repository_.common_dir) {
      if (is_in_tables_) TRY(read_tables(repository_.git_dir));
      read_loose(repository_.git_dir);
    }
    add_named();
    add_stashes();
    TRY(read_heads());
    for_each_line(small_text(repository_.common_dir + "shallow"),
                  [&](std::string_view line) {
                    if (const auto id = ObjectId::from_hex(line)) {
                      refs_.shallow_ends.insert(*id);
                    }
                  });
    std::sort(found_.begin(), found_.end());
    for (auto& [group, name, target] : found_) {
      refs_.all.push_back({shown(name), target});
    }
    return std::move(refs_);
  }

 private:
  static constexpr std::string_view kSymbolic = "ref: ";
  using Found = std::tuple<std::size_t, std::string, ObjectId>;

  Status read_tables(const std::string& folder) {
    TRY_ASSIGN(Reftables tables, read_reftables(folder + "reftable"));
    heads_[folder] = tables.refs["HEAD"];
    for (auto& [name, value] : tables.refs) {
      if (name.starts_with("refs/")) named_[name] = std::move(value);
    }
    if (!tables.stashes.empty()) stashes_ = std::move(tables.stashes);
    return {};
  }

  // "<id> <name>"; lines with '#' or '^' say more about others.
  void read_packed() {
    for_each_line(small_text(repository_.common_dir + "packed-refs"),
                  [&](std::string_view line) {
                    const std::size_t space = line.find(' ');
                    if (space == line.npos || line.starts_with('#')) return;
                    named_[std::string(line.substr(space + 1))] =
                        line.substr(0, space);
                  });
  }

  // These are newer than packed ones of the same name.
  void read_loose(const std::string& folder) {
    std::error_code error;
    fs::recursive_directory_iterator at(folder + "refs", error), end;
    for (; !error && at != end; at.increment(error)) {
      if (!at->is_regular_file(error)) continue;
      const std::string path = at->path().string();
      const std::string name = path.substr(folder.size());
      if (name.ends_with(".lock")) continue;
      std::string text = small_text(path);
      named_[name] = text.substr(0, text.find('\n'));
    }
  }

  // Empty when it leads nowhere.
  ObjectId resolved(std::string value) const {
    for (int i = 0; i < kMaxSymbolic && value.starts_with(kSymbolic); ++i) {
      const auto next = named_.find(value.substr(kSymbolic.size()));
      if (next == named_.end()) return {};
      value = next->second;
    }
    return ObjectId::from_hex(value).value_or(ObjectId());
  }

  void add_named() {
    for (const auto& [name, value] : named_) {
      const ObjectId id = resolved(value);
      if (by_name_ && !id.empty()) by_name_->emplace(name, id);
      if (value.starts_with(kSymbolic)) continue;  // names another of them
      if (!id.empty()) {
        found_.emplace_back(group_of(name), name, id);
      } else {
        diagnostics_.incomplete(name, "is no ref");
      }
    }
  }

  // "<old> <new> <who> <when>\t<why>", the oldest first.
  void read_stash_log() {
    for_each_line(small_text(repository_.common_dir + "logs/refs/stash"),
                  [&](std::string_view line) {
                    const std::size_t first = line.find(' ');
                    if (first == line.npos) return;
                    line.remove_prefix(first + 1);
                    if (const auto id = ObjectId::from_hex(
                            line.substr(0, line.find(' ')))) {
                      stashes_.insert(stashes_.begin(), *id);
                    }
                  });
  }

  // The latest is refs/stash itself; the others are in its log only.
  void add_stashes() {
    for (std::size_t i = 1; i < stashes_.size(); ++i) {
      const std::string name = "refs/stash@{" + std::to_string(i) + "}";
      found_.emplace_back(group_of(name), name, stashes_[i]);
    }
  }

  Status read_heads() {
    TRY_ASSIGN(const std::string own, head_text(repository_.git_dir));
    refs_.head = add_head(own, "HEAD");
    if (own.starts_with(kSymbolic)) {
      refs_.head_branch = own.substr(kSymbolic.size());
    }
    if (repository_.git_dir != repository_.common_dir) {
      TRY_ASSIGN(const std::string main, head_text(repository_.common_dir));
      add_head(main, "HEAD of the main work tree");
    }
    std::error_code error;
    for (const auto& entry :
         fs::directory_iterator(repository_.common_dir + "worktrees", error)) {
      const std::string folder = entry.path().string() + "/";
      if (folder == repository_.git_dir) continue;
      TRY_ASSIGN(const std::string other, head_text(folder));
      add_head(other, "HEAD of work tree " + entry.path().filename().string());
    }
    return {};
  }

  // What HEAD of the folder is: an id, or "ref: " and a name.
  Result<std::string> head_text(const std::string& folder) {
    if (!is_in_tables_) {
      const std::string text = small_text(folder + "HEAD");
      return text.substr(0, text.find('\n'));
    }
    if (const auto known = heads_.find(folder); known != heads_.end()) {
      return known->second;
    }
    TRY_ASSIGN(Reftables tables, read_reftables(folder + "reftable"));
    return tables.refs["HEAD"];
  }

  ObjectId add_head(const std::string& value, const std::string& name) {
    const ObjectId id = resolved(value);
    // Else it is one of the branches.
    if (!value.starts_with(kSymbolic) && !id.empty()) {
      found_.emplace_back(0, name, id);
    }
    return id;
  }

  const Repository& repository_;
  Diagnostics& diagnostics_;
  RefsByName* const by_name_;
  std::map<std::string, std::string> named_;  // an id, or "ref: <name>"
  bool is_in_tables_ = false;
  std::map<std::string, std::string> heads_;  // of folders with tables
  std::vector<ObjectId> stashes_;             // the latest first
  std::vector<Found> found_;
  Refs refs_;
};

}  // namespace

Result<Refs> read_refs(const Repository& repository, Diagnostics& diagnostics,
                       RefsByName* by_name) {
  return Reader(repository, diagnostics, by_name).read();
}

}  // namespace overreach
