#include "scanner/git/libgit2.h"

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <system_error>

namespace {
std::atomic<bool> reads_certificates = false;
}  // namespace

// libgit2 built with mbed TLS reads every certificate of the system when it
// starts, which takes longer than a whole staged scan.  The linker puts these
// in front of mbed TLS's own; they let through only who speaks to a server.
// NOLINTBEGIN(bugprone-reserved-identifier): names of the linker's --wrap
extern "C" {
int __real_mbedtls_x509_crt_parse_file(void* chain, const char* path);
int __real_mbedtls_x509_crt_parse_path(void* chain, const char* path);
int __wrap_mbedtls_x509_crt_parse_file(void* chain, const char* path);
int __wrap_mbedtls_x509_crt_parse_path(void* chain, const char* path);

int __wrap_mbedtls_x509_crt_parse_file(void* chain, const char* path) {
  return reads_certificates ? __real_mbedtls_x509_crt_parse_file(chain, path)
                            : -1;
}
int __wrap_mbedtls_x509_crt_parse_path(void* chain, const char* path) {
  return reads_certificates ? __real_mbedtls_x509_crt_parse_path(chain, path)
                            : -1;
}
}
// NOLINTEND(bugprone-reserved-identifier)

namespace overreach {
namespace {

// libgit2 1.5 says "not found" of a repository that belongs to somebody else.
bool is_refused(int failed, const std::string& folder) {
  if (failed == GIT_EOWNER) return true;
  if (failed != GIT_ENOTFOUND) return false;
  std::error_code error;
  auto at = std::filesystem::canonical(folder, error);
  while (!std::filesystem::exists(at / ".git", error)) {
    if (!at.has_relative_path()) return false;
    at = at.parent_path();
  }
  return true;
}

std::string described(int failed, const std::string& folder) {
  if (is_refused(failed, folder)) {
    return folder +
           ": the repository belongs to somebody else; if you trust it: "
           "git config --global --add safe.directory " +
           folder;
  }
  if (failed == GIT_ENOTFOUND) return folder + ": is in no Git work tree";
  const std::string text = git_error_text();
  if (text.find("objectformat") != text.npos) {
    return folder +
           ": the repository uses SHA-256: only its files and its history "
           "(--history) can be scanned";
  }
  return folder + ": " + text;
}

}  // namespace

GitLibrary::GitLibrary(GitUse use) {
  if (use == GitUse::network) reads_certificates = true;
  git_libgit2_init();
  reads_certificates = false;
  // Extensions of the repository that do not change how objects are read.
  const char* harmless[] = {"worktreeconfig", "preciousobjects", "partialclone",
                            "relativeworktrees"};
  git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, harmless, std::size(harmless));
}

GitLibrary::~GitLibrary() { git_libgit2_shutdown(); }

std::string git_error_text() {
  const git_error* const error = git_error_last();
  return error && error->message ? error->message : "unknown error";
}

git_oid git_oid_of(const char* twenty_bytes) {
  git_oid oid;
  git_oid_fromraw(&oid, reinterpret_cast<const unsigned char*>(twenty_bytes));
  return oid;
}

GitTree load_tree(git_repository* repository, const git_oid& oid) {
  git_tree* tree = nullptr;
  git_tree_lookup(&tree, repository, &oid);
  return GitTree(tree);
}

GitBlob load_blob(git_repository* repository, const git_oid& oid) {
  git_blob* blob = nullptr;
  git_blob_lookup(&blob, repository, &oid);
  return GitBlob(blob);
}

GitCommit load_commit(git_repository* repository, const git_oid& oid) {
  git_commit* commit = nullptr;
  git_commit_lookup(&commit, repository, &oid);
  return GitCommit(commit);
}

Result<GitRepository> open_repository(const std::string& folder) {
  const bool is_given = std::getenv("GIT_DIR") != nullptr;
  git_repository* opened = nullptr;
  const int failed = git_repository_open_ext(
      &opened, is_given ? nullptr : folder.c_str(),
      is_given ? static_cast<unsigned>(GIT_REPOSITORY_OPEN_FROM_ENV) : 0u,
      nullptr);
  if (failed != 0) return fail(described(failed, folder));
  return GitRepository(opened);
}

Result<GitTree> head_tree(git_repository* repository) {
  if (git_repository_head_unborn(repository) == 1) return GitTree();
  git_object* object = nullptr;
  if (git_revparse_single(&object, repository, "HEAD^{tree}") != 0) {
    return fail("HEAD: cannot be read: " + git_error_text());
  }
  return GitTree(reinterpret_cast<git_tree*>(object));
}

}  // namespace overreach
