#include "formatters/redactor.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <functional>

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

bool is_small(char c) { return c >= 'a' && c <= 'z'; }
bool is_letter(char c) { return is_small(c) || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_letter) ||
         std::all_of(text.begin(), text.end(), is_digit);
}

// petclinic, DolphinScheduler; not xqaEcMaKPBubN, which nobody calls a folder.
bool is_name(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_small(text[i])) continue;
    if (!is_letter(text[i]) || i + 2 >= text.size() || !is_small(text[i + 1]) ||
        !is_small(text[i + 2])) {
      return false;
    }
  }
  return true;
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
  if (count > 0 && is_name(value)) {
    names_.push_back(std::hash<std::string_view>()(value));
  }
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

// Whether the word around [from, to) is a secret that is such a name.
bool Redactor::is_in_name(std::string_view text, std::size_t from,
                          std::size_t to) const {
  while (from > 0 && is_letter(text[from - 1])) --from;
  while (to < text.size() && is_letter(text[to])) ++to;
  const auto hash = std::hash<std::string_view>()(text.substr(from, to - from));
  return std::find(names_.begin(), names_.end(), hash) != names_.end();
}

std::string Redactor::without_secrets(std::string_view text,
                                      Names names) const {
  if (table_.empty() || text.size() < kWindowBytes) return std::string(text);
  const auto is_secret = [&](std::size_t at) {
    return at + kWindowBytes <= text.size() &&
           contains(window_hash(text.data() + at));
  };
  std::string result;
  std::size_t kept = 0;  // text before it is in `result` already
  for (std::size_t at = 0; at + kWindowBytes <= text.size(); ++at) {
    if (!is_secret(at)) continue;
    // All windows that reach into one another.
    std::size_t end = at + kWindowBytes;
    for (std::size_t next = at + 1; next <= end; ++next) {
      if (is_secret(next)) end = next + kWindowBytes;
    }
    if (names == Names::hide || !is_in_name(text, at, end)) {
      result += text.substr(kept, at - kept);
      result += "...";
      kept = end;
    }
    at = end - 1;
  }
  result += text.substr(kept);
  return result;
}

std::string Redactor::operator()(std::string_view text) const {
  return without_secrets(text, Names::hide);
}

std::string Redactor::name(std::string_view text,
                           const Credential* owner) const {
  if (!owner || show_secrets_) return without_secrets(text, Names::keep);
  const std::string_view secret = owner->secret.reveal();
  const bool stays =
      secret.size() < kShortestMixedBytes ||
      (secret.size() < kWindowBytes ? is_plain(secret) : is_name(secret));
  return without_secrets(
      stays ? std::string(text) : without_secret(text, owner->secret),
      Names::keep);
}

std::string Redactor::fact(std::string_view text,
                           const Credential& owner) const {
  if (show_secrets_) return std::string(text);
  return (*this)(without_secret(text, owner.secret));
}

}  // namespace overreach
