#include "scanner/walk/renames.h"

#include <git2/sys/hashsig.h>

#include <memory>
#include <set>
#include <string_view>
#include <vector>

#include "scanner/base/text.h"
#include "scanner/git/libgit2.h"

namespace overreach {
namespace {

constexpr int kLeastLikeness = 50;  // of 100, as Git has it
// Of pairs to compare; beyond, only files of one name are.
constexpr std::size_t kMaxPairs = 250'000;
constexpr git_object_size_t kMaxBytes = 4 * 1024 * 1024;

using Signature =
    std::unique_ptr<git_hashsig, GitDeleter<git_hashsig, git_hashsig_free>>;

// Null for what has no lines to compare.
Signature signature_of(git_repository* repository, const git_oid& oid) {
  const GitBlob blob = load_blob(repository, oid);
  if (!blob || git_blob_is_binary(blob.get()) ||
      git_blob_rawsize(blob.get()) > kMaxBytes) {
    return nullptr;
  }
  git_hashsig* signature = nullptr;
  git_hashsig_create(
      &signature, static_cast<const char*>(git_blob_rawcontent(blob.get())),
      static_cast<std::size_t>(git_blob_rawsize(blob.get())),
      static_cast<git_hashsig_option_t>(GIT_HASHSIG_SMART_WHITESPACE |
                                        GIT_HASHSIG_ALLOW_SMALL_FILES));
  return Signature(signature);
}

std::string_view raw(const git_oid& oid) {
  return {reinterpret_cast<const char*>(oid.id), GIT_OID_RAWSZ};
}

}  // namespace

void find_renames(git_repository* repository, ChangedPaths& paths) {
  if (paths.removed.empty()) return;
  std::set<std::string_view> gone;
  for (const RemovedFile& file : paths.removed) gone.insert(raw(file.oid));
  std::vector<ChangedFile*> added;
  for (ChangedFile& file : paths.files) {
    if (file.before) continue;
    if (gone.contains(raw(file.now))) {
      file.before = file.now;
    } else {
      added.push_back(&file);
    }
  }
  if (added.empty()) return;
  const bool all_pairs = added.size() * paths.removed.size() <= kMaxPairs;
  std::vector<Signature> old(paths.removed.size());
  std::vector<bool> is_read(paths.removed.size());
  for (ChangedFile* const file : added) {
    const Signature now = signature_of(repository, file->now);
    int nearest = kLeastLikeness - 1;
    for (std::size_t i = 0; now && i < paths.removed.size(); ++i) {
      const RemovedFile& removed = paths.removed[i];
      if (!all_pairs && file_name(removed.path) != file_name(file->path))
        continue;
      if (!is_read[i]) old[i] = signature_of(repository, removed.oid);
      is_read[i] = true;
      const int likeness =
          old[i] ? git_hashsig_compare(now.get(), old[i].get()) : 0;
      if (likeness <= nearest) continue;
      nearest = likeness;
      file->before = removed.oid;
    }
  }
}

}  // namespace overreach
