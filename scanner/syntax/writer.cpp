#include "scanner/syntax/writer.h"

#include <algorithm>
#include <cstring>

#include "scanner/syntax/references.h"

namespace overreach {
namespace {

// More entries than any file has that people write.
constexpr std::size_t kMaxEntries = 200'000;
// What is longer is data, not a setting; its beginning tells what it is.
constexpr std::size_t kMaxValueBytes = std::size_t{64} << 10;

}  // namespace

Writer::Writer(std::string_view text, Language language, EntryList& list)
    : text_(text), language_(language), list_(list), line_starts_{0} {
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at != end &&
         (at = static_cast<const char*>(std::memchr(at, '\n', end - at)))) {
    line_starts_.push_back(static_cast<std::uint32_t>(++at - text.data()));
  }
}

Span Writer::span(Range range) const {
  Span result{range.begin, range.end};
  const auto place = [this](std::uint32_t offset, std::uint32_t& line,
                            std::uint32_t& column) {
    const auto behind =
        std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
    line = static_cast<std::uint32_t>(behind - line_starts_.begin());
    column = offset - behind[-1] + 1;
  };
  place(range.begin, result.line, result.column);
  place(range.end, result.end_line, result.end_column);
  return result;
}

std::uint32_t Writer::put(Entry entry, const Use& use, std::string_view key,
                          Range range) {
  if (list_.entries().size() >= kMaxEntries) {
    note("more than 200,000 values");
    return kNoEntry;
  }
  entry.language = language_;
  entry.document = document_;
  entry.group = group_;
  entry.parent = use.parent;
  entry.is_inherited = use.is_inherited;
  entry.value = SecretView(entry.value.reveal().substr(0, kMaxValueBytes));
  entry.span = span(range);
  return list_.add(entry, section_, key);
}

std::uint32_t Writer::add(const Use& use, std::string_view key, Range range,
                          std::string_view value) {
  Entry entry;
  // What was thought to be a reference, and is a text after all.
  entry.kind = use.kind == EntryKind::reference ? EntryKind::literal : use.kind;
  entry.value = SecretView(value);
  return put(entry, use, key, range);
}

std::uint32_t Writer::reference(const Use& use, std::string_view key,
                                Range range, Target target,
                                std::string_view names) {
  Entry entry;
  entry.kind = EntryKind::reference;
  entry.target = target;
  entry.names = names;
  entry.value = SecretView(slice(range));
  return put(entry, use, key, range);
}

std::uint32_t Writer::templated(const Use& use, std::string_view key,
                                Range range, std::string_view value) {
  const std::vector<Reference> references = find_references(text_, range);
  if (references.empty()) return add(use, key, range, value);
  const Reference& first = references.front();
  const bool is_whole =
      first.whole.begin == range.begin && first.whole.end == range.end;
  if (is_whole) return add_references(*this, use, key, references);
  const std::uint32_t index = add(use, key, range, value);
  if (index == kNoEntry) return index;
  list_.entries()[index].is_template = true;
  add_references(*this, {use.kind, index, use.is_inherited}, key, references);
  return index;
}

void Writer::note(std::string_view what) {
  std::vector<std::string>& notes = list_.notes;
  if (std::find(notes.begin(), notes.end(), what) == notes.end()) {
    notes.emplace_back(what);
  }
}

}  // namespace overreach
