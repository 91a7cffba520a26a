// Completion for fish: rows of `complete`, each for one command, which a
// function finds in the words so far.

#include "scanner/cli/completion.h"

namespace overreach {
namespace {

constexpr const char* kHead = R"(# Completion of overreach for fish.
function __overreach_at --description 'Whether the words so far name this command'
    set -l path
    set -l is_value no
    for word in (commandline -opc)[2..-1]
        if test $is_value = yes
            set is_value no
            continue
        end
        switch "$path $word"
            case )";

constexpr const char* kCommands = R"(
                set is_value yes
            case )";

constexpr const char* kTail = R"(
                set path "$path $word"
        end
    end
    test "$path" = "$argv[1]"
end
complete -c overreach -f
)";

std::string quoted(const std::string& text) {
  std::string word = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') word += '\\';
    word += c;
  }
  return word + "'";
}

std::string key_of(const CompletedCommand& command) {
  return command.path.empty() ? "" : " " + command.path;
}

std::string value_of(const Taken& taken) {
  switch (taken.what) {
    case Takes::words:
      return " -x -a " + quoted(joined(taken.words, " "));
    case Takes::files:
      return " -r -F";
    case Takes::folders:
      return " -x -a '(__fish_complete_directories)'";
    case Takes::anything:
      return " -x";
    case Takes::nothing:
      break;
  }
  return "";
}

std::string argument_of(const Taken& taken) {
  switch (taken.what) {
    case Takes::words:
      return " -a " + quoted(joined(taken.words, " "));
    case Takes::files:
      return " -F";
    case Takes::folders:
      return " -a '(__fish_complete_directories)'";
    case Takes::nothing:
    case Takes::anything:
      break;
  }
  return "";
}

std::string rows_of(const CompletedCommand& command) {
  const std::string begin = "complete -c overreach -n " +
                            quoted("__overreach_at " + quoted(key_of(command)));
  std::string rows;
  for (const CompletedOption& option : command.options) {
    rows += begin;
    for (const std::string& name : option.names) {
      rows += name.starts_with("--") ? " -l " + name.substr(2)
                                     : " -s " + name.substr(1);
    }
    rows += value_of(option.taken) + " -d " + quoted(option.help) + "\n";
  }
  for (const CompletedCommand& each : command.commands) {
    rows += begin + " -a " + each.name + " -d " + quoted(each.help) + "\n";
  }
  for (const CompletedArgument& argument : command.arguments) {
    const std::string values = argument_of(argument.taken);
    if (!values.empty()) rows += begin + values + "\n";
  }
  return rows;
}

}  // namespace

std::string fish_completion(const CompletedCommand& root) {
  std::vector<std::string> with_value;
  std::vector<std::string> commands;
  std::string rows;
  for (const CompletedCommand* const command : all_commands(root)) {
    const std::string key = key_of(*command);
    if (!key.empty()) commands.push_back(quoted(key));
    for (const CompletedOption& option : command->options) {
      if (option.taken.what == Takes::nothing) continue;
      for (const std::string& name : option.names) {
        with_value.push_back(quoted(key + " " + name));
      }
    }
    rows += rows_of(*command);
  }
  const std::string separator = " \\\n                ";
  return kHead + joined(with_value, separator) + kCommands +
         joined(commands, separator) + kTail + rows;
}

}  // namespace overreach
