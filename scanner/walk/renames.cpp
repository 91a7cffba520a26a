#include "scanner/walk/renames.h"

#include <git2/sys/hashsig.h>

#include <algorithm>
#include <map>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "scanner/base/text.h"
#include "scanner/git/libgit2.h"
#include "scanner/walk/added_lines.h"

namespace overreach {
namespace {

constexpr int kLeastLikeness = 50;  // of 100, as Git has it
// Of pairs to compare; beyond, only files of one name are.
constexpr std::size_t kMaxPairs = 250'000;
constexpr std::size_t kMaxBytes = 4 * 1024 * 1024;

using Signature =
    std::unique_ptr<git_hashsig, GitDeleter<git_hashsig, git_hashsig_free>>;

// Null for what has no lines to compare.
Signature signature_of(const OpenRepository& repository, const ObjectId& id) {
  const auto blob = repository.read(ObjectKind::blob, id);
  if (!blob) return nullptr;
  const std::string_view text = blob->view();
  if (text.size() > kMaxBytes || is_binary_blob(text)) return nullptr;
  git_hashsig* signature = nullptr;
  git_hashsig_create(
      &signature, text.data(), text.size(),
      static_cast<git_hashsig_option_t>(GIT_HASHSIG_SMART_WHITESPACE |
                                        GIT_HASHSIG_ALLOW_SMALL_FILES));
  return Signature(signature);
}

// A removed file that a new one may have been, by their places in the lists.
struct Candidate {
  int likeness;
  std::size_t added, removed;
};
// As many as Git keeps of each new file.
constexpr std::size_t kMostCandidates = 4;

// Files that moved as they were.  `name_of` says what of their paths has to be
// the same.
template <typename NameOf>
void pair_equal(ChangedPaths& paths, std::vector<bool>& is_taken,
                const NameOf& name_of) {
  std::map<std::pair<std::string_view, std::string_view>,
           std::vector<std::size_t>>
      removed;
  for (std::size_t i = paths.removed.size(); i-- > 0;) {
    if (is_taken[i]) continue;
    const RemovedFile& file = paths.removed[i];
    removed[{file.id.bytes(), name_of(file.path)}].push_back(i);
  }
  for (ChangedFile& file : paths.files) {
    if (!file.before.empty()) continue;
    const auto found = removed.find({file.now.bytes(), name_of(file.path)});
    if (found == removed.end() || found->second.empty()) continue;
    is_taken[found->second.back()] = true;
    found->second.pop_back();
    file.before = file.now;
  }
}

// Files that moved and changed; the most alike first.
std::vector<Candidate> find_alike(const OpenRepository& repository,
                                  const ChangedPaths& paths,
                                  const std::vector<bool>& is_taken) {
  std::vector<std::size_t> added;
  for (std::size_t i = 0; i < paths.files.size(); ++i) {
    if (paths.files[i].before.empty()) added.push_back(i);
  }
  const bool all_pairs = added.size() * paths.removed.size() <= kMaxPairs;
  std::vector<Signature> old(paths.removed.size());
  std::vector<bool> is_read(paths.removed.size());
  std::vector<Candidate> all, some;
  const auto by_likeness = [](const Candidate& a, const Candidate& b) {
    return a.likeness > b.likeness;
  };
  for (const std::size_t each : added) {
    const ChangedFile& file = paths.files[each];
    const Signature now = signature_of(repository, file.now);
    some.clear();
    for (std::size_t i = 0; now && i < paths.removed.size(); ++i) {
      const RemovedFile& removed = paths.removed[i];
      if (is_taken[i] ||
          (!all_pairs && file_name(removed.path) != file_name(file.path))) {
        continue;
      }
      if (!is_read[i]) old[i] = signature_of(repository, removed.id);
      is_read[i] = true;
      const int likeness =
          old[i] ? git_hashsig_compare(now.get(), old[i].get()) : 0;
      if (likeness < kLeastLikeness) continue;
      some.push_back({likeness, each, i});
      std::stable_sort(some.begin(), some.end(), by_likeness);
      if (some.size() > kMostCandidates) some.pop_back();
    }
    all.insert(all.end(), some.begin(), some.end());
  }
  std::stable_sort(all.begin(), all.end(), by_likeness);
  return all;
}

}  // namespace

void find_renames(const OpenRepository& repository, ChangedPaths& paths) {
  if (paths.removed.empty()) return;
  const GitLibrary library;
  std::vector<bool> is_taken(paths.removed.size());
  pair_equal(paths, is_taken,
             [](std::string_view path) { return file_name(path); });
  pair_equal(paths, is_taken,
             [](std::string_view) { return std::string_view(); });
  for (const Candidate& pair : find_alike(repository, paths, is_taken)) {
    ChangedFile& file = paths.files[pair.added];
    if (!file.before.empty() || is_taken[pair.removed]) continue;
    is_taken[pair.removed] = true;
    file.before = paths.removed[pair.removed].id;
  }
}

}  // namespace overreach
