// The variables of this process, which every program it starts has too.

#include <unistd.h>

#include <algorithm>
#include <string_view>

#include "scanner/reach/reach.h"

namespace overreach {
namespace {

bool is_plain(std::string_view value) {
  return value.find_first_of(" \t\r\n'\"`#$\\") == value.npos;
}

// So that a reader of NAME=value files takes it as it is.  A value with quotes
// of both kinds stays bare: its first line is better than none.
std::string quoted(const std::string& value) {
  if (is_plain(value)) return value;
  if (value.find('\'') == value.npos) return "'" + value + "'";
  if (value.find_first_of("\"\\$") == value.npos) return "\"" + value + "\"";
  return value;
}

}  // namespace

ProcessVariables own_variables() {
  ProcessVariables variables;
  for (char** each = ::environ; each && *each; ++each) {
    const std::string_view text(*each);
    const std::size_t equals = text.find('=');
    if (equals == text.npos || equals == 0) continue;
    variables.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  std::sort(variables.begin(), variables.end());
  return variables;
}

TextSource text_of_environment(const ProcessVariables& variables) {
  TextSource source;
  source.path = kProcessEnvironment;
  source.exposure = Exposure::process;
  source.source = "process";
  source.is_file = false;
  for (const auto& [name, value] : variables) {
    source.text += name;
    source.text += '=';
    source.text += quoted(value);
    source.text += '\n';
  }
  return source;
}

}  // namespace overreach
