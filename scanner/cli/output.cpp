#include "scanner/cli/output.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sstream>

#include "formatters/formatter.h"
#include "scanner/cli/suggest.h"

namespace overreach {
namespace {

const Format* find_format(std::string_view name) {
  for (const Format& format : formats()) {
    if (format.name == name) return &format;
  }
  return nullptr;
}

int terminal_width() {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40) {
    return std::min<int>(size.ws_col, 140);
  }
  return 80;
}

bool wants_color(const OutputRequest& request, bool to_terminal) {
  if (request.color == "always") return true;
  if (request.color == "never") return false;
  const char* const no_color = std::getenv("NO_COLOR");
  const char* const term = std::getenv("TERM");
  return to_terminal && !(no_color && *no_color) &&
         !(term && std::string_view(term) == "dumb");
}

// fwrite, flush and close, so that a full disk shows.
Status write_all(std::FILE* file, const std::string& name,
                 const std::string& text, bool close) {
  bool good = std::fwrite(text.data(), 1, text.size(), file) == text.size();
  good = std::fflush(file) == 0 && good;
  const int cause = errno;
  if (close) good = std::fclose(file) == 0 && good;
  if (good) return {};
  return fail(name + ": cannot be written: " + std::strerror(cause));
}

Status write_one(const OutputRequest& request, const Report& report,
                 const Format& format, const std::string& file) {
  const bool standard = file == "-";
  OutputOptions options = request.options;
  const bool terminal = standard && ::isatty(STDOUT_FILENO);
  options.color = wants_color(request, terminal);
  options.width = terminal ? terminal_width() : 80;
  std::ostringstream text;
  format.write(report, options, text);
  if (standard) return write_all(stdout, "standard output", text.str(), false);
  std::FILE* const out = std::fopen(file.c_str(), "wb");
  if (!out) {
    return fail(file + ": cannot be written: " + std::strerror(errno));
  }
  return write_all(out, file, text.str(), true);
}

}  // namespace

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const Format& format : formats()) names.emplace_back(format.name);
  return names;
}

Status check_output(const OutputRequest& request) {
  for (const std::string& name : request.formats) {
    if (!find_format(name)) {
      return fail("--format " + name + ": must be one of " +
                  listed(format_names()));
    }
  }
  const std::size_t formats = std::max<std::size_t>(request.formats.size(), 1);
  if (request.files.size() > formats ||
      (request.files.size() < formats && formats > 1)) {
    return fail("--output: give one for each --format");
  }
  return {};
}

Status write_reports(const OutputRequest& request, const Report& report) {
  std::vector<std::string> names = request.formats;
  if (names.empty()) names = {"text"};
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string file = i < request.files.size() ? request.files[i] : "-";
    TRY(write_one(request, report, *find_format(names[i]), file));
  }
  return {};
}

}  // namespace overreach
