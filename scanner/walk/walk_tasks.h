// The work of a walk: folders to list and batches of files, on one stack that
// all workers share.  A stack makes it depth first, which keeps few folders
// open.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "scanner/core/source.h"
#include "scanner/walk/folder.h"
#include "scanner/walk/git_index.h"
#include "scanner/walk/ignore.h"
#include "scanner/walk/work_tree.h"

namespace overreach {

// What all entries of one folder share.
struct WalkPlace {
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
};

// A folder that is open only because children wait; counted.
class Held {
 public:
  Held(std::shared_ptr<const Folder> folder, std::atomic<int>& count)
      : folder_(std::move(folder)), count_(count) {
    count_.fetch_add(1, std::memory_order_relaxed);
  }
  ~Held() { count_.fetch_sub(1, std::memory_order_relaxed); }
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;
  const Folder& folder() const { return *folder_; }

 private:
  const std::shared_ptr<const Folder> folder_;
  std::atomic<int>& count_;
};

struct ListTask {
  std::shared_ptr<const Root> root;
  std::shared_ptr<const Held> parent;  // null: open from the root
  std::string name;                    // in the parent; empty: the root itself
  std::string below;  // path from the root, without '/' at the end
  WalkPlace place;
};

struct FileEntry {
  std::string name;
  Exposure exposure;
};

// Where files lie: in no folder when their names are of the command line.
struct FileFolder {
  std::shared_ptr<const Root> root;
  std::string below;  // as that of a ListTask
  std::shared_ptr<Folder> folder;
  std::string path;  // in the report: empty or ending in '/'
};

struct FileTask {
  FileFolder place;
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
    ++idle_;
    wake_.wait(lock, [this] { return !stack_.empty() || busy_ == 0; });
    --idle_;
    if (stack_.empty()) return false;
    task = std::move(stack_.back());
    stack_.pop_back();
    ++busy_;
    return true;
  }

  void start(int workers) { busy_ = workers; }

  // Whether somebody waits for work.  It may have come meanwhile.
  bool has_idle() const { return idle_.load(std::memory_order_relaxed) > 0; }

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<Task> stack_;  // guarded by mutex_
  int busy_ = 0;             // guarded by mutex_
  std::atomic<int> idle_ = 0;
};

}  // namespace overreach
