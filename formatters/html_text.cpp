#include "formatters/html_text.h"

#include <algorithm>
#include <cstddef>

#include "formatters/utf8.h"

namespace overreach {
namespace {

// Code points that HTML forbids in a page, and that visible() lets pass.
bool is_noncharacter(char32_t value) {
  return (value & 0xfffe) == 0xfffe || (value >= 0xfdd0 && value <= 0xfdef);
}

std::string in_hex(char32_t value) {
  std::string text;
  for (; value != 0; value >>= 4) {
    text.insert(text.begin(), "0123456789abcdef"[value & 15]);
  }
  return text;
}

// Appends one character of text from visible().
void append(std::string& html, std::string_view character, char32_t value) {
  switch (value) {
    case '&':
      html += "&amp;";
      return;
    case '<':
      html += "&lt;";
      return;
    case '>':
      html += "&gt;";
      return;
    case '"':
      html += "&quot;";
      return;
    case '\'':
      html += "&#39;";
      return;
    default:
      break;
  }
  if (is_noncharacter(value)) {
    html += "\\u{" + in_hex(value) + "}";
  } else {
    html += character;
  }
}

}  // namespace

std::string html_text(std::string_view text) {
  const std::string line = visible(text);
  const std::string_view rest = line;
  std::string html;
  html.reserve(line.size());
  for (std::size_t at = 0; at < rest.size();) {
    const CodePoint point = decode_utf8(rest, at);
    append(html, rest.substr(at, point.bytes), point.value);
    at += point.bytes;
  }
  return html;
}

Markup& Markup::add(std::string_view text) {
  html_ += html_text(text);
  return *this;
}

Markup& Markup::add(const Markup& other) {
  html_ += other.html_;
  return *this;
}

Markup tag(std::string_view name, const Markup& inside,
           Markup::Attributes attributes) {
  Markup result;
  std::string& html = result.html_;
  html.append("<").append(name);
  for (const auto& [key, value] : attributes) {
    html.append(" ").append(key).append("=\"");
    html.append(html_text(value)).append("\"");
  }
  html.append(">").append(inside.html_);
  html.append("</").append(name).append(">");
  return result;
}

Markup tag(std::string_view name, std::string_view text,
           Markup::Attributes attributes) {
  return tag(name, Markup(text), attributes);
}

bool begins_with_address(std::string_view text) {
  return text.starts_with("https://") || text.starts_with("http://");
}

Markup linked(std::string_view text) {
  if (!begins_with_address(text)) return Markup(text);
  const std::size_t end = std::min(text.find(' '), text.size());
  const std::string_view address = text.substr(0, end);
  return tag("a", address, {{"href", address}, {"rel", "noopener noreferrer"}})
      .add(text.substr(end));
}

}  // namespace overreach
