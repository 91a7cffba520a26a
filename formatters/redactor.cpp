#include "formatters/redactor.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "scanner/base/prefetch.h"
#include "scanner/core/secret.h"

namespace overreach {
namespace {

constexpr std::size_t kWindowBytes = 12;
constexpr std::size_t kShortestMixedBytes = 8;

// Of the 12 bytes at `bytes`.
std::uint64_t window_hash(const char* bytes) {
  std::uint64_t head = 0;
  std::uint32_t tail = 0;
  std::memcpy(&head, bytes, sizeof head);
  std::memcpy(&tail, bytes + sizeof head, sizeof tail);
  std::uint64_t hash = head * 0x9e3779b97f4a7c15u;
  return (hash ^ (hash >> 29) ^ tail) * 0xbf58476d1ce4e5b9u;
}

// What is kept of a hash, the other half of which says where.  Two windows with
// one mark would only hide more.
std::uint32_t mark_of(std::uint64_t hash) {
  const auto mark = static_cast<std::uint32_t>(hash);
  return mark == 0 ? 1 : mark;
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_letter) ||
         std::all_of(text.begin(), text.end(), is_digit);
}

// How many windows reach into what is secret of `credential`, and where the
// first of them begins.  A window inside the public prefix gives nothing away.
struct Windows {
  std::size_t first = 0, count = 0;
};
Windows secret_windows(const Credential& credential) {
  const std::size_t size = credential.secret.size();
  const std::size_t prefix = std::min(credential.public_prefix, size);
  const std::size_t first =
      prefix < kWindowBytes ? 0 : prefix - kWindowBytes + 1;
  if (prefix == size || first + kWindowBytes > size) return {};
  return {first, size - kWindowBytes - first + 1};
}

}  // namespace

Redactor::Redactor(const Report& report, const OutputOptions& options)
    : show_secrets_(options.show_secrets) {
  if (show_secrets_) return;
  std::size_t count = 0;
  for (const Credential& credential : report.credentials) {
    count += secret_windows(credential).count;
  }
  if (count == 0) return;
  table_.resize(std::bit_ceil(2 * count));
  for (const Credential& credential : report.credentials) add(credential);
}

void Redactor::add(const Credential& credential) {
  const auto [first, count] = secret_windows(credential);
  const std::string_view value = credential.secret.reveal();
  // Thousands of keys make a table that no cache holds: it is asked for early.
  constexpr std::size_t kAhead = 16;
  std::array<std::uint64_t, kAhead> hashes{};
  for (std::size_t i = 0; i < count + kAhead; ++i) {
    std::uint64_t& hash = hashes[i % kAhead];
    if (i >= kAhead) insert(hash);
    if (i >= count) continue;
    hash = window_hash(value.data() + first + i);
    prefetch(&table_[slot_of(hash)]);
  }
}

std::size_t Redactor::slot_of(std::uint64_t hash) const {
  return hash >> 32 & (table_.size() - 1);
}

void Redactor::insert(std::uint64_t hash) {
  const std::uint32_t mark = mark_of(hash);
  std::size_t slot = slot_of(hash);
  while (table_[slot] != 0 && table_[slot] != mark) {
    slot = (slot + 1) & (table_.size() - 1);
  }
  table_[slot] = mark;
}

bool Redactor::contains(std::uint64_t hash) const {
  const std::uint32_t mark = mark_of(hash);
  std::size_t slot = slot_of(hash);
  while (table_[slot] != 0) {
    if (table_[slot] == mark) return true;
    slot = (slot + 1) & (table_.size() - 1);
  }
  return false;
}

std::string Redactor::operator()(std::string_view text) const {
  if (table_.empty() || text.size() < kWindowBytes) return std::string(text);
  std::string result;
  std::size_t kept = 0;    // text before it is in `result` already
  std::size_t hidden = 0;  // end of the run of windows being hidden, or 0
  for (std::size_t at = 0; at + kWindowBytes <= text.size(); ++at) {
    if (!contains(window_hash(text.data() + at))) continue;
    if (hidden < at || hidden == 0) {
      result += text.substr(kept, at - kept);
      result += "...";
    }
    hidden = kept = at + kWindowBytes;
  }
  result += text.substr(kept);
  return result;
}

std::string Redactor::name(std::string_view text,
                           const Credential& owner) const {
  if (show_secrets_) return std::string(text);
  const std::size_t size = owner.secret.size();
  const bool is_word = size < kShortestMixedBytes ||
                       (size < kWindowBytes && is_plain(owner.secret.reveal()));
  return (*this)(is_word ? std::string(text)
                         : without_secret(text, owner.secret));
}

std::string Redactor::fact(std::string_view text,
                           const Credential& owner) const {
  if (show_secrets_) return std::string(text);
  return (*this)(without_secret(text, owner.secret));
}

}  // namespace overreach
