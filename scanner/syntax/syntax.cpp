#include "scanner/syntax/syntax.h"

#include "scanner/syntax/readers.h"
#include "scanner/syntax/tree.h"
#include "scanner/syntax/writer.h"

namespace overreach {
namespace {

void read(Language language, Writer& writer, Tree& tree) {
  switch (language) {
    case Language::none:
      return;
    case Language::dotenv:
      return read_dotenv(writer);
    case Language::ini:
      return read_ini(writer);
    case Language::properties:
      return read_properties(writer);
    case Language::netrc:
      return read_netrc(writer);
    case Language::xml:
      return read_xml(writer);
    case Language::procfile:
      return read_procfile(writer, tree);
    case Language::makefile:
      return read_makefile(writer, tree);
    case Language::dockerfile:
      return read_dockerfile(writer, tree);
    case Language::yaml:
      return read_yaml(writer, tree);
    case Language::json:
      return read_json(writer, tree);
    case Language::toml:
      return read_toml(writer, tree);
    case Language::hcl:
      return read_hcl(writer, tree);
    case Language::bash:
      return read_shell(writer, tree, writer.text(), 0);
    default:
      return read_code(writer, tree);
  }
}

}  // namespace

struct Syntax::Parts {
  Tree tree;
  bool has_context = false;
};

Syntax::Syntax() : parts_(std::make_unique<Parts>()) {}
Syntax::~Syntax() = default;

EntryList Syntax::entries(Language language, std::string_view text) {
  EntryList list;
  list.language = language;
  parts_->has_context = false;
  if (text.size() > kMaxSyntaxBytes) {
    list.notes.emplace_back("longer than 4 MB");
    return list;
  }
  Writer writer(text, language, list);
  read(language, writer, parts_->tree);
  return list;
}

void Syntax::parse(Language language, std::string_view text) {
  parts_->has_context =
      text.size() <= kMaxSyntaxBytes && grammar_of(language) != nullptr &&
      parts_->tree.parse(language, text, 0) != Tree::Outcome::gave_up;
}

Syntax::Context Syntax::context_at(std::size_t offset) const {
  if (!parts_->has_context) return Context::unknown;
  Node node = parts_->tree.at(static_cast<std::uint32_t>(offset));
  if (!node) return Context::unknown;
  for (; node; node = node.parent()) {
    const std::string_view type = node.type();
    if (!node.is_named()) continue;
    if (type.find("comment") != type.npos) return Context::comment;
    if (type == "interpolation" || type == "template_substitution" ||
        type == "command_substitution") {
      return Context::code;
    }
    if (type.find("string") != type.npos || type.find("heredoc") != type.npos ||
        type.find("quote_scalar") != type.npos) {
      return Context::string;
    }
  }
  return Context::code;
}

}  // namespace overreach
