#include "scanner/git/delta_forest.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <unordered_set>
#include <utility>

#include "scanner/base/encoding.h"
#include "scanner/base/run_threads.h"

namespace overreach {
namespace {

using Numbers = std::vector<std::uint32_t>;

// Entries that are fetched from memory while others are read.
constexpr std::uint32_t kAhead = 16;

// Its offset and position.  What has no offset at all becomes an entry that
// cannot be read.
Keyed row_of(const PackIndex& index, std::uint32_t position) {
  return {index.offset_at(position).value_or(0), position};
}

// Where the pack itself has the base of an entry.
std::optional<std::uint64_t> base_in_pack(const Pack& pack,
                                          const PackEntry& entry) {
  switch (entry.kind) {
    case PackEntry::Kind::whole:
      return std::nullopt;
    case PackEntry::Kind::offset_delta:
      return entry.base_offset;
    case PackEntry::Kind::id_delta: {
      const auto position = pack.index().find(entry.base_id);
      return position ? pack.index().offset_at(*position) : std::nullopt;
    }
  }
  return std::nullopt;
}

// The begin of one of so many parts, of work for as many threads.
std::size_t part_begin(std::size_t size, int part, int parts) {
  return size * static_cast<std::size_t>(part) /
         static_cast<std::size_t>(parts);
}

}  // namespace

// Entries by offset, without looking at all of them: a table of the first entry
// in each stretch of a few hundred bytes.
class DeltaForest::OffsetTable {
 public:
  explicit OffsetTable(const std::vector<Entry>& entries) : entries_(entries) {
    if (entries.empty()) return;
    const std::uint64_t last = entries.back().offset;
    while (shift_ < 40 && entries.size() << (shift_ + 1) <= last) ++shift_;
    first_.resize((last >> shift_) + 2,
                  static_cast<std::uint32_t>(entries.size()));
    for (std::size_t i = entries.size(); i-- > 0;) {
      first_[entries[i].offset >> shift_] = static_cast<std::uint32_t>(i);
    }
    for (std::size_t i = first_.size() - 1; i-- > 0;) {
      first_[i] = std::min(first_[i], first_[i + 1]);
    }
  }
  std::uint32_t find(std::uint64_t offset) const {
    if (offset >> shift_ >= first_.size()) return DeltaForest::kNone;
    const std::uint32_t from = first_[offset >> shift_];
    for (std::uint32_t i = from; i < entries_.size(); ++i) {
      if (entries_[i].offset == offset) return i;
      if (entries_[i].offset > offset) break;
    }
    return DeltaForest::kNone;
  }

