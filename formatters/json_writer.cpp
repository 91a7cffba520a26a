#include "formatters/json_writer.h"

#include <array>
#include <cassert>
#include <charconv>
#include <cmath>

#include "formatters/utf8.h"

namespace overreach {
namespace {

constexpr std::size_t kBufferBytes = 64 << 10;

void append_unit(std::string& text, char32_t unit) {
  text += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) {
    text += "0123456789abcdef"[(unit >> shift) & 15];
  }
}

void append_escape(std::string& text, char32_t value) {
  switch (value) {
    case '\n':
      text += "\\n";
      break;
    case '\r':
      text += "\\r";
      break;
    case '\t':
      text += "\\t";
      break;
    default:
      append_unit(text, value);
  }
}

}  // namespace

JsonWriter::~JsonWriter() {
  out_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
}

void JsonWriter::key(std::string_view name) {
  separate();
  quote(name);
  buffer_ += layout_ == Layout::indented ? ": " : ":";
  after_key_ = true;
}

void JsonWriter::value(std::string_view text) {
  separate();
  quote(text);
}

void JsonWriter::value(bool truth) { number_text(truth ? "true" : "false"); }

void JsonWriter::value(double number) {
  assert(std::isfinite(number));
  std::array<char, 400> digits;  // the largest double has 309 before the point
  const auto [end, error] =
      std::to_chars(digits.data(), digits.data() + digits.size(), number,
                    std::chars_format::fixed, 3);
  assert(error == std::errc());
  number_text({digits.data(), static_cast<std::size_t>(end - digits.data())});
}

void JsonWriter::null() { number_text("null"); }

void JsonWriter::end_line() {
  assert(depth_ == 0);
  buffer_ += '\n';
  is_first_ = true;
}

void JsonWriter::open(char bracket) {
  separate();
  buffer_ += bracket;
  ++depth_;
  is_first_ = true;
}

void JsonWriter::close(char bracket) {
  --depth_;
  if (!is_first_) new_line();
  buffer_ += bracket;
  is_first_ = false;
  if (buffer_.size() < kBufferBytes) return;
  out_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
  buffer_.clear();
}

// Called before every key and every value.
void JsonWriter::separate() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (!is_first_) buffer_ += ',';
  is_first_ = false;
  if (depth_ > 0) new_line();
}

void JsonWriter::new_line() {
  if (layout_ == Layout::compact) return;
  buffer_ += '\n';
  buffer_.append(2 * depth_, ' ');
}

void JsonWriter::number_text(std::string_view digits) {
  separate();
  buffer_ += digits;
}

void JsonWriter::quote(std::string_view text) {
  buffer_ += '"';
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    if (!point.valid) {
      buffer_ += "\xef\xbf\xbd";
    } else if (point.value == '"' || point.value == '\\') {
      buffer_ += '\\';
      buffer_ += text[at];
    } else if (is_control(point.value)) {
      append_escape(buffer_, point.value);
    } else {
      buffer_ += text.substr(at, point.bytes);
    }
    at += point.bytes;
  }
  buffer_ += '"';
}

}  // namespace overreach
