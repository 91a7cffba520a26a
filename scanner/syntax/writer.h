// Writes the entries of one file: keeps where it stands in the keys, turns
// offsets into lines and columns, and finds the references inside of texts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/core/entry.h"

namespace overreach {

// Offsets of a value in the text, without its quotes.
struct Range {
  std::uint32_t begin = 0, end = 0;
  bool empty() const { return begin >= end; }
};

// How and where a value is used; what Writer::text() needs to know.
struct Use {
  EntryKind kind = EntryKind::literal;
  std::uint32_t parent = kNoEntry;
  bool is_inherited = false;
};

class Writer {
 public:
  // Keeps views of `text`; adds to `list`.
  Writer(std::string_view text, Language language, EntryList& list);

  std::string_view text() const { return text_; }
  std::string_view slice(Range range) const {
    return text_.substr(range.begin, range.end - range.begin);
  }
  std::string_view section() const { return section_; }
  EntryList& list() { return list_; }

  // A value as it is, of any kind.  Returns its index.
  std::uint32_t add(const Use& use, std::string_view key, Range range,
                    std::string_view value);
  std::uint32_t add(const Use& use, std::string_view key, Range range) {
    return add(use, key, range, slice(range));
  }

  // A reference to `names`.
  std::uint32_t reference(const Use& use, std::string_view key, Range range,
                          Target target, std::string_view names);

  // A text that may be a reference (`${X}`) or have some in it; `value` is what
  // stands in `range` after its escapes are resolved.
  std::uint32_t templated(const Use& use, std::string_view key, Range range,
                          std::string_view value);

  // `bash` inside a workflow: until it goes out of scope, entries are of this
  // language.
  class LanguageScope {
   public:
    LanguageScope(Writer& writer, Language language)
        : writer_(writer), before_(writer.language_) {
      writer.language_ = language;
    }
    ~LanguageScope() { writer_.language_ = before_; }
    LanguageScope(const LanguageScope&) = delete;
    LanguageScope& operator=(const LanguageScope&) = delete;

   private:
    Writer& writer_;
    const Language before_;
  };

  // Everything written while it lives stands below `segment`.
  class Section {
   public:
    Section(Writer& writer, std::string_view segment)
        : writer_(writer), bytes_before_(writer.section_.size()) {
      append_segment(writer.section_, segment);
    }
    ~Section() { writer_.section_.resize(bytes_before_); }
    Section(const Section&) = delete;
    Section& operator=(const Section&) = delete;

   private:
    Writer& writer_;
    const std::size_t bytes_before_;
  };

  // Everything written while it lives belongs to one group of its own.
  class Group {
   public:
    explicit Group(Writer& writer) : writer_(writer), before_(writer.group_) {
      writer.group_ = ++writer.last_group_;
    }
    ~Group() { writer_.group_ = before_; }
    Group(const Group&) = delete;
    Group& operator=(const Group&) = delete;

   private:
    Writer& writer_;
    const std::uint32_t before_;
  };

  // For files whose sections are headings: replaces the whole path.
  void set_section(std::string_view path) { section_ = path; }
  void next_document() { ++document_; }
  Language language() const { return language_; }

  // Said once, however often it happens.
  void note(std::string_view what);

 private:
  Span span(Range range) const;
  std::uint32_t put(Entry entry, const Use& use, std::string_view key,
                    Range range);

  std::string_view text_;
  Language language_;
  EntryList& list_;
  std::vector<std::uint32_t> line_starts_;
  std::string section_;
  std::uint16_t document_ = 0;
  std::uint32_t group_ = 0, last_group_ = 0;
};

}  // namespace overreach
