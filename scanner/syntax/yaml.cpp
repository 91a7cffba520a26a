// YAML: streams of documents, anchors, merge keys and tags.  Templates of Helm
// and Jinja are no YAML until they are filled in: their braces are masked, so
// that what is around them can be read.

#include <algorithm>
#include <map>

#include "scanner/syntax/readers.h"
#include "scanner/syntax/structure.h"
#include "scanner/syntax/unescape.h"

namespace overreach {
namespace {

// `text` with every {{ }}, and every line that is nothing else, made harmless;
// not a byte is moved.  Empty: there is nothing to mask.
std::string masked(std::string_view text) {
  std::string result;
  std::size_t at = text.find("{{");
  if (at == text.npos) return result;
  result = text;
  while (at != text.npos) {
    std::size_t end = text.find("}}", at);
    if (end == text.npos) break;
    end += 2;
    std::size_t before = at, behind = end;
    while (before > 0 && text[before - 1] == ' ') --before;
    while (behind < text.size() && text[behind] == ' ') ++behind;
    const bool is_alone =
        (before == 0 || text[before - 1] == '\n') &&
        (behind == text.size() || text[behind] == '\n' || text[behind] == '\r');
    const bool is_github = at > 0 && text[at - 1] == '$';
    if (!is_github || is_alone) {
      bool is_indentation = false;  // of a line that goes on with it
      for (std::size_t i = at; i < end; ++i) {
        const bool is_blank = text[i] == ' ' || text[i] == '\r';
        is_indentation = text[i] == '\n' || (is_indentation && is_blank);
        if (!is_indentation) result[i] = is_alone ? ' ' : '_';
      }
    }
    at = text.find("{{", end);
  }
  return result;
}

// What a block of lines says: without its indentation; `|` keeps the line
// breaks, `>` makes blanks of them.
std::string block_value(std::string_view raw, bool folded) {
  std::string value;
  std::size_t indent = raw.npos;
  for_each_line(raw, [&](std::size_t begin, std::size_t end) {
    const std::size_t text = trimmed(raw, begin, end).begin;
    if (text == end) {  // an empty line
      if (indent != raw.npos) value += '\n';
      return;
    }
    if (indent == raw.npos) indent = text - begin;
    value += raw.substr(std::min(begin + indent, text),
                        end - std::min(begin + indent, text));
    value += folded ? ' ' : '\n';
  });
  return value;
}

class YamlReader {
 public:
  YamlReader(Structure& items, Writer& writer)
      : items_(items), writer_(writer) {}

  // A document, or whatever is nearest to one in a broken text.
  std::uint32_t read_document(Node document) {
    anchors_.clear();
    for (Node child = document.first(); child; child = child.next()) {
      if (is_value(child)) return read(child, {}, kNoNode);
    }
    return kNoNode;
  }

  // What is left of a text that could not be parsed: the pairs in it.
  std::uint32_t read_broken(Node error) {
    anchors_.clear();
    Item item;
    item.kind = Item::Kind::map;
    const std::uint32_t map = items_.add(item, kNoNode);
    read_members(error, map);
    return map;
  }

 private:
  static bool is_value(Node node) {
    return node.is("block_node") || node.is("flow_node");
  }

  // A block or flow node: properties, then content.
  std::uint32_t read(Node node, Item item, std::uint32_t parent) {
    std::string_view anchor;
    Node content;
    for (Node child = node.first(); child; child = child.next()) {
      if (child.is("anchor")) {
        anchor = child.text().substr(1);
      } else if (child.is("tag")) {
        item.tag = child.text();
      } else if (child.is_named() && !child.is("comment")) {
        content = child;
      }
    }
    item.range = {node.begin(), node.end()};
    const auto remember = [&](std::uint32_t index) {
      if (!anchor.empty()) anchors_[anchor] = index;
      return index;
    };
    if (content.is("block_mapping") || content.is("flow_mapping")) {
      item.kind = Item::Kind::map;
      const std::uint32_t map = remember(items_.add(item, parent));
      read_members(content, map);
      return map;
    }
    if (content.is("block_sequence") || content.is("flow_sequence")) {
      item.kind = Item::Kind::list;
      const std::uint32_t list = remember(items_.add(item, parent));
      read_items(content, list);
      return list;
    }
    if (content.is("alias")) {
      const auto found = anchors_.find(content.text().substr(1));
      item.kind = Item::Kind::alias;
      if (found != anchors_.end()) item.target = found->second;
      return remember(items_.add(item, parent));
    }
    read_scalar(content, item);
    return remember(items_.add(item, parent));
  }

