// What the next commit would add.  Objects come through libgit2; which paths
// differ from HEAD is found with our own index reader and the index's cache of
// trees, so that only folders that changed are compared: reading a whole index
// into libgit2 costs more than everything else together.

#include <git2.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "scanner/walk/git_index.h"
#include "scanner/walk/walk.h"

namespace overreach {
namespace {

using Entries = std::span<const GitIndex::Entry>;

constexpr std::uint32_t kTypeMask = 0170000;
constexpr std::uint32_t kRegular = 0100000;
constexpr int kMaxDepth = 4096;

template <typename T, void (*Free)(T*)>
struct Deleter {
  void operator()(T* value) const { Free(value); }
};
using Repository = std::unique_ptr<
    git_repository, Deleter<git_repository, git_repository_free>>;
using Tree = std::unique_ptr<git_tree, Deleter<git_tree, git_tree_free>>;
using Object =
    std::unique_ptr<git_object, Deleter<git_object, git_object_free>>;
using Blob = std::unique_ptr<git_blob, Deleter<git_blob, git_blob_free>>;

struct Library {
  Library() { git_libgit2_init(); }
  ~Library() { git_libgit2_shutdown(); }
};

std::string last_error() {
  const git_error* const error = git_error_last();
  return error && error->message ? error->message : "unknown error";
}

git_oid oid_of(std::string_view bytes) {
  git_oid oid;
  git_oid_fromraw(&oid, reinterpret_cast<const unsigned char*>(bytes.data()));
  return oid;
}

bool same_oid(const git_oid* oid, std::string_view bytes) {
  return !bytes.empty() &&
         std::equal(bytes.begin(), bytes.end(), oid->id,
                    [](char a, unsigned char b) {
                      return static_cast<unsigned char>(a) == b;
                    });
}

Result<Repository> open_repository(const std::string& folder) {
  git_repository* opened = nullptr;
  const unsigned from_env =
      std::getenv("GIT_DIR")
          ? static_cast<unsigned>(GIT_REPOSITORY_OPEN_FROM_ENV)
          : 0u;
  const int failed = git_repository_open_ext(
      &opened, from_env ? nullptr : folder.c_str(), from_env, nullptr);
  if (failed == GIT_EOWNER) {
    return fail(folder +
                ": the repository belongs to somebody else; if you trust it: "
                "git config --global --add safe.directory " +
                folder);
  }
  if (failed == GIT_ENOTFOUND) {
    return fail(folder + ": is in no Git work tree");
  }
  if (failed != 0) return fail(folder + ": " + last_error());
  Repository repository(opened);
  if (git_repository_is_bare(opened)) {
    return fail(folder + ": is a bare repository, which stages nothing");
  }
  return repository;
}

std::string index_path(git_repository* repository) {
  const char* const given = std::getenv("GIT_INDEX_FILE");
  if (given && *given) return given;
  return std::string(git_repository_path(repository)) + "index";
}

// The tree of HEAD; null before the first commit.
Result<Tree> head_tree(git_repository* repository) {
  if (git_repository_head_unborn(repository) == 1) return Tree();
  git_object* object = nullptr;
  if (git_revparse_single(&object, repository, "HEAD^{tree}") != 0) {
    return fail("HEAD: cannot be read: " + last_error());
  }
  return Tree(reinterpret_cast<git_tree*>(object));
}

struct Change {
  const GitIndex::Entry* entry;
  bool has_old = false;
  git_oid old;
};

// Finds the paths whose staged content differs from HEAD's.
class Comparison {
 public:
  Comparison(git_repository* repository, Diagnostics& diagnostics)
      : repository_(repository), diagnostics_(diagnostics) {}

