// HCL of Terraform, OpenTofu, Packer and Terragrunt: blocks with labels,
// attributes, templates, and the functions that choose a value.

#include <algorithm>
#include <string>

#include "scanner/syntax/readers.h"
#include "scanner/syntax/unescape.h"

namespace overreach {
namespace {

// `x` of "x", or an identifier as it is.
std::string_view plain_text(Node node) {
  std::string_view text = node.text();
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
    text = text.substr(1, text.size() - 2);
  }
  return text;
}

class HclReader {
 public:
  explicit HclReader(Writer& writer) : writer_(writer) {}

  void read_body(Node body) {
    for (Node node = body.first(); node; node = node.next()) {
      if (node.is("attribute")) {
        read_attribute(node);
      } else if (node.is("block")) {
        read_block(node, node.first());
      } else if (node.is("body") || node.is("ERROR") || node.is("object") ||
                 node.is("expression") || node.is("collection_value")) {
        read_body(node);
      } else if (node.is("object_elem")) {  // of a .tfvars in pieces
        read_element(node);
      }
    }
  }

 private:
  // Labels are segments: resource.aws_db_instance.main
  void read_block(Node block, Node label) {
    if (label.is("identifier") || label.is("string_lit")) {
      const Writer::Section section(writer_, plain_text(label));
      return read_block(block, label.next());
    }
    const std::size_t before = writer_.list().entries().size();
    if (depth_++ == 0) {
      read_body(block);
    } else {  // may come again: an item of a list
      const Writer::Group group(writer_);
      read_body(block);
    }
    --depth_;
    if (writer_.list().entries().size() == before) {  // an empty block
      write_presence(block);
    }
  }

  void write_presence(Node block) {
    const std::vector<std::string> segments =
        segments_of(std::string(writer_.section()));
    if (segments.empty()) return;
    std::string above;
    for (std::size_t i = 0; i + 1 < segments.size(); ++i) {
      append_segment(above, segments[i]);
    }
    const std::string section(writer_.section());
    writer_.set_section(above);
    writer_.add({EntryKind::setting}, segments.back(),
                {block.begin(), block.begin()});
    writer_.set_section(section);
  }

  void read_attribute(Node node) {
    const Node name = node.only();
    const bool is_default =
        name.text() == "default" && writer_.section().starts_with("variable.");
    value(last_child(node), name.text(),
          {is_default ? EntryKind::default_argument : EntryKind::literal});
  }

  static Node last_child(Node node) {
    Node last;
    for (Node child = node.first(); child; child = child.next()) {
      if (child.is_named() && !child.is("comment")) last = child;
    }
    return last;
  }

  void read_element(Node node) {
    const Node key = node.child("key");
    value(node.child("val"), plain_text(key), {});
  }

  // Returns the index of the first entry, or kNoEntry.
  std::uint32_t value(Node node, std::string_view key, const Use& use) {
    if (!node) return kNoEntry;
    const Node inner = node.only();
    if (node.is("expression")) {
      if (inner.is("variable_expr")) return traversal(node, key, use);
      return value(inner, key, use);
    }
    if (node.is("literal_value") || node.is("template_expr") ||
        node.is("parenthesized_expr")) {
      return value(inner, key, use);
    }
    if (node.is("string_lit") || node.is("quoted_template")) {
      return text(node, {node.begin() + 1, node.end() - 1}, key, use);
    }
    if (node.is("heredoc_template")) return heredoc(node, key, use);
    if (node.is("collection_value")) return value(inner, key, use);
    if (node.is("object")) return object(node, key);
    if (node.is("tuple")) return tuple(node, key);
    if (node.is("function_call")) return call(node, key, use);
    if (node.is("conditional")) return conditional(node, key, use);
    if (node.is("bool_lit") || node.is("numeric_lit") || node.is("null_lit")) {
      Use own = use;
      if (own.kind == EntryKind::literal) own.kind = EntryKind::setting;
      return writer_.add(own, key, {node.begin(), node.end()});
    }
    references_in(node, key, kNoEntry);
    return kNoEntry;
  }

  // var.x, local.y, aws_s3_bucket.main.id
  std::uint32_t traversal(Node node, std::string_view key, const Use& use) {
    const std::string_view names = node.text();
    const bool is_variable =
        names.starts_with("var.") || names.starts_with("local.") ||
        names.starts_with("each.") || names.starts_with("terraform.") ||
        names.starts_with("path.");
    if (names.find('.') == names.npos) {  // a word, as in type = string
      return writer_.add({EntryKind::setting, use.parent}, key,
                         {node.begin(), node.end()});
    }
    return writer_.reference(use, key, {node.begin(), node.end()},
                             is_variable ? Target::variable : Target::resource,
                             names);
  }

