// Members of a saved report: what is not as it must be is remembered with its
// place, the first time, and read as empty, so that a reader is a list of
// members.
#pragma once

#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/core/report.h"

namespace overreach {

// Nothing when the text is no JSON; then `line`, if any, is where it ends to
// be.
std::optional<nlohmann::ordered_json> parse_saved(std::string_view text,
                                                  std::size_t* line = nullptr);

// A value and where it stands: "credentials[3].reach".
struct SavedValue {
  const nlohmann::ordered_json* value;
  std::string path;
};

class SavedJson {
 public:
  // Whether everything was as it must be; else what first was not.
  const Status& status() const { return status_; }
  void refuse(const SavedValue& parent, std::string_view name,
              const std::string& why);

  // Whether there is such a member, null or not.
  bool has(const SavedValue& parent, std::string_view name) const;

  SavedValue object(const SavedValue& parent, std::string_view name);
  std::string text(const SavedValue& parent, std::string_view name);
  // Empty for null.
  std::string known(const SavedValue& parent, std::string_view name);
  bool truth(const SavedValue& parent, std::string_view name);
  // Absent for null.
  std::optional<bool> perhaps(const SavedValue& parent, std::string_view name);
  double fraction(const SavedValue& parent, std::string_view name);
  std::vector<std::string> texts(const SavedValue& parent,
                                 std::string_view name);
  // An object of texts, in its order.
  Facts members(const SavedValue& parent, std::string_view name);

  template <typename Number>
  Number number(const SavedValue& parent, std::string_view name) {
    return static_cast<Number>(
        whole(parent, name, std::numeric_limits<Number>::max()));
  }

  // `parse` gives an optional: absent for a word it does not know.
  template <typename Parse>
  auto word(const SavedValue& parent, std::string_view name,
            const Parse& parse) {
    using Value = typename decltype(parse(std::string_view()))::value_type;
    const std::string given = text(parent, name);
    const auto value = parse(given);
    if (!value) refuse(parent, name, "is no word of the report: " + given);
    return value.value_or(Value());
  }

  // `read` makes an item of each element, an object.
  template <typename Item, typename Read>
  std::vector<Item> list(const SavedValue& parent, std::string_view name,
                         const Read& read) {
    std::vector<Item> items;
    for (const SavedValue& each : elements(parent, name)) {
      items.push_back(read(*this, each));
      if (!status_) break;
    }
    return items;
  }

 private:
  using Type = nlohmann::ordered_json::value_t;
  const nlohmann::ordered_json& member(const SavedValue& parent,
                                       std::string_view name);
  // Null when it is not of the type, which is then remembered.
  const nlohmann::ordered_json* member(const SavedValue& parent,
                                       std::string_view name, Type type,
                                       std::string_view what);
  std::uint64_t whole(const SavedValue& parent, std::string_view name,
                      std::uint64_t most);
  std::vector<SavedValue> elements(const SavedValue& parent,
                                   std::string_view name);

  Status status_;
};

}  // namespace overreach
