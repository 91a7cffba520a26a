// What the tests of the network transport share.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "scanner/privilege/curl_transport.h"
#include "tests/privilege/server.h"

namespace overreach {

// A transport that may speak to the given hosts, and that notes its pauses
// where it would sleep.
class TestTransport {
 public:
  explicit TestTransport(std::vector<std::string> allowed,
                         NetworkOptions options = {})
      : policy_(providers_, {{}, std::move(allowed)}) {
    options.sleep = [this](std::chrono::milliseconds pause) {
      const std::lock_guard lock(mutex_);
      pauses_.push_back(pause.count());
    };
    transport_ = make_network_transport(policy_, std::move(options));
  }

  HttpReply get(const std::string& url) {
    return transport_->send(request(url));
  }
  HttpReply send(const HttpRequest& request) {
    return transport_->send(request);
  }
  const NetworkTransport& transport() const { return *transport_; }
  const Policy& policy() const { return policy_; }
  const std::vector<std::int64_t>& pauses() const { return pauses_; }

  static HttpRequest request(const std::string& url) {
    HttpRequest request;
    request.provider = "acme";
    request.url = url;
    request.headers = {{"Authorization", "Bearer SECRET"}};
    return request;
  }

 private:
  static ProviderSet make_providers() {
    Provider acme;
    acme.id = "acme";
    acme.hosts = {"api.acme.example", "localhost"};
    ProviderSet set;
    set.providers = {acme};
    return set;
  }
  const ProviderSet providers_ = make_providers();
  const Policy policy_;
  std::mutex mutex_;  // guards pauses_
  std::vector<std::int64_t> pauses_;
  std::unique_ptr<NetworkTransport> transport_;
};

}  // namespace overreach
