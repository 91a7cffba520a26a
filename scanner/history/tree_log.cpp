// A tree: its place, its depth and whether it is whole, the size of its
// entries, the entries.  An entry that is new: its place and 1, or 0, twice,
// and its name.  Some that are kept: their number twice and 1, and how far
// they stand from the last ones in the base.  Numbers are seven bits a byte.
#include "scanner/history/tree_log.h"

#include <algorithm>

namespace overreach {
namespace {

constexpr std::size_t kChunkBytes = std::size_t{1} << 18;

void put_number(std::uint32_t value, std::string& out) {
  for (; value >= 0x80; value >>= 7) {
    out += static_cast<char>(value | 0x80);
  }
  out += static_cast<char>(value);
}

}  // namespace

void TreeLog::Writer::begin(std::uint32_t place, std::uint32_t depth,
                            bool is_whole) {
  head_.clear();
  entries_.clear();
  base_next_ = 0;
  put_number(place, head_);
  put_number(depth * 2 + (is_whole ? 1 : 0), head_);
}

void TreeLog::Writer::keep(std::size_t first, std::size_t last) {
  put_number(static_cast<std::uint32_t>(last - first) * 2 + 1, entries_);
  const bool is_ahead = first >= base_next_;
  const std::size_t distance =
      is_ahead ? first - base_next_ : base_next_ - first;
  put_number(static_cast<std::uint32_t>(distance) * 2 + (is_ahead ? 0 : 1),
             entries_);
  base_next_ = last;
}

void TreeLog::Writer::add(Entry entry) {
  put_number((entry.child + 1) * 2, entries_);  // kNothing becomes 0
  put_number(entry.name, entries_);
}

void TreeLog::Writer::end() {
  put_number(static_cast<std::uint32_t>(entries_.size()), head_);
  const std::size_t size = head_.size() + entries_.size();
  if (chunks_.empty() ||
      chunks_.back().capacity() < chunks_.back().size() + size) {
    chunks_.emplace_back().reserve(std::max(size, kChunkBytes));
  }
  chunks_.back() += head_;
  chunks_.back() += entries_;
}

TreeLog::Tree TreeLog::take_tree(std::string_view& from) {
  Tree tree;
  tree.place = take_number(from);
  const std::uint32_t depth = take_number(from);
  tree.depth = depth / 2;
  tree.is_whole = depth % 2 != 0;
  const std::uint32_t size = take_number(from);
  tree.entries = from.substr(0, size);
  from.remove_prefix(size);
  return tree;
}

std::vector<TreeLog::Chain> TreeLog::chains() const {
  std::vector<Chain> all;
  for (std::uint32_t w = 0; w < writers_.size(); ++w) {
    const auto& chunks = writers_[w].chunks_;
    for (std::uint32_t c = 0; c < chunks.size(); ++c) {
      const std::string_view chunk = chunks[c];
      for (std::string_view rest = chunk; !rest.empty();) {
        const std::size_t offset = chunk.size() - rest.size();
        const bool is_first = c == 0 && offset == 0;
        if (take_tree(rest).depth == 0 || is_first) {
          all.push_back({w, c, static_cast<std::uint32_t>(offset)});
        }
      }
    }
  }
  return all;
}

std::uint32_t TreeLog::first_place(const Chain& chain) const {
  std::string_view rest = writers_[chain.writer].chunks_[chain.chunk];
  rest.remove_prefix(chain.offset);
  return take_tree(rest).place;
}

}  // namespace overreach
