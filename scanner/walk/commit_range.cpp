#include "scanner/walk/commit_range.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "scanner/git/libgit2.h"

namespace overreach {
namespace {

constexpr const char* kDeepen =
    "fetch the rest with git fetch --unshallow, or let CI clone all of it "
    "(fetch-depth: 0 of actions/checkout, GIT_DEPTH: 0 in GitLab CI)";

struct OidLess {
  bool operator()(const git_oid& a, const git_oid& b) const {
    return git_oid_cmp(&a, &b) < 0;
  }
};
using Oids = std::set<git_oid, OidLess>;

// The commits whose parents a shallow clone lacks.
Oids shallow_commits(git_repository* repository) {
  std::ifstream file(std::string(git_repository_commondir(repository)) +
                     "shallow");
  Oids oids;
  git_oid oid;
  for (std::string line; std::getline(file, line);) {
    if (git_oid_fromstrp(&oid, line.c_str()) == 0) oids.insert(oid);
  }
  return oids;
}

std::optional<git_oid> commit_named(git_repository* repository,
                                    const std::string& revision) {
  git_object* object = nullptr;
  if (git_revparse_single(&object, repository,
                          (revision + "^{commit}").c_str()) != 0) {
    return std::nullopt;
  }
  const git_oid oid = *git_object_id(object);
  git_object_free(object);
  return oid;
}

std::string listed(const std::vector<std::string>& revisions) {
  std::string text;
  for (const std::string& each : revisions) {
    text += (text.empty() ? "" : ", ") + each;
  }
  return text;
}

// libgit2 1.5 wants the parents that a shallow clone lacks, so such a clone,
// whose history is short, is walked by hand.
class ShallowWalk {
 public:
  ShallowWalk(git_repository* repository, Oids ends)
      : repository_(repository), ends_(std::move(ends)) {}

  // What `tip` has and was not seen before, parents first.
  Result<std::vector<git_oid>> walk(const git_oid& tip) {
    std::vector<git_oid> order;
    std::vector<std::pair<git_oid, bool>> stack = {{tip, false}};
    while (!stack.empty()) {
      const auto [oid, is_left] = stack.back();
      stack.pop_back();
      if (is_left) {
        order.push_back(oid);
        continue;
      }
      if (!seen_.insert(oid).second) continue;
      stack.emplace_back(oid, true);
      if (ends_.contains(oid)) continue;
      const GitCommit commit = load_commit(repository_, oid);
      if (!commit) return fail("a commit cannot be read: " + git_error_text());
      for (unsigned i = git_commit_parentcount(commit.get()); i > 0; --i) {
        stack.emplace_back(*git_commit_parent_id(commit.get(), i - 1), false);
      }
    }
    return order;
  }

  // The clone has no more of the history behind this commit.
  bool is_end(const git_oid& oid) const { return ends_.contains(oid); }
  bool has_seen(const git_oid& oid) const { return seen_.contains(oid); }

