// Completion for zsh, by its _arguments: one function a command.

#include <algorithm>

#include "scanner/base/text.h"
#include "scanner/cli/completion.h"

namespace overreach {
namespace {

std::string function_name(const CompletedCommand& command) {
  std::string name = "_overreach";
  if (!command.path.empty()) name += "_" + command.path;
  std::replace(name.begin(), name.end(), ' ', '_');
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

// Within a specification these would end a part of it.
std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') result += '\\';
    result += c;
  }
  return result;
}

std::string action_of(const Taken& taken) {
  switch (taken.what) {
    case Takes::words:
      return "(" + joined(taken.words, " ") + ")";
    case Takes::files:
      return "_files";
    case Takes::folders:
      return "_files -/";
    case Takes::nothing:
    case Takes::anything:
      break;
  }
  return " ";
}

void add_option(const CompletedOption& option,
                std::vector<std::string>& parts) {
  const bool takes_value = option.taken.what != Takes::nothing;
  const std::string excluded =
      option.repeats ? "*" : "(" + joined(option.names, " ") + ")";
  for (const std::string& name : option.names) {
    std::string part = excluded + name;
    if (takes_value) part += name.starts_with("--") ? "=" : "+";
    part += "[" + escaped(option.help) + "]";
    if (takes_value) {
      part += ":" + escaped(option.type) + ":" + action_of(option.taken);
    }
    parts.push_back(shell_quoted(part));
  }
}

void add_arguments(const CompletedCommand& command,
                   std::vector<std::string>& parts) {
  for (const CompletedArgument& argument : command.arguments) {
    parts.push_back(shell_quoted((argument.repeats ? "*:" : "::") +
                                 escaped(argument.name) + ":" +
                                 action_of(argument.taken)));
  }
}

// Says which command comes next, and hands on to its function.
std::string choice_of(const CompletedCommand& command) {
  std::string text =
      "  case $state in\n  command)\n    local -a commands\n    commands=(\n";
  for (const CompletedCommand& each : command.commands) {
    text += "      " +
            shell_quoted(escaped(each.name) + ":" + escaped(each.help)) + "\n";
  }
  text +=
      "    )\n    _describe -t commands command commands\n    ;;\n"
      "  argument)\n    case $line[1] in\n";
  for (const CompletedCommand& each : command.commands) {
    text += "    " + each.name + ") " + function_name(each) + " ;;\n";
  }
  return text + "    esac\n    ;;\n  esac\n";
}

std::string function_of(const CompletedCommand& command) {
  std::vector<std::string> parts;
  for (const CompletedOption& option : command.options) {
    add_option(option, parts);
  }
  add_arguments(command, parts);
  const bool has_commands = !command.commands.empty();
  if (has_commands) {
    parts.emplace_back("'1:command:->command'");
    parts.emplace_back("'*::argument:->argument'");
  }
  std::string text = "\n" + function_name(command) + "() {\n";
  if (has_commands) {
    text +=
        "  local curcontext=$curcontext state line\n  typeset -A opt_args\n";
  }
  text += std::string("  _arguments ") + (has_commands ? "-C" : "-s") +
          " \\\n    " + joined(parts, " \\\n    ") + "\n";
  if (has_commands) text += choice_of(command);
  return text + "}\n";
}

}  // namespace

std::string zsh_completion(const CompletedCommand& root) {
  std::string text = "#compdef overreach\n# Completion of overreach for zsh.\n";
  for (const CompletedCommand* const command : all_commands(root)) {
    text += function_of(*command);
  }
  // A file of $fpath is called while it is read; one that is sourced is not.
  return text + R"(
if [[ ${funcstack[1]} == _overreach ]]; then
  _overreach "$@"
else
  compdef _overreach overreach
fi
)";
}

}  // namespace overreach
