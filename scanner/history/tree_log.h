// What every tree of a repository holds, in memory: each as the difference that
// its pack stores it as, some bytes for an entry that is new.  Questions about
// all trees are answered from it without inflating a tree again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace overreach {

class TreeLog {
 public:
  static constexpr std::uint32_t kNothing = UINT32_MAX;

  struct Entry {
    std::uint32_t child;  // a place; kNothing: a commit of a submodule
    std::uint32_t name;   // a number of the writer's choice
  };
  // Views are into the log.
  struct Tree {
    std::uint32_t place = 0;
    // All entries are new, or else the base is the last tree before it of the
    // depth above.
    bool is_whole = true;
    std::uint32_t depth = 0;
    std::string_view entries;  // for for_each_entry()
  };

  // Numbers being written.
  class Bytes {
   public:
    void clear() { size_ = 0; }
    void put(std::uint32_t value);
    std::string_view view() const {
      return std::string_view(text_).substr(0, size_);
    }

   private:
    std::string text_;
    std::size_t size_ = 0;  // of what is written
  };

  // One thread's part of a log: trees in the order in which they are visited.
  class Writer {
   public:
    void begin(std::uint32_t place, std::uint32_t depth, bool is_whole);
    void keep(std::size_t first, std::size_t last);  // entries of the base
    void add(Entry entry);
    void end();

   private:
    friend class TreeLog;
    std::vector<std::string> chunks_;  // a tree stands in one of them
    Bytes head_, entries_;             // of the tree that is being written
    std::size_t base_next_ = 0;        // behind what was kept last
  };

  // Where a tree stands that is stored whole, with its versions behind it: up
  // to `end` of the last chunk.
  struct Chain {
    std::uint32_t writer, chunk;
    std::uint32_t offset;
    std::uint32_t last_chunk, end;
  };

  explicit TreeLog(std::size_t writers) : writers_(writers) {}
  Writer& writer(std::size_t index) { return writers_[index]; }

  std::vector<Chain> chains() const;
  std::uint32_t first_place(const Chain& chain) const;
  // Whether the bytes of a chain hold those of any of these, as bytes_of() has
  // them.  When not, no tree of it has such a child.
  bool may_have(const Chain& chain,
                const std::vector<std::string>& children) const;
  static std::string bytes_of(std::uint32_t child);

  // Calls use(Tree) for all of a chain.
  template <typename Use>
  void for_each_tree(const Chain& chain, const Use& use) const;

  // Calls add(Entry) for what is new and keep(first, last) for what stood in
  // the base too, in order.
  template <typename Add, typename Keep>
  static void for_each_entry(const Tree& tree, const Add& add,
                             const Keep& keep);

 private:
  std::string_view part_of(const Chain& chain, std::uint32_t chunk) const {
    const std::string_view all = writers_[chain.writer].chunks_[chunk];
    const std::size_t begin = chunk == chain.chunk ? chain.offset : 0;
    const std::size_t end = chunk == chain.last_chunk ? chain.end : all.size();
    return all.substr(begin, end - begin);
  }
  static std::uint32_t take_number(std::string_view& from) {
    std::uint32_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
      const auto byte = static_cast<unsigned char>(from.front());
      from.remove_prefix(1);
      value |= static_cast<std::uint32_t>(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  }
  static Tree take_tree(std::string_view& from);

  std::vector<Writer> writers_;
};

template <typename Use>
void TreeLog::for_each_tree(const Chain& chain, const Use& use) const {
  for (std::uint32_t i = chain.chunk; i <= chain.last_chunk; ++i) {
    for (std::string_view rest = part_of(chain, i); !rest.empty();) {
      use(take_tree(rest));
    }
  }
}

template <typename Add, typename Keep>
void TreeLog::for_each_entry(const Tree& tree, const Add& add,
                             const Keep& keep) {
  std::string_view rest = tree.entries;
  std::size_t next = 0;
  while (!rest.empty()) {
    const std::uint32_t number = take_number(rest);
    if (number % 2 == 0) {
      add(Entry{number / 2 - 1, take_number(rest)});
      continue;
    }
    // How far from where the last one ended, either way.
    const std::uint32_t step = take_number(rest);
    const std::size_t distance = step / 2;
    const std::size_t first = step % 2 == 0 ? next + distance : next - distance;
    next = first + number / 2;
    keep(first, next);
  }
}

}  // namespace overreach
