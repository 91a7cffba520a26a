#include "scanner/cli/completion.h"

#include <CLI/CLI.hpp>

namespace overreach {
namespace {

std::string first_line(const std::string& help) {
  std::string line = help.substr(0, help.find('\n'));
  while (!line.empty() && std::string(" ,:;").find(line.back()) != line.npos) {
    line.pop_back();
  }
  return line;
}

bool may_repeat(const CLI::Option& option) {
  return option.get_multi_option_policy() == CLI::MultiOptionPolicy::TakeAll ||
         option.get_expected_max() > 1;
}

CompletedCommand describe(CLI::App& app, const std::string& path) {
  CompletedCommand command;
  command.path = path;
  command.name = app.get_name();
  command.help = first_line(app.get_description());
  for (CLI::Option* const option : app.get_options()) {
    if (option->get_positional()) {
      command.arguments.push_back(
          {option->get_name(true), may_repeat(*option), taken_by(*option)});
      continue;
    }
    CompletedOption known;
    for (const std::string& name : option->get_snames()) {
      known.names.push_back("-" + name);
    }
    for (const std::string& name : option->get_lnames()) {
      known.names.push_back("--" + name);
    }
    known.help = first_line(option->get_description());
    known.type = option->get_type_name();
    known.repeats = may_repeat(*option);
    known.taken = taken_by(*option);
    command.options.push_back(std::move(known));
  }
  for (CLI::App* const each : app.get_subcommands({})) {
    const std::string& name = each->get_name();
    command.commands.push_back(
        describe(*each, path.empty() ? name : path + " " + name));
  }
  return command;
}

void add_all(const CompletedCommand& command,
             std::vector<const CompletedCommand*>& all) {
  all.push_back(&command);
  for (const CompletedCommand& each : command.commands) add_all(each, all);
}

}  // namespace

CompletedCommand describe_commands(CLI::App& app) { return describe(app, ""); }

std::vector<const CompletedCommand*> all_commands(
    const CompletedCommand& root) {
  std::vector<const CompletedCommand*> all;
  add_all(root, all);
  return all;
}

std::string joined(const std::vector<std::string>& words,
                   const std::string& separator) {
  std::string text;
  for (const std::string& word : words) {
    text += (text.empty() ? "" : separator) + word;
  }
  return text;
}

}  // namespace overreach
