#include "scanner/core/packed_entries.h"

#include <gtest/gtest.h>

#include <string>
#include <tuple>

namespace overreach {
namespace {

auto all_of(const Entry& e) {
  return std::tuple(e.kind, e.language, e.target, e.is_template, e.is_inherited,
                    e.document, e.group, e.parent, e.path, e.key, e.names,
                    e.value.reveal(), e.key_bytes, e.section());
}

auto all_of(const Span& s) {
  return std::tuple(s.begin, s.end, s.line, s.column, s.end_line, s.end_column);
}

void expect_same(const EntryList& list) {
  const EntryList again = PackedEntries(list).unpack();
  EXPECT_EQ(again.language, list.language);
  ASSERT_EQ(again.entries().size(), list.entries().size());
  for (std::size_t i = 0; i < list.entries().size(); ++i) {
    EXPECT_EQ(all_of(again.entries()[i]), all_of(list.entries()[i])) << i;
    EXPECT_EQ(all_of(again.entries()[i].span), all_of(list.entries()[i].span))
        << i;
  }
}

Entry entry(EntryKind kind, std::string_view value, Span span) {
  Entry made;
  made.kind = kind;
  made.language = Language::yaml;
  made.value = SecretView(value);
  made.span = span;
  return made;
}

TEST(PackedEntries, HaveAllOfEveryEntry) {
  EntryList list;
  list.language = Language::yaml;
  list.add(entry(EntryKind::literal, "db1.acme.com", {10, 22, 2, 7, 2, 19}),
           "services.api", "DB_HOST");
  // Over several lines, and taken over from further up.
  Entry anchored = entry(EntryKind::literal, "a\nb", {4, 9, 1, 5, 2, 3});
  anchored.is_inherited = true;
  anchored.document = 3;
  list.add(anchored, "services.api", "feature/1.2");
  Entry reference =
      entry(EntryKind::reference, "${DB}", {900, 905, 90, 1, 90, 6});
  reference.target = Target::environment;
  reference.names = "DB";
  reference.parent = 0;
  reference.group = 70000;
  reference.is_template = true;
  list.add(reference, "", "");
  Entry fallback = entry(EntryKind::fallback, "", {907, 907, 90, 8, 90, 8});
  fallback.parent = 2;
  fallback.language = Language::bash;
  list.add(fallback, "a.b.c", "quoted \"key\"");
  expect_same(list);
}

TEST(PackedEntries, KeepTheWordsOfOneCommandTogether) {
  EntryList list;
  list.language = Language::bash;
  for (std::uint32_t i = 0; i < 300; ++i) {
    const std::string value(i, 'x');
    Entry word = entry(EntryKind::command_argument, value,
                       {i * 400, i * 401, i + 1, 1, i + 1, i + 1});
    word.language = Language::bash;
    word.group = 300 - i;
    list.add(word, "script", "run");
  }
  expect_same(list);
}

TEST(PackedEntries, OfNoneAreNone) { expect_same(EntryList()); }

}  // namespace
}  // namespace overreach
