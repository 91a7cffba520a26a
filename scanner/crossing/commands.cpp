#include "scanner/crossing/commands.h"

#include <algorithm>

namespace overreach {

bool Command::has(std::string_view word) const {
  return std::find(words.begin() + 1, words.end(), word) != words.end();
}

bool Command::has(std::initializer_list<std::string_view> row) const {
  return std::search(words.begin() + 1, words.end(), row.begin(), row.end()) !=
         words.end();
}

std::string_view Command::option(std::string_view name) const {
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string_view word = words[i];
    if (word == name) return i + 1 < words.size() ? words[i + 1] : "";
    if (word.size() > name.size() && word.starts_with(name) &&
        word[name.size()] == '=') {
      return word.substr(name.size() + 1);
    }
  }
  return {};
}

namespace {

// Cut at blanks: quotes inside of an alias are rare.
std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t blank = std::min(text.find_first_of(" \t"), text.size());
    if (blank > 0) words.push_back(text.substr(0, blank));
    text.remove_prefix(std::min(blank + 1, text.size()));
  }
  return words;
}

std::string_view without_quotes(std::string_view text) {
  const bool is_quoted = text.size() > 1 && text.front() == text.back() &&
                         (text.front() == '"' || text.front() == '\'');
  return is_quoted ? text.substr(1, text.size() - 2) : text;
}

// `alias yolo='agent --yolo'` runs what it stands for, one day.
void add_aliases(std::size_t first, std::vector<Command>& commands) {
  for (std::size_t i = first, end = commands.size(); i < end; ++i) {
    if (commands[i].program() != "alias") continue;
    for (std::size_t w = 1; w < commands[i].words.size(); ++w) {
      const std::string_view word = commands[i].words[w];
      const std::size_t equals = word.find('=');
      if (equals == word.npos) continue;
      Command command{commands[i].file, commands[i].entry,
                      words_of(without_quotes(word.substr(equals + 1)))};
      if (!command.words.empty()) commands.push_back(std::move(command));
    }
  }
}

void add_commands(const LabelledFile& file, std::vector<Command>& commands) {
  const std::size_t first = commands.size();
  std::uint32_t group = 0;
  const auto& entries = file.entries();
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const Entry& entry = entries[i];
    if (entry.group == 0) continue;
    std::string_view word = entry.value.reveal();
    // A variable is a word, too; inside of one it is a part of it.
    const bool is_variable = entry.kind == EntryKind::reference &&
                             entry.parent == kNoEntry && entry.group == group;
    if (entry.kind != EntryKind::command_argument && !is_variable) continue;
    if (entry.group != group) {
      group = entry.group;
      word = word.substr(word.find_last_of('/') + 1);
      commands.push_back({&file, i, {}});
    }
    commands.back().words.push_back(word);
  }
  add_aliases(first, commands);
}

}  // namespace

std::vector<Command> commands_of(const LabelledFile& file) {
  std::vector<Command> commands;
  add_commands(file, commands);
  return commands;
}

std::vector<Command> commands_of(const std::vector<LabelledFile>& files) {
  std::vector<Command> commands;
  for (const LabelledFile& file : files) add_commands(file, commands);
  return commands;
}

}  // namespace overreach
