// Entries as lines that tests can compare, and what is true of all of them.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/core/entry.h"
#include "scanner/syntax/syntax.h"

namespace overreach {

// "3:7 fallback services.api.DB = secret ^1": where, what, which keys, the
// value, the number of the parent; T a template, I inherited, gN the group, dN
// the document.
inline std::string shown(const Entry& entry) {
  std::string text = std::to_string(entry.span.line) + ":" +
                     std::to_string(entry.span.column) + " ";
  text += to_string(entry.kind);
  if (entry.target != Target::nothing) {
    text.append("(").append(to_string(entry.target)).append(" ");
    text.append(entry.names).append(")");
  }
  text.append(" ").append(entry.path).append(" = ");
  text += entry.value.reveal();
  if (entry.parent != kNoEntry) text += " ^" + std::to_string(entry.parent);
  if (entry.is_template) text += " T";
  if (entry.is_inherited) text += " I";
  if (entry.group != 0) text += " g" + std::to_string(entry.group);
  if (entry.document != 0) text += " d" + std::to_string(entry.document);
  return text;
}

// What holds for every entry of every text, however broken.
inline void check_entries(const EntryList& list, std::string_view text) {
  for (std::size_t i = 0; i < list.entries().size(); ++i) {
    const Entry& entry = list.entries()[i];
    const Span& span = entry.span;
    ASSERT_LE(span.begin, span.end);
    ASSERT_LE(span.end, text.size());
    const std::string_view before = text.substr(0, span.begin);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    ASSERT_EQ(span.line, line);
    ASSERT_EQ(span.column, span.begin - (before.rfind('\n') + 1) + 1);
    ASSERT_TRUE(entry.parent == kNoEntry || entry.parent < i) << i;
    ASSERT_FALSE(entry.path.empty());
    ASSERT_EQ(segments_of(entry.path).back(), entry.key);
    ASSERT_EQ(entry.kind == EntryKind::reference,
              entry.target != Target::nothing);
    const std::string_view raw = text.substr(span.begin, span.end - span.begin);
    const bool is_plain = raw.find_first_of("\\\n&'") == raw.npos &&
                          raw.size() == entry.value.size();
    if (is_plain) {
      ASSERT_EQ(raw, entry.value.reveal());
    }
  }
}

inline std::vector<std::string> entries_of(std::string_view path,
                                           std::string_view text) {
  static Syntax syntax;  // scratch that tests share, as files do
  const EntryList list = syntax.entries(language_of(path), text);
  check_entries(list, text);
  std::vector<std::string> lines;
  for (const Entry& entry : list.entries()) lines.push_back(shown(entry));
  for (const std::string& note : list.notes) lines.push_back("note: " + note);
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace overreach
