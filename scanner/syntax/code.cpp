#include "scanner/syntax/code_reader.h"

#include <algorithm>
#include <cctype>

#include "scanner/syntax/environment_read.h"
#include "scanner/syntax/readers.h"

namespace overreach {
namespace {

constexpr std::size_t kMaxKeyBytes = 200;

}  // namespace

Node last_named(Node node) {
  Node last;
  for (Node child = node.first(); child; child = child.next()) {
    if (child.is_named() && !child.is("comment")) last = child;
  }
  return last;
}

Node next_named(Node node) {
  do {
    node = node.next();
  } while (node && (!node.is_named() || node.is("comment")));
  return node;
}

void CodeReader::walk(Node node) {
  const NodeRule& rule = rules_.of(node.symbol());
  if (!node.is_named()) return;
  switch (rule.role) {
    case NodeRole::bind:
    case NodeRole::default_bind:
    case NodeRole::or_bind:
      return read_bind(node, rule);
    case NodeRole::scope:
      return read_scope(node, rule);
    case NodeRole::branch:
      return read_branch(node, rule);
    case NodeRole::choice:
      return read_choice(node, rule);
    case NodeRole::import:
      return read_import(node, rule);
    case NodeRole::call:
    case NodeRole::binary:
    case NodeRole::ternary:
    case NodeRole::subscript:
    case NodeRole::member:
      value(node, "", {});
      return;
    default:
      walk_children(node);
  }
}

const NodeRule& CodeReader::rule_of(Node node) const {
  return rules_.of(node.symbol());
}

void CodeReader::walk_children(Node node) {
  for (Node child = node.first(); child; child = child.next()) walk(child);
}

void CodeReader::walk_others(Node node, Node without) {
  for (Node child = node.first(); child; child = child.next()) {
    if (child.index() != without.index()) walk(child);
  }
}

void CodeReader::read_scope(Node node, const NodeRule& rule) {
  const Node name = node.child(rule.a);
  if (!name) return walk_children(node);
  const bool outer = is_settings_class_;
  const std::string_view bases = node.child("superclasses").text();
  is_settings_class_ = bases.find("Settings") != bases.npos;
  const Writer::Section section(writer_, name.text());
  walk_others(node, name);
  is_settings_class_ = outer;
}

void CodeReader::read_import(Node node, const NodeRule& rule) {
  const Node module = rule.a.empty() ? node : node.child(rule.a);
  if (!module) return;
  const Range range = inside_quotes(module);
  const std::string_view name = writer_.slice(range);
  // What tests of Laravel do with their database is known by what they use.
  constexpr std::string_view kLaravel = "Illuminate\\Foundation\\Testing\\";
  if (name.starts_with(kLaravel)) {
    writer_.reference({EntryKind::reference}, "use", range, Target::resource,
                      name.substr(kLaravel.size()));
    return;
  }
  // Only a file of the same program can be a layer of its settings.
  if (!name.starts_with('.')) return;
  writer_.reference({EntryKind::reference}, "import", range, Target::file,
                    name);
}

void CodeReader::read_branch(Node node, const NodeRule& rule) {
  const Node condition = node.child(rule.a);
  const Node body = node.child(rule.b);
  walk(condition);
  const std::string outer = std::move(guard_);
  const std::string_view text = compared_text(condition);
  if (!text.empty()) {
    guard_.clear();
    const Writer::Section section(writer_, text);
    walk(body);
  } else {
    guard_ = condition.text().substr(0, kMaxKeyBytes);
    walk(body);
  }
  guard_ = outer;
  for (Node child = node.first(); child; child = child.next()) {
    if (child.index() != condition.index() && child.index() != body.index()) {
      walk(child);
    }
  }
}

void CodeReader::read_choice(Node node, const NodeRule& rule) {
  Node label = rule.a.empty() ? node.only() : node.child(rule.a);
  const std::string_view text = first_text(label);
  if (text.empty()) return walk_children(node);
  const Writer::Section section(writer_, text);
  walk_others(node, label);
}

std::string_view CodeReader::compared_text(Node condition) {
  const std::string_view text = condition.text();
  if (text.size() > 300 || text.find("==") == text.npos ||
      text.find("!=") != text.npos) {
    return {};
  }
  return first_text(condition);
}

std::string_view CodeReader::first_text(Node node) {
  if (!node) return {};
  if (rule_of(node).role == NodeRole::text) {
    const std::string_view text = writer_.slice(inside_quotes(node));
    return text.size() <= kMaxKeyBytes ? text : std::string_view();
  }
  for (Node child = node.first(); child; child = child.next()) {
    const std::string_view text = first_text(child);
    if (!text.empty()) return text;
  }
  return {};
}

void CodeReader::read_bind(Node node, const NodeRule& rule) {
  Node key = rule.a.empty() ? node.only() : node.child(rule.a);
  Node right = rule.b.empty() ? behind_sign(node) : node.child(rule.b);
  if (rule_of(key).role == NodeRole::wrapper) key = unwrapped(key);
  if (!right) {
    walk_others(node, key);
    if (rule.a.empty()) value(key, "0", {});
    return;
  }
  if (rule.role == NodeRole::or_bind && !chooses(node, node.child(rule.a))) {
    return walk(right);
  }
  Use use;
  if (rule.role == NodeRole::default_bind || is_settings_class_) {
    use.kind = EntryKind::default_argument;
  }
  if (is_environment_map(dotted_name(right.text().substr(0, 60)))) {
    return read_destructuring(key);
  }
  const std::vector<std::string> segments = key_segments(key);
  if (segments.empty()) return walk(right);
  const std::string& name = segments.back();
  // if v == "" { v = ... }
  const auto known = known_.find(name);
  if (rule.role != NodeRole::default_bind && known != known_.end() &&
      writer_.list().entries()[known->second].kind == EntryKind::reference &&
      (rule.role == NodeRole::or_bind || is_guarded(name))) {
    use = {EntryKind::fallback, known->second};
  }
  const std::uint32_t index = bind(segments, 0, right, use);
  const bool is_variable = segments.size() == 1 && !is_member_of_literal(node);
  if (index != kNoEntry && is_variable && use.kind != EntryKind::fallback) {
    known_[name] = index;
  }
}

// A key of a map, the name of an argument: nothing that can be used later.
bool CodeReader::is_member_of_literal(Node node) {
  const std::string_view type = node.type();
  return type.find("pair") != type.npos || type.find("element") != type.npos ||
         type.find("argument") != type.npos;
}

std::uint32_t CodeReader::bind(const std::vector<std::string>& segments,
                               std::size_t at, Node right, const Use& use) {
  if (at + 1 >= segments.size()) return value(right, segments[at], use);
  const Writer::Section section(writer_, segments[at]);
  return bind(segments, at + 1, right, use);
}

void CodeReader::read_destructuring(Node pattern) {
  for (Node child = pattern.first(); child; child = child.next()) {
    if (!child.is_named()) continue;
    const NodeRule& rule = rule_of(child);
    Node name = child;
    if (rule.role == NodeRole::default_bind) name = child.child(rule.a);
    if (child.is("pair_pattern")) name = child.child("key");
    const std::uint32_t index =
        writer_.reference({}, name.text(), {name.begin(), name.end()},
                          Target::environment, name.text());
    known_[std::string(name.text())] = index;
    if (rule.role == NodeRole::default_bind) {
      value(child.child(rule.b), name.text(), {EntryKind::fallback, index});
    }
  }
}

bool CodeReader::is_guarded(std::string_view name) const {
  if (guard_ == "!ok") return true;
  const auto is_word = [&](std::size_t at) {
    return at < guard_.size() &&
           (guard_[at] == '_' ||
            std::isalnum(static_cast<unsigned char>(guard_[at])));
  };
  for (std::size_t at = guard_.find(name); at != guard_.npos;
       at = guard_.find(name, at + 1)) {
    if (!is_word(at - 1) && !is_word(at + name.size())) return true;
  }
  return false;
}

Node CodeReader::behind_sign(Node node) {
  for (Node child = node.first(); child; child = child.next()) {
    if (!child.is_named() && (child.is("=") || child.is("=>"))) {
      return next_named(child);
    }
  }
  return {};
}

Node CodeReader::unwrapped(Node node) {
  while (node && rule_of(node).role == NodeRole::wrapper) {
    const std::string_view field = rule_of(node).a;
    const Node inner = field.empty() ? node.only() : node.child(field);
    if (!inner) break;
    node = inner;
  }
  return node;
}

std::vector<std::string> CodeReader::key_segments(Node key) {
  key = unwrapped(key);
  if (!key) return {};
  const NodeRule& rule = rule_of(key);
  if (rule.role == NodeRole::text) {
    return {std::string(writer_.slice(inside_quotes(key)))};
  }
  std::vector<std::string> segments;
  if (rule.role == NodeRole::subscript) {
    const Node object = rule.a.empty() ? key.only() : key.child(rule.a);
    segments = key_segments(object);
    Node index = rule.b.empty() ? last_named(key) : key.child(rule.b);
    if (index.is("bracketed_argument_list")) index = index.only();
    for (std::string& part : key_segments(index)) {
      segments.push_back(std::move(part));
    }
    return segments;
  }
  std::string name = dotted_name(key.text().substr(0, kMaxKeyBytes));
  if (name.starts_with("[")) {  // of an initializer: ["k"] = "v"
    return {std::string(first_text(key))};
  }
  for (const std::string_view self : {"self.", "this."}) {
    if (name.starts_with(self)) name.erase(0, self.size());
  }
  if (name.ends_with(':')) name.pop_back();
  if (rule.role == NodeRole::member || rule.role == NodeRole::call) {
    for (std::size_t at = 0; at <= name.size();) {
      const std::size_t dot = std::min(name.find('.', at), name.size());
      segments.push_back(name.substr(at, dot - at));
      at = dot + 1;
    }
    return segments;
  }
  return {std::move(name)};
}

void read_code(Writer& writer, Tree& tree) {
  parse(writer, tree, writer.text(), 0);
  CodeReader(writer).walk(tree.root());
}

}  // namespace overreach