  std::uint32_t text(Node node, Range range, std::string_view key,
                     const Use& use) {
    if (range.end < range.begin) return kNoEntry;
    const Node only = node.named(1);
    if (only.is("template_interpolation") && only.begin() == range.begin &&
        only.end() == range.end) {
      return value(expression_of(only), key, use);
    }
    const std::string_view raw = writer_.slice(range);
    std::string plain;
    if (raw.find('\\') != raw.npos) plain = unescape(raw);
    const std::uint32_t index =
        writer_.add(use, key, range, plain.empty() ? raw : plain);
    if (index != kNoEntry) references_in(node, key, index);
    return index;
  }

  static Node expression_of(Node interpolation) {
    for (Node child = interpolation.first(); child; child = child.next()) {
      if (child.is("expression")) return child;
    }
    return {};
  }

  // The lines between the marks.
  std::uint32_t heredoc(Node node, std::string_view key, const Use& use) {
    const std::string_view all = node.text();
    const std::size_t first = std::min(all.find('\n'), all.size() - 1) + 1;
    const std::size_t last = all.rfind('\n');
    Range range{node.begin() + static_cast<std::uint32_t>(first), node.end()};
    if (last != all.npos && last >= first) {
      range.end = node.begin() + static_cast<std::uint32_t>(last);
    }
    const std::uint32_t index = writer_.add(use, key, range);
    if (index != kNoEntry) references_in(node, key, index);
    return index;
  }

  // What interpolations and operations name; `parent` becomes a template.
  void references_in(Node node, std::string_view key, std::uint32_t parent) {
    for (Node child = node.first(); child; child = child.next()) {
      if (child.is("expression") || child.is("function_call") ||
          child.is("conditional")) {
        if (parent != kNoEntry) {
          writer_.list().entries()[parent].is_template = true;
        }
        value(child, key, {EntryKind::reference, parent});
      } else {
        references_in(child, key, parent);
      }
    }
  }

  std::uint32_t object(Node node, std::string_view key) {
    const Writer::Section section(writer_, key);
    for (Node child = node.first(); child; child = child.next()) {
      if (child.is("object_elem")) read_element(child);
    }
    return kNoEntry;
  }

  std::uint32_t tuple(Node node, std::string_view key) {
    const Writer::Section section(writer_, key);
    std::size_t number = 0;
    for (Node child = node.first(); child; child = child.next()) {
      if (child.is("expression")) value(child, std::to_string(number++), {});
    }
    return kNoEntry;
  }

  // coalesce(a, b), try(a, b), lookup(map, key, b): each stands in for the one
  // before it.  Other functions: their arguments stand below their name.
  std::uint32_t call(Node node, std::string_view key, const Use& use) {
    const std::string_view name = node.only().text();
    const bool chooses = name == "coalesce" || name == "try" ||
                         name == "lookup" || name == "coalescelist";
    std::uint32_t first = kNoEntry, last = kNoEntry;
    const Node arguments = last_child(node);
    if (chooses) {
      std::size_t number = 0;
      for (Node child = arguments.first(); child; child = child.next()) {
        if (!child.is("expression")) continue;
        if (name == "lookup" && number++ == 1) continue;  // the key
        const Use own = last == kNoEntry ? use : Use{EntryKind::fallback, last};
        const std::uint32_t index = value(child, key, own);
        if (index == kNoEntry) continue;
        if (first == kNoEntry) first = index;
        last = index;
      }
      return first;
    }
    const Writer::Section section(writer_, key);
    const Writer::Section function(writer_, name);
    std::size_t number = 0;
    for (Node child = arguments.first(); child; child = child.next()) {
      if (child.is("expression")) value(child, std::to_string(number++), {});
    }
    return kNoEntry;
  }

  // a ? b : c; `var.x != "" ? var.x : "y"` makes "y" a fallback of var.x.
  std::uint32_t conditional(Node node, std::string_view key, const Use& use) {
    const Node condition = node.named(0), then = node.named(1),
               other = node.named(2);
    const std::uint32_t index = value(then, key, use);
    const bool is_fallback =
        index != kNoEntry &&
        writer_.list().entries()[index].kind == EntryKind::reference &&
        condition.text().find(then.text()) != std::string_view::npos;
    value(other, key, is_fallback ? Use{EntryKind::fallback, index} : use);
    references_in(condition, key, kNoEntry);
    return index;
  }

  Writer& writer_;
  int depth_ = 0;  // of blocks
};

}  // namespace

void read_hcl(Writer& writer, Tree& tree) {
  parse(writer, tree, writer.text(), 0);
  HclReader(writer).read_body(tree.root());
}

}  // namespace overreach
