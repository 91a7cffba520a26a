// Shell: assignments, the words of commands, expansions and what they fall
// back to.  The same for a script, a RUN of a Dockerfile and a `run` of a
// workflow.

#include <algorithm>

#include "scanner/syntax/readers.h"
#include "scanner/syntax/unescape.h"

namespace overreach {
namespace {

class ShellReader {
 public:
  explicit ShellReader(Writer& writer) : writer_(writer) {}

  // Everything at and below `node`.  Depth is limited by the tree.
  void read(Node node) {
    if (node.is("variable_assignment")) return read_assignment(node);
    if (node.is("command")) {
      const Writer::Group group(writer_);
      return read_command(node);
    }
    if (node.is("redirected_statement")) return read_redirected(node);
    if (node.is("declaration_command")) return read_children(node);
    if (node.is("function_definition")) {
      const Writer::Section section(writer_, node.child("name").text());
      return read_children(node);
    }
    if (node.is("expansion")) {
      write("", node, EntryKind::literal);
      return;
    }
    read_children(node);
  }

 private:
  void read_children(Node node) {
    for (Node child = node.first(); child; child = child.next()) read(child);
  }

  void read_assignment(Node node) {
    const std::string_view name = node.child("name").text();
    const Node value = node.child("value");
    if (value) {
      write(name, value, EntryKind::literal);
    } else {
      writer_.add({EntryKind::setting}, name, {node.end(), node.end()});
    }
    read_substitutions(value);
  }

  // The file that a command writes to is two more words of it; of commands
  // joined by pipes it is the last one's.
  void read_redirected(Node node) {
    const Node body = node.child("body");
    const Node last = body.is("pipeline") ? last_named(body) : body;
    if (!last.is("command")) return read_children(node);
    for (Node child = body.first(); child && body.is("pipeline");
         child = child.next()) {
      if (child.index() != last.index()) read(child);
    }
    const Writer::Group group(writer_);
    read_command(last);
    const std::string program(last.child("name").text());
    for (Node child = body.next(); child; child = child.next()) {
      if (child.is("file_redirect")) {
        read_redirect(child, program);
      } else {
        read(child);
      }
    }
  }

  static Node last_named(Node node) {
    Node last;
    for (Node child = node.first(); child; child = child.next()) {
      if (child.is_named() && !child.is("comment")) last = child;
    }
    return last;
  }

  void read_command(Node node) {
    const Node name = node.child("name");
    const std::string program(name.text());
    for (Node child = node.first(); child; child = child.next()) {
      if (child.is("variable_assignment")) {
        read_assignment(child);
      } else if (child.is("command_name")) {
        write(program, child.only(), EntryKind::command_argument);
      } else if (child.is("file_redirect")) {
        read_redirect(child, program);
      } else if (child.is_named() && !child.is("comment")) {
        write(program, child, EntryKind::command_argument);
      }
    }
    read_substitutions(node);
  }

  void read_redirect(Node node, std::string_view program) {
    const Node file = node.child("destination");
    if (!file) return;
    const Range sign = trimmed(writer_.text(), node.begin(), file.begin());
    writer_.add({EntryKind::command_argument}, program, sign);
    write(program, file, EntryKind::command_argument);
  }

  // Commands in $(...) of values, which write() does not go into.
  void read_substitutions(Node node) {
    for (Node child = node.first(); child; child = child.next()) {
      if (child.is("command_substitution") ||
          child.is("process_substitution")) {
        read_children(child);
      } else if (!child.is("variable_assignment")) {
        read_substitutions(child);
      }
    }
    if (node.is("command_substitution")) read_children(node);
  }

  static bool is_expansion(Node node) {
    return node.is("simple_expansion") || node.is("expansion");
  }

