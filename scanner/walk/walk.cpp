// Targets become work, workers do it.

#include "scanner/walk/walk.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <latch>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <thread>
#include <utility>

#include "scanner/base/late_close.h"
#include "scanner/walk/folder.h"
#include "scanner/walk/git_index.h"
#include "scanner/walk/ignore.h"
#include "scanner/walk/walk_tasks.h"
#include "scanner/walk/walk_worker.h"
#include "scanner/walk/work_tree.h"

namespace overreach {
namespace {

constexpr std::size_t kBatchTargets = 8;

// As many descriptors as the system lets us have: deep trees hold many.
void raise_descriptor_limit() {
  rlimit limit;
  if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 65536);
    ::setrlimit(RLIMIT_NOFILE, &limit);
  }
}

std::string absolute_path(const std::string& path) {
  std::unique_ptr<char, decltype(&std::free)> real(
      ::realpath(path.c_str(), nullptr), std::free);
  return real ? std::string(real.get()) : path;
}

bool is_inside_git_dir(const std::string& path) {
  return ("/" + path + "/").find("/.git/") != std::string::npos;
}

// The work trees of the targets, each opened once.
class WorkTrees {
 public:
  explicit WorkTrees(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  // The one that holds the absolute path `folder`; null if there is none.
  std::shared_ptr<const WorkTree> of(const std::string& folder) {
    if (is_inside_git_dir(folder)) return nullptr;
    const auto [known, is_new] = by_folder_.try_emplace(folder);
    if (!is_new) return known->second;
    const auto root = find_work_tree(folder);
    if (!root) return nullptr;
    const auto [opened, is_first] = by_folder_.try_emplace(*root);
    if (is_first || *root == folder) {
      auto tree = open_work_tree(*root);
      if (tree) {
        opened->second = std::move(*tree);
      } else {
        diagnostics_.incomplete(
            *root, tree.error().text + "; every file below is read");
      }
    }
    return by_folder_[folder] = opened->second;
  }

 private:
  Diagnostics& diagnostics_;
  std::map<std::string, std::shared_ptr<const WorkTree>> by_folder_;
};

std::string below_root(const WorkTree& tree, const std::string& absolute) {
  const std::size_t root = tree.root == "/" ? 1 : tree.root.size() + 1;
  return absolute.substr(std::min(absolute.size(), root));
}

// A folder on the command line that lies inside a work tree.
void place_in_work_tree(const std::string& absolute, WorkTrees& trees,
                        WalkPlace& place) {
  place.tree = trees.of(absolute);
  if (!place.tree) return;
  place.ignore = place.tree->excludes;
  std::string rest = below_root(*place.tree, absolute);
  // The ignore files of the folders between the root and here.
  std::string folder = place.tree->root;
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
  place.tracked = GitIndex::below(place.tree->index.entries(), place.tree_path);
  // A folder that is named itself is read, ignored or not.
}

Exposure exposure_of(const std::string& absolute, WorkTrees& trees) {
  const std::size_t slash = absolute.rfind('/');
  if (slash == absolute.npos) return Exposure::untracked;
  const auto tree = trees.of(slash == 0 ? "/" : absolute.substr(0, slash));
  return tree && GitIndex::contains(tree->index.entries(),
                                    below_root(*tree, absolute))
             ? Exposure::tracked
             : Exposure::untracked;
}

// Fills the stack; each place of the file tree comes in once.
Status push_targets(const WalkOptions& options, Diagnostics& diagnostics,
                    std::set<std::string>& named, Tasks& tasks) {
  WorkTrees trees(diagnostics);
  auto singles = std::make_unique<FileTask>();
  for (const std::string& target : options.targets) {
    struct stat status;
    if (::stat(target.c_str(), &status) != 0) {
      return fail(target + ": " + std::strerror(errno));
    }
    const std::string absolute = absolute_path(target);
    if (!named.insert(absolute).second) continue;
    if (!S_ISDIR(status.st_mode)) {
      singles->files.push_back({target, exposure_of(absolute, trees)});
      if (singles->files.size() == kBatchTargets) {
        tasks.push({nullptr, std::move(singles)});
        singles = std::make_unique<FileTask>();
      }
      continue;
    }
    auto folder = Folder::open(target.c_str());
    if (!folder) return fail(target + ": " + folder.error().text);
    auto root = std::make_shared<Root>();
    root->folder = std::move(*folder);
    root->absolute = absolute;
    auto task = std::make_unique<ListTask>();
    task->place.path = path_prefix(options.targets, target);
    place_in_work_tree(absolute, trees, task->place);
    task->root = std::move(root);
    tasks.push({std::move(task), nullptr});
  }
  if (!singles->files.empty()) tasks.push({nullptr, std::move(singles)});
  return {};
}

}  // namespace

std::string path_prefix(const std::vector<std::string>& targets,
                        const std::string& folder) {
  if (targets.size() == 1 || folder == ".") return {};
  return folder.ends_with('/') ? folder : folder + "/";
}

Status walk(const WalkOptions& options, Diagnostics& diagnostics,
            const FileConsumer& consumer) {
  raise_descriptor_limit();
  std::string globs;
  for (const std::string& glob : options.excludes) globs += glob + "\n";
  const IgnoreLevel excludes(globs, "", nullptr, false);
  Tasks tasks;
  std::set<std::string> named;
  TRY(push_targets(options, diagnostics, named, tasks));
  // One target cannot lie below another.
  if (named.size() < 2) named.clear();
  const int count = std::max(1, options.threads);
  tasks.start(count);
  WalkShared shared{options, tasks, excludes, named, diagnostics, consumer};
  std::vector<std::thread> threads;
  std::latch left(count - 1);
  for (int i = 1; i < count; ++i) {
    threads.emplace_back([&shared, &left, i] {
      // A table of its own has room for what is closed late.
      std::optional<LateClosing> late;
      if (DescriptorTable::leave_shared()) late.emplace();
      left.count_down();
      run_walk_worker(i, shared);
    });
  }
  // What is opened from here on is in one table only: a pipe that another one
  // had too would never end.
  left.wait();
  {
    const LateClosing late;
    run_walk_worker(0, shared);
  }
  for (std::thread& thread : threads) thread.join();
  DescriptorTable::of_this_thread()->close_given_back();
  return {};
}

}  // namespace overreach
