#include "scanner/walk/commit_walk.h"

#include <algorithm>
#include <fstream>
#include <limits>
#include <queue>
#include <string>
#include <utility>

#include "scanner/git/parse.h"

namespace overreach {

CommitWalk::CommitWalk(const OpenRepository& repository)
    : repository_(repository) {
  std::ifstream file(repository.folders().common_dir + "shallow");
  for (std::string line; std::getline(file, line);) {
    if (const auto id = ObjectId::from_hex(line)) ends_.insert(*id);
  }
}

Result<const CommitWalk::Commit*> CommitWalk::load(const ObjectId& id) {
  if (const auto known = commits_.find(id); known != commits_.end()) {
    return &known->second;
  }
  const auto failed = [&](const Error& error) {
    return fail("commit " + id.hex() + " cannot be read: " + error.text);
  };
  const auto bytes = repository_.read(ObjectKind::commit, id);
  if (!bytes) return failed(bytes.error());
  auto parsed = parse_commit(bytes->view());
  if (!parsed) return failed(parsed.error());
  Commit commit;
  commit.committed = parsed->committed;
  if (ends_.contains(id)) {
    commit.is_end = !parsed->parents.empty();
  } else {
    commit.parents = std::move(parsed->parents);
  }
  return &commits_.emplace(id, std::move(commit)).first->second;
}

// From both ends at once, the youngest first, so that little is read that is
// older than where the two meet.  As in Git a clock that was wrong, which made
// a commit older than its parents, can hide that these are behind both.
Result<std::set<ObjectId>> CommitWalk::only_behind(const ObjectId& from,
                                                   const ObjectId& to) {
  constexpr unsigned kTo = 1, kFrom = 2, kBoth = kTo | kFrom;
  struct State {
    unsigned behind = 0;
    bool is_waiting = false;
  };
  std::unordered_map<ObjectId, State> states;
  std::priority_queue<std::pair<std::int64_t, ObjectId>> waiting;
  std::size_t undecided = 0;  // of those that wait, behind one of the two
  std::int64_t oldest = std::numeric_limits<std::int64_t>::max();  // of `only`
  std::set<ObjectId> only;
  const auto add = [&](const ObjectId& id, unsigned behind) -> Status {
    State& state = states[id];
    if ((state.behind | behind) == state.behind) return {};
    TRY_ASSIGN(const Commit* const commit, load(id));
    if (state.is_waiting && state.behind != kBoth) --undecided;
    state.behind |= behind;
    if (state.behind == kTo) {
      only.insert(id);
      oldest = std::min(oldest, commit->committed);
    } else {
      only.erase(id);
    }
    if (state.behind != kBoth) ++undecided;
    if (!state.is_waiting) waiting.emplace(commit->committed, id);
    state.is_waiting = true;
    return {};
  };
  TRY(add(to, kTo));
  TRY(add(from, kFrom));
  while (!waiting.empty() && (undecided > 0 || waiting.top().first >= oldest)) {
    const ObjectId id = waiting.top().second;
    waiting.pop();
    State& state = states[id];
    state.is_waiting = false;
    const unsigned behind = state.behind;
    if (behind != kBoth) --undecided;
    TRY_ASSIGN(const Commit* const commit, load(id));
    for (const ObjectId& parent : commit->parents) TRY(add(parent, behind));
  }
  return only;
}

Result<std::vector<ObjectId>> CommitWalk::between(const ObjectId& from,
                                                  const ObjectId& to) {
  TRY_ASSIGN(std::set<ObjectId> left, only_behind(from, to));
  std::vector<ObjectId> order;
  std::vector<std::pair<ObjectId, bool>> stack = {{to, false}};
  while (!stack.empty()) {
    const auto [id, is_entered] = stack.back();
    stack.pop_back();
    if (is_entered) {
      order.push_back(id);
      continue;
    }
    if (left.erase(id) == 0) continue;
    stack.emplace_back(id, true);
    const auto& parents = commits_.at(id).parents;
    for (auto parent = parents.rbegin(); parent != parents.rend(); ++parent) {
      stack.emplace_back(*parent, false);
    }
  }
  return order;
}

Result<std::vector<ObjectId>> CommitWalk::parted(
    const std::vector<ObjectId>& commits) {
  const std::set<ObjectId> inside(commits.begin(), commits.end());
  std::set<ObjectId> outside;
  for (const ObjectId& id : commits) {
    TRY_ASSIGN(const Commit* const commit, load(id));
    for (const ObjectId& parent : commit->parents) {
      if (!inside.contains(parent)) outside.insert(parent);
    }
  }
  std::set<ObjectId> best = outside;
  // Down to the oldest of them.
  std::priority_queue<std::pair<std::int64_t, ObjectId>> waiting;
  std::set<ObjectId> seen;
  std::int64_t oldest = std::numeric_limits<std::int64_t>::max();
  for (const ObjectId& id : outside) {
    TRY_ASSIGN(const Commit* const commit, load(id));
    oldest = std::min(oldest, commit->committed);
    waiting.emplace(commit->committed, id);
  }
  while (best.size() > 1 && !waiting.empty() && waiting.top().first >= oldest) {
    const ObjectId id = waiting.top().second;
    waiting.pop();
    TRY_ASSIGN(const Commit* const commit, load(id));
    for (const ObjectId& parent : commit->parents) {
      best.erase(parent);
      if (!seen.insert(parent).second) continue;
      TRY_ASSIGN(const Commit* const next, load(parent));
      waiting.emplace(next->committed, parent);
    }
  }
  return std::vector<ObjectId>(best.begin(), best.end());
}

bool CommitWalk::is_cut_off(const std::vector<ObjectId>& commits) const {
  return std::any_of(commits.begin(), commits.end(), [&](const ObjectId& id) {
    return commits_.at(id).is_end;
  });
}

}  // namespace overreach
