// The options of libcurl that a request needs.
#pragma once

#include <string>

#include "scanner/privilege/curl_transport.h"
#include "scanner/privilege/libcurl.h"

namespace overreach {

// A list that libcurl reads while the request runs.
class HeaderList {
 public:
  explicit HeaderList(const Curl& curl) : curl_(curl) {}
  ~HeaderList() { curl_.slist_free_all(list_); }
  HeaderList(const HeaderList&) = delete;
  HeaderList& operator=(const HeaderList&) = delete;

  bool add(const std::string& line) {
    curl_slist* const longer = curl_.slist_append(list_, line.c_str());
    if (longer) list_ = longer;
    return longer != nullptr;
  }
  curl_slist* get() const { return list_; }

 private:
  const Curl& curl_;
  curl_slist* list_ = nullptr;
};

// Sets options and remembers whether one failed: half of them is no call.
class Setup {
 public:
  Setup(const Curl& curl, CURL* handle) : curl_(curl), handle_(handle) {}

  void number(CURLoption option, long value) { set(option, value); }
  void text(CURLoption option, const std::string& value) {
    set(option, value.c_str());
  }
  void pem(CURLoption option, const std::string& value) {
    curl_blob blob{const_cast<char*>(value.data()), value.size(),
                   CURL_BLOB_COPY};
    set(option, &blob);
  }
  template <typename Value>
  void set(CURLoption option, Value value) {
    good_ = curl_.easy_setopt(handle_, option, value) == CURLE_OK && good_;
  }
  // libcurl 7.85 got the texts; the bits that 7.80 knows are obsolete.
  void protocols(const char* names, long bits) {
    constexpr auto kProtocolBits = static_cast<CURLoption>(181);
    const CURLcode code =
        curl_.easy_setopt(handle_, CURLOPT_PROTOCOLS_STR, names);
    if (code != CURLE_OK) number(kProtocolBits, bits);
  }
  void fail() { good_ = false; }
  bool good() const { return good_; }

 private:
  const Curl& curl_;
  CURL* const handle_;
  bool good_ = true;
};

// Method, headers and body.  Fills the list, which must live until the request
// is done, like the body: neither is copied.
void set_request(Setup& setup, const HttpRequest& request, HeaderList& headers);

// Time limits and TLS.
void set_connection(Setup& setup, const HttpRequest& request,
                    const NetworkOptions& options);

// Where to, and through which proxy; an empty one is none.
void set_route(Setup& setup, const UrlParts& url, const std::string& proxy);

}  // namespace overreach
