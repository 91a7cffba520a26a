#include "scanner/cli/hook_text.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "scanner/base/text.h"

namespace overreach {
namespace {

constexpr std::string_view kBegin = "# >>> overreach";
constexpr std::string_view kEnd = "# <<< overreach";

constexpr std::string_view kBeforePath = R"(# >>> overreach
# Stops a commit that adds a credential.  `overreach hook install` wrote these
# lines, `overreach hook remove` takes them out.
overreach_program=)";
constexpr std::string_view kBehindPath = R"(
if command -v overreach >/dev/null 2>&1; then
  overreach_program=overreach
fi
if command -v "$overreach_program" >/dev/null 2>&1; then
  overreach_status=0
  "$overreach_program" scan --staged -q || overreach_status=$?
  if [ "$overreach_status" -gt 1 ]; then
    echo "overreach: could not scan this commit (status $overreach_status);" \
      "git commit --no-verify goes past it" >&2
  fi
  [ "$overreach_status" -eq 0 ] || exit "$overreach_status"
else
  echo "overreach: is not there, so this commit is NOT scanned; without it," \
    "delete the lines between its marks in $0" >&2
fi
# <<< overreach
)";

constexpr std::array<std::string_view, 9> kShells = {
    "sh", "bash", "dash", "zsh", "ksh", "mksh", "ash", "busybox", "yash"};

struct Line {
  std::size_t begin;
  std::size_t end;  // behind its '\n', if it has one
  std::string_view text;
};

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t stop = text.find('\n', begin);
    const std::size_t end = stop == text.npos ? text.size() : stop + 1;
    lines.push_back({begin, end, trimmed(text.substr(begin, end - begin))});
    begin = end;
  }
  return lines;
}

struct Block {
  std::size_t begin;
  std::size_t end;
};

// Nothing when the marks do not pair.
std::optional<std::vector<Block>> blocks_of(std::string_view text) {
  std::vector<Block> blocks;
  bool is_open = false;
  for (const Line& line : lines_of(text)) {
    if (line.text == kBegin) {
      if (is_open) return std::nullopt;
      is_open = true;
      blocks.push_back({line.begin, 0});
    } else if (line.text == kEnd) {
      if (!is_open) return std::nullopt;
      is_open = false;
      blocks.back().end = line.end;
    }
  }
  if (is_open) return std::nullopt;
  return blocks;
}

// "\n" where a line in front of ours has no end.
std::string_view separator(std::string_view before) {
  return before.empty() || before.ends_with('\n') ? "" : "\n";
}

std::size_t place_for_lines(std::string_view hook) {
  const std::vector<Line> lines = lines_of(hook);
  for (const Line& line : lines) {
    const bool is_sourced =
        line.text.starts_with(". ") || line.text.starts_with("source ");
    if (is_sourced && line.text.find("/husky.sh") != line.text.npos) {
      return line.end;
    }
  }
  return hook.starts_with("#!") ? lines.front().end : 0;
}

}  // namespace

std::string hook_lines(std::string_view program) {
  return std::string(kBeforePath) + shell_quoted(program) +
         std::string(kBehindPath);
}

HookLines find_hook_lines(std::string_view hook) {
  const auto blocks = blocks_of(hook);
  if (!blocks) return HookLines::broken;
  if (blocks->empty()) return HookLines::none;
  const Block& first = blocks->front();
  const std::string_view text =
      hook.substr(first.begin, first.end - first.begin);
  const bool is_current =
      blocks->size() == 1 &&
      text.size() >= kBeforePath.size() + kBehindPath.size() &&
      text.starts_with(kBeforePath) && text.ends_with(kBehindPath);
  return is_current ? HookLines::current : HookLines::other;
}

bool is_shell_script(std::string_view hook) {
  if (!hook.starts_with("#!") || hook.find('\0') != hook.npos) return false;
  std::string_view line = trimmed(hook.substr(2, hook.find('\n') - 2));
  // "/usr/bin/env -S NAME=VALUE bash -e": the first word that is a program.
  bool is_behind_env = false;
  while (!line.empty()) {
    const std::size_t end = std::min(line.find_first_of(" \t"), line.size());
    const std::string_view word = line.substr(0, end);
    line = trimmed(line.substr(end));
    const bool is_of_env =
        is_behind_env && (word.starts_with('-') || word.find('=') != word.npos);
    if (is_of_env) continue;
    const std::string_view name = file_name(word);
    if (name == "env" && !is_behind_env) {
      is_behind_env = true;
      continue;
    }
    return std::find(kShells.begin(), kShells.end(), name) != kShells.end();
  }
  return false;
}

std::string with_hook_lines(std::string_view hook, std::string_view lines) {
  const auto blocks = blocks_of(hook);
  const bool is_new = !blocks || blocks->empty();
  const std::size_t at = is_new ? place_for_lines(hook) : blocks->front().begin;
  const std::string_view before = hook.substr(0, at);
  const std::string_view behind =
      hook.substr(is_new ? at : blocks->front().end);
  return std::string(before) + std::string(separator(before)) +
         std::string(lines) + without_hook_lines(behind);
}

std::string without_hook_lines(std::string_view hook) {
  const auto blocks = blocks_of(hook);
  if (!blocks) return std::string(hook);
  std::string rest;
  std::size_t begin = 0;
  for (const Block& block : *blocks) {
    rest += hook.substr(begin, block.begin - begin);
    begin = block.end;
  }
  return rest += hook.substr(begin);
}

bool is_empty_hook(std::string_view hook) {
  const std::string_view text = trimmed(hook);
  return text.empty() || text == "#!/bin/sh";
}

bool names_overreach(std::string_view text) {
  constexpr std::string_view kName = "overreach";
  if (text.find('\0') != text.npos) return false;
  const auto is_of_word = [](char c) {
    return is_digit(c) || c == '_' ||
           (lower_letter(c) >= 'a' && lower_letter(c) <= 'z');
  };
  for (const Line& line : lines_of(text)) {
    if (line.text.starts_with('#')) continue;
    for (std::size_t at = line.text.find(kName); at != line.text.npos;
         at = line.text.find(kName, at + 1)) {
      const std::size_t end = at + kName.size();
      const bool begins = at == 0 || !is_of_word(line.text[at - 1]);
      const bool ends = end == line.text.size() || !is_of_word(line.text[end]);
      if (begins && ends) return true;
    }
  }
  return false;
}

}  // namespace overreach
