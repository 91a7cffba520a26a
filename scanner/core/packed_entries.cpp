#include "scanner/core/packed_entries.h"

#include <algorithm>
#include <string_view>

#include "scanner/base/leb128.h"

namespace overreach {
namespace {

// Numbers are small; signed ones by turns, 0, -1, 1, -2.
class Packer {
 public:
  void number(std::uint64_t value) { append_leb128(value, bytes_); }
  void difference(std::uint32_t value, std::uint32_t from) {
    const std::int64_t by = std::int64_t{value} - from;
    number(by < 0 ? (static_cast<std::uint64_t>(-(by + 1)) << 1 | 1)
                  : static_cast<std::uint64_t>(by) << 1);
  }
  void text(std::string_view value) {
    number(value.size());
    bytes_ += value;
  }
  // Not shrunk in place, which would keep both.
  std::string take() const { return {bytes_.data(), bytes_.size()}; }

 private:
  std::string bytes_;
};

class Unpacker {
 public:
  explicit Unpacker(std::string_view bytes) : bytes_(bytes) {}

  std::uint64_t number() { return take_leb128(bytes_); }
  std::uint32_t small() { return static_cast<std::uint32_t>(number()); }
  std::uint32_t difference(std::uint32_t from) {
    const std::uint64_t by = number();
    const auto half = static_cast<std::int64_t>(by >> 1);
    return static_cast<std::uint32_t>(from + ((by & 1) ? -half - 1 : half));
  }
  std::string_view text() {
    const std::size_t size = number();
    const std::string_view value = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return value;
  }

 private:
  std::string_view bytes_;
};

// What most entries do not have.
constexpr std::uint64_t kTemplate = 1;
constexpr std::uint64_t kInherited = 2;
constexpr std::uint64_t kLines = 4;  // ends on another line, or oddly
// In another language, or with a target, names, a parent or a document.
constexpr std::uint64_t kRare = 8;
constexpr std::uint64_t kOwnKey = 16;  // not as its path writes it
constexpr int kKindShift = 5;

bool is_rare(const Entry& entry, Language language) {
  return entry.language != language || entry.target != Target::nothing ||
         !entry.names.empty() || entry.parent != kNoEntry ||
         entry.document != 0;
}

bool ends_elsewhere(const Span& span) {
  return span.end_line != span.line ||
         span.end_column != span.column + (span.end - span.begin);
}

// How much of a path the one before has, too.
std::size_t shared_prefix(std::string_view a, std::string_view b) {
  const auto [at, other] =
      std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  return static_cast<std::size_t>(at - a.begin());
}

void pack(const Entry& entry, const Entry& before, Language language,
          Packer& packer) {
  const Span& span = entry.span;
  const bool rare = is_rare(entry, language);
  const bool lines = ends_elsewhere(span);
  const bool own_key =
      entry.path.substr(entry.path.size() - entry.key_bytes) != entry.key;
  packer.number((entry.is_template ? kTemplate : 0) |
                (entry.is_inherited ? kInherited : 0) | (lines ? kLines : 0) |
                (rare ? kRare : 0) | (own_key ? kOwnKey : 0) |
                static_cast<std::uint64_t>(entry.kind) << kKindShift);
  const std::size_t shared = shared_prefix(entry.path, before.path);
  packer.number(shared);
  packer.text(entry.path.substr(shared));
  packer.number(entry.key_bytes);
  if (own_key) packer.text(entry.key);
  packer.difference(entry.group, before.group);
  if (rare) {
    packer.number(static_cast<std::uint64_t>(entry.language));
    packer.number(static_cast<std::uint64_t>(entry.target));
    packer.text(entry.names);
    packer.number(entry.parent == kNoEntry ? 0 : entry.parent + 1ull);
    packer.number(entry.document);
  }
  packer.text(entry.value.reveal());
  packer.difference(span.begin, before.span.begin);
  packer.number(span.end - span.begin);
  packer.difference(span.line, before.span.line);
  packer.number(span.column);
  if (lines) {
    packer.number(span.end_line - span.line);
    packer.number(span.end_column);
  }
}

}  // namespace

PackedEntries::PackedEntries(const EntryList& list)
    : language_(list.language),
      count_(static_cast<std::uint32_t>(list.entries().size())) {
  Packer packer;
  Entry before;
  for (const Entry& entry : list.entries()) {
    pack(entry, before, language_, packer);
    before = entry;
  }
  bytes_ = packer.take();
}

EntryList PackedEntries::unpack() const {
  EntryList list;
  list.language = language_;
  list.entries().reserve(count_);
  Unpacker from(bytes_);
  Entry before;
  std::string path;
  for (std::uint32_t i = 0; i < count_; ++i) {
    Entry entry;
    const std::uint64_t has = from.number();
    entry.kind = static_cast<EntryKind>(has >> kKindShift);
    entry.is_template = (has & kTemplate) != 0;
    entry.is_inherited = (has & kInherited) != 0;
    path.resize(from.number());
    path += from.text();
    const std::size_t key_bytes = from.number();
    const std::string_view written =
        std::string_view(path).substr(path.size() - key_bytes);
    const std::string_view key = (has & kOwnKey) ? from.text() : written;
    entry.group = from.difference(before.group);
    entry.language = language_;
    if (has & kRare) {
      entry.language = static_cast<Language>(from.number());
      entry.target = static_cast<Target>(from.number());
      entry.names = from.text();
      const std::uint64_t parent = from.number();
      entry.parent =
          parent == 0 ? kNoEntry : static_cast<std::uint32_t>(parent - 1);
      entry.document = static_cast<std::uint16_t>(from.number());
    }
    entry.value = SecretView(from.text());
    Span& span = entry.span;
    span.begin = from.difference(before.span.begin);
    span.end = span.begin + from.small();
    span.line = from.difference(before.span.line);
    span.column = from.small();
    span.end_line = span.line;
    span.end_column = span.column + (span.end - span.begin);
    if (has & kLines) {
      span.end_line += from.small();
      span.end_column = from.small();
    }
    before = entry;
    const std::size_t section =
        path.size() > key_bytes ? path.size() - key_bytes - 1 : 0;
    list.add(entry, std::string_view(path).substr(0, section), key);
  }
  return list;
}

}  // namespace overreach
