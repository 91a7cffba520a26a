#include "scanner/pipeline/reach_scan.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <map>
#include <thread>
#include <utility>

#include "scanner/walk/walk.h"

namespace overreach {
namespace {

// Nobody keeps keys in so large a file: years of an agent's talk.
constexpr std::uint64_t kMostBytes = std::uint64_t{256} << 20;

// Whether the file has been written about, or left out as asked.
bool is_too_large(const ScanOptions& options, const StoreFile& file,
                  Diagnostics& diagnostics) {
  if (options.max_file_bytes || file.size_bytes <= kMostBytes) return false;
  diagnostics.incomplete(
      file.path, larger_than(kMostBytes) + " (--max-file-size allows more)");
  return true;
}

FileSource source_of(int root, const StoreFile& file) {
  // Of the repository itself, everything else is the person's.
  const bool is_git = file.path == ".git/config";
  return {root, file.real_path.c_str() + 1, file.path,
          is_git ? Exposure::untracked : Exposure::home,
          is_git ? "git" : "home"};
}

}  // namespace

Result<ReachScan> ReachScan::begin(const ScanOptions& options,
                                   Diagnostics& diagnostics) {
  const ReachRequest& request = *options.reach;
  TRY_ASSIGN(
      Standpoint standpoint,
      standing_in(options.targets.front(), request.home,
                  request.variables ? *request.variables : own_variables()));
  ReachScan scan(std::move(standpoint));
  scan.files_ = find_stores(scan.standpoint_, diagnostics);
  const auto is_excluded = exclusion(options.excludes);
  std::erase_if(scan.files_, [&](const StoreFile& file) {
    return is_excluded(file.path) || is_too_large(options, file, diagnostics);
  });
  const std::string below =
      scan.standpoint_.folder == "/" ? "/" : scan.standpoint_.folder + "/";
  for (const StoreFile& file : scan.files_) {
    if (!file.real_path.starts_with(below)) continue;
    scan.inside_.push_back(file.real_path.substr(below.size()));
  }
  std::sort(scan.inside_.begin(), scan.inside_.end());
  return scan;
}

void ReachScan::read(Diagnostics& diagnostics,
                     std::vector<std::unique_ptr<Worker>>& workers) const {
  workers.front()->scan_text(text_of_environment(standpoint_.variables));
  const int root = ::open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (root < 0) {
    diagnostics.incomplete(
        "/", std::string("cannot be opened: ") + std::strerror(errno));
    return;
  }
  std::atomic<std::size_t> next{0};
  const auto work = [&](Worker& worker) {
    for (std::size_t at = next++; at < files_.size(); at = next++) {
      worker.scan_file(source_of(root, files_[at]));
    }
  };
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < workers.size() && i < files_.size(); ++i) {
    threads.emplace_back([&work, &worker = *workers[i]] { work(worker); });
  }
  work(*workers.front());
  for (std::thread& thread : threads) thread.join();
  ::close(root);
}

Surroundings ReachScan::surroundings(
    const std::vector<LabelledFile>& files) const {
  Surroundings around;
  around.folder = standpoint_.folder;
  around.home = standpoint_.home;
  around.variables = standpoint_.variables.size();
  around.targets = ambient_targets(standpoint_, files);
  const Denials denials(standpoint_, files);
  for (const StoreFile& file : files_) {
    around.stores.push_back({std::string(file.store->tool),
                             file.path,
                             std::string(file.store->holds),
                             file.store->extent,
                             {},
                             denials.covering(file.path)});
  }
  return around;
}

bool ReachScan::has_read(std::string_view path) const {
  return std::binary_search(inside_.begin(), inside_.end(), path);
}

void add_contents(const std::vector<Credential>& credentials,
                  Surroundings& surroundings) {
  std::map<std::string_view, CredentialStore*> stores;
  for (CredentialStore& store : surroundings.stores) {
    stores[store.path] = &store;
  }
  for (const Credential& credential : credentials) {
    for (const Place& place : credential.places) {
      const auto store = stores.find(place.path);
      if (store == stores.end() || place.source == "tree") continue;
      std::vector<std::string>& ids = store->second->credentials;
      if (ids.empty() || ids.back() != credential.id) {
        ids.push_back(credential.id);
      }
    }
  }
  // The order of the credentials is by danger.
  std::map<std::string_view, std::size_t> rank;
  for (const Credential& credential : credentials) {
    rank.emplace(credential.id, rank.size());
  }
  const auto worst = [&](const CredentialStore& store) {
    return store.credentials.empty() ? rank.size()
                                     : rank.at(store.credentials.front());
  };
  std::stable_sort(surroundings.stores.begin(), surroundings.stores.end(),
                   [&](const CredentialStore& a, const CredentialStore& b) {
                     return worst(a) < worst(b);
                   });
}

}  // namespace overreach
