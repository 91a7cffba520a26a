// Completion for bash, 3.2 and later: a walk over the words so far finds the
// command, tables of its words say what may follow.

#include "scanner/base/text.h"
#include "scanner/cli/completion.h"

namespace overreach {
namespace {

constexpr const char* kHead = R"(# Completion of overreach for bash.
_overreach() {
  local command= option= only_arguments= word kind=none words= i
  local current=${COMP_WORDS[COMP_CWORD]}
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if [[ $word == = ]]; then
      continue
    elif [[ -n $option ]]; then
      option=
    elif [[ $word == -- ]]; then
      only_arguments=1
    elif [[ $word == -* && -z $only_arguments ]]; then
      case "$command $word" in
)";

constexpr const char* kCommands = R"(        option=$word
        ;;
      esac
    else
      case "$command $word" in
)";

constexpr const char* kValues = R"(        command="$command $word"
        ;;
      esac
    fi
  done
  [[ $current == = ]] && current=
  if [[ -n $option ]]; then
    case "$command $option" in
)";

constexpr const char* kOptions = R"(    esac
  elif [[ $current == -* && -z $only_arguments ]]; then
    kind=words
    case "$command" in
)";

constexpr const char* kArguments = R"(    esac
  else
    case "$command" in
)";

constexpr const char* kTail = R"(    esac
  fi
  COMPREPLY=()
  case $kind in
  words)
    while IFS= read -r word; do
      COMPREPLY+=("$word")
    done < <(compgen -W "$words" -- "$current")
    ;;
  files | folders)
    compopt -o filenames 2>/dev/null
    local action=-f
    [[ $kind == folders ]] && action=-d
    while IFS= read -r word; do
      COMPREPLY+=("$word")
    done < <(compgen "$action" -- "$current")
    ;;
  esac
}
complete -F _overreach overreach
)";

// As the walk has it: a blank before each word of the path.
std::string key_of(const CompletedCommand& command) {
  return command.path.empty() ? "" : " " + command.path;
}

std::string row(const std::vector<std::string>& patterns,
                const std::string& what) {
  std::vector<std::string> quoted;
  quoted.reserve(patterns.size());
  for (const std::string& pattern : patterns) {
    quoted.push_back(shell_quoted(pattern));
  }
  return "    " + joined(quoted, " | ") + ")\n      " + what + "\n      ;;\n";
}

std::string words_row(const std::vector<std::string>& patterns,
                      const std::vector<std::string>& words) {
  return row(patterns, "kind=words words=" + shell_quoted(joined(words, " ")));
}

std::string taken_row(const std::vector<std::string>& patterns,
                      const Taken& taken) {
  switch (taken.what) {
    case Takes::words:
      return words_row(patterns, taken.words);
    case Takes::files:
      return row(patterns, "kind=files");
    case Takes::folders:
      return row(patterns, "kind=folders");
    case Takes::nothing:
    case Takes::anything:
      break;
  }
  return "";
}

}  // namespace

std::string bash_completion(const CompletedCommand& root) {
  std::vector<std::string> with_value;
  std::vector<std::string> commands;
  std::string values;
  std::string options;
  std::string arguments;
  for (const CompletedCommand* const command : all_commands(root)) {
    const std::string key = key_of(*command);
    if (!key.empty()) commands.push_back(shell_quoted(key));
    std::vector<std::string> names;
    for (const CompletedOption& option : command->options) {
      names.insert(names.end(), option.names.begin(), option.names.end());
      if (option.taken.what == Takes::nothing) continue;
      std::vector<std::string> patterns;
      for (const std::string& name : option.names) {
        patterns.push_back(key + " " + name);
        with_value.push_back(shell_quoted(patterns.back()));
      }
      values += taken_row(patterns, option.taken);
    }
    options += words_row({key}, names);
    std::vector<std::string> below;
    for (const CompletedCommand& each : command->commands) {
      below.push_back(each.name);
    }
    if (!below.empty()) {
      arguments += words_row({key}, below);
    } else if (!command->arguments.empty()) {
      arguments += taken_row({key}, command->arguments.front().taken);
    }
  }
  const std::string separator = " | \\\n        ";
  return kHead + ("      " + joined(with_value, separator)) + ")\n" +
         kCommands + "      " + joined(commands, separator) + ")\n" + kValues +
         values + kOptions + options + kArguments + arguments + kTail;
}

}  // namespace overreach
