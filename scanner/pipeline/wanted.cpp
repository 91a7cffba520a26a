// What --only and --skip leave of rules and kinds of crossings.

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/crossing/crossing.h"
#include "scanner/pipeline/judge.h"

namespace overreach {
namespace {

// '*' stands for any text.
bool fits_glob(std::string_view glob, std::string_view id) {
  const std::size_t star = glob.find('*');
  if (star == glob.npos) return glob == id;
  if (!id.starts_with(glob.substr(0, star))) return false;
  const std::string_view rest = glob.substr(star + 1);
  for (std::size_t at = star; at <= id.size(); ++at) {
    if (fits_glob(rest, id.substr(at))) return true;
  }
  return false;
}

bool fits_any(const std::vector<std::string>& globs, std::string_view id) {
  return std::any_of(globs.begin(), globs.end(), [&](const std::string& glob) {
    return fits_glob(glob, id);
  });
}

Status check_globs(const char* option, const std::vector<std::string>& globs,
                   const RuleSet& rules) {
  const auto fits = [](const auto& all, const std::string& glob) {
    return std::any_of(all.begin(), all.end(), [&](const auto& each) {
      return fits_glob(glob, each.id);
    });
  };
  for (const std::string& glob : globs) {
    if (!fits(rules.tokens, glob) && !fits(crossing_kinds(), glob)) {
      return fail(std::string(option) + " " + glob +
                  ": fits no rule (see overreach rules list)");
    }
  }
  return {};
}

}  // namespace

bool is_wanted(const ScanOptions& options, std::string_view id) {
  return (options.only.empty() || fits_any(options.only, id)) &&
         !fits_any(options.skip, id);
}

bool wants_crossings(const ScanOptions& options) {
  const auto kinds = crossing_kinds();
  return std::any_of(kinds.begin(), kinds.end(), [&](const CrossingKind& kind) {
    return is_wanted(options, kind.id);
  });
}

Status check_wanted(const ScanOptions& options, const RuleSet& rules) {
  TRY(check_globs("--only", options.only, rules));
  return check_globs("--skip", options.skip, rules);
}

}  // namespace overreach
