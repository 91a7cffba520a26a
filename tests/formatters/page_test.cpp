#include "formatters/page.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

namespace overreach {
namespace {

std::string paragraph(int width, const Words& words, Color color = Color::no) {
  std::ostringstream out;
  Page(out, width, color).paragraph(0, 2, words);
  return out.str();
}

TEST(Page, WrapsAtTheWidth) {
  const Words words =
      Words().add("one two three four five six seven eight nine ten eleven");
  EXPECT_EQ(paragraph(80, words),
            "one two three four five six seven eight nine ten eleven\n");
  EXPECT_EQ(paragraph(40, words),
            "one two three four five six seven eight\n  nine ten eleven\n");
  EXPECT_EQ(paragraph(1, words), paragraph(40, words));
}

TEST(Page, NeverBreaksAWhole) {
  const std::string path(100, 'p');
  EXPECT_EQ(paragraph(40, Words().add("in").whole(path + " x").add("end")),
            "in\n  " + path + " x\n  end\n");
}

TEST(Page, FieldsHaveTheirOwnColumn) {
  std::ostringstream out;
  Page page(out, 40, Color::no);
  page.field("label", Words().add("one two three four five six"));
  page.field("nothing", Words());
  EXPECT_EQ(out.str(),
            "  label         one two three four five\n"
            "                six\n");
  EXPECT_EQ(page.lines(), 2);
}

TEST(Page, ColorsOnlyWhenAskedTo) {
  const Words words = Words().add("bad", Style::critical).add("plain");
  EXPECT_EQ(paragraph(40, words), "bad plain\n");
  EXPECT_EQ(paragraph(40, words, Color::yes), "\x1b[1;31mbad\x1b[0m plain\n");
  EXPECT_EQ(paragraph(40, Words().add("a b c", Style::bold), Color::yes),
            "\x1b[1ma b c\x1b[0m\n");
}

TEST(Page, ShowsControlsInsteadOfSendingThem) {
  EXPECT_EQ(paragraph(80, Words().add("a\x1b[2J").whole("b\nc").attach("\x07")),
            "a\\x1b[2J b\\nc\\x07\n");
}

}  // namespace
}  // namespace overreach
