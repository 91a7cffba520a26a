// libcurl, loaded when the first request is sent: a scan that asks nobody
// starts as fast as before, and runs where the library is not installed.
#pragma once

#include <curl/curl.h>

#include "scanner/base/result.h"

namespace overreach {

// The functions in use, by the names that libcurl gives them.
struct Curl {
  decltype(&curl_global_init) global_init = nullptr;
  decltype(&curl_version_info) version_info = nullptr;
  decltype(&curl_easy_init) easy_init = nullptr;
  decltype(&curl_easy_cleanup) easy_cleanup = nullptr;
  decltype(&curl_easy_reset) easy_reset = nullptr;
  // Variadic, as curl.h declares them: the third argument's type matters.
  CURLcode (*easy_setopt)(CURL*, CURLoption, ...) = nullptr;
  CURLcode (*easy_getinfo)(CURL*, CURLINFO, ...) = nullptr;
  CURLcode (*easy_perform)(CURL*) = nullptr;
  decltype(&curl_slist_append) slist_append = nullptr;
  decltype(&curl_slist_free_all) slist_free_all = nullptr;
};

// The same table for every call, from any thread; it is never unloaded.
const Result<Curl>& load_curl();

}  // namespace overreach
