// One table of a rule file: keys by name, with the place of the first mistake.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/base/toml.h"

namespace overreach {

// What keeps the texts of a set of rules alive.
using TextStorage = std::vector<std::shared_ptr<const std::string>>;

// Reads the keys of one table, remembers which were asked for, and keeps the
// texts alive in the rule set.
class Table {
 public:
  Table(std::string_view file, const toml::table& table, TextStorage& storage)
      : file_(file), table_(table), storage_(storage) {}

  std::string_view text(std::string_view key) {
    seen_.emplace(key);
    const toml::node* node = table_.get(key);
    if (!node) return {};
    const auto value = node->value<std::string>();
    if (!node->is_string()) return error_text(*node, key, "must be a text");
    return keep(*value);
  }

  std::vector<std::string_view> texts(std::string_view key) {
    seen_.emplace(key);
    std::vector<std::string_view> list;
    const toml::node* node = table_.get(key);
    if (!node) return list;
    const toml::array* array = node->as_array();
    if (!array) {
      error_text(*node, key, "must be a list of texts");
      return list;
    }
    for (const toml::node& item : *array) {
      if (const auto value = item.value<std::string>(); item.is_string()) {
        list.push_back(keep(*value));
      } else {
        error_text(item, key, "must be a list of texts");
      }
    }
    return list;
  }

  bool flag(std::string_view key) {
    seen_.emplace(key);
    const toml::node* node = table_.get(key);
    if (!node) return false;
    if (!node->is_boolean()) error_text(*node, key, "must be true or false");
    return node->value_or(false);
  }

  double number(std::string_view key) {
    seen_.emplace(key);
    const toml::node* node = table_.get(key);
    if (!node) return 0;
    if (!node->is_number()) error_text(*node, key, "must be a number");
    return node->value_or(0.0);
  }

  const toml::node* node(std::string_view key) {
    seen_.emplace(key);
    return table_.get(key);
  }

  std::vector<Table> tables(std::string_view key) {
    seen_.emplace(key);
    std::vector<Table> list;
    const toml::node* found = table_.get(key);
    if (!found) return list;
    const toml::array* array = found->as_array();
    if (!array) {
      error_text(*found, key, "must be a list of tables");
      return list;
    }
    for (const toml::node& item : *array) {
      if (const toml::table* table = item.as_table()) {
        list.emplace_back(file_, *table, storage_);
      } else {
        error_text(item, key, "must be a list of tables");
      }
    }
    return list;
  }

  std::string_view keep(std::string value) {
    storage_.push_back(std::make_shared<const std::string>(std::move(value)));
    return *storage_.back();
  }

  void error(std::string_view key, std::string_view what) {
    const toml::node* found = table_.get(key);
    error_text(found ? *found : static_cast<const toml::node&>(table_), key,
               what);
  }

  // An unknown key, for that is what makes another one "missing", else the
  // first error of this table.
  Status status(std::string_view what) {
    for (const auto& [key, value] : table_) {
      if (seen_.contains(key.str())) continue;
      first_error_ = "unknown key '" + std::string(key.str()) + "'";
      error_line_ = value.source().begin.line;
      break;
    }
    if (first_error_.empty()) return {};
    return fail(std::string(file_) + ":" + std::to_string(error_line_) + ": " +
                (what.empty() ? "" : std::string(what) + ": ") + first_error_);
  }

 private:
  std::string_view error_text(const toml::node& at, std::string_view key,
                              std::string_view what) {
    if (first_error_.empty()) {
      first_error_ = std::string(key) + ": " + std::string(what);
      error_line_ = at.source().begin.line;
    }
    return {};
  }

  std::string_view file_;
  const toml::table& table_;
  TextStorage& storage_;
  std::set<std::string, std::less<>> seen_;
  std::string first_error_;
  std::uint32_t error_line_ = 0;
};

}  // namespace overreach
