#include "scanner/base/text.h"

#include <gtest/gtest.h>

namespace overreach {
namespace {

TEST(Text, CaseOfAsciiLettersOnly) {
  EXPECT_EQ(lower_case("AbZ-\xc3\x84"), "abz-\xc3\x84");
  EXPECT_EQ(upper_case("abz@[`{"), "ABZ@[`{");
  EXPECT_TRUE(equal_ignoring_case("Host", "hOST"));
  EXPECT_FALSE(equal_ignoring_case("Host", "Hos"));
  EXPECT_FALSE(equal_ignoring_case("[", "{"));  // as far apart as A and a
}

TEST(Text, BlanksAndLineEndsAtTheEnds) {
  EXPECT_EQ(trimmed(" \t a b\r\n"), "a b");
  EXPECT_TRUE(trimmed(" \n").empty());
  EXPECT_EQ(without_line_end(" ref: x \r\n"), " ref: x ");
  EXPECT_TRUE(without_line_end("\n").empty());
}

TEST(Text, PercentEscapes) {
  EXPECT_EQ(percent_decoded("p%40w%2f"), "p@w/");
  EXPECT_EQ(percent_decoded("%4"), "%4");
  EXPECT_EQ(percent_decoded("100%zz+%"), "100%zz+%");
  EXPECT_EQ(percent_decoded("%2541"), "%41");  // once
}

TEST(Text, UuidsOfEitherCaseAndNothingElse) {
  EXPECT_TRUE(is_uuid("123e4567-E89B-12d3-a456-426614174000"));
  EXPECT_FALSE(is_uuid("123e4567-e89b-12d3-a456-42661417400"));
  EXPECT_FALSE(is_uuid("123e4567-e89b-12d3-a456-4266141740001"));
  EXPECT_FALSE(is_uuid("123e4567ae89b-12d3-a456-426614174000"));
  EXPECT_FALSE(is_uuid("123e4567-e89b-12d3-a456-42661417400g"));
}

TEST(Text, OneWordOfAShell) {
  EXPECT_EQ(shell_quoted(""), "''");
  EXPECT_EQ(shell_quoted("/opt/a b/$x"), "'/opt/a b/$x'");
  EXPECT_EQ(shell_quoted("it's"), "'it'\\''s'");
}

TEST(Text, NamesAndFoldersOfPaths) {
  EXPECT_EQ(file_name("a/b.txt"), "b.txt");
  EXPECT_EQ(file_name("b.txt"), "b.txt");
  EXPECT_TRUE(file_name("a/").empty());
  EXPECT_EQ(parent_folder("a/b/c.txt"), "a/b");
  EXPECT_TRUE(parent_folder("c.txt").empty());
}

}  // namespace
}  // namespace overreach
