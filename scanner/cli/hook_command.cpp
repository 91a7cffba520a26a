// overreach hook install | status | remove

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <memory>
#include <system_error>

#include "scanner/base/whole_file.h"
#include "scanner/cli/cli.h"
#include "scanner/cli/commands.h"
#include "scanner/cli/hook_file.h"
#include "scanner/cli/hook_managers.h"
#include "scanner/cli/hook_text.h"
#include "scanner/cli/shown_path.h"
#include "scanner/cli/words.h"

namespace overreach {
namespace {

namespace fs = std::filesystem;

// What a command says and how it ends.
struct Outcome {
  int status = kClean;
  std::string text;   // one line
  std::string lines;  // more of them, for the user to copy
};

Outcome refused(std::string text, std::string_view lines) {
  return {kUsageError, std::move(text), std::string(lines)};
}

std::string path_of_this_program() {
  std::error_code error;
  const fs::path path = fs::read_symlink("/proc/self/exe", error);
  return error ? "overreach" : path.string();
}

// Of a setting that leads nowhere: it is not ours to make such a folder.
std::string missing_folder(const HookFile& hook) {
  return shown_path(hook.folder.path) +
         ": is no folder, but core.hooksPath names it, so Git runs no hook";
}

std::string broken_marks(const HookFile& hook) {
  return shown_path(hook.path) +
         ": the marks of overreach's lines do not pair; take what is left of "
         "them out by hand";
}

// "lefthook, whose lefthook.yml names overreach"
std::string described(const FoundManager& found) {
  const std::string name(found.manager->name);
  if (found.file.empty()) return name + ", whose configuration is not there";
  return name + ", whose " + found.file +
         (names_overreach(found.text) ? " names" : " does not name") +
         " overreach";
}

// The hook belongs to a program that would write it anew.
Outcome install_with(const FoundManager& found, const HookFile& hook) {
  const HookManager& manager = *found.manager;
  const std::string name(manager.name);
  const std::string file(found.file.empty() ? std::string(manager.files[0])
                                            : found.file);
  const bool is_in_place =
      hook.text &&
      manager_of_hook(*hook.text, hook.folder.repository.work_tree).has_value();
  if (!names_overreach(found.text)) {
    return refused(
        file + ": " + name +
            " owns the hooks here, so nothing was changed; add "
            "these lines to it" +
            (is_in_place ? std::string(":")
                         : ", then run " + std::string(manager.start) + ":"),
        manager.lines);
  }
  if (!is_in_place || !is_executable(hook.git_runs)) {
    return refused(file +
                       ": names overreach already, but its hook is not in "
                       "place; run " +
                       std::string(manager.start),
                   "");
  }
  return {kClean,
          shown_path(hook.path) + ": runs " + described(found) + " already",
          ""};
}

// What else there is to know when the lines are in place.
std::string note_on(const HookFile& hook) {
  const Repository& repository = hook.folder.repository;
  std::error_code error;
  if (hook.is_run_by_shell) return "; commit it, and others have it, too";
  if (hook.folder.is_configured) {
    const bool is_inside = hook.path.starts_with(repository.work_tree) ||
                           hook.path.starts_with(repository.common_dir);
    return is_inside ? ""
                     : "; so it does in every repository whose core.hooksPath "
                       "is that folder";
  }
  if (fs::is_directory(repository.work_tree + ".husky", error)) {
    return "; once husky has set core.hooksPath, install it again";
  }
  return "";
}

std::optional<FoundManager> owner_of(const HookFile& hook) {
  const std::string& work_tree = hook.folder.repository.work_tree;
  if (hook.is_run_by_shell) return std::nullopt;
  if (hook.text) {
    if (auto found = manager_of_hook(*hook.text, work_tree)) return found;
  }
  // No manager but husky works where core.hooksPath is set; and where our lines
  // are, none has written the hook since.
  const bool is_ours =
      hook.text && find_hook_lines(*hook.text) != HookLines::none;
  if (hook.folder.is_configured || is_ours) return std::nullopt;
  return manager_of_tree(work_tree);
}

// Why our lines cannot stand in this hook, if they cannot.
std::optional<std::string> why_not(const HookFile& hook) {
  if (hook.leads_out) return "leads out of its folder, to " + hook.real_path;
  const bool is_shell = !hook.text || is_shell_script(*hook.text) ||
                        (hook.is_run_by_shell && !hook.text->starts_with("#!"));
  if (!is_shell) return "is no shell script";
  return std::nullopt;
}

Outcome by_hand(const HookFile& hook, const std::string& reason) {
  const std::string shown = shown_path(hook.path);
  if (names_overreach(*hook.text)) {
    return {kClean, shown + ": names overreach already", ""};
  }
  return refused(shown + ": " + reason +
                     ", so nothing was changed; let it run this, and fail when "
                     "this fails:",
                 "overreach scan --staged -q\n");
}

// A hook that somebody switched off is not for us to switch on.
Status check_runs(const HookFile& hook) {
  std::error_code error;
  const std::string shown = shown_path(hook.git_runs);
  if (!fs::exists(hook.git_runs, error)) {
    if (!hook.is_run_by_shell) return {};
    return fail(shown +
                ": is not there, so Git runs no hook; run npx husky, "
                "and install again");
  }
  if (is_executable(hook.git_runs)) return {};
  return fail(shown +
              ": is not executable, so Git ignores it; make it so (chmod +x), "
              "or delete it, and install again");
}

Result<Outcome> install(const std::string& folder) {
  TRY_ASSIGN(const HookFile hook, find_hook_file(folder));
  if (hook.folder.is_configured && !has_hooks_folder(hook)) {
    return fail(missing_folder(hook) +
                "; make it (husky: npx husky), or take the setting back (git "
                "config --unset core.hooksPath)");
  }
  if (const auto owner = owner_of(hook)) return install_with(*owner, hook);
  if (const auto reason = why_not(hook)) return by_hand(hook, *reason);
  TRY(check_runs(hook));
  const std::string shown = shown_path(hook.path);
  const HookLines known =
      hook.text ? find_hook_lines(*hook.text) : HookLines::none;
  if (known == HookLines::broken) return fail(broken_marks(hook));
  const std::string lines = hook_lines(path_of_this_program());
  const std::string text =
      with_hook_lines(hook.text.value_or("#!/bin/sh\n"), lines);
  if (hook.text == text) {
    return Outcome{kClean, shown + ": runs overreach already", ""};
  }
  TRY(write_hook(hook, text));
  return Outcome{
      kClean,
      shown + ": " +
          (known == HookLines::none ? "runs overreach before each commit"
                                    : "its lines of overreach are renewed") +
          note_on(hook),
      ""};
}

// pre-commit keeps the hook that it found, and runs it before its own.
bool runs_kept_hook(const HookFile& hook) {
  const Result<std::string> kept = read_file(hook.git_runs + ".legacy");
  return kept && is_executable(hook.git_runs + ".legacy") &&
         find_hook_lines(*kept) != HookLines::none;
}

Outcome not_scanned(std::string text) { return {kAtGate, std::move(text), ""}; }
Outcome scanned(std::string text) { return {kClean, std::move(text), ""}; }

Outcome status_of_text(const HookFile& hook) {
  const std::string shown = shown_path(hook.path);
  switch (find_hook_lines(*hook.text)) {
    case HookLines::current:
      return scanned(shown + ": runs overreach");
    case HookLines::other:
      return scanned(shown +
                     ": runs overreach, by lines that are not this version's "
                     "(overreach hook install renews them)");
    case HookLines::broken:
      return not_scanned(broken_marks(hook));
    case HookLines::none:
      break;
  }
  const auto owner =
      manager_of_hook(*hook.text, hook.folder.repository.work_tree);
  if (owner && names_overreach(owner->text)) {
    return scanned(shown + ": runs " + described(*owner));
  }
  if (owner && owner->manager->name == "pre-commit" && runs_kept_hook(hook)) {
    return scanned(shown + ": runs pre-commit, which runs overreach by " +
                   shown_path(hook.git_runs + ".legacy"));
  }
  if (owner) return not_scanned(shown + ": runs " + described(*owner));
  if (names_overreach(*hook.text)) {
    return scanned(shown + ": names overreach, in lines of its author's");
  }
  return not_scanned(shown + ": does not run overreach");
}

Result<Outcome> status(const std::string& folder) {
  TRY_ASSIGN(const HookFile hook, find_hook_file(folder));
  if (hook.folder.is_configured && !has_hooks_folder(hook)) {
    return not_scanned(missing_folder(hook));
  }
  const std::string shown = shown_path(hook.git_runs);
  std::error_code error;
  if (!fs::exists(hook.git_runs, error)) {
    const auto owner = owner_of(hook);
    return not_scanned(shown + ": is not there, so Git runs no hook" +
                       (owner ? "; " + described(*owner) +
                                    ", is put in place by " +
                                    std::string(owner->manager->start)
                              : ""));
  }
  if (!is_executable(hook.git_runs)) {
    return not_scanned(shown + ": is not executable, so Git ignores it");
  }
  if (!hook.text) {
    return not_scanned(shown_path(hook.path) + ": is not there, so " + shown +
                       " runs nothing");
  }
  return status_of_text(hook);
}

Result<Outcome> remove(const std::string& folder) {
  TRY_ASSIGN(const HookFile hook, find_hook_file(folder));
  const std::string shown = shown_path(hook.path);
  const HookLines known =
      hook.text ? find_hook_lines(*hook.text) : HookLines::none;
  if (known == HookLines::broken) return fail(broken_marks(hook));
  if (known == HookLines::none) {
    const bool is_named = hook.text && names_overreach(*hook.text);
    return scanned(shown + ": has no lines of overreach" +
                   (is_named ? " but its author's, which stay" : ""));
  }
  if (hook.leads_out) {
    return fail(shown + ": leads out of its folder, to " + hook.real_path +
                ": take the lines between the marks out by hand");
  }
  const std::string rest = without_hook_lines(*hook.text);
  // The file behind a link is not only ours.
  if (!is_empty_hook(rest) || hook.real_path != hook.path) {
    TRY(write_hook(hook, rest));
    return scanned(shown + ": the lines of overreach are taken out");
  }
  if (::unlink(hook.path.c_str()) != 0) {
    return fail(shown + ": cannot be removed: " + std::strerror(errno));
  }
  return scanned(shown + ": is removed, only overreach was in it");
}

int finish(const Result<Outcome>& outcome) {
  if (!outcome) {
    print_error(outcome.error().text);
    return kUsageError;
  }
  if (outcome->status == kUsageError) {
    print_error(outcome->text);
    if (!outcome->lines.empty()) {
      std::fprintf(stderr, "\n%s", outcome->lines.c_str());
    }
    return kUsageError;
  }
  std::cout << outcome->text << std::endl;
  if (std::cout) return outcome->status;
  print_error("standard output: cannot be written");
  return kUsageError;
}

CLI::App* add_part(CLI::App& command, const std::string& name,
                   const std::string& help, std::string& folder) {
  CLI::App* const part = command.add_subcommand(name, help);
  part->add_option("folder", folder, "a folder of the work tree (default: .)")
      ->type_name("")
      ->check(takes_folders());
  return part;
}

}  // namespace

Command add_hook(CLI::App& app) {
  CLI::App* const command = app.add_subcommand(
      "hook", "Have Git scan what a commit adds before it is made");
  command->require_subcommand(1);
  const auto folder = std::make_shared<std::string>();
  CLI::App* const installer = add_part(
      *command, "install", "Let the pre-commit hook run overreach", *folder);
  installer->footer(
      "The hook is that of core.hooksPath, else of the repository. A hook that "
      "is there\nand is a shell script gets some lines between two marks, at "
      "its start; husky's is\n.husky/pre-commit. pre-commit, lefthook, "
      "overcommit and simple-git-hooks own the\nhook: for them, and for other "
      "programs, it says what to add, with exit status 2.\n"
      "A commit is stopped when something is at the gate, and when the scan "
      "fails or is\nnot complete; git commit --no-verify goes past it. Where "
      "overreach is not\ninstalled any more the hook warns and lets the "
      "commit go on.");
  CLI::App* const teller =
      add_part(*command, "status",
               "Say which hook Git runs, and whether it scans", *folder);
  teller->footer(
      "Exit status: 0 a commit is scanned; 1 it is not; 2 that cannot be "
      "said.");
  CLI::App* const remover = add_part(
      *command, "remove", "Take the lines of overreach out again", *folder);
  return [folder, installer, teller, remover] {
    if (installer->parsed()) return finish(install(*folder));
    if (teller->parsed()) return finish(status(*folder));
    if (remover->parsed()) return finish(remove(*folder));
    return kUsageError;
  };
}

}  // namespace overreach
