// libgit2's objects with owners.
#pragma once

#include <git2.h>

#include <memory>
#include <string>

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

// What went wrong last, on this thread.
std::string git_error_text();

}  // namespace overreach