 private:
  git_repository* const repository_;
  const Oids ends_;
  Oids seen_;
};

using RevisionWalk =
    std::unique_ptr<git_revwalk, GitDeleter<git_revwalk, git_revwalk_free>>;

Result<std::vector<git_oid>> walk_all(git_repository* repository,
                                      const git_oid& from, const git_oid& to) {
  git_revwalk* started = nullptr;
  git_revwalk_new(&started, repository);
  const RevisionWalk walk(started);
  git_revwalk_sorting(walk.get(), GIT_SORT_TOPOLOGICAL | GIT_SORT_REVERSE);
  std::vector<git_oid> commits;
  git_oid oid;
  int failed = git_revwalk_push(walk.get(), &to);
  if (failed == 0) failed = git_revwalk_hide(walk.get(), &from);
  while (failed == 0 && (failed = git_revwalk_next(&oid, walk.get())) == 0) {
    commits.push_back(oid);
  }
  if (failed != GIT_ITEROVER) {
    return fail("its commits cannot be listed: " + git_error_text());
  }
  return commits;
}

Result<std::vector<git_oid>> walk_shallow(git_repository* repository, Oids ends,
                                          const git_oid& from,
                                          const git_oid& to,
                                          const std::string& advice) {
  ShallowWalk walk(repository, std::move(ends));
  TRY(walk.walk(from));
  TRY_ASSIGN(std::vector<git_oid> commits, walk.walk(to));
  for (const git_oid& oid : commits) {
    if (!walk.is_end(oid)) continue;
    const GitCommit commit = load_commit(repository, oid);
    if (commit && git_commit_parentcount(commit.get()) == 0) continue;
    return fail("this clone is shallow and ends before the two meet: " +
                advice);
  }
  return commits;
}

Result<std::vector<git_oid>> parted_all(git_repository* repository,
                                        const git_oid& from,
                                        const git_oid& to) {
  git_oidarray found{};
  const int failed = git_merge_bases(&found, repository, &from, &to);
  if (failed == GIT_ENOTFOUND) return std::vector<git_oid>();
  if (failed != 0) {
    return fail("where the two parted cannot be found: " + git_error_text());
  }
  std::vector<git_oid> parted(found.ids, found.ids + found.count);
  git_oidarray_dispose(&found);
  return parted;
}

std::vector<git_oid> parents_of(git_repository* repository,
                                const git_oid& oid) {
  std::vector<git_oid> parents;
  const GitCommit commit = load_commit(repository, oid);
  const unsigned count = commit ? git_commit_parentcount(commit.get()) : 0;
  for (unsigned i = 0; i < count; ++i) {
    parents.push_back(*git_commit_parent_id(commit.get(), i));
  }
  return parents;
}

// The parents that are not of the range, without those that are behind others.
Result<std::vector<git_oid>> parted_shallow(
    git_repository* repository, Oids ends,
    const std::vector<git_oid>& commits) {
  const Oids inside(commits.begin(), commits.end());
  Oids outside;
  for (const git_oid& oid : commits) {
    for (const git_oid& parent : parents_of(repository, oid)) {
      if (!inside.contains(parent)) outside.insert(parent);
    }
  }
  ShallowWalk behind(repository, std::move(ends));
  for (const git_oid& oid : outside) {
    if (behind.is_end(oid)) continue;
    for (const git_oid& parent : parents_of(repository, oid)) {
      TRY(behind.walk(parent));
    }
  }
  std::vector<git_oid> parted(outside.begin(), outside.end());
  std::erase_if(parted,
                [&](const git_oid& oid) { return behind.has_seen(oid); });
  return parted;
}

}  // namespace

Result<CommitRange> commits_of(git_repository* repository,
                               const RangeOptions& options) {
  Oids ends = shallow_commits(repository);
  const std::string advice = options.advice.empty() ? kDeepen : options.advice;
  const std::string missing =
      ends.empty() ? ": no such commit in this repository"
                   : ": no such commit in this shallow clone: " + advice;
  CommitRange range{};
  std::optional<git_oid> from;
  std::vector<std::string> tried = options.from;
  tried.insert(tried.end(), options.guesses.begin(), options.guesses.end());
  std::size_t index = 0;
  for (; index < tried.size() && !from; ++index) {
    range.base = tried[index];
    from = commit_named(repository, range.base);
  }
  if (!from) return fail(listed(tried) + missing);
  const auto to = commit_named(repository, options.to);
  if (!to) return fail(options.to + missing);
  const std::string name = range.base + ".." + options.to;
  auto commits = ends.empty()
                     ? walk_all(repository, *from, *to)
                     : walk_shallow(repository, ends, *from, *to, advice);
  if (!commits) return fail(name + ": " + commits.error().text);
  if (commits->empty() && index > options.from.size()) {
    return fail(name + ": holds no commit, and what came before the push is " +
                "not known; give it with --since REV");
  }
  range.from = *from;
  range.to = *to;
  range.commits = std::move(*commits);
  if (range.commits.empty()) return range;
  auto parted =
      ends.empty() ? parted_all(repository, *from, *to)
                   : parted_shallow(repository, std::move(ends), range.commits);
  if (!parted) return fail(name + ": " + parted.error().text);
  range.parted = std::move(*parted);
  return range;
}

}  // namespace overreach