  // One word or value.
  void write(std::string_view key, Node node, EntryKind kind) {
    if (!node) return;
    Range range{node.begin(), node.end()};
    if (is_expansion(node)) {
      write_expansion(key, node, {kind});
      return;
    }
    if (node.is("string")) {
      const Node inside = node.only();
      if (is_expansion(inside) && inside.begin() == node.begin() + 1 &&
          inside.end() + 1 == node.end()) {
        write_expansion(key, inside, {kind});
        return;
      }
    }
    const bool has_quotes = node.is("string") || node.is("raw_string");
    if (has_quotes && range.end - range.begin >= 2) {
      range = {range.begin + 1, range.end - 1};
    }
    // An expression of a pipeline, which the grammar did not see.
    if (const std::string_view written = writer_.slice(range);
        written.find("${{") != written.npos) {
      writer_.templated({kind}, key, range, written);
      return;
    }
    std::string_view value = node.text();
    if (has_quotes && value.size() >= 2)
      value = value.substr(1, value.size() - 2);
    std::string plain;
    if (!node.is("raw_string") && value.find('\\') != value.npos) {
      plain = without_backslashes(value, node.is("string"));
      value = plain;
    }
    if (kind == EntryKind::literal) {
      kind = has_quotes ? kind : kind_of_plain(value);
    }
    const std::uint32_t index = writer_.add({kind}, key, range, value);
    if (node.is("raw_string") || node.is("word") || index == kNoEntry) return;
    write_inside(key, node, index);
  }

  // The references in a text; `parent` becomes a template when there are some.
  void write_inside(std::string_view key, Node node, std::uint32_t parent) {
    for (Node child = node.first(); child; child = child.next()) {
      if (child.is("command_substitution")) {
        writer_.list().entries()[parent].is_template = true;
      } else if (is_expansion(child)) {
        writer_.list().entries()[parent].is_template = true;
        write_expansion(key, child, {EntryKind::reference, parent});
      } else {
        write_inside(key, child, parent);
      }
    }
  }

  // $X, ${X}, ${X:-default}
  void write_expansion(std::string_view key, Node node, const Use& use) {
    Node name = node.only();
    std::string_view operation;
    for (Node child = node.first(); child; child = child.next()) {
      if (!child.is_named() && child.begin() >= name.end() && name) {
        operation = child.type();
        break;
      }
    }
    const std::uint32_t index = writer_.reference(
        use, key.empty() ? name.text() : key, {node.begin(), node.end()},
        Target::environment, name.text());
    const bool has_default = operation == ":-" || operation == "-" ||
                             operation == ":=" || operation == "=";
    const Node value = node.named(1);
    if (!has_default || !value || index == kNoEntry) return;
    // Everything up to the brace; it may be several nodes.
    const Range range{value.begin(), node.end() - 1};
    const Range inside = unquoted(writer_.text(), range);
    if (is_expansion(value) && value.end() == range.end) {
      write_expansion(key.empty() ? name.text() : key, value,
                      {EntryKind::fallback, index});
      return;
    }
    const std::uint32_t fallback = writer_.add(
        {EntryKind::fallback, index}, key.empty() ? name.text() : key, inside);
    if (fallback == kNoEntry) return;
    for (Node child = value; child; child = child.next()) {
      if (is_expansion(child)) {
        writer_.list().entries()[fallback].is_template = true;
        write_expansion(key, child, {EntryKind::reference, fallback});
      } else {
        write_inside(key, child, fallback);
      }
    }
  }

  static std::string without_backslashes(std::string_view text,
                                         bool is_quoted) {
    std::string value;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\\' && i + 1 < text.size()) {
        ++i;
        if (text[i] == '\n') continue;
        const bool is_special = text[i] == '"' || text[i] == '\\' ||
                                text[i] == '$' || text[i] == '`';
        if (is_quoted && !is_special) value += '\\';
      }
      value += text[i];
    }
    return value;
  }

  Writer& writer_;
};

}  // namespace

void read_shell(Writer& writer, Tree& tree, std::string_view text,
                std::size_t base) {
  // Scripts in documents may be of another language: JavaScript, PromQL.
  const Language around = writer.language();
  const bool is_shell = around != Language::yaml && around != Language::json &&
                        around != Language::toml;
  const Writer::LanguageScope language(writer, Language::bash);
  parse(writer, tree, text, base, is_shell);
  ShellReader(writer).read(tree.root());
}

}  // namespace overreach
