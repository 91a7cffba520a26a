#include "scanner/syntax/structure.h"

#include <algorithm>
#include <string>

#include "scanner/syntax/conventions.h"
#include "scanner/syntax/readers.h"

namespace overreach {
namespace {

// Aliases of aliases can stand for more values than fit into any memory.
constexpr std::uint32_t kMaxInherited = 20'000;
constexpr std::size_t kMaxInheritedScriptBytes = std::size_t{1} << 20;
constexpr std::uint32_t kMaxAliasDepth = 20;
constexpr std::size_t kMaxNameBytes = 100;

bool is_scalar(const Item& item) {
  return item.kind == Item::Kind::text || item.kind == Item::Kind::plain;
}

bool is_variable_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

// How long the NAME of "NAME=value" is; 0: it is none.
std::size_t name_bytes(std::string_view text) {
  if (text.empty() || !is_variable_start(text[0])) return 0;
  std::size_t at = 0;
  while (at < text.size() && (is_variable_start(text[at]) || text[at] == '.' ||
                              (text[at] >= '0' && text[at] <= '9'))) {
    ++at;
  }
  return at;
}

class StructureWriter {
 public:
  StructureWriter(const Structure& items, Writer& writer, Tree& tree)
      : items_(items), writer_(writer), tree_(tree) {}

  void write(std::uint32_t index, std::string_view key) {
    const Item& item = items_[index];
    if (alias_depth_ > 0 && !may_inherit()) return;
    switch (item.kind) {
      case Item::Kind::nothing:
        if (!key.empty()) writer_.add(use(EntryKind::setting), key, item.range);
        break;
      case Item::Kind::map:
        write_map(index, key);
        break;
      case Item::Kind::list:
        write_list(index, key);
        break;
      case Item::Kind::text:
      case Item::Kind::plain:
        write_scalar(item, key);
        break;
      case Item::Kind::alias:
        write_alias(item, key);
        break;
    }
  }

 private:
  Use use(EntryKind kind) const { return {kind, kNoEntry, alias_depth_ > 0}; }

  bool may_inherit() {
    if (alias_depth_ < kMaxAliasDepth && ++inherited_ < kMaxInherited) {
      return true;
    }
    writer_.note("aliases that stand for too many values");
    return false;
  }

  void write_alias(const Item& item, std::string_view key) {
    if (item.target == kNoNode || !may_inherit()) return;
    ++alias_depth_;
    write(item.target, key);
    --alias_depth_;
  }

  void write_map(std::uint32_t index, std::string_view key) {
    const Item& map = items_[index];
    if (map.first == kNoNode) {
      if (!key.empty()) writer_.add(use(EntryKind::setting), key, map.range);
      return;
    }
    if (const Target target = target_of_map(key); target != Target::nothing) {
      return write_reference(index, key, target);
    }
    if (key.empty()) return write_members(index);
    const Writer::Section section(writer_, key);
    write_members(index);
  }

  // secretKeyRef: {name: db, key: url} is a reference to db/url.
  void write_reference(std::uint32_t map, std::string_view key, Target target) {
    std::string names(items_.scalar(map, "name"));
    for (const char* const part : {"key", "property", "envVarKey"}) {
      const std::string_view text = items_.scalar(map, part);
      if (!text.empty()) names.append("/").append(text);
    }
    const Item& first = items_[items_[map].first];
    writer_.reference(use(EntryKind::reference), key, first.range, target,
                      names);
  }

  void write_members(std::uint32_t map) {
    write_others(map, write_command(map));
  }

  // `command` and `args` together are one command.  Whether there are both.
  bool write_command(std::uint32_t map) {
    const std::uint32_t command = items_.find(map, "command");
    const std::uint32_t arguments = items_.find(map, "args");
    if (command == kNoNode || arguments == kNoNode ||
        items_[arguments].kind != Item::Kind::list) {
      return false;
    }
    const Writer::Group group(writer_);
    write_words(command, "command");
    write_words(arguments, "args");
    return true;
  }

  void write_others(std::uint32_t map, bool without_command,
                    std::uint32_t without = kNoNode,
                    std::uint32_t or_without = kNoNode) {
    for (std::uint32_t i = items_[map].first; i != kNoNode;
         i = items_[i].next) {
      const std::string_view key = items_[i].key;
      if (without_command && (key == "command" || key == "args")) continue;
      if (i == without || i == or_without) continue;
      if (key == "<<") {
        write_merged(map, i);
      } else {
        write(i, key);
      }
    }
  }

