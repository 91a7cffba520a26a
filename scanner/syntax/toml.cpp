// TOML: tables, arrays of tables, dotted keys.

#include "scanner/syntax/readers.h"
#include "scanner/syntax/structure.h"
#include "scanner/syntax/unescape.h"

namespace overreach {
namespace {

class TomlReader {
 public:
  explicit TomlReader(Structure& items) : items_(items) {}

  std::uint32_t read(Node document) {
    Item item;
    item.kind = Item::Kind::map;
    const std::uint32_t root = items_.add(item, kNoNode);
    for (Node node = document.first(); node; node = node.next()) {
      if (node.is("table") || node.is("table_array_element")) {
        read_table(node, root);
      } else {
        read_pairs(node, root);
      }
    }
    return root;
  }

 private:
  // [a.b] opens the maps a and b; [[a.b]] an item of the list b.
  void read_table(Node table, std::uint32_t root) {
    std::uint32_t map = root;
    const Node name = table.only();
    const std::vector<std::string_view> keys = keys_of(name);
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const bool is_list =
          table.is("table_array_element") && i + 1 == keys.size();
      map = open(map, keys[i], is_list ? Item::Kind::list : Item::Kind::map);
      if (is_list) {
        Item item;
        item.kind = Item::Kind::map;
        item.range = {table.begin(), table.end()};
        map = items_.add(item, map);
      }
    }
    for (Node node = name.next(); node; node = node.next()) {
      read_pairs(node, map);
    }
  }

  void read_pairs(Node node, std::uint32_t map) {
    if (node.is("ERROR")) {
      for (Node child = node.first(); child; child = child.next()) {
        read_pairs(child, map);
      }
      return;
    }
    if (!node.is("pair")) return;
    const Node name = node.only();
    std::vector<std::string_view> keys = keys_of(name);
    const Node value = node.named(1);
    if (keys.empty() || !value) return;
    for (std::size_t i = 0; i + 1 < keys.size(); ++i) {
      map = open(map, keys[i], Item::Kind::map);
    }
    read_value(value, keys.back(), map);
  }

  void read_value(Node node, std::string_view key, std::uint32_t parent) {
    Item item;
    item.key = key;
    item.range = {node.begin(), node.end()};
    if (node.is("inline_table")) {
      item.kind = Item::Kind::map;
      const std::uint32_t map = items_.add(item, parent);
      for (Node child = node.first(); child; child = child.next()) {
        read_pairs(child, map);
      }
      return;
    }
    if (node.is("array")) {
      item.kind = Item::Kind::list;
      const std::uint32_t list = items_.add(item, parent);
      for (Node child = node.first(); child; child = child.next()) {
        if (child.is_named() && !child.is("comment")) {
          read_value(child, "", list);
        }
      }
      return;
    }
    item.kind = Item::Kind::plain;
    item.value = node.text();
    if (node.is("string")) read_string(node, item);
    items_.add(item, parent);
  }

  void read_string(Node node, Item& item) {
    const std::string_view text = node.text();
    const std::string_view triple = text.substr(0, 3);
    const bool is_long =
        text.size() >= 6 && (triple == "\"\"\"" || triple == "'''");
    std::uint32_t begin = is_long ? 3 : 1;
    const std::uint32_t end_quotes = begin;
    if (is_long && text[begin] == '\n') ++begin;
    if (text.size() < begin + end_quotes) return;
    item.kind = Item::Kind::text;
    item.range = {node.begin() + begin, node.end() - end_quotes};
    item.value = text.substr(begin, text.size() - begin - end_quotes);
    if (text[0] == '"' && item.value.find('\\') != item.value.npos) {
      item.value = items_.keep(unescape(item.value));
    }
  }

  // The member `key` of a map, or in a list of tables of its last item.
  std::uint32_t open(std::uint32_t map, std::string_view key, Item::Kind kind) {
    if (items_[map].kind == Item::Kind::list && items_[map].last != kNoNode) {
      map = items_[map].last;
    }
    const std::uint32_t found = items_.find(map, key);
    if (found != kNoNode && (items_[found].kind == Item::Kind::map ||
                             items_[found].kind == Item::Kind::list)) {
      return found;
    }
    Item item;
    item.key = key;
    item.kind = kind;
    return items_.add(item, map);
  }

  std::vector<std::string_view> keys_of(Node name) {
    std::vector<std::string_view> keys;
    if (name.is("dotted_key")) {
      for (Node child = name.first(); child; child = child.next()) {
        for (const std::string_view key : keys_of(child)) keys.push_back(key);
      }
    } else if (name.is("bare_key")) {
      keys.push_back(name.text());
    } else if (name.is("quoted_key") && name.text().size() >= 2) {
      const std::string_view text =
          name.text().substr(1, name.text().size() - 2);
      keys.push_back(items_.keep(unescape(text)));
    }
    return keys;
  }

  Structure& items_;
};

}  // namespace

void read_toml(Writer& writer, Tree& tree) {
  parse(writer, tree, writer.text(), 0);
  Structure items;
  const std::uint32_t root = TomlReader(items).read(tree.root());
  write_structure(items, root, writer, tree);
}

}  // namespace overreach
