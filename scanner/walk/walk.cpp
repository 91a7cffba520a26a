// The parallel walk.  Workers share one stack of work: folders to list, and
// batches of files of folders too large for one worker.  The stack makes it
// depth first, which keeps few folders open.

#include "scanner/walk/walk.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <mutex>
#include <span>
#include <thread>
#include <utility>

#include "scanner/walk/folder.h"
#include "scanner/walk/git_index.h"
#include "scanner/walk/ignore.h"
#include "scanner/walk/work_tree.h"

namespace overreach {
namespace {

constexpr std::size_t kBatchFiles = 128;
constexpr int kMaxHeldFolders = 200;  // open only because children wait

// What all entries of one folder share.
struct Place {
  std::string path;  // in the report: empty or ending in '/'
  // Of the work tree it lies in, if any:
  std::shared_ptr<const WorkTree> tree;
  std::string tree_path;  // relative to its root: empty or ending in '/'
  std::shared_ptr<const IgnoreLevel> ignore;
  std::span<const GitIndex::Entry> tracked;  // those below this folder
  bool in_ignored = false;  // only tracked files count, or all as ignored
};

struct Root {
  std::shared_ptr<Folder> folder;
  std::string absolute;  // without '/' at the end
  std::string prefix;    // before paths in the report
};

struct ListTask {
  std::shared_ptr<const Root> root;
  std::shared_ptr<Folder> parent;  // null: open from the root
  std::string name;                // in the parent; empty: the root itself
  std::string below;               // path from the root, without '/' at the end
  Place place;
};

struct FileEntry {
  std::string name;
  Exposure exposure;
};

struct FileTask {
  std::shared_ptr<Folder> folder;
  std::string path;  // empty or ending in '/'
  std::vector<FileEntry> files;
};

struct Task {
  std::unique_ptr<ListTask> list;
  std::unique_ptr<FileTask> files;
};

// The stack of work; done when it is empty and nobody works.
class Tasks {
 public:
  void push(Task task) {
    {
      const std::lock_guard lock(mutex_);
      stack_.push_back(std::move(task));
    }
    wake_.notify_one();
  }

  // Blocks until there is work; false when all is done.
  bool pop(Task& task) {
    std::unique_lock lock(mutex_);
    --busy_;
    if (busy_ == 0 && stack_.empty()) wake_.notify_all();
    wake_.wait(lock, [this] { return !stack_.empty() || busy_ == 0; });
    if (stack_.empty()) return false;
    task = std::move(stack_.back());
    stack_.pop_back();
    ++busy_;
    return true;
  }

  void start(int workers) { busy_ = workers; }

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<Task> stack_;  // guarded by mutex_
  int busy_ = 0;             // guarded by mutex_
};

// As many descriptors as the system lets us have: deep trees hold many.
void raise_descriptor_limit() {
  rlimit limit;
  if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 65536);
    ::setrlimit(RLIMIT_NOFILE, &limit);
  }
}

std::string read_small(int folder, const char* name) {
  std::string text;
  const int descriptor =
      ::openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return text;
  std::FILE* const file = ::fdopen(descriptor, "rb");
  if (!file) return text;
  char buffer[4096];
  for (std::size_t n; (n = std::fread(buffer, 1, sizeof buffer, file)) > 0;) {
    text.append(buffer, n);
  }
  std::fclose(file);
  return text;
}

class Worker {
 public:
  Worker(int number, const WalkOptions& options, Tasks& tasks,
         std::atomic<int>& held, const IgnoreLevel& excludes,
         Diagnostics& diagnostics, const FileConsumer& consumer)
      : number_(number),
        options_(options),
        tasks_(tasks),
        held_(held),
        excludes_(excludes),
        diagnostics_(diagnostics),
        consumer_(consumer) {}

