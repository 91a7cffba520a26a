#include "scanner/walk/walk_worker.h"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "scanner/walk/folder.h"
#include "scanner/walk/git_index.h"
#include "scanner/walk/work_tree.h"

namespace overreach {
namespace {

constexpr std::size_t kBatchFiles = 128;
constexpr int kMaxHeldFolders = 200;  // open only because children wait

// Removed, or replaced by something else, since it was listed.
bool is_gone(const std::string& error) {
  return error == std::strerror(ENOENT) || error == std::strerror(ENOTDIR) ||
         error == std::strerror(ELOOP);
}

class WalkWorker {
 public:
  WalkWorker(int number, WalkShared& shared)
      : number_(number),
        options_(shared.options),
        tasks_(shared.tasks),
        held_(shared.held_folders),
        excludes_(shared.excludes),
        named_(shared.named),
        diagnostics_(shared.diagnostics),
        consumer_(shared.consumer) {}

  void run() {
    Task task;
    while (next(task)) {
      if (task.list) list(*task.list);
      if (task.files) read_batch(*task.files);
      task = {};
    }
  }

 private:
  struct Listing {
    std::vector<FileEntry> files;
    std::vector<std::string> folders;
    bool has_ignore_file = false;
    bool has_git = false;
  };

  bool next(Task& task) {
    DescriptorTable::of_this_thread()->close_given_back();
    if (!kept_) return tasks_.pop(task);
    task = {std::move(kept_), nullptr};
    return true;
  }

  static Result<std::shared_ptr<Folder>> open_from(const Root& root,
                                                   const std::string& below) {
    return root.folder->open_below(below);
  }

  Result<std::shared_ptr<Folder>> open(ListTask& task) {
    if (task.name.empty()) return task.root->folder;
    if (!task.parent || !task.parent->folder().is_here()) {
      task.parent.reset();
      return open_from(*task.root, task.below);
    }
    auto folder = task.parent->folder().open_inside(task.name.c_str());
    task.parent.reset();
    return folder;
  }

  void list(ListTask& task) {
    auto opened = open(task);
    WalkPlace& place = task.place;
    if (!opened) {
      if (is_gone(opened.error().text)) return;
      return complain(place, "cannot be opened: " + opened.error().text);
    }
    const std::shared_ptr<Folder> folder = std::move(*opened);
    Listing listing;
    const Status listed = list_folder(
        folder->descriptor(), buffer_,
        [&](const FolderEntry& entry) { sort_in(entry, place, listing); });
    if (!listed && !is_gone(listed.error().text)) {
      complain(place, "cannot be listed: " + listed.error().text);
    }
    if (listing.has_git) enter_work_tree(task);
    if (place.tree && listing.has_ignore_file && !place.in_ignored) {
      auto level = std::make_shared<const IgnoreLevel>(
          small_file_at(folder->descriptor(), ".gitignore"), place.tree_path,
          place.ignore, place.tree->ignore_case);
      if (!level->empty()) place.ignore = std::move(level);
    }
    push_folders(task, folder, listing);
    hand_over(task, folder, listing);
  }

  void complain(const WalkPlace& place, const std::string& what) {
    std::string path = place.path;
    if (!path.empty()) path.pop_back();
    diagnostics_.incomplete(path.empty() ? "." : path, what);
  }

  void sort_in(const FolderEntry& entry, const WalkPlace& place,
               Listing& listing) {
    const std::string_view name = entry.name;
    if (name == ".git") {
      listing.has_git = true;
      return;
    }
    switch (entry.kind) {
      case FolderEntryKind::file:
        listing.has_ignore_file |= name == ".gitignore";
        listing.files.push_back({std::string(name), Exposure::untracked});
        return;
      case FolderEntryKind::folder:
        listing.folders.emplace_back(name);
        return;
      case FolderEntryKind::link:
        return;
      case FolderEntryKind::other:
        diagnostics_.left_out(place.path + std::string(name), entry.what);
        return;
    }
  }

  // The folder is the root of a work tree of its own.
  void enter_work_tree(ListTask& task) {
    if (task.below.empty()) return;  // that of a target is known already
    const std::string absolute = absolute_of(task, {});
    WalkPlace& place = task.place;
    if (!git_dir_of(absolute)) return;
    auto tree = open_work_tree(absolute);
    if (!tree) {
      complain(place, tree.error().text + "; every file below is read");
      place.tree = nullptr;
      return;
    }
    place.tree = std::move(*tree);
    place.tree_path.clear();
    place.ignore = place.tree->excludes;
    place.tracked = place.tree->index.entries();
    place.in_ignored = false;
  }

  // Of the folder, or of `name` in it.
  static std::string absolute_of(const ListTask& task, std::string_view name) {
    std::string path = task.root->absolute;
    for (const std::string_view part : {std::string_view(task.below), name}) {
      if (part.empty()) continue;
      if (!path.ends_with('/')) path += '/';
      path += part;
    }
    return path;
  }

  // Whether it is a target of its own, and read as that.
  bool is_named(const ListTask& task, std::string_view name) const {
    return !named_.empty() && named_.contains(absolute_of(task, name));
  }

  bool is_excluded(const std::string& path, bool is_directory) const {
    return !excludes_.empty() && excludes_.is_ignored(path, is_directory);
  }

