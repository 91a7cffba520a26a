#include "scanner/git/libgit2.h"

#include <atomic>
#include <iterator>

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

GitLibrary::GitLibrary(GitUse use) {
  if (use == GitUse::network) reads_certificates = true;
  git_libgit2_init();
  reads_certificates = false;
  // Extensions of the repository that do not change how objects are read.
  const char* harmless[] = {"worktreeconfig", "preciousobjects", "partialclone",
                            "relativeworktrees"};
  git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, harmless, std::size(harmless));
  // Half of the time of a range went into hashing again what it read; broken
  // data is found by its checksum.
  git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
}

GitLibrary::~GitLibrary() { git_libgit2_shutdown(); }

std::string git_error_text() {
  const git_error* const error = git_error_last();
  return error && error->message ? error->message : "unknown error";
}

}  // namespace overreach
