#include "scanner/privilege/libcurl.h"

#include <dlfcn.h>

#include <string>
#include <utility>

namespace overreach {
namespace {

// 7.80 is the first that can look at the address of a connection it reuses.
constexpr unsigned kOldestVersion = 0x075000;

constexpr const char* kNames[] = {"libcurl.so.4", "libcurl-gnutls.so.4",
                                  "libcurl.4.dylib"};

template <typename Function>
bool find(void* library, const char* name, Function*& function) {
  // POSIX promises that this conversion works.
  function = reinterpret_cast<Function*>(dlsym(library, name));
  return function != nullptr;
}

bool find_all(void* library, Curl& curl) {
  return find(library, "curl_global_init", curl.global_init) &&
         find(library, "curl_version_info", curl.version_info) &&
         find(library, "curl_easy_init", curl.easy_init) &&
         find(library, "curl_easy_cleanup", curl.easy_cleanup) &&
         find(library, "curl_easy_reset", curl.easy_reset) &&
         find(library, "curl_easy_setopt", curl.easy_setopt) &&
         find(library, "curl_easy_getinfo", curl.easy_getinfo) &&
         find(library, "curl_easy_perform", curl.easy_perform) &&
         find(library, "curl_slist_append", curl.slist_append) &&
         find(library, "curl_slist_free_all", curl.slist_free_all);
}

Result<Curl> load() {
  void* library = nullptr;
  for (const char* const name : kNames) {
    if (!library) library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
  }
  if (!library) {
    return fail(
        "libcurl is not installed, and nothing can be asked without it "
        "(Debian: apt-get install libcurl4)");
  }
  Curl curl;
  if (!find_all(library, curl)) return fail("libcurl lacks a function");
  const curl_version_info_data* const version =
      curl.version_info(CURLVERSION_NOW);
  if (version->version_num < kOldestVersion) {
    return fail(std::string("libcurl ") + version->version +
                " is too old; 7.80 or newer is needed");
  }
  if (curl.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
    return fail("libcurl does not start");
  }
  return curl;
}

}  // namespace

const Result<Curl>& load_curl() {
  static const Result<Curl> loaded = load();
  return loaded;
}

}  // namespace overreach
