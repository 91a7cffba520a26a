#include "scanner/crossing/approvals.h"

#include <algorithm>

#include "scanner/base/path_pattern.h"
#include "scanner/base/word_list.h"

namespace overreach {
namespace {

// Where a tool lists what it may do.
struct AllowList {
  std::string_view file;     // pattern of the path
  std::string_view section;  // of the entries, as Entry::section() has it
  std::string_view opens;  // a rule is opens + command + ")"; empty: all of it
  std::string_view means_on;  // the rule is the key, when the value is this
};
constexpr AllowList kAllowLists[] = {
    {".claude/*.json", "permissions.allow", "Bash(", ""},
    {".cursor/*.json", "permissions.allow", "Shell(", ""},
    {".cursor/permissions.json", "terminalAllowlist", "", ""},
    {".gemini/settings.json", "tools.allowed", "run_shell_command(", ""},
    {".gemini/settings.json", "allowedTools", "run_shell_command(", ""},
    {".qwen/settings.json", "tools.allowed", "run_shell_command(", ""},
    {"(opencode|.opencode).(json|jsonc)", "permission.bash", "", "allow"},
    {".vscode/settings.json", "\"chat.tools.terminal.autoApprove\"", "",
     "true"},
};

// They only start another program.
constexpr std::string_view kStarters =
    " sudo npx bunx pnpm yarn npm bun exec dlx run uv uvx poetry bundle env "
    "time nohup -y --yes -E ";

bool is_assignment(std::string_view word) {
  const std::size_t sign = word.find('=');
  return sign != word.npos && sign > 0 && word.front() != '-' &&
         word.substr(0, sign).find_first_of("/:.\"'") == word.npos;
}

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> words;
  while (true) {
    const std::size_t begin = text.find_first_not_of(' ');
    if (begin == text.npos) return words;
    text.remove_prefix(begin);
    const std::size_t end = std::min(text.find(' '), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
}

// ":*", " *", "*" at the end: anything may follow.
bool take_star(std::string_view& text) {
  if (!text.ends_with('*')) return false;
  text.remove_suffix(1);
  if (text.ends_with(':') || text.ends_with(' ')) text.remove_suffix(1);
  return true;
}

// One of the commands that a rule joins with "&&", ";" or "|".
void add_command(std::string_view text, Approval approval,
                 std::vector<Approval>& approvals) {
  approval.is_open |= take_star(text);
  for (const std::string_view word : split(text)) {
    if (approval.words.empty() && is_assignment(word)) {
      approval.variables.push_back(word);
    } else if (!approval.words.empty()) {
      approval.words.push_back(word);
    } else if (!is_listed(kStarters, word)) {
      approval.words.push_back(word.substr(word.find_last_of('/') + 1));
    }
  }
  if (!approval.words.empty()) approvals.push_back(std::move(approval));
}

void add_commands(std::string_view text, const Approval& approval,
                  std::vector<Approval>& approvals) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("&;|"), text.size());
    add_command(text.substr(0, end), approval, approvals);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

// "mcp__railway__remove_volume"; "mcp__railway" is every tool of it.
void add_tool(std::string_view text, Approval approval,
              std::vector<Approval>& approvals) {
  text.remove_prefix(std::string_view("mcp__").size());
  const std::size_t end = text.find("__");
  std::string_view tool = end == text.npos ? "" : text.substr(end + 2);
  approval.is_tool = true;
  approval.words = {text.substr(0, end)};
  approval.is_open = take_star(tool) || tool.empty();
  if (!tool.empty()) approval.words.push_back(tool);
  approvals.push_back(std::move(approval));
}

void add_rule(const AllowList& list, std::string_view rule,
              const Approval& approval, std::vector<Approval>& approvals) {
  if (rule.starts_with("mcp__")) return add_tool(rule, approval, approvals);
  if (!list.opens.empty()) {
    if (!rule.starts_with(list.opens) || !rule.ends_with(')')) return;
    rule.remove_prefix(list.opens.size());
    rule.remove_suffix(1);
  }
  Approval own = approval;
  // Cursor and VS Code compare beginnings.
  own.is_open = list.opens.empty() && list.means_on != "allow";
  add_commands(rule, own, approvals);
}

}  // namespace

std::vector<Approval> approvals_of(const LabelledFile& file) {
  std::vector<Approval> approvals;
  for (const AllowList& list : kAllowLists) {
    if (!match_path(list.file, file.path)) continue;
    for (std::size_t i = 0; i < file.entries().size(); ++i) {
      const Entry& entry = file.entries()[i];
      if (entry.section() != list.section) continue;
      const std::string_view value = entry.value.reveal();
      if (list.means_on.empty()) {
        add_rule(list, value, {&file, i, {}, {}, false, false}, approvals);
      } else if (value == list.means_on) {
        add_rule(list, entry.key, {&file, i, {}, {}, false, false}, approvals);
      }
    }
  }
  return approvals;
}

}  // namespace overreach
