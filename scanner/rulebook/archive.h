// Values as bytes: every field in order, numbers as LEB128, texts and lists
// with their length before them.  A type has one transfer(archive, value) that
// serves both ways, so that writing and reading cannot differ.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "scanner/base/leb128.h"

namespace overreach {

class ArchiveWriter {
 public:
  void number(std::uint64_t value) { append_leb128(value, bytes); }
  template <typename Number>
  requires std::is_integral_v<Number> || std::is_enum_v<Number>
  void operator()(Number value) { number(static_cast<std::uint64_t>(value)); }
  void operator()(double value) {
    number(static_cast<std::uint64_t>(value * 1000 + 0.5));
  }
  void operator()(std::string_view text) {
    number(text.size());
    bytes += text;
  }
  template <typename T>
  void operator()(std::vector<T>& list) {
    number(list.size());
    for (T& item : list) (*this)(item);
  }
  template <typename T>
  void operator()(std::optional<T>& value) {
    number(value.has_value());
    if (value) (*this)(*value);
  }
  template <typename T>
  requires std::is_class_v<T>
  void operator()(T& value) { transfer(*this, value); }
  std::string bytes;
};

class ArchiveReader {
 public:
  explicit ArchiveReader(std::string_view bytes) : rest_(bytes) {}
  std::uint64_t number() { return take_leb128(rest_); }
  template <typename Number>
  requires std::is_integral_v<Number> || std::is_enum_v<Number>
  void operator()(Number& value) { value = static_cast<Number>(number()); }
  void operator()(double& value) {
    value = static_cast<double>(number()) / 1000;
  }
  void operator()(std::string_view& text) {
    const std::size_t size = number();
    text = rest_.substr(0, size);
    rest_.remove_prefix(size);
  }
  template <typename T>
  void operator()(std::vector<T>& list) {
    list.resize(number());
    for (T& item : list) (*this)(item);
  }
  template <typename T>
  void operator()(std::optional<T>& value) {
    if (number() == 0) return;
    value.emplace();
    (*this)(*value);
  }
  template <typename T>
  requires std::is_class_v<T>
  void operator()(T& value) { transfer(*this, value); }

 private:
  std::string_view rest_;
};

}  // namespace overreach