  // `tree` is HEAD's of the folder `prefix` (empty or ending in '/'), or null.
  void compare(const git_tree* tree, const GitIndex::CachedTree* cached,
               const std::string& prefix, Entries entries, int depth) {
    if (depth > kMaxDepth) {
      return diagnostics_.incomplete(prefix, "is too deep to compare");
    }
    std::set<std::string_view> seen;
    while (!entries.empty()) {
      const GitIndex::Entry& entry = entries.front();
      const std::string_view rest = entry.path.substr(prefix.size());
      const std::size_t slash = rest.find('/');
      const std::string_view name = rest.substr(0, slash);
      seen.insert(name);
      const git_tree_entry* const old =
          tree ? git_tree_entry_byname(tree, std::string(name).c_str())
               : nullptr;
      if (slash == rest.npos) {
        compare_file(entry, old);
        entries = entries.subspan(1);
        continue;
      }
      const std::string below = prefix + std::string(name) + "/";
      const auto end = std::find_if(
          entries.begin(), entries.end(), [&](const GitIndex::Entry& other) {
            return !other.path.starts_with(below);
          });
      const auto size = static_cast<std::size_t>(end - entries.begin());
      compare_folder(old, child(cached, name), below, entries.first(size),
                     depth);
      entries = entries.subspan(size);
    }
    if (tree) collect_removed(tree, seen, depth);
  }

  std::vector<Change> changes;
  std::set<std::string> removed;  // raw ids of blobs that left their paths

 private:
  static const GitIndex::CachedTree* child(const GitIndex::CachedTree* cached,
                                           std::string_view name) {
    if (!cached) return nullptr;
    for (const GitIndex::CachedTree& tree : cached->children) {
      if (tree.name == name) return &tree;
    }
    return nullptr;
  }

  Tree load(const git_tree_entry* entry, std::string_view path) {
    git_tree* tree = nullptr;
    if (git_tree_lookup(&tree, repository_, git_tree_entry_id(entry)) != 0) {
      diagnostics_.incomplete(path, "its tree cannot be read: " + last_error());
    }
    return Tree(tree);
  }

  void compare_folder(const git_tree_entry* old,
                      const GitIndex::CachedTree* cached,
                      const std::string& prefix, Entries entries, int depth) {
    if (!old || git_tree_entry_type(old) != GIT_OBJECT_TREE) {
      return compare(nullptr, cached, prefix, entries, depth + 1);
    }
    if (cached && same_oid(git_tree_entry_id(old), cached->oid)) return;
    const Tree tree = load(old, prefix);
    compare(tree.get(), cached, prefix, entries, depth + 1);
  }

  void compare_file(const GitIndex::Entry& entry, const git_tree_entry* old) {
    if (entry.stage > 0) {
      if (entry.path != conflict_) {
        diagnostics_.incomplete(entry.path,
                                "has an unresolved conflict, so nothing of it "
                                "is staged");
        conflict_ = entry.path;
      }
      return;
    }
    if (entry.intent_to_add || (entry.mode & kTypeMask) != kRegular) return;
    Change change{&entry, false, {}};
    if (old && git_tree_entry_type(old) == GIT_OBJECT_BLOB &&
        (static_cast<std::uint32_t>(git_tree_entry_filemode(old)) &
         kTypeMask) == kRegular) {
      if (same_oid(git_tree_entry_id(old), entry.oid)) return;
      change.has_old = true;
      change.old = *git_tree_entry_id(old);
    }
    changes.push_back(change);
  }

  void collect_removed(const git_tree* tree,
                       const std::set<std::string_view>& kept, int depth) {
    if (depth > kMaxDepth) return;
    for (std::size_t i = 0; i < git_tree_entrycount(tree); ++i) {
      const git_tree_entry* const entry = git_tree_entry_byindex(tree, i);
      if (kept.contains(git_tree_entry_name(entry))) continue;
      if (git_tree_entry_type(entry) == GIT_OBJECT_BLOB) {
        removed.insert(std::string(
            reinterpret_cast<const char*>(git_tree_entry_id(entry)->id),
            GIT_OID_RAWSZ));
      } else if (git_tree_entry_type(entry) == GIT_OBJECT_TREE) {
        const Tree below = load(entry, git_tree_entry_name(entry));
        if (below) collect_removed(below.get(), {}, depth + 1);
      }
    }
  }

