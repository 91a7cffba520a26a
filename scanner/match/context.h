// Which rules the words around a place speak for: the name a value is assigned
// to, and the provider's words on its line or the few before.
// Const use from any thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "scanner/core/rule.h"

namespace overreach {

// How near the words stand that speak for a rule; more is nearer.
enum class Nearness : std::uint8_t { none, lines_around, same_line, name };

class ContextIndex {
 public:
  explicit ContextIndex(const RuleSet& rules);

  struct Support {
    std::uint32_t rule;
    Nearness nearness;
  };

  // Adds the rules whose `keys` hold the name a value is assigned to.
  void supported_by_name(std::string_view name,
                         std::vector<Support>& out) const;

  // Adds the rules one of whose context words stands around text[begin, end),
  // nearest first, without repeating a rule that is there already.
  void supported_by_words(std::string_view text, std::size_t begin,
                          std::size_t end, std::vector<Support>& out) const;

  // How near words or names stand that speak for one rule.
  Nearness nearness(std::uint32_t rule, std::string_view text,
                    std::size_t begin, std::size_t end,
                    std::string_view name) const;

  // Rules with a finder `assignment` whose `keys` hold this name: the one with
  // the longest key, or null.
  const TokenRule* rule_of_name(std::string_view name) const;

 private:
  using Rules = std::vector<std::uint32_t>;
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };
  using Map = std::unordered_map<std::string, Rules, Hash, std::equal_to<>>;
  struct Key {
    std::string text;  // normalized
    bool open_front, open_back;
    std::uint32_t rule;
    std::uint64_t tail, tail_mask;  // what tail_of() a fitting name has

    bool fits(std::string_view name) const;
    friend bool operator==(const Key&, const Key&) = default;
  };
  // The last eight characters in one number: most names and keys differ there.
  static std::uint64_t tail_of(std::string_view text);
  // By the last three of them, as most keys end in one of a few words.
  static constexpr std::size_t kEndings = 256, kEndingSize = 3;
  static std::size_t ending_of(std::uint64_t tail);

  void add_word(std::string_view word, std::uint32_t rule);
  void add_key(std::string_view key, std::uint32_t rule);
  void add_window(std::string_view window, Nearness nearness,
                  std::vector<Support>& out) const;
  template <typename Use>
  void for_each_fitting(std::string_view folded, const Use& use) const;

  const RuleSet& rules_;
  Map words_;  // normalized context word -> rules
  // Whole keys, then those open in front; and those open behind.
  std::array<std::vector<Key>, kEndings> keys_;
  std::vector<Key> open_keys_;
};

// The name that text[begin...) is assigned to, passed as, or headed by:
// `NAME = "`, `"name": "`, `Name: `, `name=`.  Empty when there is none.
std::string_view name_before(std::string_view text, std::size_t begin);

}  // namespace overreach
