// Calls and operators: where a value comes from and what stands in for it.

#include <algorithm>

#include "scanner/syntax/code_reader.h"
#include "scanner/syntax/environment_read.h"

namespace overreach {

std::uint32_t CodeReader::call(Node node, const NodeRule& rule,
                               std::string_view key, const Use& use) {
  const Node arguments =
      rule.b.empty() ? node.child("arguments") : node.child(rule.b);
  const Node list = arguments ? arguments : last_named(node);
  if (!list) return kNoEntry;
  const std::string callee = dotted_name(
      writer_.text().substr(node.begin(), list.begin() - node.begin()));
  const Node first = unwrapped(list.only());
  const std::string_view argument = rule_of(first).role == NodeRole::text
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
  call_arguments(list, method, key);
  return receiver;
}

std::uint32_t CodeReader::read_receiver(Node node, std::string_view key,
                                        const Use& use) {
  const NodeRule& rule = rule_of(node);
  if (rule.role == NodeRole::call) {
    const Node list = node.child(rule.b);
    if (node.text().starts_with("Optional."))
      return value(list.only(), key, use);
    return value(node, key, use);
  }
  if (rule.role == NodeRole::member) {
    const Node object = node.child(rule.a);
    if (is_environment_map(dotted_name(object.text()))) {
      return member(node, rule, key, use);
    }
    return read_receiver(object, key, use);
  }
  return kNoEntry;
}

std::uint32_t CodeReader::environment_call(Node node, Node list,
                                           std::string_view variable,
                                           std::string_view key,
                                           const Use& use) {
  const std::string_view shown = key.empty() ? variable : key;
  const std::uint32_t index = writer_.reference(
      use, shown, {node.begin(), node.end()}, Target::environment, variable);
  Node second = next_named(list.only());
  if (!second) {  // ENV.fetch("X") { "y" }
    const Node block = node.child("block");
    second = block.child("body").only();
  }
  if (second && rule_of(second).role == NodeRole::bind) {  // default="y"
    const NodeRule& rule = rule_of(second);
    const std::string_view name = second.child(rule.a).text();
    second = name.find("default") != name.npos ? second.child(rule.b) : Node();
  }
  if (second) value(second, shown, {EntryKind::fallback, index});
  return index;
}

void CodeReader::call_arguments(Node list, std::string_view method,
                                std::string_view key) {
  const Writer::Group group(writer_);
  if (key.empty()) return named_arguments(list, method, "");
  // default= of a field is the default of what the field is.
  for (Node child = list.first(); child; child = child.next()) {
    if (key_of(child) == "default") {
      value(child.child(rule_of(child).b), key, {EntryKind::default_argument});
    }
  }
  const Writer::Section section(writer_, key);
  named_arguments(list, method, "default");
}

std::string_view CodeReader::key_of(Node node) const {
  const NodeRule& rule = rule_of(node);
  return rule.role == NodeRole::bind ? node.child(rule.a).text()
                                     : std::string_view();
}

void CodeReader::named_arguments(Node list, std::string_view method,
                                 std::string_view without) {
  const Writer::Section section(writer_, method.empty() ? "call" : method);
  elements(list, without);
  for (Node child = list.next(); child; child = child.next()) {
    if (rule_of(child).role == NodeRole::container) {
      elements(child);
    } else {
      walk(child);
    }
  }
}

bool CodeReader::chooses(Node node, Node left) {
  for (Node child = left.next(); child; child = child.next()) {
    if (child.is_named()) continue;
    const std::string_view sign = child.type();
    return sign == "||" || sign == "??" || sign == "or" || sign == "?:" ||
           sign == "||=" || sign == "?\?=";
  }
  return node.is("none");
}

std::uint32_t CodeReader::binary(Node node, const NodeRule& rule,
                                 std::string_view key, const Use& use) {
  const Node left = node.child(rule.a), right = node.child(rule.b);
  if (chooses(node, left)) return or_else(left, right, key, use);
  const bool joins = has_text(left) || has_text(right);
  if (key.empty() || !joins || is_comparison(left)) {
    value(left, "", {});
    value(right, "", {});
    return kNoEntry;
  }
  // Texts put together are a template.
  const std::uint32_t index = writer_.add(use, key, {node.begin(), node.end()});
  if (index == kNoEntry) return index;
  writer_.list().entries()[index].is_template = true;
  join(node, key, index);
  return index;
}

void CodeReader::join(Node node, std::string_view key, std::uint32_t parent) {
  const NodeRule& rule = rule_of(node);
  if (rule.role == NodeRole::binary) {
    join(unwrapped(node.child(rule.a)), key, parent);
    join(unwrapped(node.child(rule.b)), key, parent);
  } else if (rule.role != NodeRole::text && rule.role != NodeRole::plain) {
    value(node, key, {EntryKind::reference, parent});
  }
}

bool CodeReader::has_text(Node node) {
  node = unwrapped(node);
  const NodeRule& rule = rule_of(node);
  if (rule.role == NodeRole::binary) {
    return has_text(node.child(rule.a)) || has_text(node.child(rule.b));
  }
  return rule.role == NodeRole::text;
}

bool CodeReader::is_comparison(Node left) {
  for (Node child = left.next(); child; child = child.next()) {
    if (!child.is_named()) return child.type() != "+" && child.type() != ".";
  }
  return true;
}

std::uint32_t CodeReader::or_else(Node left, Node right, std::string_view key,
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

std::uint32_t CodeReader::last_arm(std::uint32_t index) const {
  const std::vector<Entry>& entries = writer_.list().entries();
  for (auto i = static_cast<std::uint32_t>(entries.size()); i-- > index + 1;) {
    if (entries[i].parent == index) return i;
  }
  return index;
}

std::uint32_t CodeReader::ternary(Node node, const NodeRule& rule,
                                  std::string_view key, const Use& use) {
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

}  // namespace overreach
