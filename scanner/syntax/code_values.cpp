// What values are: texts, names, reads of the environment, maps and lists.

#include <algorithm>

#include "scanner/syntax/code_reader.h"
#include "scanner/syntax/environment_read.h"
#include "scanner/syntax/references.h"
#include "scanner/syntax/unescape.h"

namespace overreach {

std::uint32_t CodeReader::value(Node node, std::string_view key,
                                const Use& use) {
  node = unwrapped(node);
  if (!node) return kNoEntry;
  const NodeRule& rule = rule_of(node);
  switch (rule.role) {
    case NodeRole::text:
      return key.empty() ? kNoEntry : text(node, key, use);
    case NodeRole::plain:
      return key.empty() ? kNoEntry : plain(node, key, use);
    case NodeRole::name:
      return name(node, key, use);
    case NodeRole::call:
      return call(node, rule, key, use);
    case NodeRole::binary:
      return binary(node, rule, key, use);
    case NodeRole::ternary:
      return ternary(node, rule, key, use);
    case NodeRole::subscript:
    case NodeRole::member:
      return member(node, rule, key, use);
    case NodeRole::container: {
      const std::uint32_t before = size();
      const std::uint32_t index = container(node, key);
      // A list of what has no value here ([new AnyPrincipal()]) is set.
      const bool is_list = node.is("array") || node.is("list");
      if (is_list && size() == before && !key.empty() && node.only()) {
        writer_.add({EntryKind::setting}, key, {node.begin(), node.begin()});
      }
      return index;
    }
    default:
      break;
  }
  if (key.empty()) {
    walk_children(node);
  } else {
    const Writer::Section section(writer_, key);
    walk(node);
    if (rule.role == NodeRole::none) return kNoEntry;
  }
  return kNoEntry;
}

std::uint32_t CodeReader::plain(Node node, std::string_view key,
                                const Use& use) {
  Use own = use;
  if (own.kind == EntryKind::literal) own.kind = EntryKind::setting;
  return writer_.add(own, key, {node.begin(), node.end()});
}

Range CodeReader::inside_quotes(Node node) const {
  std::uint32_t begin = node.begin(), end = node.end();
  const std::string_view text = node.text();
  if (text.starts_with(':')) return {begin + 1, end};  // a symbol of Ruby
  const std::size_t open = text.find_first_of("\"'`");
  if (open == text.npos) return {begin, end};
  const char quote = text[open];
  std::size_t count = 1;
  while (count < 3 && open + count < text.size() &&
         text[open + count] == quote && text.size() >= open + 6) {
    ++count;
  }
  if (count == 2) count = 1;
  begin += static_cast<std::uint32_t>(open + count);
  end -= std::min(end - begin, static_cast<std::uint32_t>(count));
  return {begin, end};
}

std::uint32_t CodeReader::text(Node node, std::string_view key,
                               const Use& use) {
  const Range range = inside_quotes(node);
  const std::string_view raw = writer_.slice(range);
  std::string plain;
  const char open = node.text().empty() ? '\0' : node.text()[0];
  const bool is_raw = open == '`' || open == 'r' || open == '@';
  if (!is_raw && raw.find('\\') != raw.npos) plain = unescape(raw);
  const std::string_view shown = plain.empty() ? raw : plain;
  // ${x:y} of Spring stands in texts of Java.
  const bool has_templates = writer_.language() == Language::java;
  const std::uint32_t index = has_templates
                                  ? writer_.templated(use, key, range, shown)
                                  : writer_.add(use, key, range, shown);
  if (index != kNoEntry) inside_text(node, key, index);
  return index;
}

void CodeReader::inside_text(Node node, std::string_view key,
                             std::uint32_t parent) {
  for (Node child = node.first(); child; child = child.next()) {
    const bool is_code =
        child.is_named() && !child.is("string_content") &&
        !child.is("string_fragment") && !child.is("escape_sequence") &&
        !child.is("string_start") && !child.is("string_end") &&
        !child.is("interpreted_string_literal_content") &&
        !child.is("raw_string_literal_content") &&
        !child.is("string_literal_content") && !child.is("interpolation_start");
    if (!is_code) continue;
    writer_.list().entries()[parent].is_template = true;
    const Node inner =
        child.is("interpolation") || child.is("template_substitution")
            ? last_expression(child)
            : child;
    value(inner, key, {EntryKind::reference, parent});
  }
}

Node CodeReader::last_expression(Node node) {
  for (Node child = node.first(); child; child = child.next()) {
    if (child.is_named() && !child.is("interpolation_brace")) return child;
  }
  return {};
}

std::uint32_t CodeReader::name(Node node, std::string_view key,
                               const Use& use) {
  if (key.empty()) return kNoEntry;
  const auto known = known_.find(dotted_name(node.text()));
  if (known == known_.end()) return kNoEntry;
  const Entry source = writer_.list().entries()[known->second];
  Use own = use;
  own.is_inherited = true;
  if (source.kind == EntryKind::reference) {
    return writer_.reference(own, key, {source.span.begin, source.span.end},
                             source.target, source.names);
  }
  if (use.kind == EntryKind::reference) return kNoEntry;
  return writer_.add(own, key, {source.span.begin, source.span.end},
                     source.value.reveal());
}

std::uint32_t CodeReader::member(Node node, const NodeRule& rule,
                                 std::string_view key, const Use& use) {
  const Node object = rule.a.empty() ? node.only() : node.child(rule.a);
  const std::string object_name = dotted_name(object.text());
  if (!is_environment_map(object_name)) {
    walk(object);
    return kNoEntry;
  }
  std::string_view variable;
  if (rule.role == NodeRole::member) {
    variable = node.child(rule.b).text();
    if (!is_variable_name(variable)) return kNoEntry;
  } else {
    variable =
        first_text(rule.b.empty() ? last_named(node) : node.child(rule.b));
  }
  if (variable.empty()) return kNoEntry;
  return writer_.reference(use, key.empty() ? variable : key,
                           {node.begin(), node.end()}, Target::environment,
                           variable);
}

std::uint32_t CodeReader::container(Node node, std::string_view key) {
  if (key.empty()) {
    elements(node);
    return kNoEntry;
  }
  const Writer::Section section(writer_, key);
  elements(node);
  return kNoEntry;
}

void CodeReader::elements(Node node, std::string_view without) {
  std::size_t number = 0;
  for (Node child = node.first(); child; child = child.next()) {
    if (!child.is_named() || child.is("comment")) continue;
    const Node inner = unwrapped(child);
    if (!without.empty() && key_of(inner) == without) continue;
    const NodeRole role = rule_of(inner).role;
    const Node name = child.is("argument") ? child.child("name") : Node();
    if (name) {
      value(last_named(child), name.text(), {});
    } else if (role == NodeRole::container && is_open(node)) {
      elements(inner);
    } else if (is_csharp_pair(inner)) {
      bind(key_segments(inner.named(0)), 0, inner.named(1), {});
    } else if (role == NodeRole::text || role == NodeRole::plain ||
               role == NodeRole::name || role == NodeRole::container) {
      value(inner, std::to_string(number++), {});
    } else {
      walk(inner);
    }
  }
}

bool CodeReader::is_open(Node node) const {
  const NodeRole role = rule_of(node.parent()).role;
  return node.is("composite_literal") ||
         (role == NodeRole::call && rule_of(node).role != NodeRole::container);
}

bool CodeReader::is_csharp_pair(Node node) {
  return node.is("initializer_expression") &&
         rule_of(node.named(0)).role == NodeRole::text && node.named(1) &&
         !node.named(2);
}

std::uint32_t CodeReader::size() const {
  return static_cast<std::uint32_t>(writer_.list().entries().size());
}

}  // namespace overreach