  git_repository* const repository_;
  Diagnostics& diagnostics_;
  std::string_view conflict_;
};

Blob load_blob(git_repository* repository, const git_oid& oid) {
  git_blob* blob = nullptr;
  git_blob_lookup(&blob, repository, &oid);
  return Blob(blob);
}

std::string_view text_of(const Blob& blob) {
  if (!blob) return {};
  return {static_cast<const char*>(git_blob_rawcontent(blob.get())),
          static_cast<std::size_t>(git_blob_rawsize(blob.get()))};
}

using Lines = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

int add_line(const git_diff_delta*, const git_diff_hunk*,
             const git_diff_line* line, void* payload) {
  if (line->origin != GIT_DIFF_LINE_ADDITION) return 0;
  auto& lines = *static_cast<Lines*>(payload);
  const auto number = static_cast<std::uint32_t>(line->new_lineno);
  if (!lines.empty() && lines.back().second + 1 == number) {
    lines.back().second = number;
  } else {
    lines.emplace_back(number, number);
  }
  return 0;
}

std::uint64_t count_lines(std::string_view text) {
  const auto ends = std::count(text.begin(), text.end(), '\n');
  return static_cast<std::uint64_t>(ends) +
         (!text.empty() && text.back() != '\n');
}

// False when nothing was added.
bool diff(std::string_view old, std::string_view now, TextSource& source) {
  git_diff_options options = GIT_DIFF_OPTIONS_INIT;
  options.context_lines = 0;
  options.flags = GIT_DIFF_FORCE_TEXT;
  if (git_diff_buffers(old.data(), old.size(), nullptr, now.data(), now.size(),
                       nullptr, &options, nullptr, nullptr, nullptr, add_line,
                       &source.added_lines) != 0) {
    source.added_lines.clear();  // all lines count
    source.added_line_count = count_lines(now);
    return true;
  }
  for (const auto& [first, last] : source.added_lines) {
    source.added_line_count += last - first + 1;
  }
  return !source.added_lines.empty();
}

}  // namespace

Result<std::vector<TextSource>> staged_changes(const std::string& directory,
                                               Diagnostics& diagnostics) {
  const Library library;
  TRY_ASSIGN(const Repository repository, open_repository(directory));
  TRY_ASSIGN(const GitIndex index, GitIndex::read(index_path(repository.get())));
  TRY_ASSIGN(const Tree tree, head_tree(repository.get()));

  Comparison comparison(repository.get(), diagnostics);
  const GitIndex::CachedTree& cached = index.cached_tree();
  if (!tree || !same_oid(git_tree_id(tree.get()), cached.oid)) {
    comparison.compare(tree.get(), &cached, "", index.entries(), 0);
  }

  std::vector<TextSource> sources;
  for (const Change& change : comparison.changes) {
    // A blob that only moved adds nothing.
    if (!change.has_old &&
        comparison.removed.contains(std::string(change.entry->oid))) {
      continue;
    }
    const Blob now = load_blob(repository.get(), oid_of(change.entry->oid));
    if (!now) {
      diagnostics.incomplete(change.entry->path,
                             "its staged content cannot be read: " +
                                 last_error());
      continue;
    }
    TextSource source;
    source.path = change.entry->path;
    source.exposure = Exposure::staged;
    source.source = "index";
    const Blob old =
        change.has_old ? load_blob(repository.get(), change.old) : Blob();
    if (old) {
      if (!diff(text_of(old), text_of(now), source)) continue;
    } else {
      source.added_line_count = count_lines(text_of(now));
    }
    source.text = text_of(now);
    sources.push_back(std::move(source));
  }
  return sources;
}

}  // namespace overreach