  void push_folders(const ListTask& task, const std::shared_ptr<Folder>& folder,
                    Listing& listing) {
    const WalkPlace& place = task.place;
    std::shared_ptr<const Held> held;
    for (std::string& name : listing.folders) {
      if (is_excluded(place.path + name, true) || is_named(task, name)) {
        continue;
      }
      WalkPlace child;
      child.path = place.path + name + "/";
      if (place.tree) {
        child.tree = place.tree;
        child.tree_path = place.tree_path + name + "/";
        child.ignore = place.ignore;
        child.tracked = GitIndex::below(place.tracked, child.tree_path);
        child.in_ignored =
            place.in_ignored ||
            place.ignore->is_ignored(place.tree_path + name, true);
        if (child.in_ignored && child.tracked.empty() &&
            !options_.include_ignored) {
          continue;
        }
      }
      auto next = std::make_unique<ListTask>();
      next->root = task.root;
      next->below = task.below.empty() ? name : task.below + "/" + name;
      next->place = std::move(child);
      next->name = std::move(name);
      if (!held && held_.load(std::memory_order_relaxed) < kMaxHeldFolders) {
        held = std::make_shared<const Held>(folder, held_);
      }
      next->parent = held;
      if (kept_) tasks_.push({std::move(kept_), nullptr});
      kept_ = std::move(next);
    }
  }

  // Leaves only the files that count, with their exposure.
  void judge_files(const ListTask& task, std::vector<FileEntry>& files) {
    const WalkPlace& place = task.place;
    std::string path;
    const auto below = [&](const std::string& folder,
                           const FileEntry& file) -> const std::string& {
      return path.assign(folder).append(file.name);
    };
    std::erase_if(files, [&](FileEntry& file) {
      if (is_excluded(below(place.path, file), false) ||
          is_named(task, file.name)) {
        return true;
      }
      if (!place.tree) return false;
      below(place.tree_path, file);
      if (GitIndex::contains(place.tracked, path)) {
        file.exposure = Exposure::tracked;
        return false;
      }
      if (place.in_ignored || place.ignore->is_ignored(path, false)) {
        file.exposure = Exposure::ignored;
        return !options_.include_ignored;
      }
      return false;
    });
  }

  void hand_over(const ListTask& task, const std::shared_ptr<Folder>& folder,
                 Listing& listing) {
    judge_files(task, listing.files);
    const FileFolder place{task.root, task.below, folder, task.place.path};
    auto rest = std::span(listing.files);
    while (rest.size() > 2 * kBatchFiles) {
      push_files(place, rest.last(kBatchFiles));
      rest = rest.first(rest.size() - kBatchFiles);
    }
    read_files(place, rest);
  }

  // What another worker listed, perhaps.
  void read_batch(FileTask& task) {
    FileFolder& place = task.place;
    if (place.folder && !place.folder->is_here()) {
      auto opened = open_from(*place.root, place.below);
      if (!opened) return miss(task, opened.error().text);
      place.folder = std::move(*opened);
    }
    read_files(place, task.files);
  }

  // The folder of the files cannot be opened any more.
  void miss(const FileTask& task, const std::string& error) {
    for (const FileEntry& file : task.files) {
      const std::string path = task.place.path + file.name;
      if (is_gone(error)) {
        diagnostics_.left_out(path, "removed or replaced meanwhile");
      } else {
        diagnostics_.incomplete(path, "cannot be read: " + error);
      }
    }
  }

  void push_files(const FileFolder& place, std::span<FileEntry> files) {
    auto task = std::make_unique<FileTask>();
    task->place = place;
    task->files.assign(std::make_move_iterator(files.begin()),
                       std::make_move_iterator(files.end()));
    tasks_.push({nullptr, std::move(task)});
  }

  void read_files(const FileFolder& place, std::span<FileEntry> files) {
    FileSource source{AT_FDCWD, nullptr, {}, Exposure::untracked};
    if (place.folder) {
      source.directory = place.folder->descriptor();
      source.is_paged = place.folder->is_paged();
    }
    while (!files.empty()) {
      const FileEntry& file = files.front();
      // A few files may be most of a tree: who has nothing takes the rest.
      if (tasks_.has_idle()) {
        if (files.size() > 1) push_files(place, files.subspan(1));
        files = files.first(1);
        if (kept_) tasks_.push({std::move(kept_), nullptr});
      }
      path_ = place.path;
      path_ += file.name;
      source.name = file.name.c_str();
      source.path = path_;
      source.exposure = file.exposure;
      consumer_(number_, source);
      files = files.subspan(1);
    }
  }

  const int number_;
  const WalkOptions& options_;
  Tasks& tasks_;
  std::atomic<int>& held_;
  const IgnoreLevel& excludes_;
  const std::set<std::string>& named_;
  Diagnostics& diagnostics_;
  const FileConsumer& consumer_;
  std::unique_ptr<ListTask> kept_;  // is listed next, unless somebody waits
  std::vector<char> buffer_;
  std::string path_;
};

}  // namespace

void run_walk_worker(int number, WalkShared& shared) {
  WalkWorker(number, shared).run();
}

}  // namespace overreach