  void read_scalar(Node content, Item& item) {
    if (!content) return;
    const std::string_view text =
        writer_.slice({content.begin(), content.end()});
    item.range = {content.begin(), content.end()};
    if (content.is("block_scalar")) return read_block(text, item);
    item.kind = Item::Kind::plain;
    item.value = text;
    const bool is_double = content.is("double_quote_scalar");
    if ((!is_double && !content.is("single_quote_scalar")) || text.size() < 2) {
      return;
    }
    item.kind = Item::Kind::text;
    item.range = {content.begin() + 1, content.end() - 1};
    item.value = text.substr(1, text.size() - 2);
    if (is_double && item.value.find('\\') != item.value.npos) {
      item.value = items_.keep(unescape(item.value));
    } else if (!is_double && item.value.find("''") != item.value.npos) {
      std::string value(item.value);
      for (std::size_t at = 0; (at = value.find("''", at)) != value.npos;
           ++at) {
        value.erase(at, 1);
      }
      item.value = items_.keep(std::move(value));
    }
  }

  // The header ("|-") stays in the first line.
  void read_block(std::string_view text, Item& item) {
    const std::size_t body = std::min(text.find('\n'), text.size() - 1) + 1;
    item.kind = Item::Kind::text;
    item.range.begin += static_cast<std::uint32_t>(body);
    std::string value = block_value(text.substr(body), text[0] == '>');
    const bool keeps_end = text.substr(0, body).find('-') == text.npos;
    while (value.ends_with('\n') || value.ends_with(' ')) value.pop_back();
    if (keeps_end && !value.empty()) value += '\n';
    item.value = items_.keep(std::move(value));
  }

  void read_members(Node mapping, std::uint32_t map) {
    for (Node pair = mapping.first(); pair; pair = pair.next()) {
      if (pair.is("block_mapping_pair") || pair.is("flow_pair")) {
        read_pair(pair, map);
      } else if (pair.is("ERROR") || pair.is("block_mapping") ||
                 (mapping.is_error() && pair.is_named())) {
        read_members(pair, map);
      }
    }
  }

  void read_pair(Node pair, std::uint32_t map) {
    Item key;
    const Node key_node = pair.child("key");
    for (Node child = key_node.first(); child; child = child.next()) {
      if (child.is_named() && !child.is("anchor") && !child.is("tag")) {
        read_scalar(child, key);
      }
    }
    Item item;
    item.key = key.value;
    const Node value = pair.child("value");
    if (value) {
      read(value, item, map);
    } else {
      item.range = {pair.end(), pair.end()};
      items_.add(item, map);
    }
  }

  void read_items(Node sequence, std::uint32_t list) {
    for (Node child = sequence.first(); child; child = child.next()) {
      if (child.is("block_sequence_item")) {
        read_items(child, list);
      } else if (is_value(child)) {
        read(child, {}, list);
      } else if (child.is("flow_pair")) {
        Item item;
        item.kind = Item::Kind::map;
        item.range = {child.begin(), child.end()};
        read_pair(child, items_.add(item, list));
      }
    }
  }

  Structure& items_;
  Writer& writer_;
  std::map<std::string_view, std::uint32_t> anchors_;
};

}  // namespace

void read_yaml(Writer& writer, Tree& tree) {
  const std::string mask = masked(writer.text());
  parse(writer, tree, mask.empty() ? writer.text() : mask, 0);
  Structure items;
  YamlReader reader(items, writer);
  std::vector<std::uint32_t> roots;
  if (tree.root().is("ERROR")) roots.push_back(reader.read_broken(tree.root()));
  for (Node node = tree.root().first(); node; node = node.next()) {
    if (node.is("document")) roots.push_back(reader.read_document(node));
  }
  // Scripts in them use the tree: only now that it was read.
  bool is_first = true;
  for (const std::uint32_t root : roots) {
    if (!is_first) writer.next_document();
    is_first = false;
    write_structure(items, root, writer, tree);
  }
}

}  // namespace overreach
