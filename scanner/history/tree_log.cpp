// A tree: its place, its depth and whether it is whole, the size of its
// entries, the entries.  An entry that is new: its place and 1, or 0, twice,
// and its name.  Some that are kept: their number twice and 1, and how far
// they stand from the last ones in the base.  Numbers are seven bits a byte.
#include "scanner/history/tree_log.h"

#include <algorithm>

namespace overreach {
namespace {

constexpr std::size_t kChunkBytes = std::size_t{1} << 18;

}  // namespace

void TreeLog::Bytes::put(std::uint32_t value) {
  constexpr std::size_t kLongest = 5;
  if (text_.size() - size_ < kLongest) text_.resize(2 * text_.size() + 64);
  for (; value >= 0x80; value >>= 7) {
    text_[size_++] = static_cast<char>(value | 0x80);
  }
  text_[size_++] = static_cast<char>(value);
}

void TreeLog::Writer::begin(std::uint32_t place, std::uint32_t depth,
                            bool is_whole) {
  head_.clear();
  entries_.clear();
  base_next_ = 0;
  head_.put(place);
  head_.put(depth * 2 + (is_whole ? 1 : 0));
}

void TreeLog::Writer::keep(std::size_t first, std::size_t last) {
  entries_.put(static_cast<std::uint32_t>(last - first) * 2 + 1);
  const bool is_ahead = first >= base_next_;
  const std::size_t distance =
      is_ahead ? first - base_next_ : base_next_ - first;
  entries_.put(static_cast<std::uint32_t>(distance) * 2 + (is_ahead ? 0 : 1));
  base_next_ = last;
}

void TreeLog::Writer::add(Entry entry) {
  entries_.put((entry.child + 1) * 2);  // kNothing becomes 0
  entries_.put(entry.name);
}

void TreeLog::Writer::end() {
  head_.put(static_cast<std::uint32_t>(entries_.view().size()));
  const std::size_t size = head_.view().size() + entries_.view().size();
  if (chunks_.empty() ||
      chunks_.back().capacity() < chunks_.back().size() + size) {
    chunks_.emplace_back().reserve(std::max(size, kChunkBytes));
  }
  chunks_.back() += head_.view();
  chunks_.back() += entries_.view();
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
      std::string_view rest = chunk;
      const auto offset = [&] {
        return static_cast<std::uint32_t>(chunk.size() - rest.size());
      };
      while (!rest.empty()) {
        const std::uint32_t begin = offset();
        const bool is_first = c == 0 && begin == 0;
        if (take_tree(rest).depth == 0 || is_first) {
          all.push_back({w, c, begin, c, 0});
        }
        all.back().last_chunk = c;
        all.back().end = offset();
      }
    }
  }
  return all;
}

std::string TreeLog::bytes_of(std::uint32_t child) {
  Bytes bytes;
  bytes.put((child + 1) * 2);
  return std::string(bytes.view());
}

bool TreeLog::may_have(const Chain& chain,
                       const std::vector<std::string>& children) const {
  for (std::uint32_t i = chain.chunk; i <= chain.last_chunk; ++i) {
    const std::string_view bytes = part_of(chain, i);
    if (std::any_of(children.begin(), children.end(),
                    [&](const std::string& child) {
                      return bytes.find(child) != bytes.npos;
                    })) {
      return true;
    }
  }
  return false;
}

std::uint32_t TreeLog::first_place(const Chain& chain) const {
  std::string_view rest = writers_[chain.writer].chunks_[chain.chunk];
  rest.remove_prefix(chain.offset);
  return take_tree(rest).place;
}

}  // namespace overreach
