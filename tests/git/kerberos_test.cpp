// A server that wants "Negotiate": Kerberos is loaded then and not before, and
// a machine without tickets, or without Kerberos, hears an error.

#include <dlfcn.h>
#include <git2.h>
#include <gtest/gtest.h>

#include "scanner/git/libgit2.h"
#include "tests/privilege/server.h"

namespace overreach {
namespace {

constexpr const char* kLibrary = "libgssapi_krb5.so.2";

bool is_loaded() {
  void* const handle = dlopen(kLibrary, RTLD_LAZY | RTLD_NOLOAD);
  if (handle) dlclose(handle);
  return handle != nullptr;
}

int offer_ticket(git_credential** out, const char* /*url*/,
                 const char* /*user*/, unsigned allowed, void* /*payload*/) {
  if ((allowed & GIT_CREDENTIAL_DEFAULT) == 0) return GIT_PASSTHROUGH;
  return git_credential_default_new(out);
}

TEST(Kerberos, IsLoadedWhenAServerAsks) {
  const TestServer server([](const TestServer::Request&) {
    return std::string(
        "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Negotiate\r\n"
        "Content-Length: 0\r\nConnection: close\r\n\r\n");
  });
  const GitLibrary library;
  git_remote* remote = nullptr;
  ASSERT_EQ(git_remote_create_detached(&remote, server.url("/a/b").c_str()), 0);
  git_remote_callbacks callbacks;
  git_remote_init_callbacks(&callbacks, GIT_REMOTE_CALLBACKS_VERSION);
  callbacks.credentials = offer_ticket;
  EXPECT_FALSE(is_loaded());
  EXPECT_NE(git_remote_connect(remote, GIT_DIRECTION_FETCH, &callbacks, nullptr,
                               nullptr),
            0);
  EXPECT_FALSE(git_error_text().empty());
  EXPECT_GE(server.requests(), 1);
  const bool was_loaded = is_loaded();
  EXPECT_EQ(was_loaded, dlopen(kLibrary, RTLD_LAZY) != nullptr);  // installed
  git_remote_free(remote);
}

}  // namespace
}  // namespace overreach
