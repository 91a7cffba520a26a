// overreach completion

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "scanner/cli/cli.h"
#include "scanner/cli/commands.h"
#include "scanner/cli/completion.h"
#include "scanner/cli/words.h"

namespace overreach {
namespace {

struct Shell {
  const char* name;
  std::string (*write)(const CompletedCommand&);
};

constexpr Shell kShells[] = {{"bash", bash_completion},
                             {"zsh", zsh_completion},
                             {"fish", fish_completion}};

int print_script(const std::string& shell, CLI::App& app) {
  const CompletedCommand root = describe_commands(app);
  for (const Shell& each : kShells) {
    if (shell == each.name) std::cout << each.write(root);
  }
  std::cout.flush();
  if (std::cout) return kClean;
  print_error("standard output: cannot be written");
  return kUsageError;
}

}  // namespace

Command add_completion(CLI::App& app) {
  CLI::App* const command = app.add_subcommand(
      "completion", "Print what a shell needs to complete our command line");
  const auto shell = std::make_shared<std::string>();
  std::vector<std::string> names;
  for (const Shell& each : kShells) names.emplace_back(each.name);
  command->add_option("shell", *shell, "bash, zsh or fish")
      ->type_name("")
      ->required()
      ->check(one_of(names));
  command->footer(
      "bash: source <(overreach completion bash) in ~/.bashrc\n"
      "zsh:  source <(overreach completion zsh) in ~/.zshrc, behind compinit\n"
      "fish: overreach completion fish > "
      "~/.config/fish/completions/overreach.fish");
  return [shell, &app] { return print_script(*shell, app); };
}

}  // namespace overreach
