// XML settings: web.config, Maven, NuGet, PHPUnit, Spring.  A tokenizer, not a
// parser of documents: it looks at each byte once, resolves no entities but
// the five of the language, and does not mind what is broken.

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "scanner/syntax/readers.h"

namespace overreach {
namespace {

struct Attribute {
  std::string_view name;
  Range value;
};

struct Escape {
  std::string_view written, means;
};
constexpr auto kEscapes = std::to_array<Escape>({{"&amp;", "&"},
                                                 {"&apos;", "'"},
                                                 {"&gt;", ">"},
                                                 {"&lt;", "<"},
                                                 {"&quot;", "\""}});

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_name_byte(char c) {
  return !is_space(c) && c != '=' && c != '>' && c != '/' && c != '<' &&
         c != '"' && c != '\'';
}

std::string without_entities(std::string_view text) {
  std::string value;
  for (std::size_t at = 0; at < text.size();) {
    const auto escape =
        text[at] != '&'
            ? kEscapes.end()
            : std::find_if(kEscapes.begin(), kEscapes.end(), [&](auto& e) {
                return text.substr(at).starts_with(e.written);
              });
    if (escape == kEscapes.end()) {
      value += text[at++];
    } else {
      value += escape->means;
      at += escape->written.size();
    }
  }
  return value;
}

class XmlReader {
 public:
  explicit XmlReader(Writer& writer) : writer_(writer), text_(writer.text()) {}

  void read() {
    std::size_t at = 0;
    while (at < text_.size()) {
      const std::size_t open = std::min(text_.find('<', at), text_.size());
      read_text(at, open);
      at = open < text_.size() ? read_markup(open) : open;
    }
  }

 private:
  // An element that is open.
  struct Element {
    std::string_view name;
    std::size_t path_bytes;  // of the path of what is around it
  };

  void read_text(std::size_t begin, std::size_t end) {
    while (begin < end && is_space(text_[begin])) ++begin;
    while (end > begin && is_space(text_[end - 1])) --end;
    if (begin == end || elements_.empty()) return;
    write_content(
        {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
  }

  // The text of the innermost element goes by the element's own name.
  void write_content(Range range) {
    const std::vector<std::string> segments = segments_of(path_);
    if (segments.empty()) return;
    writer_.set_section(path_.substr(0, elements_.back().path_bytes));
    write(segments.back(), range);
  }

  void write(std::string_view key, Range range) {
    const std::string value = without_entities(writer_.slice(range));
    writer_.templated({kind_of_plain(value)}, key, range, value);
  }

  // Comment, CDATA, declaration or tag at `open`.  Returns what follows it.
  std::size_t read_markup(std::size_t open) {
    const std::string_view rest = text_.substr(open);
    if (rest.starts_with("<!--")) return behind("-->", open);
    if (rest.starts_with("<![CDATA[")) {
      const std::size_t end = behind("]]>", open);
      const std::size_t begin = open + 9;
      if (end >= begin + 3 && !elements_.empty()) {
        write_content({static_cast<std::uint32_t>(begin),
                       static_cast<std::uint32_t>(end - 3)});
      }
      return end;
    }
    if (rest.starts_with("<?") || rest.starts_with("<!")) {
      return behind(">", open);
    }
    if (rest.starts_with("</")) {
      const std::size_t end = behind(">", open);
      close(text_.substr(open + 2, end - std::min(end, open + 3)));
      return end;
    }
    return read_tag(open + 1);
  }

  std::size_t behind(std::string_view sign, std::size_t at) const {
    const std::size_t found = text_.find(sign, at);
    return found == text_.npos ? text_.size() : found + sign.size();
  }

  std::size_t read_tag(std::size_t at) {
    const std::string_view name = read_name(at);
    if (name.empty()) return at;
    std::vector<Attribute> attributes;
    while (at < text_.size() && text_[at] != '>' && text_[at] != '<') {
      if (is_space(text_[at]) || text_[at] == '/') {
        ++at;
        continue;
      }
      const std::string_view key = read_name(at);
      if (key.empty()) {
        ++at;
        continue;
      }
      while (at < text_.size() && is_space(text_[at])) ++at;
      if (at >= text_.size() || text_[at] != '=') continue;
      ++at;
      while (at < text_.size() && is_space(text_[at])) ++at;
      const char quote = at < text_.size() ? text_[at] : '\0';
      if (quote != '"' && quote != '\'') continue;
      const std::size_t end = std::min(text_.find(quote, at + 1), text_.size());
      attributes.push_back({key,
                            {static_cast<std::uint32_t>(at + 1),
                             static_cast<std::uint32_t>(end)}});
      at = std::min(end + 1, text_.size());
    }
    const bool is_closed = at > 0 && text_[at - 1] == '/';
    open_element(name, attributes);
    if (is_closed) close(name);
    return at < text_.size() && text_[at] == '>' ? at + 1 : at;
  }

  std::string_view read_name(std::size_t& at) const {
    const std::size_t begin = at;
    while (at < text_.size() && is_name_byte(text_[at])) ++at;
    return text_.substr(begin, at - begin);
  }

  // <add key="X" value="y"/> gives X the value y; any other element stands
  // below its name, or below what its name or key attribute says.
  void open_element(std::string_view name,
                    const std::vector<Attribute>& attributes) {
    if (elements_.size() >= kMaxDepth) {
      writer_.note("nested deeper than 250");
      return;
    }
    std::string_view own;
    for (const Attribute& attribute : attributes) {
      if (attribute.name == "name" || attribute.name == "key" ||
          attribute.name == "id") {
        own = writer_.slice(attribute.value);
        break;
      }
    }
    if (own.empty() || own.size() > 200) own = name;
    elements_.push_back({name, path_.size()});
    writer_.set_section(path_);
    const std::string around = path_;
    append_segment(path_, own);
    for (const Attribute& attribute : attributes) {
      if (attribute.name == "value" && own != name) {
        writer_.set_section(around);
        write(own, attribute.value);
      } else if (attribute.name.substr(0, 5) != "xmlns") {
        writer_.set_section(path_);
        write(attribute.name, attribute.value);
      }
    }
  }

  // Closes the innermost element of that name, and what was left open in it.
  void close(std::string_view name) {
    while (!name.empty() && is_space(name.back())) name.remove_suffix(1);
    std::size_t found = elements_.size();
    while (found > 0 && elements_[found - 1].name != name) --found;
    if (found == 0) return;
    path_.resize(elements_[found - 1].path_bytes);
    elements_.resize(found - 1);
  }

  Writer& writer_;
  const std::string_view text_;
  std::string path_;
  std::vector<Element> elements_;
};

}  // namespace

void read_xml(Writer& writer) { XmlReader(writer).read(); }

}  // namespace overreach