 private:
  const std::vector<Entry>& entries_;
  unsigned shift_ = 0;
  Numbers first_;
};

DeltaForest::DeltaForest(const Pack& pack, int threads) {
  sort_entries(pack.index());
  link(bases_of(pack, threads));
}

DeltaForest::DeltaForest(const Pack& pack, const Numbers& positions)
    : is_whole_(false) {
  std::vector<Keyed> rows;
  for (const std::uint32_t position : positions) {
    rows.push_back(row_of(pack.index(), position));
  }
  radix_sort(rows);
  add_entries(rows);
  link(bases_of(pack, 1));
}

void DeltaForest::sort_entries(const PackIndex& index) {
  std::vector<Keyed> rows(index.size());
  for (std::uint32_t i = 0; i < index.size(); ++i) rows[i] = row_of(index, i);
  radix_sort(rows);
  add_entries(rows);
}

void DeltaForest::add_entries(const std::vector<Keyed>& rows) {
  entries_.reserve(rows.size());
  for (const auto& [offset, position] : rows) {
    // An entry may stand twice in a broken index.
    if (!entries_.empty() && entries_.back().offset == offset) continue;
    entries_.push_back({offset, position});
  }
}

std::string DeltaForest::problem(const Pack& pack, std::uint32_t entry,
                                 const std::string& why) const {
  std::string text = "object ";
  if (position_of(entry) != kNone) {
    text += encode_hex(pack.index().id_at(position_of(entry))) + " ";
  }
  text += "at offset " + std::to_string(offset_of(entry)) + ": " + why;
  if (last_child(entry) != kNone) {
    text += "; nor can what is stored as a difference to it";
  }
  return text;
}

// An index may know less than its pack needs (a multi-pack index names each
// object in one pack only): such bases are entries too.
bool DeltaForest::add_unknown(const Pack& pack,
                              std::vector<std::uint64_t> unknown) {
  if (unknown.empty()) return false;
  const OffsetTable table(entries_);
  std::unordered_set<std::uint64_t> added;
  while (!unknown.empty()) {
    const std::uint64_t offset = unknown.back();
    unknown.pop_back();
    if (table.find(offset) != kNone || !added.insert(offset).second) continue;
    const auto entry = pack.entry_at(offset);
    const auto base = entry ? base_in_pack(pack, *entry) : std::nullopt;
    if (base) unknown.push_back(*base);
  }
  for (const std::uint64_t offset : added) entries_.push_back({offset});
  std::sort(entries_.begin(), entries_.end(),
            [](const Entry& a, const Entry& b) { return a.offset < b.offset; });
  return true;
}

// kNone for roots and for what is broken.
Numbers DeltaForest::bases_of(const Pack& pack, int threads) {
  Numbers bases(size(), kNone);
  const OffsetTable table(entries_);
  std::vector<Part> parts(static_cast<std::size_t>(threads));
  run_threads(threads, [&](int part) {
    const auto begin_of = [&](int i) {
      return static_cast<std::uint32_t>(part_begin(size(), i, threads));
    };
    parts[static_cast<std::size_t>(part)] =
        read_part(pack, table, begin_of(part), begin_of(part + 1), bases);
  });
  std::vector<std::uint64_t> unknown;
  for (Part& part : parts) {
    roots_.insert(roots_.end(), part.roots.begin(), part.roots.end());
    std::move(part.broken.begin(), part.broken.end(),
              std::back_inserter(broken_));
    unknown.insert(unknown.end(), part.unknown.begin(), part.unknown.end());
  }
  if (!add_unknown(pack, std::move(unknown))) return bases;
  // Entries have other numbers now; all bases are among them.
  roots_.clear();
  broken_.clear();
  return bases_of(pack, threads);
}

// Writes the bases of entries [begin, end).
DeltaForest::Part DeltaForest::read_part(const Pack& pack,
                                         const OffsetTable& table,
                                         std::uint32_t begin, std::uint32_t end,
                                         Numbers& bases) const {
  Part part;
  PackReader reader(pack);
  if (is_whole_ && begin < end && pack.size() <= PackReader::kMostHeld) {
    pack.bring_in(offset_of(begin), offset_of(end - 1));
  }
  for (std::uint32_t i = begin; i < end; ++i) {
    if (i + kAhead < end) pack.expect(offset_of(i + kAhead), 1);
    const auto entry = reader.entry_at(offset_of(i), 0);
    if (!entry) {
      part.broken.push_back({i, entry.error().text});
      continue;
    }
    if (entry->kind == PackEntry::Kind::whole) {
      part.roots.push_back({i, entry->object, {}});
    } else if (const auto base = base_in_pack(pack, *entry)) {
      bases[i] = table.find(*base);
      if (bases[i] == kNone) part.unknown.push_back(*base);
    } else {
      part.roots.push_back({i, ObjectKind::blob, entry->base_id});
    }
  }
  return part;
}

void DeltaForest::link(const Numbers& bases) {
  // How much is below each; exact where bases come before what needs them, as
  // they nearly always do, and it only decides an order.
  Numbers weight(size(), 1);
  for (std::uint32_t i = size(); i-- > 0;) {
    if (bases[i] == kNone) continue;
    weight[bases[i]] += weight[i];
    std::uint32_t& last = entries_[bases[i]].last_child;
    if (last == kNone || weight[i] > weight[last]) last = i;
  }
  for (std::uint32_t i = size(); i-- > 0;) {
    if (bases[i] == kNone) continue;
    Entry& base = entries_[bases[i]];
    if (base.last_child == i) continue;
    entries_[i].next_sibling = base.first_child;
    base.first_child = i;
  }
  find_loops(bases);
}

// What no root leads to: bases that name each other, or one that is broken.
void DeltaForest::find_loops(const Numbers& bases) {
  // Nearly all packs have every base before what needs it: no circle then.
  const auto is_behind_its_base = [&](std::uint32_t entry) {
    return bases[entry] == kNone || bases[entry] < entry;
  };
  std::uint32_t behind = 0;
  while (behind < size() && is_behind_its_base(behind)) ++behind;
  if (behind == size() && broken_.empty()) return;
  std::vector<bool> is_reached(size());
  Numbers next;
  const auto reach = [&](std::uint32_t entry) {
    is_reached[entry] = true;
    next.push_back(entry);
  };
  for (const Root& root : roots_) reach(root.entry);
  const std::size_t own = broken_.size();
  for (const Broken& broken : broken_) is_reached[broken.entry] = true;
  const auto reach_all = [&] {
    while (!next.empty()) {
      const std::uint32_t entry = next.back();
      next.pop_back();
      for (std::uint32_t child = first_child(entry); child != kNone;
           child = next_sibling(child)) {
        reach(child);
      }
      if (last_child(entry) != kNone) reach(last_child(entry));
    }
  };
  reach_all();
  const std::vector<bool> can_be_read = is_reached;
  for (std::size_t i = 0; i < own; ++i) next.push_back(broken_[i].entry);
  reach_all();
  for (std::uint32_t i = 0; i < size(); ++i) {
    if (can_be_read[i] || bases[i] == kNone) continue;
    broken_.push_back({i, is_reached[i] ? "its base cannot be read"
                                        : "its bases go round in a circle"});
  }
}

}  // namespace overreach
