#include "scanner/walk/commit_range.h"

#include <optional>
#include <utility>

#include "scanner/walk/commit_walk.h"

namespace overreach {
namespace {

constexpr const char* kDeepen =
    "fetch the rest with git fetch --unshallow, or let CI clone all of it "
    "(fetch-depth: 0 of actions/checkout, GIT_DEPTH: 0 in GitLab CI)";

std::string listed(const std::vector<std::string>& revisions) {
  std::string text;
  for (const std::string& each : revisions) {
    text += (text.empty() ? "" : ", ") + each;
  }
  return text;
}

}  // namespace

Result<CommitRange> commits_of(const OpenRepository& repository,
                               const RangeOptions& options) {
  CommitWalk walk(repository);
  const std::string advice = options.advice.empty() ? kDeepen : options.advice;
  const std::string missing =
      walk.is_shallow() ? ": no such commit in this shallow clone: " + advice
                        : ": no such commit in this repository";
  CommitRange range;
  std::optional<ObjectId> from;
  std::vector<std::string> tried = options.from;
  tried.insert(tried.end(), options.guesses.begin(), options.guesses.end());
  std::size_t index = 0;
  for (; index < tried.size() && !from; ++index) {
    range.base = tried[index];
    from = repository.commit_named(range.base);
  }
  if (!from) return fail(listed(tried) + missing);
  const auto to = repository.commit_named(options.to);
  if (!to) return fail(options.to + missing);
  const std::string name = range.base + ".." + options.to;
  auto commits = walk.between(*from, *to);
  if (!commits) return fail(name + ": " + commits.error().text);
  if (walk.is_cut_off(*commits)) {
    return fail(
        name +
        ": this clone is shallow and ends before the two meet: " + advice);
  }
  if (commits->empty() && index > options.from.size()) {
    return fail(name + ": holds no commit, and what came before the push is " +
                "not known; give it with --since REV");
  }
  range.from = *from;
  range.to = *to;
  range.commits = std::move(*commits);
  auto parted = walk.parted(range.commits);
  if (!parted) return fail(name + ": " + parted.error().text);
  range.parted = std::move(*parted);
  return range;
}

}  // namespace overreach
