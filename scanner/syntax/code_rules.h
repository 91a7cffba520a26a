// What the node types of a programming language mean to the reader of entries:
// one row a type, one table a language.  Types that have no row are only
// walked through.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "scanner/core/entry.h"

namespace overreach {

enum class NodeRole : std::uint8_t {
  none,
  text,          // a string, with or without interpolation
  plain,         // a number, a boolean, null
  name,          // an identifier
  wrapper,       // the value is the field a, or the only child
  bind,          // a = b; key, then value
  default_bind,  // the same for a parameter: b is taken when nothing is given
  or_bind,       // a ||= b; only for operators that choose
  container,     // a map or list literal
  call,          // a(b)
  binary,        // a operator b
  ternary,       // a ? b : c; without fields in Python's order: b if a else c
  subscript,     // a[b]
  member,        // a.b
  scope,         // a class, function ...; a is its name
  branch,        // if (a) b
  choice,        // case a: and what follows
  import,        // a is the module
};

struct NodeRule {
  std::string_view type;
  NodeRole role;
  // Fields.  A bind without b has its value behind '=' or "=>"; a call without
  // a is called by all the text in front of its arguments.
  std::string_view a, b, c;
};

// The rows of a language by the number of the node type.  Built on first use;
// const from then on.
class CodeRules {
 public:
  explicit CodeRules(Language language);
  const NodeRule& of(std::uint16_t symbol) const {
    return *by_symbol_[symbol < by_symbol_.size() ? symbol : 0];
  }

 private:
  std::vector<const NodeRule*> by_symbol_;
};

const CodeRules& code_rules(Language language);

}  // namespace overreach