  // Members of the merged maps that the map does not have itself.
  void write_merged(std::uint32_t map, std::uint32_t merged) {
    const Item& item = items_[merged];
    if (item.kind == Item::Kind::list) {
      for (std::uint32_t i = item.first; i != kNoNode; i = items_[i].next) {
        write_merged(map, i);
      }
      return;
    }
    const std::uint32_t source =
        item.kind == Item::Kind::alias ? item.target : merged;
    if (source == kNoNode || items_[source].kind != Item::Kind::map) return;
    if (!may_inherit()) return;
    ++alias_depth_;
    for (std::uint32_t i = items_[source].first; i != kNoNode;
         i = items_[i].next) {
      if (items_[i].key == "<<") {
        write_merged(map, i);
      } else if (items_.find(map, items_[i].key) == kNoNode) {
        write(i, items_[i].key);
      }
    }
    --alias_depth_;
  }

  void write_list(std::uint32_t index, std::string_view key) {
    const Item& list = items_[index];
    if (list.first == kNoNode) {
      if (!key.empty()) writer_.add(use(EntryKind::setting), key, list.range);
      return;
    }
    if (is_command(key) && is_scalar(items_[list.first]) &&
        !is_assignment(items_[list.first])) {
      const Writer::Group group(writer_);
      return write_words(index, key);
    }
    const Writer::Section section(writer_, key.empty() ? "0" : key);
    std::size_t number = 0;
    for (std::uint32_t i = list.first; i != kNoNode; i = items_[i].next) {
      write_list_item(i, key, number++);
    }
  }

  bool is_assignment(const Item& item) const {
    const std::size_t name = name_bytes(item.value);
    return name > 0 && name < item.value.size() && item.value[name] == '=';
  }

  // A word, or a list of them.
  void write_words(std::uint32_t index, std::string_view key) {
    const Item& item = items_[index];
    if (is_scalar(item)) {
      writer_.templated(use(EntryKind::command_argument), key, item.range,
                        item.value);
      return;
    }
    for (std::uint32_t i = item.first; i != kNoNode; i = items_[i].next) {
      if (is_scalar(items_[i])) write_words(i, key);
    }
  }

  void write_list_item(std::uint32_t index, std::string_view list_key,
                       std::size_t number) {
    const Item& item = items_[index];
    const std::string number_text = std::to_string(number);
    if (item.kind == Item::Kind::map) {
      return write_named_item(index, number_text);
    }
    if (is_scalar(item) && item.tag.empty()) {
      if (is_script("", list_key)) return write_script(item, number_text);
      if (write_assignment(item, list_key)) return;
      if (is_file(list_key)) return write_file(item, number_text);
    }
    write(index, number_text);
  }

  // `- name: X` with a value of its own, or a reference to one, gives X that
  // value; other members of the item stand below X.
  void write_named_item(std::uint32_t map, std::string_view number) {
    const Writer::Group group(writer_);
    std::uint32_t name = kNoNode;
    for (const char* const key :
         {"binding", "name", "key", "Name", "Key", "id"}) {
      const std::string_view text = items_.scalar(map, key);
      if (text.empty() || text.size() > kMaxNameBytes) continue;
      name = items_.find(map, key);
      break;
    }
    if (name == kNoNode) return write_map(map, number);
    const std::string_view own = items_[name].value;
    std::uint32_t value = kNoNode;
    for (std::uint32_t i = items_[map].first; i != kNoNode && value == kNoNode;
         i = items_[i].next) {
      if (write_value_of(own, i)) value = i;
    }
    const Writer::Section section(writer_, own);
    write_others(map, write_command(map), value,
                 value != kNoNode ? name : value);
  }

  // Whether the member is the value of the item `own`: value, valueFrom,
  // fromDatabase.
  bool write_value_of(std::string_view own, std::uint32_t member) {
    const Item& item = items_[member];
    if (item.kind == Item::Kind::map) {
      if (item.first == kNoNode) return false;
      if (item.key == "valueFrom") return write_value_of(own, item.first);
      const Target target = target_of_map(item.key);
      if (target == Target::nothing) return false;
      write_reference(member, own, target);
      return true;
    }
    if (item.key != "value" && item.key != "Value") return false;
    write(member, own);
    return true;
  }

