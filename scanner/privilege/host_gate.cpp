#include "scanner/privilege/host_gate.h"

#include <utility>

namespace overreach {

HostGate::Slot::Slot(HostGate& gate, std::string host)
    : gate_(gate), host_(std::move(host)) {
  std::unique_lock lock(gate_.mutex_);
  Host& mine = gate_.hosts_[host_];
  gate_.freed_.wait(lock, [&] { return mine.active < gate_.max_per_host_; });
  ++mine.active;
}

HostGate::Slot::~Slot() {
  {
    const std::lock_guard lock(gate_.mutex_);
    --gate_.hosts_[host_].active;
  }
  gate_.freed_.notify_all();
}

bool HostGate::Slot::count() {
  const std::lock_guard lock(gate_.mutex_);
  if (gate_.requests_ >= gate_.max_requests_) return false;
  ++gate_.requests_;
  ++gate_.hosts_[host_].requests;
  return true;
}

void HostGate::Slot::take_back() {
  const std::lock_guard lock(gate_.mutex_);
  --gate_.requests_;
  --gate_.hosts_[host_].requests;
}

int HostGate::Slot::patience(int max_attempts) const {
  constexpr int kMaxFailures = 3;
  const std::lock_guard lock(gate_.mutex_);
  const int failures = gate_.hosts_[host_].failures;
  if (failures == 0) return max_attempts;
  return failures < kMaxFailures ? 1 : 0;
}

void HostGate::Slot::note(bool is_answered) {
  const std::lock_guard lock(gate_.mutex_);
  int& failures = gate_.hosts_[host_].failures;
  failures = is_answered ? 0 : failures + 1;
}

std::vector<Contact> HostGate::contacts() const {
  const std::lock_guard lock(mutex_);
  std::vector<Contact> contacts;
  for (const auto& [name, host] : hosts_) {
    if (host.requests > 0) contacts.push_back({name, host.requests});
  }
  return contacts;
}

}  // namespace overreach
