// Writes JSON as it goes: nothing is kept but the open brackets.  The output
// is ASCII-safe where it matters: control characters are escaped (a report may
// be shown on a terminal), and what is not UTF-8 becomes U+FFFD.
#pragma once

#include <concepts>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>

namespace overreach {

// Not safe to use from two threads.  The output is complete when the object
// is gone; an error of the stream stays in the stream's state.
class JsonWriter {
 public:
  enum class Layout { indented, compact };

  // Keeps a reference to `out`.
  JsonWriter(std::ostream& out, Layout layout) : out_(out), layout_(layout) {}
  ~JsonWriter();
  JsonWriter(const JsonWriter&) = delete;
  JsonWriter& operator=(const JsonWriter&) = delete;

  // `body` writes the members or elements.
  template <std::invocable Body>
  void object(Body&& body) {
    open('{');
    body();
    close('}');
  }
  template <std::invocable Body>
  void array(Body&& body) {
    open('[');
    body();
    close(']');
  }
  template <std::invocable Body>
  void object(std::string_view name, Body&& body) {
    key(name);
    object(body);
  }
  template <std::invocable Body>
  void array(std::string_view name, Body&& body) {
    key(name);
    array(body);
  }
  template <typename Value>
  void member(std::string_view name, const Value& content) {
    key(name);
    value(content);
  }

  void key(std::string_view name);
  void value(std::string_view text);
  void value(const std::string& text) { value(std::string_view(text)); }
  void value(const char* text) { value(std::string_view(text)); }
  void value(bool truth);
  void value(double number);  // three decimals; REQUIRES: finite
  template <std::unsigned_integral Number>
  void value(Number number) {
    number_text(std::to_string(number));
  }
  void null();

  // Ends a line between two values: for a file with one value a line.
  void end_line();

 private:
  void open(char bracket);
  void close(char bracket);
  void separate();
  void new_line();
  void number_text(std::string_view digits);
  void quote(std::string_view text);

  std::ostream& out_;
  Layout layout_;
  std::string buffer_;
  std::size_t depth_ = 0;
  bool is_first_ = true;    // in the innermost bracket
  bool after_key_ = false;  // the next value belongs to a key
};

}  // namespace overreach
