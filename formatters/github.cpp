// Workflow commands: lines that the runner of GitHub Actions turns into
// annotations of the change.  It shows ten of each level and step, so the most
// dangerous come first.  Logs are public with the repository: a secret itself
// is never written.
#include <string>
#include <string_view>

#include "formatters/by_danger.h"
#include "formatters/formatter.h"
#include "formatters/numbers.h"
#include "formatters/redactor.h"
#include "formatters/sentences.h"
#include "formatters/utf8.h"

namespace overreach {
namespace {

// The runner undoes this and nothing else.  Other controls would reach the
// terminal of whoever reads the log, so they are shown instead.
std::string escaped(std::string_view text, std::string_view separators) {
  const auto escape = [&](char c) {
    return c == '%' || c == '\r' || c == '\n' ||
           separators.find(c) != separators.npos;
  };
  std::string result;
  std::string plain;
  const auto flush = [&] {
    result += visible(plain);
    plain.clear();
  };
  for (const char c : text) {
    if (!escape(c)) {
      plain += c;
      continue;
    }
    flush();
    const auto byte = static_cast<unsigned char>(c);
    result += '%';
    result += "0123456789ABCDEF"[byte >> 4];
    result += "0123456789ABCDEF"[byte & 15];
  }
  flush();
  return result;
}

std::string property(std::string_view text) { return escaped(text, ":,"); }
std::string data(std::string_view text) { return escaped(text, ""); }

std::string_view level_of(Severity severity) {
  switch (severity) {
    case Severity::critical:
    case Severity::high:
      return "error";
    case Severity::medium:
      return "warning";
    case Severity::low:
      break;
  }
  return "notice";
}

class Commands {
 public:
  Commands(const Report& report, const OutputOptions& options,
           std::ostream& out)
      : report_(report),
        options_(options),
        redacted_(report, options),
        out_(out) {}

  void write() {
    by_danger(
        report_,
        [&](const Credential& each) {
          annotate(each.severity, each.places.front(), &each, each.name,
                   message(each, redacted_));
        },
        [&](const Crossing& each) {
          annotate(each.severity, each.places.front(), nullptr,
                   title_of(report_, each), message(each, redacted_));
        });
    summary();
  }

 private:
  void annotate(Severity severity, const Place& place, const Credential* owner,
                std::string_view title, std::string_view text) {
    out_ << "::" << level_of(severity)
         << " file=" << property(shown_path(place, owner, redacted_))
         << ",line=" << place.line;
    // Columns of several lines are refused.
    if (place.line == place.end_line) out_ << ",col=" << place.column;
    out_ << ",endLine=" << place.end_line;
    if (place.line == place.end_line) {
      out_ << ",endColumn=" << place.end_column;
    }
    out_ << ",title=" << property(title) << "::" << data(text) << '\n';
  }

  void summary() {
    const std::string counts =
        counted(report_.credentials.size(), "credential") + ", " +
        counted(report_.crossings.size(), "crossing");
    if (report_.complete) {
      out_ << "::notice title=overreach::" << data(counts)
           << "; the scan is complete\n";
      return;
    }
    out_ << "::warning title=overreach::"
         << data(counts + "; " + incomplete_line(report_, options_)) << '\n';
  }

  const Report& report_;
  const OutputOptions& options_;
  const Redactor redacted_;
  std::ostream& out_;
};

}  // namespace

void write_github(const Report& report, const OutputOptions& options,
                  std::ostream& out) {
  Commands(report, options, out).write();
}

}  // namespace overreach
