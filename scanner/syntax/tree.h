// A parsed text as one flat array in the order of the text.  tree-sitter's own
// nodes are slow to walk sideways and its cursors awkward to look around with;
// one pass of a cursor copies what readers need.  Nothing recurses, whatever
// the nesting: what is deeper than kMaxDepth is left out and said so.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "scanner/core/entry.h"
#include "scanner/syntax/tree_memory.h"

struct TSLanguage;
struct TSParser;

namespace overreach {

inline constexpr std::uint32_t kMaxDepth = 250;
inline constexpr std::uint32_t kNoNode = 0xffffffff;

class Tree;

// A node of a Tree, or none: every question to no node has an empty answer.
// Dies with the tree's next parse().
class Node {
 public:
  Node() = default;
  Node(const Tree* tree, std::uint32_t index) : tree_(tree), index_(index) {}

  explicit operator bool() const { return index_ != kNoNode; }
  std::uint32_t index() const { return index_; }
  std::uint32_t begin() const;  // in the file
  std::uint32_t end() const;
  std::string_view text() const;
  std::string_view type() const;  // as the grammar calls it
  bool is(std::string_view type_name) const { return type() == type_name; }
  bool is_named() const;
  bool is_error() const;
  // The number of the type, for tables: symbol_names().
  std::uint16_t symbol() const;

  Node parent() const;
  Node first() const;  // child, of any sort
  Node next() const;   // sibling, of any sort
  Node child(std::string_view field) const;
  Node named(std::size_t number) const;  // the number-th named child, from 0
  Node only() const;  // the first named child that is no comment

 private:
  const Tree* tree_ = nullptr;
  std::uint32_t index_ = kNoNode;
};

// One parser and one tree, reused from text to text by one thread.
class Tree {
 public:
  Tree();
  ~Tree();
  Tree(const Tree&) = delete;
  Tree& operator=(const Tree&) = delete;

  enum class Outcome {
    complete,
    broken,    // some of it does not follow the grammar
    too_deep,  // some or all of it, nested deeper than kMaxDepth, is left out
    gave_up,   // cost more than any honest text does: there is no tree
  };

  // Parses `text`, which must outlive the tree; it is the part of a file that
  // begins at offset `base` there, and nodes have offsets of the file.  Takes
  // O(size) memory and about two seconds at most.
  Outcome parse(Language language, std::string_view text, std::size_t base);

  // Gives back what a large text took: tree-sitter needs forty times its size.
  // Nodes of the tree are no longer of use.
  void let_go();

  Node root() const { return nodes_.empty() ? Node() : Node(this, 0); }
  std::size_t size() const { return nodes_.size(); }

 private:
  friend class Node;
  struct Record {
    std::uint32_t begin, end;
    std::uint32_t parent, next;
    std::uint16_t symbol, field;
    bool has_children, is_named, is_error;
  };
  Outcome flatten(void* tree);

  void make_parser();

  TreeMemory memory_;  // of the parser and its tree
  TSParser* parser_ = nullptr;
  const TSLanguage* language_ = nullptr;
  std::string_view text_;
  std::size_t base_ = 0;
  std::vector<Record> nodes_;  // children follow their parent
};

// Null for a language that has no grammar.
const TSLanguage* grammar_of(Language language);

// The names of the node types, by Node::symbol().  Anonymous ones ("if") and
// named ones (an "if" of Ruby) may share a name: only named ones are given,
// others are empty.
std::vector<std::string_view> symbol_names(Language language);

}  // namespace overreach
