// Nothing of libcurl's own error texts leaves here: they may quote what was
// sent.
#include "scanner/privilege/curl_call.h"

#include <arpa/inet.h>
#include <signal.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

#include "scanner/base/text.h"
#include "scanner/privilege/curl_setup.h"

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
  set_request(setup, request, headers);
  set_connection(setup, request, context.options);
  set_route(setup, url, proxy);
  set_callbacks(setup, call);
  setup.text(CURLOPT_USERAGENT, context.user_agent);
  Attempt attempt;
  if (setup.good()) {
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
