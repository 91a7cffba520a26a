// Documents of maps and lists, whatever they are written in: YAML, JSON and
// TOML become Items, and structure.cpp knows what tools mean by them: items of
// lists that name themselves, NAME=value in a list, keys whose text is a
// script, references to secrets and files, anchors and merge keys.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/syntax/tree.h"
#include "scanner/syntax/writer.h"

namespace overreach {

struct Item {
  enum class Kind : std::uint8_t {
    nothing,
    map,
    list,
    text,   // in quotes, or a block of lines
    plain,  // without quotes: may be a number or a boolean
    alias,  // stands for `target`
  };
  Kind kind = Kind::nothing;
  Range range;  // of a scalar: without its quotes
  std::string_view key, value;
  std::string_view tag;  // of YAML: "!Ref"
  std::uint32_t first = kNoNode, next = kNoNode;
  std::uint32_t last = kNoNode;  // child
  std::uint32_t target = kNoNode;
};

// Items of one file.  Texts are views into the file or into `kept`.
class Structure {
 public:
  std::uint32_t add(Item item, std::uint32_t parent);
  Item& operator[](std::uint32_t index) { return items_[index]; }
  const Item& operator[](std::uint32_t index) const { return items_[index]; }
  std::size_t size() const { return items_.size(); }
  std::string_view keep(std::string text) {
    return kept_.emplace_back(std::move(text));
  }
  // The child of a map with this key; kNoNode if there is none.
  std::uint32_t find(std::uint32_t map, std::string_view key) const;
  // The same, but nothing that is no scalar.
  std::string_view scalar(std::uint32_t map, std::string_view key) const;

 private:
  std::vector<Item> items_;
  std::deque<std::string> kept_;
};

// Writes the entries of a document.  `tree` is used for scripts in it.
void write_structure(const Structure& structure, std::uint32_t root,
                     Writer& writer, Tree& tree);

}  // namespace overreach
