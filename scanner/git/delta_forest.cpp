#include "scanner/git/delta_forest.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "scanner/base/encoding.h"

namespace overreach {
namespace {

using Entries = std::vector<std::uint32_t>;

// Entries that are fetched from memory while others are read.
constexpr std::uint32_t kAhead = 16;

// Entries by offset, without looking at all of them: a table of the first entry
// in each stretch of a few hundred bytes.
class OffsetTable {
 public:
  explicit OffsetTable(const std::vector<std::uint64_t>& offsets)
      : offsets_(offsets) {
    if (offsets.empty()) return;
    const std::uint64_t mean = offsets.back() / offsets.size();
    while (shift_ < 40 && std::uint64_t{1} << (shift_ + 1) <= mean) ++shift_;
    first_.resize((offsets.back() >> shift_) + 2,
                  static_cast<std::uint32_t>(offsets.size()));
    for (std::size_t i = offsets.size(); i-- > 0;) {
      first_[offsets[i] >> shift_] = static_cast<std::uint32_t>(i);
    }
    for (std::size_t i = first_.size() - 1; i-- > 0;) {
      first_[i] = std::min(first_[i], first_[i + 1]);
    }
  }
  std::uint32_t find(std::uint64_t offset) const {
    if (offset >> shift_ >= first_.size()) return DeltaForest::kNone;
    const std::uint32_t from = first_[offset >> shift_];
    for (std::uint32_t i = from; i < offsets_.size(); ++i) {
      if (offsets_[i] == offset) return i;
      if (offsets_[i] > offset) break;
    }
    return DeltaForest::kNone;
  }

 private:
  const std::vector<std::uint64_t>& offsets_;
  unsigned shift_ = 0;
  Entries first_;
};

// An entry may stand twice in a broken index.
void sort_by_offset(std::vector<std::uint64_t>& offsets, Entries& positions) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> rows;
  rows.reserve(offsets.size());
  for (std::size_t i = 0; i < offsets.size(); ++i) {
    rows.emplace_back(offsets[i], positions[i]);
  }
  std::sort(rows.begin(), rows.end());
  const auto end = std::unique(
      rows.begin(), rows.end(),
      [](const auto& a, const auto& b) { return a.first == b.first; });
  rows.erase(end, rows.end());
  offsets.resize(rows.size());
  positions.resize(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::tie(offsets[i], positions[i]) = rows[i];
  }
}

}  // namespace

DeltaForest::DeltaForest(const Pack& pack) {
  const PackIndex& index = pack.index();
  offsets_.reserve(index.size());
  positions_.reserve(index.size());
  for (std::uint32_t i = 0; i < index.size(); ++i) {
    // What has no offset at all becomes an entry that cannot be read.
    offsets_.push_back(index.offset_at(i).value_or(0));
    positions_.push_back(i);
  }
  sort_by_offset(offsets_, positions_);
  link(bases_of(pack));
}

std::string DeltaForest::problem(const Pack& pack, std::uint32_t entry,
                                 const std::string& why) const {
  std::string text = "object ";
  if (positions_[entry] != kNone) {
    text += encode_hex(pack.index().id_at(positions_[entry])) + " ";
  }
  text += "at offset " + std::to_string(offsets_[entry]) + ": " + why;
  if (last_child_[entry] != kNone) {
    text += "; nor can what is stored as a difference to it";
  }
  return text;
}

// An index may know less than its pack needs (a multi-pack index names each
// object in one pack only): such bases are entries too.
bool DeltaForest::add_unknown(const Pack& pack,
                              std::vector<std::uint64_t> unknown) {
  if (unknown.empty()) return false;
  const OffsetTable table(offsets_);
  std::unordered_set<std::uint64_t> added;
  while (!unknown.empty()) {
    const std::uint64_t offset = unknown.back();
    unknown.pop_back();
    if (table.find(offset) != kNone || !added.insert(offset).second) continue;
    const auto entry = pack.entry_at(offset);
    if (entry && entry->kind == PackEntry::Kind::offset_delta) {
      unknown.push_back(entry->base_offset);
    }
  }
  offsets_.insert(offsets_.end(), added.begin(), added.end());
  positions_.resize(offsets_.size(), kNone);
  sort_by_offset(offsets_, positions_);
  return true;
}

// kNone for roots and for what is broken.
Entries DeltaForest::bases_of(const Pack& pack) {
  Entries bases(size(), kNone);
  const OffsetTable table(offsets_);
  std::vector<std::uint64_t> unknown;
  PackReader reader(pack);
  for (std::uint32_t i = 0; i < size(); ++i) {
    if (i + kAhead < size()) pack.expect(offsets_[i + kAhead]);
    const auto entry = reader.entry_at(offsets_[i], 0);
    if (!entry) {
      broken_.push_back({i, entry.error().text});
      continue;
    }
    switch (entry->kind) {
      case PackEntry::Kind::whole:
        roots_.push_back({i, entry->object, {}});
        break;
      case PackEntry::Kind::offset_delta:
        bases[i] = table.find(entry->base_offset);
        if (bases[i] == kNone) unknown.push_back(entry->base_offset);
        break;
      case PackEntry::Kind::id_delta: {
        const auto position = pack.index().find(entry->base_id);
        const auto offset =
            position ? pack.index().offset_at(*position) : std::nullopt;
        if (offset) bases[i] = table.find(*offset);
        if (bases[i] == kNone) {
          roots_.push_back({i, ObjectKind::blob, entry->base_id});
        }
        break;
      }
    }
  }
  if (!add_unknown(pack, std::move(unknown))) return bases;
  // Entries have other numbers now; all bases are among them.
  roots_.clear();
  broken_.clear();
  return bases_of(pack);
}

void DeltaForest::link(const Entries& bases) {
  // How much is below each; exact where bases come before what needs them, as
  // they nearly always do, and it only decides an order.
  Entries weight(size(), 1);
  last_child_.assign(size(), kNone);
  for (std::uint32_t i = size(); i-- > 0;) {
    const std::uint32_t base = bases[i];
    if (base == kNone) continue;
    weight[base] += weight[i];
    const std::uint32_t last = last_child_[base];
    if (last == kNone || weight[i] > weight[last]) last_child_[base] = i;
  }
  first_child_.assign(size(), kNone);
  next_sibling_.assign(size(), kNone);
  for (std::uint32_t i = size(); i-- > 0;) {
    const std::uint32_t base = bases[i];
    if (base == kNone || last_child_[base] == i) continue;
    next_sibling_[i] = first_child_[base];
    first_child_[base] = i;
  }
  find_loops(bases);
}

// What no root leads to: bases that name each other, or one that is broken.
void DeltaForest::find_loops(const Entries& bases) {
  std::vector<bool> is_reached(size());
  Entries next;
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
      for (std::uint32_t child = first_child_[entry]; child != kNone;
           child = next_sibling_[child]) {
        reach(child);
      }
      if (last_child_[entry] != kNone) reach(last_child_[entry]);
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
