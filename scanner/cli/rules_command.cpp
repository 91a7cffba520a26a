// overreach rules list | show | check

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <iostream>
#include <memory>

#include "scanner/cli/cli.h"
#include "scanner/cli/commands.h"
#include "scanner/cli/words.h"
#include "scanner/crossing/crossing.h"
#include "scanner/rulebook/rulebook.h"

namespace overreach {
namespace {

struct Arguments {
  std::string id;
  std::uint64_t example = 0;
  std::vector<std::string> files;
};

int finish_output() {
  std::cout.flush();
  if (std::cout) return kClean;
  print_error("standard output: cannot be written");
  return kUsageError;
}

int list() {
  for (const TokenRule& rule : builtin_rules().tokens) {
    std::cout << rule.id << '\t' << rule.provider_name << '\t' << rule.name
              << '\n';
  }
  for (const CrossingKind& kind : crossing_kinds()) {
    std::cout << kind.id << "\tcrossing\t" << kind.title << '\n';
  }
  return finish_output();
}

int show_kind(const CrossingKind& kind) {
  std::cout << kind.id << "\n  " << kind.title << "\nseverity   up to "
            << to_string(kind.severity) << "\nmeans      " << kind.help
            << "\ndo now     " << kind.remedy << '\n';
  return finish_output();
}

void print_list(std::string_view label,
                const std::vector<std::string_view>& items) {
  if (items.empty()) return;
  std::cout << label;
  for (const std::string_view item : items) std::cout << ' ' << item;
  std::cout << '\n';
}

bool is_asked_by(const std::vector<std::string_view>& only,
                 std::string_view rule) {
  return only.empty() ||
         std::any_of(only.begin(), only.end(), [&](std::string_view glob) {
           const bool open = glob.ends_with('*');
           if (open) glob.remove_suffix(1);
           return open ? rule.starts_with(glob) : rule == glob;
         });
}

// What --privileges would ask about such a credential, and name.
void print_provider(const TokenRule& rule) {
  const ProviderSet providers = builtin_providers();
  const Provider* const provider = providers.find(rule.provider);
  if (!provider) return;
  bool asks = false;
  for (const Probe& probe : provider->probes) {
    if (!is_asked_by(probe.only, rule.id)) continue;
    asks = true;
    std::cout << "asks       ";
    if (!probe.statement.empty()) {
      std::cout << probe.statement << '\n';
      continue;
    }
    std::cout << probe.method << ' '
              << (probe.url.starts_with("/") ? provider->base : "") << probe.url
              << "  (" << probe.id << ")\n";
  }
  if (!asks) return;
  for (const PowerRule& power : provider->powers) {
    std::cout << "power      " << power.operation;
    for (std::size_t i = 0; i < power.destroys.size(); ++i) {
      std::cout << (i == 0 ? ": destroys " : ", ") << power.destroys[i];
    }
    std::cout << '\n';
  }
}

int show(const Arguments& a) {
  if (const CrossingKind* const kind = find_crossing_kind(a.id)) {
    return show_kind(*kind);
  }
  const RuleSet rules = builtin_rules();
  const TokenRule* const rule = rules.find(a.id);
  if (!rule) {
    print_error("rules show: no rule " + a.id + " (see overreach rules list)");
    return kUsageError;
  }
  if (a.example > 0) {
    std::cout << make_example(*rule, a.example).secret << '\n';
    return finish_output();
  }
  std::cout << rule->id << "\n  " << rule->name << " (" << rule->provider_name
            << ")\n";
  if (!rule->shape_text.empty()) {
    std::cout << "form       " << rule->shape_text << '\n';
  } else if (!rule->pattern.empty()) {
    std::cout << "pattern    " << rule->pattern << '\n';
  } else {
    std::cout << "found by   " << to_string(rule->finder) << '\n';
  }
  if (rule->check != Check::none) {
    std::cout << "check      " << to_string(rule->check)
              << ": a token with wrong check digits is not reported\n";
  }
  print_list("names     ", rule->keys);
  print_list("words     ", rule->context);
  print_list("schemes   ", rule->schemes);
  print_list("files     ", rule->paths);
  std::cout << "confidence " << to_string(rule->confidence) << '\n';
  for (const ReachRule& reach : rule->reach) {
    std::cout << "reach      " << to_string(reach.level);
    if (!reach.fact.empty()) {
      std::cout << " when " << reach.fact << " is " << reach.equals;
    }
    std::cout << " (" << to_string(reach.evidence) << "): " << reach.why
              << '\n';
  }
  print_provider(*rule);
  std::cout << "docs       " << rule->docs << "\nrevoke     " << rule->revoke
            << "\nnarrower   " << rule->narrower << '\n';
  std::string example = make_example(*rule, 1).text;
  while (example.ends_with('\n')) example.pop_back();
  std::cout << "example    " << example << '\n';
  return finish_output();
}

int check(const Arguments& a) {
  RuleSet rules;
  ProviderSet providers;
  int status = kClean;
  for (const std::string& file : a.files) {
    Status added = add_rule_path(file, rules);
    if (added) added = add_provider_path(file, providers);
    if (!added) {
      print_error(added.error().text);
      status = kUsageError;
    }
  }
  std::vector<std::string> wrong = check_rules(rules);
  const auto asking = check_providers(providers, rules);
  wrong.insert(wrong.end(), asking.begin(), asking.end());
  for (const std::string& each : wrong) {
    print_error(each);
    status = kUsageError;
  }
  if (status == kClean) {
    std::cout << rules.tokens.size()
              << (rules.tokens.size() == 1 ? " rule" : " rules")
              << ", nothing wrong\n";
    return finish_output();
  }
  return status;
}

}  // namespace

Command add_rules(CLI::App& app) {
  CLI::App* const command =
      app.add_subcommand("rules", "What is known about kinds of credentials");
  command->require_subcommand(1);
  const auto arguments = std::make_shared<Arguments>();
  CLI::App* const lister =
      command->add_subcommand("list", "Every rule: id, provider, name");
  CLI::App* const shower =
      command->add_subcommand("show", "One rule in full, with an example");
  shower->add_option("id", arguments->id, "id of the rule")->required();
  shower
      ->add_option("--example", arguments->example,
                   "print only the secret of this generated example (1, 2 ...)")
      ->check(CLI::Range(1, 1000000));
  CLI::App* const checker = command->add_subcommand(
      "check", "Say what is wrong with rule files, ours or gitleaks TOML");
  checker->add_option("file", arguments->files, "files or folders")
      ->required()
      ->check(takes_files());
  return [arguments, lister, shower, checker] {
    if (lister->parsed()) return list();
    if (shower->parsed()) return show(*arguments);
    if (checker->parsed()) return check(*arguments);
    return kUsageError;
  };
}

}  // namespace overreach
