// What surrounds one attempt: the policy, the host's slot, retries, the one
// redirect, and handles that are used again for their open connections.
#include "scanner/privilege/curl_transport.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "scanner/privilege/curl_call.h"
#include "scanner/privilege/host_gate.h"
#include "scanner/privilege/libcurl.h"
#include "scanner/privilege/proxy.h"

namespace overreach {
namespace {

using std::chrono::milliseconds;
using namespace std::chrono_literals;

HttpReply failed(std::string why) {
  HttpReply reply;
  reply.error = std::move(why);
  return reply;
}

std::string contact_name(const UrlParts& url) {
  if (url.port == 443) return url.host;
  const bool is_ipv6 = url.host.find(':') != url.host.npos;
  return (is_ipv6 ? "[" + url.host + "]" : url.host) + ":" +
         std::to_string(url.port);
}

// Header lines are not the place for what somebody put on a command line.
std::string user_agent_of(const NetworkOptions& options) {
  std::string text = "overreach/" + options.version +
                     " (read-only audit; +https://overreach.dev)";
  if (!options.user_agent_extra.empty()) text += ' ' + options.user_agent_extra;
  std::replace_if(
      text.begin(), text.end(),
      [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7f; },
      ' ');
  return text;
}

// Otherwise nobody was there, or hung up, or said nothing in time.
bool is_answered(const HttpReply& reply) {
  return reply.status != 0 || !reply.is_temporary;
}

// Idle handles; each keeps its connections.
class HandlePool {
 public:
  HandlePool() = default;
  ~HandlePool() {
    for (CURL* const handle : idle_) load_curl()->easy_cleanup(handle);
  }
  HandlePool(const HandlePool&) = delete;
  HandlePool& operator=(const HandlePool&) = delete;

  // Null when there is no memory for one.
  CURL* take(const Curl& curl) {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        CURL* const handle = idle_.back();
        idle_.pop_back();
        return handle;
      }
    }
    return curl.easy_init();
  }

  void give_back(CURL* handle) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(handle);
  }

 private:
  std::mutex mutex_;  // guards idle_
  std::vector<CURL*> idle_;
};

class CurlTransport final : public NetworkTransport {
 public:
  CurlTransport(const Policy& policy, NetworkOptions options)
      : policy_(policy),
        options_(std::move(options)),
        user_agent_(user_agent_of(options_)),
        proxies_(proxy_settings_of_environment()),
        gate_(std::max(options_.max_per_host, 1), options_.max_requests) {
    if (!options_.sleep) {
      options_.sleep = [](milliseconds pause) {
        std::this_thread::sleep_for(pause);
      };
    }
  }

  HttpReply send(const HttpRequest& request) override {
    if (const Status status = policy_.check(request); !status) {
      return failed(status.error().text);
    }
    const Result<Curl>& curl = load_curl();
    if (!curl) return failed(curl.error().text);
    CURL* const handle = pool_.take(*curl);
    if (!handle) return failed("libcurl gives no handle");
    Attempt attempt = send_with(*curl, handle, request);
    if (const auto next = same_place(request, attempt.redirect)) {
      attempt = send_with(*curl, handle, *next);
    }
    pool_.give_back(handle);
    return std::move(attempt.reply);
  }

  std::vector<Contact> contacts() const override { return gate_.contacts(); }

 private:
  // The request for a redirect that stays where it is and that the policy
  // agrees to.
  std::optional<HttpRequest> same_place(const HttpRequest& request,
                                        const std::string& redirect) const {
    if (redirect.empty() || request.method == "POST") return {};
    const UrlParts from = split_url(request.url), to = split_url(redirect);
    const bool is_same = from.scheme == to.scheme && from.host == to.host &&
                         from.port == to.port && !to.has_userinfo;
    if (!is_same) return {};
    HttpRequest next = request;
    next.url = redirect;
    if (!policy_.check(next)) return {};
    return next;
  }

  // All attempts of one request.
  Attempt send_with(const Curl& curl, CURL* handle,
                    const HttpRequest& request) {
    const CallContext context{curl, policy_, options_, user_agent_};
    const UrlParts url = split_url(request.url);
    const std::string proxy = proxy_for(proxies_, url.host);
    HostGate::Slot slot(gate_, contact_name(url));
    Attempt attempt;
    const int attempts = slot.patience(options_.max_attempts);
    if (attempts == 0) {
      attempt.reply = failed(url.host + ": gives no answer");
      attempt.reply.is_temporary = true;
      return attempt;
    }
    milliseconds waited{0}, pause = options_.first_pause;
    for (int tried = 1;; ++tried, pause *= 2) {
      if (!slot.count()) {
        attempt.reply = failed(url.host + ": too many requests in this run");
        return attempt;
      }
      attempt = perform(context, handle, request, url, proxy);
      if (attempt.is_refused) slot.take_back();
      for (int again = 1; again < attempt.sent; ++again) slot.count();
      if (!attempt.may_retry || tried >= attempts) break;
      const milliseconds asked = attempt.retry_after.value_or(0s);
      const milliseconds next = std::max(asked, pause);
      if (waited + next > options_.max_pause) break;
      options_.sleep(next);
      waited += next;
    }
    if (!attempt.is_refused) slot.note(is_answered(attempt.reply));
    return attempt;
  }

  const Policy& policy_;
  NetworkOptions options_;
  const std::string user_agent_;
  const ProxySettings proxies_;
  HostGate gate_;
  HandlePool pool_;
};

}  // namespace

std::unique_ptr<NetworkTransport> make_network_transport(
    const Policy& policy, NetworkOptions options) {
  return std::make_unique<CurlTransport>(policy, std::move(options));
}

}  // namespace overreach
