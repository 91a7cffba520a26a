// Programs: texts bound to names, reads of the environment, and what they fall
// back to.  The same walk for every language; code_rules.cpp says what its node
// types mean.  Nothing is evaluated: a constant of the same file is the one
// thing that is looked up.

#include <algorithm>
#include <map>
#include <string>

#include "scanner/syntax/code_rules.h"
#include "scanner/syntax/environment_read.h"
#include "scanner/syntax/readers.h"
#include "scanner/syntax/references.h"
#include "scanner/syntax/unescape.h"

namespace overreach {
namespace {

constexpr std::size_t kMaxKeyBytes = 200;

Node last_named(Node node) {
  Node last;
  for (Node child = node.first(); child; child = child.next()) {
    if (child.is_named() && !child.is("comment")) last = child;
  }
  return last;
}

class CodeReader {
 public:
  explicit CodeReader(Writer& writer)
      : writer_(writer), rules_(code_rules(writer.language())) {}

  // Everything at and below a node that is no value.  Depth is limited by the
  // tree.
  void walk(Node node) {
    const NodeRule& rule = rules_.of(node.symbol());
    if (!node.is_named()) return;
    switch (rule.role) {
      case Role::bind:
      case Role::default_bind:
      case Role::or_bind:
        return read_bind(node, rule);
      case Role::scope:
        return read_scope(node, rule);
      case Role::branch:
        return read_branch(node, rule);
      case Role::choice:
        return read_choice(node, rule);
      case Role::import:
        return read_import(node, rule);
      case Role::call:
      case Role::binary:
      case Role::ternary:
      case Role::subscript:
      case Role::member:
        value(node, "", {});
        return;
      default:
        walk_children(node);
    }
  }

 private:
  const NodeRule& rule_of(Node node) const { return rules_.of(node.symbol()); }

  void walk_children(Node node) {
    for (Node child = node.first(); child; child = child.next()) walk(child);
  }

  void walk_others(Node node, Node without) {
    for (Node child = node.first(); child; child = child.next()) {
      if (child.index() != without.index()) walk(child);
    }
  }

  void read_scope(Node node, const NodeRule& rule) {
    const Node name = node.child(rule.a);
    if (!name) return walk_children(node);
    const bool outer = is_settings_class_;
    const std::string_view bases = node.child("superclasses").text();
    is_settings_class_ = bases.find("Settings") != bases.npos;
    const Writer::Section section(writer_, name.text());
    walk_others(node, name);
    is_settings_class_ = outer;
  }

  void read_import(Node node, const NodeRule& rule) {
    const Node module = node.child(rule.a);
    if (!module) return;
    const Range range = inside_quotes(module);
    const std::string_view name = writer_.slice(range);
    // Only a file of the same program can be a layer of its settings.
    if (!name.starts_with('.')) return;
    writer_.reference({EntryKind::reference}, "import", range, Target::file,
                      name);
  }

  // What only happens when a text is equal to another stands below that text.
  void read_branch(Node node, const NodeRule& rule) {
    const Node condition = node.child(rule.a);
    const Node body = node.child(rule.b);
    walk(condition);
    const std::string outer = std::move(guard_);
    guard_ = condition.text();
    const std::string_view text = compared_text(condition);
    if (!text.empty()) {
      const Writer::Section section(writer_, text);
      walk(body);
    } else {
      walk(body);
    }
    guard_ = outer;
    for (Node child = node.first(); child; child = child.next()) {
      if (child.index() != condition.index() && child.index() != body.index()) {
        walk(child);
      }
    }
  }

  void read_choice(Node node, const NodeRule& rule) {
    Node label = rule.a.empty() ? node.only() : node.child(rule.a);
    const std::string_view text = first_text(label);
    if (text.empty()) return walk_children(node);
    const Writer::Section section(writer_, text);
    walk_others(node, label);
  }

  // The one text that the condition says something is equal to.
  std::string_view compared_text(Node condition) {
    const std::string_view text = condition.text();
    if (text.size() > 300 || text.find("==") == text.npos ||
        text.find("!=") != text.npos) {
      return {};
    }
    return first_text(condition);
  }

