// Programs: texts bound to names, reads of the environment, and what they fall
// back to.  The same walk for every language; code_rules.cpp says what its node
// types mean.  Nothing is evaluated: a constant of the same file is the one
// thing that is looked up.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/syntax/code_rules.h"
#include "scanner/syntax/tree.h"
#include "scanner/syntax/writer.h"

namespace overreach {

// Reads one tree.  The depth of all its recursion is limited by the tree's.
class CodeReader {
 public:
  explicit CodeReader(Writer& writer)
      : writer_(writer), rules_(code_rules(writer.language())) {}

  // Everything at and below a node that is no value.  Depth is limited by the
  // tree.
  void walk(Node node);

 private:
  const NodeRule& rule_of(Node node) const;
  void walk_children(Node node);
  void walk_others(Node node, Node without);

  // What statements mean: code.cpp.

  void read_scope(Node node, const NodeRule& rule);
  void read_import(Node node, const NodeRule& rule);
  // What only happens when a text is equal to another stands below that text.
  void read_branch(Node node, const NodeRule& rule);
  void read_choice(Node node, const NodeRule& rule);
  // The one text that the condition says something is equal to.
  std::string_view compared_text(Node condition);
  std::string_view first_text(Node node);
  // a = b
  void read_bind(Node node, const NodeRule& rule);
  std::uint32_t bind(const std::vector<std::string>& segments, std::size_t at,
                     Node right, const Use& use);
  static bool is_member_of_literal(Node node);
  // const {A, B = "b"} = process.env
  void read_destructuring(Node pattern);
  bool is_guarded(std::string_view name) const;
  // Behind "=", "=>" or ":"; without one the last of two.
  Node behind_sign(Node node);
  // The value in parentheses, casts and the like.
  Node unwrapped(Node node);
  // a.b["c"] has the segments a, b, c; a key in quotes its text.
  std::vector<std::string> key_segments(Node key);

  // Values: code_values.cpp.

  // Writes what a value is.  Returns the index of its first entry, kNoEntry if
  // it has none of its own.  With an empty key only references are written.
  std::uint32_t value(Node node, std::string_view key, const Use& use);
  std::uint32_t plain(Node node, std::string_view key, const Use& use);
  Range inside_quotes(Node node) const;
  std::uint32_t text(Node node, std::string_view key, const Use& use);
  void inside_text(Node node, std::string_view key, std::uint32_t parent);
  Node last_expression(Node node);
  // A name says something when it is a constant of the same file.
  std::uint32_t name(Node node, std::string_view key, const Use& use);
  std::uint32_t member(Node node, const NodeRule& rule, std::string_view key,
                       const Use& use);
  std::uint32_t container(Node node, std::string_view key);
  // Pairs by their keys, all else by its number.
  void elements(Node node, std::string_view without = {});
  // What has the keys of the maps in it: a call, a typed literal of Go.
  bool is_open(Node node) const;
  // {"k", "v"} in the initializer of a dictionary
  bool is_csharp_pair(Node node);

  // Calls and operators: code_calls.cpp.

  std::uint32_t call(Node node, const NodeRule& rule, std::string_view key,
                     const Use& use);
  // The object of a chain: x of x.orElse(y).
  std::uint32_t read_receiver(Node node, std::string_view key, const Use& use);
  std::uint32_t environment_call(Node node, Node list,
                                 std::string_view variable,
                                 std::string_view key, const Use& use);
  // The key of a pair or of a named argument, as it is written.
  std::string_view key_of(Node node) const;
  void call_arguments(Node list, std::string_view method, std::string_view key);
  void named_arguments(Node list, std::string_view method,
                       std::string_view without);
  // Whether the operator between the two takes the right for a missing left.
  static bool chooses(Node node, Node left);
  std::uint32_t binary(Node node, const NodeRule& rule, std::string_view key,
                       const Use& use);
  void join(Node node, std::string_view key, std::uint32_t parent);
  bool has_text(Node node);
  static bool is_comparison(Node left);
  std::uint32_t or_else(Node left, Node right, std::string_view key,
                        const Use& use);
  std::uint32_t last_arm(std::uint32_t index) const;
  std::uint32_t ternary(Node node, const NodeRule& rule, std::string_view key,
                        const Use& use);
  std::uint32_t size() const;

  Writer& writer_;
  const CodeRules& rules_;
  // Entries of plain names, for `a || DEFAULT` and `if (!a) a = "b"`.
  std::map<std::string, std::uint32_t, std::less<>> known_;
  std::string guard_;               // the condition around
  bool is_settings_class_ = false;  // its fields are read from the environment
};

// The last named child that is no comment, and the next such sibling.
Node last_named(Node node);
Node next_named(Node node);

}  // namespace overreach
