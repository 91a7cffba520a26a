// Nothing of libcurl's own error texts leaves here: they may quote what was
// sent.
#include "scanner/privilege/curl_call.h"

#include <arpa/inet.h>
#include <signal.h>
#include <strings.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

namespace overreach {
namespace {

constexpr std::size_t kMaxHeaderBytes = 256 << 10;

// What the callbacks of one attempt share.
struct Call {
  const CallContext& context;
  const HttpRequest& request;
  const UrlParts& url;
  bool is_direct = true;  // no proxy: addresses are the host's own
  HttpReply reply;
  std::size_t header_bytes = 0;
  bool is_too_big = false;
  std::string refused;  // why the policy refuses the last address
  int sent = 0;

  bool allows(const char* address) {
    const Status status = context.policy.check_address(
        request.provider, url.host, url.port, address);
    if (!status) refused = status.error().text;
    return status.has_value();
  }
};

std::size_t take_body(char* bytes, std::size_t, std::size_t size, void* data) {
  Call& call = *static_cast<Call*>(data);
  const std::size_t most = call.context.options.max_body_bytes;
  if (size > most - call.reply.body.size()) {
    call.is_too_big = true;
    return 0;
  }
  call.reply.body.append(bytes, size);
  return size;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::size_t take_header(char* bytes, std::size_t, std::size_t size,
                        void* data) {
  Call& call = *static_cast<Call*>(data);
  call.header_bytes += size;
  if (call.header_bytes > kMaxHeaderBytes) {
    call.is_too_big = true;
    return 0;
  }
  const std::string_view line(bytes, size);
  if (line.starts_with("HTTP/")) {
    call.reply.headers.clear();  // those of a "100 Continue"
    return size;
  }
  const std::size_t colon = line.find(':');
  if (colon == line.npos) return size;
  call.reply.headers.emplace_back(trimmed(line.substr(0, colon)),
                                  trimmed(line.substr(colon + 1)));
  return size;
}

// Empty for a family that no host of ours has.
std::string address_text(const curl_sockaddr& address) {
  char text[INET6_ADDRSTRLEN] = {};
  if (address.family == AF_INET) {
    const auto* four = reinterpret_cast<const sockaddr_in*>(&address.addr);
    inet_ntop(AF_INET, &four->sin_addr, text, sizeof text);
  } else if (address.family == AF_INET6) {
    // The struct ends in a `sockaddr`, but has room for what `addrlen` says.
    const auto* six = reinterpret_cast<const sockaddr_in6*>(
        static_cast<const void*>(&address.addr));
    inet_ntop(AF_INET6, &six->sin6_addr, text, sizeof text);
  }
  return text;
}

// Before anything is sent to an address that a name stands for now.
curl_socket_t open_socket(void* data, curlsocktype, curl_sockaddr* address) {
  Call& call = *static_cast<Call*>(data);
  if (call.is_direct && !call.allows(address_text(*address).c_str())) {
    return CURL_SOCKET_BAD;
  }
  return socket(address->family, address->socktype | SOCK_CLOEXEC,
                address->protocol);
}

// Once more when a connection is used again, maybe for another provider.
int check_connection(void* data, char* address, char*, int, int) {
  Call& call = *static_cast<Call*>(data);
  if (call.is_direct && !call.allows(address)) return CURL_PREREQFUNC_ABORT;
  ++call.sent;
  return CURL_PREREQFUNC_OK;
}

// Writing to a closed connection is an error here and no end of the program:
// with CURLOPT_NOSIGNAL some versions of libcurl leave that to their caller.
class NoPipeSignal {
 public:
  NoPipeSignal() {
    sigset_t pending;
    sigpending(&pending);
    was_pending_ = sigismember(&pending, SIGPIPE) == 1;
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  ~NoPipeSignal() {
    const timespec now{0, 0};
    while (!was_pending_ && sigtimedwait(&pipe_, nullptr, &now) == SIGPIPE) {
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  NoPipeSignal(const NoPipeSignal&) = delete;
  NoPipeSignal& operator=(const NoPipeSignal&) = delete;

 private:
  sigset_t pipe_, before_;
  bool was_pending_ = false;
};

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

// The request's headers as curl wants them; what curl would add to a POST on
// its own is taken out.
bool fill(HeaderList& list, const HttpRequest& request) {
  bool has_type = request.method != "POST";
  for (const auto& [name, value] : request.headers) {
    if (!list.add(value.empty() ? name + ";" : name + ": " + value)) {
      return false;
    }
    has_type = has_type || strcasecmp(name.c_str(), "content-type") == 0;
  }
  return list.add("Expect:") && (has_type || list.add("Content-Type:"));
}

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
  bool good() const { return good_; }

 private:
  const Curl& curl_;
  CURL* const handle_;
  bool good_ = true;
};

// From the parts, so that curl reads the URL as the policy did.
std::string url_text(const UrlParts& url) {
  const bool is_ipv6 = url.host.find(':') != url.host.npos;
  return url.scheme + "://" + (is_ipv6 ? "[" + url.host + "]" : url.host) +
         ":" + std::to_string(url.port) + url.path;
}

void set_limits(Setup& setup, const NetworkOptions& options) {
  setup.number(CURLOPT_NOSIGNAL, 1);
  setup.number(CURLOPT_CONNECTTIMEOUT_MS,
               static_cast<long>(options.connect_timeout.count()));
  setup.number(CURLOPT_TIMEOUT_MS, static_cast<long>(options.timeout.count()));
  setup.number(CURLOPT_FOLLOWLOCATION, 0);
  setup.number(CURLOPT_NETRC, CURL_NETRC_IGNORED);
  setup.number(CURLOPT_DISALLOW_USERNAME_IN_URL, 1);
  setup.number(CURLOPT_PATH_AS_IS, 1);
  setup.text(CURLOPT_ACCEPT_ENCODING, "gzip");
}

void set_tls(Setup& setup, const HttpRequest& request,
             const NetworkOptions& options) {
  for (const CURLoption peer :
       {CURLOPT_SSL_VERIFYPEER, CURLOPT_PROXY_SSL_VERIFYPEER}) {
    setup.number(peer, 1);
  }
  for (const CURLoption host :
       {CURLOPT_SSL_VERIFYHOST, CURLOPT_PROXY_SSL_VERIFYHOST}) {
    setup.number(host, 2);
  }
  for (const CURLoption version :
       {CURLOPT_SSLVERSION, CURLOPT_PROXY_SSLVERSION}) {
    setup.number(version, CURL_SSLVERSION_TLSv1_2);
  }
  if (!options.ca_file.empty()) setup.text(CURLOPT_CAINFO, options.ca_file);
  if (!request.authority.empty()) {
    setup.pem(CURLOPT_CAINFO_BLOB, request.authority);
    setup.set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
  }
  if (!request.client_certificate.empty()) {
    setup.text(CURLOPT_SSLCERTTYPE, "PEM");
    setup.text(CURLOPT_SSLKEYTYPE, "PEM");
    setup.pem(CURLOPT_SSLCERT_BLOB, request.client_certificate);
    setup.pem(CURLOPT_SSLKEY_BLOB, request.client_key);
    // Its connection is nobody else's; curl would not compare the keys.
    setup.number(CURLOPT_FRESH_CONNECT, 1);
    setup.number(CURLOPT_FORBID_REUSE, 1);
    setup.number(CURLOPT_SSL_SESSIONID_CACHE, 0);
  }
}

void set_method(Setup& setup, const HttpRequest& request) {
  if (request.method == "HEAD") setup.number(CURLOPT_NOBODY, 1);
  if (request.method == "GET") setup.number(CURLOPT_HTTPGET, 1);
  if (request.method != "POST") return;
  setup.number(CURLOPT_POST, 1);
  setup.set(CURLOPT_POSTFIELDSIZE_LARGE,
            static_cast<curl_off_t>(request.body.size()));
  setup.set(CURLOPT_POSTFIELDS, request.body.c_str());  // not copied
}

void set_callbacks(Setup& setup, Call& call) {
  void* const data = &call;
  setup.set(CURLOPT_WRITEFUNCTION, &take_body);
  setup.set(CURLOPT_WRITEDATA, data);
  setup.set(CURLOPT_HEADERFUNCTION, &take_header);
  setup.set(CURLOPT_HEADERDATA, data);
  setup.set(CURLOPT_OPENSOCKETFUNCTION, &open_socket);
  setup.set(CURLOPT_OPENSOCKETDATA, data);
  setup.set(CURLOPT_PREREQFUNCTION, &check_connection);
  setup.set(CURLOPT_PREREQDATA, data);
}

void set_route(Setup& setup, const UrlParts& url, const std::string& proxy) {
  constexpr long kHttp = 1, kHttps = 2;
  const bool is_https = url.scheme == "https";
  setup.protocols(is_https ? "https" : "http", is_https ? kHttps : kHttp);
  setup.text(CURLOPT_URL, url_text(url));
  // Both set, so that curl does not look at the environment itself.
  setup.text(CURLOPT_PROXY, proxy);
  setup.text(CURLOPT_NOPROXY, "");
  setup.number(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1);
}

enum class Retry { no, yes };
struct Failure {
  CURLcode code;
  Retry retry;
  bool is_temporary;
  const char* text;
};

constexpr Failure kFailures[] = {
    {CURLE_COULDNT_RESOLVE_PROXY, Retry::yes, true, "the proxy has no address"},
    {CURLE_COULDNT_RESOLVE_HOST, Retry::yes, true, "the name has no address"},
    {CURLE_COULDNT_CONNECT, Retry::yes, true, "no connection"},
    {CURLE_OPERATION_TIMEDOUT, Retry::no, true, "no answer in time"},
    {CURLE_SSL_CONNECT_ERROR, Retry::yes, true, "TLS failed"},
    {CURLE_PEER_FAILED_VERIFICATION, Retry::no, false,
     "its certificate is not trusted"},
    {CURLE_SSL_CACERT_BADFILE, Retry::no, false,
     "the certificates to trust cannot be read"},
    {CURLE_SSL_CERTPROBLEM, Retry::no, false,
     "the client certificate cannot be used"},
    {CURLE_GOT_NOTHING, Retry::yes, true, "an empty answer"},
    {CURLE_SEND_ERROR, Retry::yes, true, "the connection broke"},
    {CURLE_RECV_ERROR, Retry::yes, true, "the connection broke"},
    {CURLE_PARTIAL_FILE, Retry::yes, true, "the answer broke off"},
    {CURLE_HTTP2, Retry::yes, true, "the connection broke"},
    {CURLE_HTTP2_STREAM, Retry::yes, true, "the connection broke"},
    {CURLE_BAD_CONTENT_ENCODING, Retry::no, false,
     "the answer's encoding is broken"},
    {CURLE_UNSUPPORTED_PROTOCOL, Retry::no, false, "no answer in HTTP"},
    {CURLE_WEIRD_SERVER_REPLY, Retry::no, false, "no answer in HTTP"},
    {CURLE_PROXY, Retry::no, true, "the proxy refuses"},
};

long number_of(const Call& call, CURL* handle, CURLINFO info) {
  long value = 0;
  call.context.curl.easy_getinfo(handle, info, &value);
  return value;
}

// No connection: nothing was shaken hands with in time, or found at all.
bool was_unreachable(const Call& call, CURL* handle, CURLcode code) {
  curl_off_t connected = 0;
  call.context.curl.easy_getinfo(handle, CURLINFO_CONNECT_TIME_T, &connected);
  return code == CURLE_COULDNT_CONNECT || code == CURLE_COULDNT_RESOLVE_HOST ||
         code == CURLE_COULDNT_RESOLVE_PROXY ||
         (code == CURLE_OPERATION_TIMEDOUT && connected == 0);
}

Attempt failed_attempt(Call& call, CURL* handle, CURLcode code) {
  Attempt attempt;
  if (!call.refused.empty()) {
    attempt.is_refused = true;
    attempt.reply.error = call.refused;
    return attempt;
  }
  const auto* const known = std::find_if(
      std::begin(kFailures), std::end(kFailures),
      [&](const Failure& failure) { return failure.code == code; });
  const bool is_known = known != std::end(kFailures);
  std::string text =
      is_known ? known->text : "libcurl's error " + std::to_string(code);
  attempt.may_retry = is_known && known->retry == Retry::yes;
  attempt.reply.is_temporary = is_known && known->is_temporary;
  if (call.is_too_big) text = "the answer is too big";
  const long proxy = number_of(call, handle, CURLINFO_HTTP_CONNECTCODE);
  if (!call.is_direct && proxy != 0 && proxy / 100 != 2) {
    text = "the proxy answered " + std::to_string(proxy);
    attempt.may_retry = proxy >= 502 && proxy <= 504;
  }
  attempt.is_unreachable = was_unreachable(call, handle, code);
  attempt.reply.error = call.url.host + ": " + text;
  return attempt;
}

Attempt answered_attempt(Call& call, CURL* handle) {
  const Curl& curl = call.context.curl;
  Attempt attempt;
  attempt.reply = std::move(call.reply);
  const long status = number_of(call, handle, CURLINFO_RESPONSE_CODE);
  attempt.reply.status = static_cast<int>(status);
  attempt.reply.is_temporary = status == 429 || status >= 500;
  attempt.may_retry = status == 429 || (status >= 502 && status <= 504);
  curl_off_t seconds = 0;
  curl.easy_getinfo(handle, CURLINFO_RETRY_AFTER, &seconds);
  constexpr curl_off_t kDay = 24 * 60 * 60;  // nobody waits so long anyway
  if (seconds > 0) {
    attempt.retry_after = std::chrono::seconds(std::min(seconds, kDay));
  }
  const char* redirect = nullptr;
  curl.easy_getinfo(handle, CURLINFO_REDIRECT_URL, &redirect);
  if (redirect && status >= 300 && status < 400) attempt.redirect = redirect;
  return attempt;
}

}  // namespace

Attempt perform(const CallContext& context, CURL* handle,
                const HttpRequest& request, const UrlParts& url,
                const std::string& proxy) {
  const Curl& curl = context.curl;
  Call call{context, request, url, proxy.empty(), {}, 0, false, {}, 0};
  HeaderList headers(curl);
  curl.easy_reset(handle);
  Setup setup(curl, handle);
  set_limits(setup, context.options);
  set_tls(setup, request, context.options);
  set_method(setup, request);
  set_callbacks(setup, call);
  set_route(setup, url, proxy);
  setup.text(CURLOPT_USERAGENT, context.user_agent);
  const bool is_filled = fill(headers, request);
  setup.set(CURLOPT_HTTPHEADER, headers.get());
  Attempt attempt;
  if (setup.good() && is_filled) {
    const NoPipeSignal no_signal;
    const CURLcode code = curl.easy_perform(handle);
    attempt = code == CURLE_OK ? answered_attempt(call, handle)
                               : failed_attempt(call, handle, code);
    attempt.sent = call.sent;
  } else {
    attempt.is_refused = true;  // nothing was sent
    attempt.reply.error = url.host + ": libcurl lacks an option it must have";
  }
  curl.easy_reset(handle);  // forgets secrets and pointers into this frame
  return attempt;
}

}  // namespace overreach
