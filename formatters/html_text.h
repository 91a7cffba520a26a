// Text as HTML.  What a page says is Markup, and text becomes Markup in one way
// only, which escapes it: no name in a scanned tree can become an element, an
// attribute or a link.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace overreach {

// One line for an element or a quoted attribute: & < > " ' as references,
// controls and marks that reorder text shown as \n or \u{202e}, bytes that are
// not UTF-8 as \xff.
std::string html_text(std::string_view text);

class Markup {
 public:
  using Attributes =
      std::initializer_list<std::pair<std::string_view, std::string_view>>;

  Markup() = default;
  explicit Markup(std::string_view text) : html_(html_text(text)) {}

  // Both append; `text` is escaped.
  Markup& add(std::string_view text);
  Markup& add(const Markup& other);

  bool empty() const { return html_.empty(); }
  const std::string& html() const { return html_; }

 private:
  friend Markup tag(std::string_view name, const Markup& inside,
                    Attributes attributes);
  std::string html_;
};

// <name attributes>inside</name>; values of attributes are escaped.
// REQUIRES: names are ours, and so are the addresses in attributes.
Markup tag(std::string_view name, const Markup& inside,
           Markup::Attributes attributes = {});
Markup tag(std::string_view name, std::string_view text,
           Markup::Attributes attributes = {});

// A remedy or a page of a rule: a link as far as it begins with an http(s)
// address, which ends at a space, and the rest as text.  Never for scanned
// text.
Markup linked(std::string_view text);

// Whether linked() makes a link of it.
bool begins_with_address(std::string_view text);

}  // namespace overreach
