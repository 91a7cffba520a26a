// Files whose lines are commands below a name: Procfile and Makefile.

#include <algorithm>
#include <string>

#include "scanner/syntax/readers.h"

namespace overreach {
namespace {

bool is_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' ||
           c == '%' || c == '/';
  });
}

// X = value, X := value; X ?= value is what X is when nobody sets it.
bool read_make_variable(Writer& writer, std::size_t begin, std::size_t end) {
  const std::string_view text = writer.text();
  const std::size_t equals = text.substr(0, end).find('=', begin);
  if (equals >= end) return false;
  std::size_t name_end = equals;
  while (name_end > begin &&
         (text[name_end - 1] == ':' || text[name_end - 1] == '?' ||
          text[name_end - 1] == '+')) {
    --name_end;
  }
  Range name = trimmed(text, begin, name_end);
  constexpr std::string_view kExport = "export ";
  if (writer.slice(name).starts_with(kExport)) {
    name = trimmed(text, name.begin + kExport.size(), name.end);
  }
  if (!is_name(writer.slice(name))) return false;
  const bool is_default = text[equals - 1] == '?';
  const Range value = trimmed(text, equals + 1, end);
  const std::string_view plain = writer.slice(value);
  writer.templated(
      {is_default ? EntryKind::default_argument : kind_of_plain(plain)},
      writer.slice(name), value, plain);
  return true;
}

// What the shell gets of a recipe, as long as what is written: '@' in front is
// make's own, and $(X) is what the shell writes as ${X}.
std::string as_shell(std::string_view recipe) {
  std::string text(recipe);
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    const bool is_line_start = i == 0 || text[i - 1] == '\t';
    if (is_line_start && (text[i] == '@' || text[i] == '-')) text[i] = ' ';
    if (text[i] != '$' || text[i + 1] != '(') continue;
    const std::size_t close = text.find_first_of(")\n (", i + 2);
    if (close == text.npos || text[close] != ')') continue;
    text[i + 1] = '{';
    text[close] = '}';
  }
  return text;
}

}  // namespace

void read_procfile(Writer& writer, Tree& tree) {
  const std::string_view text = writer.text();
  for_each_line(text, [&](std::size_t begin, std::size_t end) {
    const std::size_t colon = text.substr(0, end).find(':', begin);
    if (colon == text.npos) return;
    const std::string_view name = text.substr(begin, colon - begin);
    if (!is_name(name)) return;
    const Range command = trimmed(text, colon + 1, end);
    const Writer::Section section(writer, name);
    read_shell(writer, tree, writer.slice(command), command.begin);
  });
}

void read_makefile(Writer& writer, Tree& tree) {
  const std::string_view text = writer.text();
  Range recipe;  // lines that begin with a tab, one shell text
  std::string target;
  const auto finish_recipe = [&] {
    if (!recipe.empty()) {
      const Writer::Section section(writer, target);
      read_shell(writer, tree, as_shell(writer.slice(recipe)), recipe.begin);
    }
    recipe = {};
  };
  for_each_line(text, [&](std::size_t begin, std::size_t end) {
    if (begin == end) return;
    if (text[begin] == '\t' && !target.empty()) {
      const Range line = trimmed(text, begin, end);
      if (recipe.empty()) recipe.begin = line.begin;
      recipe.end = line.end;
      return;
    }
    finish_recipe();
    if (text[begin] == '#' || text[begin] == ' ') return;
    if (read_make_variable(writer, begin, end)) return;
    const std::size_t colon = text.substr(0, end).find(':', begin);
    target = colon < end ? text.substr(begin, colon - begin) : "";
    if (!is_name(target)) target.clear();
  });
  finish_recipe();
}

}  // namespace overreach
