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
  // Whether that may be one for some name that ends so.
  bool may_have_rule(std::string_view end_of_name) const;

 private:
  using Rules = std::vector<std::uint32_t>;
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };
  using Map = std::unordered_map<std::string, Rules, Hash, std::equal_to<>>;
  // The last eight characters: most names and keys differ there.
  class Tail {
   public:
    static constexpr std::size_t kSize = sizeof(std::uint64_t);
    Tail() = default;  // of any text
    explicit Tail(std::string_view text);

    // Whether one of the two may end with the other.
    bool may_end_alike(const Tail& other) const {
      return ((bytes_ ^ other.bytes_) & mask_ & other.mask_) == 0;
    }
    // One of kEndings, by all of it or by kShortEnding characters.
    std::size_t ending() const { return hashed(bytes_); }
    std::size_t short_ending() const {
      return hashed(bytes_ & ((std::uint64_t{1} << 8 * kShortEnding) - 1));
    }
    friend bool operator==(const Tail&, const Tail&) = default;

   private:
    static std::size_t hashed(std::uint64_t bytes) {
      return bytes * 0x9E3779B97F4A7C15u >> (64 - kEndingBits);
    }
    std::uint64_t bytes_ = 0, mask_ = 0;
  };
  static constexpr int kEndingBits = 10;
  static constexpr std::size_t kEndings = std::size_t{1} << kEndingBits;
  static constexpr std::size_t kShortEnding = 3;

  struct Key {
    std::string text;  // normalized
    bool open_front, open_back;
    std::uint32_t rule;
    Tail tail;  // that of a fitting name ends alike

    bool fits(std::string_view name) const;
    friend bool operator==(const Key&, const Key&) = default;
  };

  void add_word(std::string_view word, std::uint32_t rule);
  void add_key(std::string_view key, std::uint32_t rule);
  void add_window(std::string_view window, Nearness nearness,
                  std::vector<Support>& out) const;
  template <typename Use>
  void for_each_fitting(std::string_view folded, const Use& use) const;

  const RuleSet& rules_;
  Map words_;  // normalized context word -> rules
  // Whole keys, then those open in front, as long as a tail and shorter ones by
  // their endings; and those open behind.
  std::array<std::vector<Key>, kEndings> long_keys_, short_keys_;
  std::vector<Key> open_keys_;
  std::vector<Tail> rule_tails_;  // of keys that rule_of_name() may find
};

// The name that text[begin...) is assigned to, passed as, or headed by:
// `NAME = "`, `"name": "`, `Name: `, `name=`.  Empty when there is none.
std::string_view name_before(std::string_view text, std::size_t begin);

}  // namespace overreach