  std::string_view first_text(Node node) {
    if (!node) return {};
    if (rule_of(node).role == Role::text) {
      const std::string_view text = writer_.slice(inside_quotes(node));
      return text.size() <= kMaxKeyBytes ? text : std::string_view();
    }
    for (Node child = node.first(); child; child = child.next()) {
      const std::string_view text = first_text(child);
      if (!text.empty()) return text;
    }
    return {};
  }

  // a = b
  void read_bind(Node node, const NodeRule& rule) {
    Node key = rule.a.empty() ? node.only() : node.child(rule.a);
    Node right = rule.b.empty() ? behind_sign(node) : node.child(rule.b);
    if (rule_of(key).role == Role::wrapper) key = unwrapped(key);
    if (!right) {
      walk_others(node, key);
      if (rule.a.empty()) value(key, "0", {});
      return;
    }
    if (rule.role == Role::or_bind && !chooses(node, node.child(rule.a))) {
      return walk(right);
    }
    Use use;
    if (rule.role == Role::default_bind || is_settings_class_) {
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
    if (rule.role != Role::default_bind && known != known_.end() &&
        writer_.list().entries()[known->second].kind == EntryKind::reference &&
        (rule.role == Role::or_bind || is_guarded(name))) {
      use = {EntryKind::fallback, known->second};
    }
    bind(segments, 0, right, use);
  }

  void bind(const std::vector<std::string>& segments, std::size_t at,
            Node right, const Use& use) {
    if (at + 1 < segments.size()) {
      const Writer::Section section(writer_, segments[at]);
      return bind(segments, at + 1, right, use);
    }
    const std::string& name = segments[at];
    const std::uint32_t index = value(right, name, use);
    if (index != kNoEntry && use.kind != EntryKind::fallback) {
      known_[name] = index;
    }
  }

  // const {A, B = "b"} = process.env
  void read_destructuring(Node pattern) {
    for (Node child = pattern.first(); child; child = child.next()) {
      if (!child.is_named()) continue;
      const NodeRule& rule = rule_of(child);
      Node name = child;
      if (rule.role == Role::default_bind) name = child.child(rule.a);
      if (child.is("pair_pattern")) name = child.child("key");
      const std::uint32_t index =
          writer_.reference({}, name.text(), {name.begin(), name.end()},
                            Target::environment, name.text());
      known_[std::string(name.text())] = index;
      if (rule.role == Role::default_bind) {
        value(child.child(rule.b), name.text(), {EntryKind::fallback, index});
      }
    }
  }

  bool is_guarded(std::string_view name) const {
    const std::size_t at = guard_.find(name);
    return at != guard_.npos || guard_ == "!ok" || guard_ == "err!=nil";
  }

  // Behind "=", "=>" or ":"; without one the last of two.
  Node behind_sign(Node node) {
    for (Node child = node.first(); child; child = child.next()) {
      if (!child.is_named() && (child.is("=") || child.is("=>"))) {
        return next_named(child);
      }
    }
    return {};
  }

  static Node next_named(Node node) {
    do {
      node = node.next();
    } while (node && (!node.is_named() || node.is("comment")));
    return node;
  }

  // The value in parentheses, casts and the like.
  Node unwrapped(Node node) {
    while (node && rule_of(node).role == Role::wrapper) {
      const std::string_view field = rule_of(node).a;
      const Node inner = field.empty() ? node.only() : node.child(field);
      if (!inner) break;
      node = inner;
    }
    return node;
  }

  // a.b["c"] has the segments a, b, c; a key in quotes its text.
  std::vector<std::string> key_segments(Node key) {
    key = unwrapped(key);
    if (!key) return {};
    const NodeRule& rule = rule_of(key);
    if (rule.role == Role::text) {
      return {std::string(writer_.slice(inside_quotes(key)))};
    }
    std::vector<std::string> segments;
    if (rule.role == Role::subscript) {
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
    if (rule.role == Role::member || rule.role == Role::call) {
      for (std::size_t at = 0; at <= name.size();) {
        const std::size_t dot = std::min(name.find('.', at), name.size());
        segments.push_back(name.substr(at, dot - at));
        at = dot + 1;
      }
      return segments;
    }
    return {std::move(name)};
  }

  // Writes what a value is.  Returns the index of its first entry, kNoEntry if
  // it has none of its own.  With an empty key only references are written.
  std::uint32_t value(Node node, std::string_view key, const Use& use) {
    node = unwrapped(node);
    if (!node) return kNoEntry;
    const NodeRule& rule = rule_of(node);
    switch (rule.role) {
      case Role::text:
        return key.empty() ? kNoEntry : text(node, key, use);
      case Role::plain:
        return key.empty() ? kNoEntry : plain(node, key, use);
      case Role::name:
        return name(node, key, use);
      case Role::call:
        return call(node, rule, key, use);
      case Role::binary:
        return binary(node, rule, key, use);
      case Role::ternary:
        return ternary(node, rule, key, use);
      case Role::subscript:
      case Role::member:
        return member(node, rule, key, use);
      case Role::container:
        return container(node, key);
      default:
        break;
    }
    if (key.empty()) {
      walk_children(node);
    } else {
      const Writer::Section section(writer_, key);
      walk(node);
      if (rule.role == Role::none) return kNoEntry;
    }
    return kNoEntry;
  }

  std::uint32_t plain(Node node, std::string_view key, const Use& use) {
    Use own = use;
    if (own.kind == EntryKind::literal) own.kind = EntryKind::setting;
    return writer_.add(own, key, {node.begin(), node.end()});
  }

  Range inside_quotes(Node node) const {
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

  std::uint32_t text(Node node, std::string_view key, const Use& use) {
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

  void inside_text(Node node, std::string_view key, std::uint32_t parent) {
    for (Node child = node.first(); child; child = child.next()) {
      const bool is_code =
          child.is_named() && !child.is("string_content") &&
          !child.is("string_fragment") && !child.is("escape_sequence") &&
          !child.is("string_start") && !child.is("string_end") &&
          !child.is("interpreted_string_literal_content") &&
          !child.is("raw_string_literal_content") &&
          !child.is("string_literal_content") &&
          !child.is("interpolation_start");
      if (!is_code) continue;
      writer_.list().entries()[parent].is_template = true;
      const Node inner =
          child.is("interpolation") || child.is("template_substitution")
              ? last_expression(child)
              : child;
      value(inner, key, {EntryKind::reference, parent});
    }
  }

  Node last_expression(Node node) {
    for (Node child = node.first(); child; child = child.next()) {
      if (child.is_named() && !child.is("interpolation_brace")) return child;
    }
    return {};
  }

  // A name says something when it is a constant of the same file.
  std::uint32_t name(Node node, std::string_view key, const Use& use) {
    if (key.empty()) return kNoEntry;
    const auto known = known_.find(dotted_name(node.text()));
    if (known == known_.end()) return kNoEntry;
    const Entry source = writer_.list().entries()[known->second];
    if (source.kind == EntryKind::reference) return known->second;
    if (use.kind == EntryKind::reference) return kNoEntry;
    Use own = use;
    own.is_inherited = true;
    return writer_.add(own, key, {source.span.begin, source.span.end},
                       source.value.reveal());
  }

  std::uint32_t member(Node node, const NodeRule& rule, std::string_view key,
                       const Use& use) {
    const Node object = rule.a.empty() ? node.only() : node.child(rule.a);
    const std::string object_name = dotted_name(object.text());
    if (!is_environment_map(object_name)) {
      walk(object);
      return kNoEntry;
    }
    std::string_view variable;
    if (rule.role == Role::member) {
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

  std::uint32_t container(Node node, std::string_view key) {
    if (key.empty()) {
      elements(node);
      return kNoEntry;
    }
    const Writer::Section section(writer_, key);
    elements(node);
    return kNoEntry;
  }

  // Pairs by their keys, all else by its number.
  void elements(Node node) {
    std::size_t number = 0;
    for (Node child = node.first(); child; child = child.next()) {
      if (!child.is_named() || child.is("comment")) continue;
      const Node inner = unwrapped(child);
      const Role role = rule_of(inner).role;
      if (role == Role::container && node.is("composite_literal")) {
        elements(inner);
      } else if (is_csharp_pair(inner)) {
        bind(key_segments(inner.named(0)), 0, inner.named(1), {});
      } else if (role == Role::text || role == Role::plain ||
                 role == Role::name || role == Role::container) {
        value(inner, std::to_string(number++), {});
      } else {
        walk(inner);
      }
    }
  }

  // {"k", "v"} in the initializer of a dictionary
  bool is_csharp_pair(Node node) {
    return node.is("initializer_expression") &&
           rule_of(node.named(0)).role == Role::text && node.named(1) &&
           !node.named(2);
  }

  std::uint32_t call(Node node, const NodeRule& rule, std::string_view key,
                     const Use& use) {
    const Node arguments =
        rule.b.empty() ? node.child("arguments") : node.child(rule.b);
    const Node list = arguments ? arguments : last_named(node);
    if (!list) return kNoEntry;
    const std::string callee = dotted_name(
        writer_.text().substr(node.begin(), list.begin() - node.begin()));
    const Node first = unwrapped(list.only());
    const std::string_view argument = rule_of(first).role == Role::text
                                          ? writer_.slice(inside_quotes(first))
                                          : std::string_view();
    if (reads_environment(callee, argument)) {
      return environment_call(node, list, argument, key, use);
    }
    // The receiver may read the environment, and this give it a default.
    std::uint32_t receiver = kNoEntry;
    for (Node child = node.first(); child && child.begin() < list.begin();
         child = child.next()) {
      if (!child.is_named()) continue;
      const std::uint32_t index = read_receiver(child, key, use);
      if (index != kNoEntry) receiver = index;
    }
    const std::string_view method = last_segment(callee);
    if (gives_default(method) && !key.empty()) {
      const Use own = receiver != kNoEntry ? Use{EntryKind::fallback, receiver}
                                           : Use{EntryKind::default_argument};
      const std::uint32_t index = value(last_named(list), key, own);
      return receiver != kNoEntry ? receiver : index;
    }
    call_arguments(node, list, method, key);
    return receiver;
  }

  // The object of a chain: x of x.orElse(y).
  std::uint32_t read_receiver(Node node, std::string_view key, const Use& use) {
    const NodeRule& rule = rule_of(node);
    if (rule.role == Role::call) return value(node, key, use);
    if (rule.role == Role::member) {
      const Node object = node.child(rule.a);
      if (is_environment_map(dotted_name(object.text()))) {
        return member(node, rule, key, use);
      }
      return read_receiver(object, key, use);
    }
    return kNoEntry;
  }

  std::uint32_t environment_call(Node node, Node list,
                                 std::string_view variable,
                                 std::string_view key, const Use& use) {
    const std::string_view shown = key.empty() ? variable : key;
    const std::uint32_t index = writer_.reference(
        use, shown, {node.begin(), node.end()}, Target::environment, variable);
    Node second = next_named(list.only());
    if (!second) {  // ENV.fetch("X") { "y" }
      const Node block = node.child("block");
      second = block.child("body").only();
    }
    if (second && rule_of(second).role == Role::bind) {  // default="y"
      const NodeRule& rule = rule_of(second);
      const std::string_view name = second.child(rule.a).text();
      second =
          name.find("default") != name.npos ? second.child(rule.b) : Node();
    }
    if (second) value(second, shown, {EntryKind::fallback, index});
    return index;
  }

  void call_arguments(Node node, Node list, std::string_view method,
                      std::string_view key) {
    const Writer::Group group(writer_);
    // default= of a field is the default of what the field is.
    for (Node child = list.first(); child && !key.empty();
         child = child.next()) {
      const NodeRule& rule = rule_of(child);
      if (rule.role == Role::bind && child.child(rule.a).text() == "default") {
        value(child.child(rule.b), key, {EntryKind::default_argument});
      }
    }
    if (!key.empty()) {
      const Writer::Section section(writer_, key);
      return named_arguments(node, list, method);
    }
    named_arguments(node, list, method);
  }

  void named_arguments(Node node, Node list, std::string_view method) {
    const Writer::Section section(writer_, method.empty() ? "call" : method);
    elements(list);
    for (Node child = list.next(); child; child = child.next()) {
      if (rule_of(child).role == Role::container) {
        elements(child);
      } else {
        walk(child);
      }
    }
  }

  // Whether the operator between the two takes the right for a missing left.
  static bool chooses(Node node, Node left) {
    for (Node child = left.next(); child; child = child.next()) {
      if (child.is_named()) continue;
      const std::string_view sign = child.type();
      return sign == "||" || sign == "??" || sign == "or" || sign == "?:" ||
             sign == "||=" || sign == "?\?=";
    }
    return node.is("none");
  }

  std::uint32_t binary(Node node, const NodeRule& rule, std::string_view key,
                       const Use& use) {
    const Node left = node.child(rule.a), right = node.child(rule.b);
    if (chooses(node, left)) return or_else(left, right, key, use);
    const bool joins = has_text(left) || has_text(right);
    if (key.empty() || !joins || is_comparison(left)) {
      value(left, "", {});
      value(right, "", {});
      return kNoEntry;
    }
    // Texts put together are a template.
    const std::uint32_t index =
        writer_.add(use, key, {node.begin(), node.end()});
    if (index == kNoEntry) return index;
    writer_.list().entries()[index].is_template = true;
    join(node, key, index);
    return index;
  }

  void join(Node node, std::string_view key, std::uint32_t parent) {
    const NodeRule& rule = rule_of(node);
    if (rule.role == Role::binary) {
      join(unwrapped(node.child(rule.a)), key, parent);
      join(unwrapped(node.child(rule.b)), key, parent);
    } else if (rule.role != Role::text && rule.role != Role::plain) {
      value(node, key, {EntryKind::reference, parent});
    }
  }

  bool has_text(Node node) {
    node = unwrapped(node);
    const NodeRule& rule = rule_of(node);
    if (rule.role == Role::binary) {
      return has_text(node.child(rule.a)) || has_text(node.child(rule.b));
    }
    return rule.role == Role::text;
  }

  static bool is_comparison(Node left) {
    for (Node child = left.next(); child; child = child.next()) {
      if (!child.is_named()) return child.type() != "+" && child.type() != ".";
    }
    return true;
  }

  std::uint32_t or_else(Node left, Node right, std::string_view key,
                        const Use& use) {
    const std::uint32_t index = value(left, key, use);
    std::string_view shown = key;
    if (index == kNoEntry) {
      value(right, key, use);
      return kNoEntry;
    }
    // The last of the left's arms is what the right stands in for.
    const std::uint32_t arm = last_arm(index);
    const std::string own(writer_.list().entries()[index].key);
    if (shown.empty()) shown = own;
    value(right, shown, {EntryKind::fallback, arm});
    return index;
  }

  std::uint32_t last_arm(std::uint32_t index) const {
    const std::vector<Entry>& entries = writer_.list().entries();
    for (auto i = static_cast<std::uint32_t>(entries.size());
         i-- > index + 1;) {
      if (entries[i].parent == index) return i;
    }
    return index;
  }

  std::uint32_t ternary(Node node, const NodeRule& rule, std::string_view key,
                        const Use& use) {
    const bool is_python = rule.a.empty();
    const Node condition = is_python ? node.named(1) : node.child(rule.a);
    const Node then = is_python ? node.named(0) : node.child(rule.b);
    const Node other = is_python ? node.named(2) : node.child(rule.c);
    if (!then) return or_else(condition, other, key, use);  // a ?: b
    const std::string_view compared = compared_text(condition);
    if (!compared.empty()) {
      value(condition, "", {});
      const Writer::Section section(writer_, compared);
      value(then, key, use);
    } else {
      const std::uint32_t before = size();
      const std::uint32_t index = value(then, key, use);
      const bool is_reference =
          index != kNoEntry && size() > before &&
          writer_.list().entries()[index].kind == EntryKind::reference;
      if (is_reference) {
        value(other, key, {EntryKind::fallback, index});
        return index;
      }
      value(condition, "", {});
    }
    value(other, key, use);
    return kNoEntry;
  }

  std::uint32_t size() const {
    return static_cast<std::uint32_t>(writer_.list().entries().size());
  }

  Writer& writer_;
  const CodeRules& rules_;
  // Entries of plain names, for `a || DEFAULT` and `if (!a) a = "b"`.
  std::map<std::string, std::uint32_t, std::less<>> known_;
  std::string guard_;               // the condition around
  bool is_settings_class_ = false;  // its fields are read from the environment
};

}  // namespace

void read_code(Writer& writer, Tree& tree) {
  parse(writer, tree, writer.text(), 0);
  CodeReader(writer).walk(tree.root());
}

}  // namespace overreach
