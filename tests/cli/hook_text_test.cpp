#include "scanner/cli/hook_text.h"

#include <gtest/gtest.h>

#include <string>

namespace overreach {
namespace {

const std::string kLines = hook_lines("/opt/overreach");
const std::string kOld = "# >>> overreach\nold\n# <<< overreach\n";

TEST(HookText, ShellsByTheFirstLine) {
  const std::pair<const char*, bool> cases[] = {
      {"#!/bin/sh\n", true},
      {"#!/bin/sh", true},
      {"#! /usr/bin/bash -eu\n", true},
      {"#!/bin/dash\r\n", true},
      {"#!/usr/bin/env zsh\n", true},
      {"#!/usr/bin/env -S LC_ALL=C bash -e\n", true},
      {"#!/usr/bin/env\n", false},
      {"#!/usr/bin/env env sh\n", false},
      {"#!/usr/bin/env python3\nsh\n", false},
      {"#!/usr/bin/fish\n", false},
      {"#!/usr/bin/csh\n", false},
      {"#!\n", false},
      {"#!", false},
      {"echo\n#!/bin/sh\n", false},
      {"", false},
  };
  for (const auto& [text, expected] : cases) {
    EXPECT_EQ(is_shell_script(text), expected) << text;
  }
  EXPECT_FALSE(is_shell_script(std::string_view("#!/bin/sh\n\0", 11)));
}

TEST(HookText, LinesStandAsEarlyAsCanBe) {
  const std::pair<std::string, std::string> cases[] = {
      {"#!/bin/sh\n", "#!/bin/sh\n" + kLines},
      {"#!/bin/sh", "#!/bin/sh\n" + kLines},
      {"#!/bin/sh\nexit\n", "#!/bin/sh\n" + kLines + "exit\n"},
      {"#!/bin/sh\nexit", "#!/bin/sh\n" + kLines + "exit"},
      {"npm test\n", kLines + "npm test\n"},
      {"", kLines},
      {"#!/bin/sh\n. \"$(dirname \"$0\")/_/husky.sh\"\n\nnpm test\n",
       "#!/bin/sh\n. \"$(dirname \"$0\")/_/husky.sh\"\n" + kLines +
           "\nnpm test\n"},
      {"#!/bin/sh\n# no /husky.sh\n",
       "#!/bin/sh\n" + kLines + "# no /husky.sh\n"},
  };
  for (const auto& [before, after] : cases) {
    EXPECT_EQ(find_hook_lines(before), HookLines::none) << before;
    EXPECT_EQ(with_hook_lines(before, kLines), after);
    EXPECT_EQ(find_hook_lines(after), HookLines::current);
    EXPECT_EQ(with_hook_lines(after, kLines), after);
    const std::string taken_out = without_hook_lines(after);
    EXPECT_TRUE(taken_out == before || taken_out == before + "\n") << before;
  }
}

TEST(HookText, OlderLinesAreReplacedWhereTheyStand) {
  const std::string hook = "#!/bin/sh\nPATH=/x\n" + kOld + "test\n";
  EXPECT_EQ(find_hook_lines(hook), HookLines::other);
  EXPECT_EQ(with_hook_lines(hook, kLines),
            "#!/bin/sh\nPATH=/x\n" + kLines + "test\n");
  const std::string twice = kLines + "a\n" + kOld + "b\n";
  EXPECT_EQ(find_hook_lines(twice), HookLines::other);
  EXPECT_EQ(with_hook_lines(twice, kLines), kLines + "a\nb\n");
  EXPECT_EQ(without_hook_lines(twice), "a\nb\n");
  const std::string open_end = "a\n" + kOld.substr(0, kOld.size() - 1);
  EXPECT_EQ(with_hook_lines(open_end, kLines), "a\n" + kLines);
}

TEST(HookText, TheProgramThatInstalledItIsNoDifference) {
  for (const char* const program : {"/else/where", "/a 'b'/c", "", "/a\nb"}) {
    EXPECT_EQ(find_hook_lines(hook_lines(program)), HookLines::current);
  }
  std::string changed = kLines;
  changed.replace(changed.find("-q"), 2, "-v");
  EXPECT_EQ(find_hook_lines(changed), HookLines::other);
}

TEST(HookText, MarksThatDoNotPair) {
  for (const std::string hook :
       {"# >>> overreach\n", "# <<< overreach\n",
        "# <<< overreach\n# >>> overreach\n",
        "# >>> overreach\n# >>> overreach\n# <<< overreach\n"}) {
    EXPECT_EQ(find_hook_lines(hook), HookLines::broken) << hook;
    EXPECT_EQ(without_hook_lines(hook), hook);
  }
  EXPECT_EQ(find_hook_lines("echo '# >>> overreach'\n"), HookLines::none);
}

TEST(HookText, WhatIsLeftIsNobodyElses) {
  for (const char* const text : {"#!/bin/sh\n", "\n", "", "#!/bin/sh\n\n"}) {
    EXPECT_TRUE(is_empty_hook(text)) << text;
  }
  for (const char* const text :
       {"#!/bin/bash\n", "#!/bin/sh\n# mine\n", "true\n"}) {
    EXPECT_FALSE(is_empty_hook(text)) << text;
  }
}

TEST(HookText, NamesTheProgram) {
  for (const char* const text :
       {"overreach scan\n", "exec /opt/overreach scan\n", "a;overreach",
        "      - id: overreach\n", "\"pre-commit\": \"overreach scan\""}) {
    EXPECT_TRUE(names_overreach(text)) << text;
  }
  for (const char* const text : {"# overreach scan\n", "  # overreach\n",
                                 "overreached\n", "my_overreach\n", ""}) {
    EXPECT_FALSE(names_overreach(text)) << text;
  }
  EXPECT_FALSE(names_overreach(std::string_view("\0overreach", 10)));
}

}  // namespace
}  // namespace overreach
