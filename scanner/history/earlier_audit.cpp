#include "scanner/history/earlier_audit.h"

#include <algorithm>
#include <set>
#include <utility>

namespace overreach {
namespace {

// Reading some objects pays only for so small a part of them.
constexpr std::size_t kSmallPart = 16;

}  // namespace

EarlierAudit::EarlierAudit(HistoryState state, const ObjectStore& store)
    : state_(std::move(state)), store_(store), unread_(unread_objects()) {}

// Nothing as well when some are gone that it has read: what it left out may be
// theirs.
std::optional<std::vector<ObjectId>> EarlierAudit::unread_objects() const {
  if (state_.empty() || state_.id_bytes != id_size(store_.hash_kind())) {
    return std::nullopt;
  }
  std::vector<ObjectId> unread;
  std::size_t next = 0;  // in the known ones: they come in one order, nearly
  for (std::uint32_t i = 0; i < store_.size(); ++i) {
    const ObjectId id = store_.id_at(i);
    const auto place = state_.find(id.bytes(), next);
    if (place) next = *place + 1;
    if (!place) unread.push_back(id);
    if (unread.size() > store_.size() / kSmallPart) return std::nullopt;
  }
  const std::size_t known = state_.objects.size() / state_.id_bytes;
  if (!state_.problems.empty() && store_.size() - unread.size() < known) {
    return std::nullopt;
  }
  std::sort(unread.begin(), unread.end());
  return unread;
}

bool EarlierAudit::has_read_all() const {
  return unread_ && unread_->empty() &&
         state_.objects.size() == store_.size() * state_.id_bytes;
}

std::vector<KnownFinding> EarlierAudit::take_findings() {
  return std::move(state_.findings);
}

std::optional<std::vector<ObjectId>> EarlierAudit::objects_to_read() const {
  if (!unread_) return std::nullopt;
  std::set<ObjectId> ids(unread_->begin(), unread_->end());
  for (const std::string& id : state_.found) {
    if (store_.place_of(id)) ids.emplace(id);
  }
  if (ids.size() > store_.size() / kSmallPart) return std::nullopt;
  return std::vector<ObjectId>(ids.begin(), ids.end());
}

bool EarlierAudit::needs_old_trees() const {
  const bool lacks_something = std::any_of(
      state_.problems.begin(), state_.problems.end(), [](const Problem& each) {
        return each.kind == Problem::Kind::incomplete;
      });
  return !state_.found.empty() || state_.found_in_names || lacks_something;
}

void EarlierAudit::repeat(Problem::Kind kind, Diagnostics& diagnostics) const {
  for (const Problem& problem : state_.problems) {
    if (problem.kind != kind) continue;
    if (kind == Problem::Kind::incomplete) {
      diagnostics.incomplete(problem.path, problem.what);
    } else {
      diagnostics.left_out(problem.path, problem.what);
    }
  }
}

}  // namespace overreach
