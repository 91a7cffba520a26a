// What an earlier audit has read, beside the objects that are there now.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scanner/core/diagnostics.h"
#include "scanner/git/object_id.h"
#include "scanner/git/object_store.h"
#include "scanner/history/state.h"

namespace overreach {

class EarlierAudit {
 public:
  // Keeps a reference to the store.
  EarlierAudit(HistoryState state, const ObjectStore& store);

  // It has read all that is there, and nothing of that is gone.
  bool has_read_all() const;
  const std::string& refs() const { return state_.refs; }
  std::vector<KnownFinding> take_findings();

  // Those that it has not read or has found something in, sorted; nothing when
  // they are so many that all is to be read.
  std::optional<std::vector<ObjectId>> objects_to_read() const;
  // What it has found or missed is named by trees that it has read.
  bool needs_old_trees() const;

  // Tells again what it told.
  void repeat(Problem::Kind kind, Diagnostics& diagnostics) const;

 private:
  std::optional<std::vector<ObjectId>> unread_objects() const;

  HistoryState state_;
  const ObjectStore& store_;
  std::optional<std::vector<ObjectId>> unread_;  // when they are few
};

}  // namespace overreach