  void run() {
    Task task;
    while (tasks_.pop(task)) {
      if (task.list) list(*task.list);
      if (task.files) read(*task.files);
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

  Result<std::shared_ptr<Folder>> open(ListTask& task) {
    if (task.name.empty()) return task.root->folder;
    if (!task.parent) {
      return Folder::open_below(task.root->folder->descriptor(), task.below);
    }
    auto folder = Folder::open(task.parent->descriptor(), task.name.c_str(),
                               Folder::Links::refuse);
    if (task.parent.use_count() == 1) {
      held_.fetch_sub(1, std::memory_order_relaxed);
    }
    task.parent.reset();
    return folder;
  }

  void list(ListTask& task) {
    auto opened = open(task);
    Place& place = task.place;
    if (!opened) {
      if (opened.error().text == std::strerror(ENOENT)) return;
      return complain(place, "cannot be opened: " + opened.error().text);
    }
    const std::shared_ptr<Folder> folder = std::move(*opened);
    Listing listing;
    const Status listed = list_folder(
        folder->descriptor(), buffer_,
        [&](const FolderEntry& entry) { sort_in(entry, place, listing); });
    if (!listed) complain(place, "cannot be listed: " + listed.error().text);
    if (listing.has_git) enter_work_tree(task);
    if (place.tree && listing.has_ignore_file && !place.in_ignored) {
      auto level = std::make_shared<const IgnoreLevel>(
          read_small(folder->descriptor(), ".gitignore"), place.tree_path,
          place.ignore, place.tree->ignore_case);
      if (!level->empty()) place.ignore = std::move(level);
    }
    push_folders(task, folder, listing);
    hand_over(place, folder, listing);
  }

  void complain(const Place& place, const std::string& what) {
    std::string path = place.path;
    if (!path.empty()) path.pop_back();
    diagnostics_.incomplete(path.empty() ? "." : path, what);
  }

  void sort_in(const FolderEntry& entry, const Place& place, Listing& listing) {
    const std::string_view name = entry.name;
    if (name == ".git") {
      listing.has_git = true;
      return;
    }
    switch (entry.kind) {
      case EntryKind::file:
        listing.has_ignore_file |= name == ".gitignore";
        listing.files.push_back({std::string(name), Exposure::untracked});
        return;
      case EntryKind::folder:
        listing.folders.emplace_back(name);
        return;
      case EntryKind::link:
        return;
      case EntryKind::other:
        diagnostics_.left_out(place.path + std::string(name),
                              "is a " + std::string(entry.what) +
                                  ", which is not read");
        return;
    }
  }

  // The folder is the root of a work tree of its own.
  void enter_work_tree(ListTask& task) {
    std::string absolute = task.root->absolute;
    if (!task.below.empty()) absolute += "/" + task.below;
    Place& place = task.place;
    if (place.tree && place.tree->root == absolute) return;
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

  bool is_excluded(const std::string& path, bool is_directory) const {
    return !excludes_.empty() && excludes_.is_ignored(path, is_directory);
  }

  void push_folders(const ListTask& task, const std::shared_ptr<Folder>& folder,
                    Listing& listing) {
    const Place& place = task.place;
    bool holds = false;
    for (std::string& name : listing.folders) {
      if (is_excluded(place.path + name, true)) continue;
      Place child;
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
      if (holds || held_.load(std::memory_order_relaxed) < kMaxHeldFolders) {
        if (!holds) held_.fetch_add(1, std::memory_order_relaxed);
        holds = true;
        next->parent = folder;
      }
      tasks_.push({std::move(next), nullptr});
    }
  }

  // Leaves only the files that count, with their exposure.
  void judge_files(const Place& place, std::vector<FileEntry>& files) {
    std::erase_if(files, [&](FileEntry& file) {
      if (is_excluded(place.path + file.name, false)) return true;
      if (!place.tree) return false;
      const std::string path = place.tree_path + file.name;
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

  void hand_over(const Place& place, const std::shared_ptr<Folder>& folder,
                 Listing& listing) {
    judge_files(place, listing.files);
    auto rest = std::span(listing.files);
    while (rest.size() > 2 * kBatchFiles) {
      const auto batch = rest.subspan(rest.size() - kBatchFiles);
      auto task = std::make_unique<FileTask>();
      task->folder = folder;
      task->path = place.path;
      task->files.assign(std::make_move_iterator(batch.begin()),
                         std::make_move_iterator(batch.end()));
      tasks_.push({nullptr, std::move(task)});
      rest = rest.first(rest.size() - kBatchFiles);
    }
    read_files(place.path, *folder, rest);
  }

  void read(const FileTask& task) {
    read_files(task.path, *task.folder, task.files);
  }

  void read_files(const std::string& path, const Folder& folder,
                  std::span<const FileEntry> files) {
    for (const FileEntry& file : files) {
      path_ = path;
      path_ += file.name;
      consumer_(number_, {folder.descriptor(), file.name.c_str(), path_,
                          file.exposure});
    }
  }

  const int number_;
  const WalkOptions& options_;
  Tasks& tasks_;
  std::atomic<int>& held_;
  const IgnoreLevel& excludes_;
  Diagnostics& diagnostics_;
  const FileConsumer& consumer_;
  std::vector<char> buffer_;
  std::string path_;
};

std::string absolute_path(const std::string& path) {
  std::unique_ptr<char, decltype(&std::free)> real(
      ::realpath(path.c_str(), nullptr), std::free);
  return real ? std::string(real.get()) : path;
}

// A folder on the command line that lies inside a work tree, below its root.
Status place_in_work_tree(const Root& root, Diagnostics& diagnostics,
                          Place& place) {
  const auto found = find_work_tree(root.absolute);
  if (!found) return {};
  auto tree = open_work_tree(*found);
  if (!tree) {
    diagnostics.incomplete(*found, tree.error().text +
                                       "; every file below is read");
    return {};
  }
  place.tree = std::move(*tree);
  place.ignore = place.tree->excludes;
  place.tracked = place.tree->index.entries();
  std::string rest = root.absolute.substr(
      std::min(root.absolute.size(), found->size() + (*found != "/")));
  // The ignore files of the folders between the root and here.
  std::string folder = *found;
  while (!rest.empty()) {
    auto level = std::make_shared<const IgnoreLevel>(
        small_file(folder + "/.gitignore"), place.tree_path, place.ignore,
        place.tree->ignore_case);
    if (!level->empty()) place.ignore = std::move(level);
    const std::size_t slash = rest.find('/');
    const std::string name = rest.substr(0, slash);
    rest = slash == rest.npos ? "" : rest.substr(slash + 1);
    folder += "/" + name;
    place.tree_path += name + "/";
  }
  place.tracked = GitIndex::below(place.tracked, place.tree_path);
  // A folder that is named itself is read, ignored or not.
  return {};
}

// One file of the command line: always read.
void read_single(const std::string& target, const FileConsumer& consumer) {
  Exposure exposure = Exposure::untracked;
  const std::string absolute = absolute_path(target);
  const std::size_t slash = absolute.rfind('/');
  if (slash != absolute.npos) {
    if (const auto root = find_work_tree(absolute.substr(0, slash))) {
      const auto tree = open_work_tree(*root);
      const std::string path =
          absolute.substr(std::min(absolute.size(), root->size() + 1));
      if (tree && GitIndex::contains((*tree)->index.entries(), path)) {
        exposure = Exposure::tracked;
      }
    }
  }
  consumer(0, {AT_FDCWD, target.c_str(), target, exposure});
}

std::string prefix_of(const std::string& target, bool only_target) {
  if (only_target || target == ".") return {};
  return target.ends_with('/') ? target : target + "/";
}

}  // namespace

Status walk(const WalkOptions& options, Diagnostics& diagnostics,
            const FileConsumer& consumer) {
  raise_descriptor_limit();
  std::string globs;
  for (const std::string& glob : options.excludes) globs += glob + "\n";
  const IgnoreLevel excludes(globs, "", nullptr, false);
  Tasks tasks;
  for (const std::string& target : options.targets) {
    struct stat status;
    if (::stat(target.c_str(), &status) != 0) {
      return fail(target + ": " + std::strerror(errno));
    }
    if (!S_ISDIR(status.st_mode)) {
      read_single(target, consumer);
      continue;
    }
    auto folder =
        Folder::open(AT_FDCWD, target.c_str(), Folder::Links::follow);
    if (!folder) return fail(target + ": " + folder.error().text);
    auto root = std::make_shared<Root>();
    root->folder = std::move(*folder);
    root->absolute = absolute_path(target);
    auto task = std::make_unique<ListTask>();
    task->place.path = prefix_of(target, options.targets.size() == 1);
    TRY(place_in_work_tree(*root, diagnostics, task->place));
    task->root = std::move(root);
    tasks.push({std::move(task), nullptr});
  }
  const int count = std::max(1, options.threads);
  tasks.start(count);
  std::atomic<int> held = 0;
  std::vector<std::thread> threads;
  const auto work = [&](int number) {
    Worker(number, options, tasks, held, excludes, diagnostics, consumer).run();
  };
  for (int i = 1; i < count; ++i) threads.emplace_back(work, i);
  work(0);
  for (std::thread& thread : threads) thread.join();
  return {};
}

}  // namespace overreach
