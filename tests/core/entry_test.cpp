#include "scanner/core/entry.h"

#include <gtest/gtest.h>

#include <string>
#include <type_traits>
#include <utility>

namespace overreach {
namespace {

TEST(EntryList, OwnsItsTexts) {
  EntryList list;
  {
    const std::string section = "services.api.environment";
    const std::string value(100'000, 'x');
    Entry entry;
    entry.value = SecretView(value);
    EXPECT_EQ(list.add(entry, section, "DB_URL"), 0U);
    EXPECT_EQ(list.add(entry, "", "alone"), 1U);
    entry.names = std::string_view(section).substr(0, 8);
    EXPECT_EQ(list.add(entry, "context.\"feature/1.2\"", "a \"b\".c"), 2U);
  }
  const EntryList moved = std::move(list);
  const std::vector<Entry>& entries = moved.entries();
  EXPECT_EQ(entries[0].path, "services.api.environment.DB_URL");
  EXPECT_EQ(entries[0].key, "DB_URL");
  EXPECT_EQ(entries[0].section(), "services.api.environment");
  EXPECT_EQ(entries[0].value.reveal(), std::string(100'000, 'x'));
  EXPECT_EQ(entries[1].path, "alone");
  EXPECT_EQ(entries[1].section(), "");
  EXPECT_EQ(entries[2].path, R"(context."feature/1.2"."a \"b\".c")");
  EXPECT_EQ(entries[2].key, "a \"b\".c");
  EXPECT_EQ(entries[2].section(), "context.\"feature/1.2\"");
  EXPECT_EQ(entries[2].names, "services");
}

TEST(Segments, AreWhatWasAppended) {
  const std::vector<std::string> segments = {
      "plain", "", "with.dot", "with \"quote\"", "back\\slash.", "0"};
  std::string path;
  for (const std::string& segment : segments) append_segment(path, segment);
  EXPECT_EQ(segments_of(path), segments);
  EXPECT_TRUE(segments_of("").empty());
  EXPECT_EQ(segments_of("\"open").size(), 1U);  // never written by us
}

TEST(Entry, ItsValueDoesNotPrint) {
  EXPECT_FALSE((std::is_convertible_v<SecretView, std::string_view>));
  EXPECT_FALSE((std::is_convertible_v<SecretView, std::string>));
}

}  // namespace
}  // namespace overreach
