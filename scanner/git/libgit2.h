// libgit2's objects with owners.
#pragma once

#include <git2.h>

#include <memory>
#include <string>

#include "scanner/base/result.h"

namespace overreach {

// Servers are only spoken to where that is asked for: certificates take longer
// to read than a whole staged scan.
enum class GitUse { local, network };

// The library is ready while one of these lives.  `network` counts only for the
// first of those that live at a time.
class GitLibrary {
 public:
  explicit GitLibrary(GitUse use = GitUse::local);
  ~GitLibrary();
  GitLibrary(const GitLibrary&) = delete;
  GitLibrary& operator=(const GitLibrary&) = delete;
};

template <typename T, void (*Free)(T*)>
struct GitDeleter {
  void operator()(T* value) const { Free(value); }
};
using GitRepository =
    std::unique_ptr<git_repository,
                    GitDeleter<git_repository, git_repository_free>>;
using GitTree = std::unique_ptr<git_tree, GitDeleter<git_tree, git_tree_free>>;
using GitCommit =
    std::unique_ptr<git_commit, GitDeleter<git_commit, git_commit_free>>;
using GitBlob = std::unique_ptr<git_blob, GitDeleter<git_blob, git_blob_free>>;

// What went wrong last, on this thread.
std::string git_error_text();

git_oid git_oid_of(const char* twenty_bytes);

// Null, with git_error_text() set, when the object cannot be read.
GitTree load_tree(git_repository* repository, const git_oid& oid);
GitBlob load_blob(git_repository* repository, const git_oid& oid);
GitCommit load_commit(git_repository* repository, const git_oid& oid);

// The repository of the folder, bare or not, or of GIT_DIR when that is set, as
// for a hook.
Result<GitRepository> open_repository(const std::string& folder);

// The tree of HEAD; null before the first commit.
Result<GitTree> head_tree(git_repository* repository);

}  // namespace overreach
