// JSON, with the comments and trailing commas of JSONC.

#include <algorithm>
#include <string>

#include "scanner/syntax/readers.h"
#include "scanner/syntax/structure.h"
#include "scanner/syntax/unescape.h"

namespace overreach {
namespace {

class JsonReader {
 public:
  explicit JsonReader(Structure& items) : items_(items) {}

  // The value at `node`, below `parent`.  Depth is limited by the tree.
  std::uint32_t read(Node node, std::string_view key, std::uint32_t parent) {
    Item item;
    item.key = key;
    item.range = {node.begin(), node.end()};
    if (node.is("object")) {
      item.kind = Item::Kind::map;
      const std::uint32_t map = items_.add(item, parent);
      read_members(node, map);
      return map;
    }
    if (node.is("array")) {
      item.kind = Item::Kind::list;
      const std::uint32_t list = items_.add(item, parent);
      for (Node child = node.first(); child; child = child.next()) {
        if (is_value(child)) read(child, "", list);
      }
      return list;
    }
    item.kind = node.is("string") ? Item::Kind::text : Item::Kind::plain;
    item.value = node.text();
    if (node.is("string")) {
      item.range = {node.begin() + 1,
                    std::max(node.begin() + 1, node.end() - 1)};
      item.value = text_of(node);
    }
    return items_.add(item, parent);
  }

  static bool is_value(Node node) {
    return node.is_named() && !node.is("comment") && !node.is_error();
  }

  // The pairs that are left of a document that does not end.
  std::uint32_t read_broken(Node error) {
    Item item;
    item.kind = Item::Kind::map;
    const std::uint32_t map = items_.add(item, kNoNode);
    read_members(error, map);
    return map;
  }

 private:
  void read_members(Node node, std::uint32_t map) {
    for (Node child = node.first(); child; child = child.next()) {
      if (child.is("pair")) {
        const Node value = child.child("value");
        if (value) read(value, text_of(child.child("key")), map);
      } else if (child.is("ERROR")) {
        read_members(child, map);
      }
    }
  }

  std::string_view text_of(Node string) {
    std::string_view text = string.text();
    if (text.size() < 2 || text[0] != '"') return text;
    text = text.substr(1, text.size() - 2);
    if (text.find('\\') == text.npos) return text;
    return items_.keep(unescape(text));
  }

  Structure& items_;
};

// Behind a comment that begins at `at`; `at` when none does.
std::size_t behind_comment(std::string_view text, std::size_t at) {
  if (text.substr(at, 2) == "//") {
    return std::min(text.find('\n', at), text.size());
  }
  if (text.substr(at, 2) != "/*") return at;
  const std::size_t end = text.find("*/", at + 2);
  return end == text.npos ? text.size() : end + 2;
}

// The grammar knows none: each becomes a blank.  Empty: there are none.
std::string without_trailing_commas(std::string_view text) {
  std::string result;
  std::size_t comma = text.npos;  // the last byte that counts, if it is one
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (const std::size_t behind = behind_comment(text, i); behind > i) {
      i = behind - 1;
    } else if (text[i] == '"') {
      for (++i; i < text.size() && text[i] != '"'; ++i) i += text[i] == '\\';
      comma = text.npos;
    } else if (text[i] == ',') {
      comma = i;
    } else if ((text[i] == '}' || text[i] == ']') && comma != text.npos) {
      if (result.empty()) result = text;
      result[comma] = ' ';
      comma = text.npos;
    } else if (text[i] != ' ' && text[i] != '\t' && text[i] != '\r' &&
               text[i] != '\n') {
      comma = text.npos;
    }
  }
  return result;
}

}  // namespace

void read_json(Writer& writer, Tree& tree) {
  const std::string plain = without_trailing_commas(writer.text());
  parse(writer, tree, plain.empty() ? writer.text() : plain, 0);
  Structure items;
  std::uint32_t root = kNoNode;
  JsonReader reader(items);
  for (Node node = tree.root().first(); node; node = node.next()) {
    if (JsonReader::is_value(node)) {
      root = reader.read(node, "", kNoNode);
    } else if (node.is("ERROR") && root == kNoNode) {
      root = reader.read_broken(node);
    }
  }
  write_structure(items, root, writer, tree);
}

}  // namespace overreach
