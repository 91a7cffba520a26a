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
    case Language::lines:
      return read_lines(writer);
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

Syntax::Syntax() : tree_(std::make_unique<Tree>()) {}
Syntax::~Syntax() = default;

EntryList Syntax::entries(Language language, std::string_view text) {
  EntryList list;
  list.language = language;
  if (text.size() > kMaxSyntaxBytes) {
    list.notes.emplace_back("longer than 1 MB");
    return list;
  }
  Writer writer(text, language, list);
  read(language, writer, *tree_);
  tree_->let_go();
  return list;
}

}  // namespace overreach
