// How many requests go to each host at the same time and altogether.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "scanner/core/report.h"

namespace overreach {

// Used from several threads at once.
class HostGate {
 public:
  HostGate(int max_per_host, std::uint64_t max_requests)
      : max_per_host_(max_per_host), max_requests_(max_requests) {}

  // One of the host's slots, waited for and held while it lives.
  class Slot {
   public:
    Slot(HostGate& gate, std::string host);
    ~Slot();
    Slot(const Slot&) = delete;
    Slot& operator=(const Slot&) = delete;

    // Counts one request; false when there were too many already.
    bool count();
    // It was not sent after all.
    void take_back();

    // How often to try: a host that gave no answer to the request before gets
    // one attempt, after three such requests none.
    int patience(int max_attempts) const;
    void note(bool is_answered);

   private:
    HostGate& gate_;
    const std::string host_;
  };

  std::vector<Contact> contacts() const;

 private:
  struct Host {
    int active = 0;
    std::uint64_t requests = 0;
    int failures = 0;  // requests in a row without an answer
  };
  const int max_per_host_;
  const std::uint64_t max_requests_;
  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable freed_;
  std::map<std::string, Host> hosts_;
  std::uint64_t requests_ = 0;
};

}  // namespace overreach
