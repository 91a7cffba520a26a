#include "formatters/page.h"

#include <algorithm>
#include <array>
#include <utility>

#include "formatters/utf8.h"

namespace overreach {
namespace {

constexpr int kNarrowest = 40;
constexpr int kLabelColumn = 2;
constexpr int kTextColumn = 16;

// In the order of Style.
constexpr std::array<std::string_view, 8> kCodes = {
    "\x1b[0m",    "\x1b[1m",  "\x1b[2m",  "\x1b[1;31m",
    "\x1b[1;33m", "\x1b[36m", "\x1b[34m", "\x1b[32m"};

std::string spaces(int count) {
  return std::string(static_cast<std::size_t>(std::max(count, 0)), ' ');
}

}  // namespace

Words& Words::add(std::string_view text, Style style) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) words_.push_back({visible(text.substr(0, end)), style});
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return *this;
}

Words& Words::whole(std::string_view text, Style style, int spaces_before) {
  if (!text.empty()) words_.push_back({visible(text), style, spaces_before});
  return *this;
}

Words& Words::attach(std::string_view text) {
  if (empty()) return whole(text);
  words_.back().text += visible(text);
  return *this;
}

Words& Words::append(const Words& other) {
  words_.insert(words_.end(), other.words_.begin(), other.words_.end());
  return *this;
}

Page::Page(std::ostream& out, int width, Color color)
    : out_(out), width_(std::max(width, kNarrowest)), color_(color) {}

void Page::blank() {
  out_ << '\n';
  ++lines_;
}

void Page::paragraph(int indent, int hanging, const Words& words) {
  write(spaces(indent), indent, indent + hanging, words);
}

void Page::field(std::string_view label, const Words& words, int hanging,
                 Style label_style) {
  if (words.empty()) return;
  const int gap = kTextColumn - kLabelColumn - static_cast<int>(label.size());
  std::string begin = spaces(kLabelColumn);
  if (!label.empty()) {
    begin.append(code_of(label_style)).append(label);
    begin.append(code_of(Style::plain));
  }
  write(begin + spaces(gap), kTextColumn, kTextColumn + hanging, words);
}

void Page::write(std::string line_begin, int column, int hanging,
                 const Words& words) {
  std::string line = std::move(line_begin);
  Style current = Style::plain;
  const auto change_to = [&](Style style) {
    if (style == current) return;
    if (current != Style::plain) line += code_of(Style::plain);
    if (style != Style::plain) line += code_of(style);
    current = style;
  };
  const auto end_line = [&] {
    change_to(Style::plain);
    out_ << line << '\n';
    ++lines_;
  };
  bool begins = true;
  for (const Words::Word& word : words.words()) {
    const int width = display_width(word.text);
    if (!begins && column + word.spaces + width > width_) {
      end_line();
      line = spaces(hanging);
      column = hanging;
      begins = true;
    }
    if (!begins) {
      if (word.style != current) change_to(Style::plain);
      line += spaces(word.spaces);
      column += word.spaces;
    }
    change_to(word.style);
    line += word.text;
    column += width;
    begins = false;
  }
  end_line();
}

// The code of `plain` ends that of any other.
std::string_view Page::code_of(Style style) const {
  return color_ == Color::no ? "" : kCodes[static_cast<std::size_t>(style)];
}

}  // namespace overreach