  // "NAME=value" in any list; "NAME" alone in one of the environment.
  bool write_assignment(const Item& item, std::string_view list_key) {
    const std::size_t name = name_bytes(item.value);
    if (name == 0) return false;
    const std::string_view key = item.value.substr(0, name);
    if (name == item.value.size()) {
      if (!is_environment(list_key) || list_key == "args") return false;
      writer_.reference(use(EntryKind::reference), key, item.range,
                        Target::environment, key);
      return true;
    }
    if (item.value[name] != '=') return false;
    const Range range{
        std::min(item.range.begin + static_cast<std::uint32_t>(name) + 1,
                 item.range.end),
        item.range.end};
    const std::string_view value = item.value.substr(name + 1);
    writer_.templated(use(kind_of_plain(value)), key, range, value);
    return true;
  }

  void write_file(const Item& item, std::string_view key) {
    writer_.reference(use(EntryKind::reference), key, item.range, Target::file,
                      item.value);
  }

  void write_scalar(const Item& item, std::string_view key) {
    if (const Target target = target_of_tag(item.tag);
        target != Target::nothing) {
      writer_.reference(use(EntryKind::reference), key, item.range, target,
                        item.value);
      return;
    }
    if (is_script(writer_.section(), key) || is_command(key)) {
      return write_script(item, key);
    }
    if (is_file(key)) return write_file(item, key);
    const EntryKind kind = item.kind == Item::Kind::plain
                               ? kind_of_plain(item.value)
                               : EntryKind::literal;
    writer_.templated(use(kind), key, item.range, item.value);
  }

  // Escaped quotes of JSON are made plain without moving anything: an opening
  // one gets its blank in front, a closing one behind.
  void write_script(const Item& item, std::string_view key) {
    if (alias_depth_ > 0) {
      inherited_script_bytes_ += item.value.size();
      if (inherited_script_bytes_ > kMaxInheritedScriptBytes) {
        writer_.note("aliases that stand for too many values");
        return;
      }
    }
    const Writer::Section section(writer_, key);
    std::string text(writer_.slice(item.range));
    bool is_open = false;
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
      if (text[i] != '\\') continue;
      if (text[i + 1] == '"') {
        text.replace(i, 2, is_open ? "\" " : " \"");
        is_open = !is_open;
      }
      ++i;
    }
    hide_expressions(text);
    read_shell(writer_, tree_, text, item.range.begin);
  }

  // ${{ x }} is put in by the pipeline before any shell sees it: a word, for
  // the shell's grammar.
  static void hide_expressions(std::string& text) {
    for (std::size_t at = text.find("${{"); at != text.npos;
         at = text.find("${{", at)) {
      const std::size_t close = text.find("}}", at);
      if (close == text.npos) return;
      std::fill(text.begin() + static_cast<std::ptrdiff_t>(at),
                text.begin() + static_cast<std::ptrdiff_t>(close + 2), 'x');
    }
  }

  const Structure& items_;
  Writer& writer_;
  Tree& tree_;
  std::uint32_t alias_depth_ = 0;
  std::uint32_t inherited_ = 0;  // items so far that stand elsewhere
  std::size_t inherited_script_bytes_ = 0;
};

}  // namespace

std::uint32_t Structure::add(Item item, std::uint32_t parent) {
  const auto index = static_cast<std::uint32_t>(items_.size());
  items_.push_back(item);
  if (parent != kNoNode) {
    Item& above = items_[parent];
    (above.first == kNoNode ? above.first : items_[above.last].next) = index;
    above.last = index;
  }
  return index;
}

std::uint32_t Structure::find(std::uint32_t map, std::string_view key) const {
  // A map of thousands has no keys of ours, and must not cost their square.
  constexpr int kMaxMembers = 500;
  int left = kMaxMembers;
  for (std::uint32_t i = items_[map].first; i != kNoNode && left-- > 0;
       i = items_[i].next) {
    if (items_[i].key == key) return i;
  }
  return kNoNode;
}

std::string_view Structure::scalar(std::uint32_t map,
                                   std::string_view key) const {
  const std::uint32_t found = find(map, key);
  return found != kNoNode && is_scalar(items_[found]) ? items_[found].value
                                                      : std::string_view();
}

void write_structure(const Structure& structure, std::uint32_t root,
                     Writer& writer, Tree& tree) {
  if (root != kNoNode) StructureWriter(structure, writer, tree).write(root, "");
}

}  // namespace overreach
