#include "scanner/match/words.h"

#include <algorithm>

#include "scanner/base/eight_bytes.h"
#include "scanner/base/text.h"

namespace overreach {
namespace {

struct Literal {
  std::string_view text;  // lower case
  Word word;
};

constexpr std::array<Literal, 33> kLiterals = {{
    {"pass", Word::name},      {"pwd", Word::name},
    {"psw", Word::name},       {"psk", Word::name},
    {"secret", Word::name},    {"securestring", Word::secure},
    {"salt", Word::name},      {"seed", Word::name},
    {"cred", Word::name},      {"token", Word::name},
    {"auth", Word::name},      {"key", Word::name},
    {"kty", Word::jwk},        {"--begin", Word::pem},
    {"://", Word::url},        {"identified", Word::sql},
    {"curl", Word::command},   {"mysql", Word::command},
    {"basic ", Word::scheme},  {"bearer ", Word::scheme},
    {"login", Word::call},     {"mnemonic", Word::name},
    {"ser(", Word::call},      {"ind(", Word::call},
    {"psexec", Word::command}, {"jdbc:", Word::jdbc},
    {"$9$", Word::junos},      {" -u ", Word::flags},
    {"mmunity", Word::snmp},   {"cookie", Word::name},
    {"ndpw", Word::name},      {"otpw", Word::name},
    {"@tcp(", Word::dsn},
}};

// Of all eight lower_letter() at once.
constexpr std::uint64_t lower_letters(std::uint64_t bytes) {
  const std::uint64_t upper =
      between(bytes & ~kHighBits, 'A', 'Z') & ~bytes & kHighBits;
  return bytes | upper >> 2;
}

// The literals by their first three characters.
class Literals {
 public:
  Literals() {
    for (std::size_t i = 0; i < kLiterals.size(); ++i) {
      const std::string_view text = kLiterals[i].text;
      char front[8] = {}, mask[8] = {};
      for (std::size_t c = 0; c < std::min(text.size(), sizeof front); ++c) {
        front[c] = text[c];
        mask[c] = static_cast<char>(0xff);
      }
      Slot& slot = slots_[slot_of(eight_bytes(front))];
      // The first free one: two of a slot are "secret" and "securestring".
      Entry& entry = slot[0].mask == 0 ? slot[0] : slot[1];
      entry = {eight_bytes(front), eight_bytes(mask), text.size(), i};
    }
  }

  // Whether the first eight characters of a literal stand there, and which it
  // is.  Without a branch: nothing predicts the answer.
  struct Found {
    bool any;
    std::size_t literal;
  };
  Found front_at(const char* text, std::size_t room) const {
    const std::uint64_t bytes = lower_letters(eight_bytes(text));
    const auto& [a, b] = slots_[slot_of(bytes)];
    const bool is_a =
        unsigned{(bytes & a.mask) == a.front} & unsigned{a.size <= room};
    const bool is_b =
        unsigned{(bytes & b.mask) == b.front} & unsigned{b.size <= room};
    return {(unsigned{is_a} | unsigned{is_b}) != 0,
            is_b ? b.literal : a.literal};
  }

 private:
  struct Entry {
    std::uint64_t front = 1, mask = 0;  // fits nothing
    std::size_t size = 0;
    std::size_t literal = 0;
  };
  using Slot = std::array<Entry, 2>;

  static constexpr int kBits = 7;
  static std::size_t slot_of(std::uint64_t bytes) {
    constexpr std::uint64_t kThree = 0xffffff;
    return ((bytes & kThree) * 0x9E3779B97F4A7C15u) >> (64 - kBits);
  }
  std::array<Slot, 1u << kBits> slots_;
};

bool has_tail(std::string_view text, std::size_t at, std::string_view word) {
  for (std::size_t i = sizeof(std::uint64_t); i < word.size(); ++i) {
    if (lower_letter(text[at + i]) != word[i]) return false;
  }
  return true;
}

}  // namespace

std::span<const WordHit> confirm_words(std::string_view text, std::size_t base,
                                       std::span<const std::uint32_t> places,
                                       std::vector<WordHit>& room) {
  static const Literals kIndex;
  if (room.size() < places.size()) room.resize(places.size());
  std::size_t count = 0;
  for (const std::uint32_t place : places) {
    const std::size_t at = base + place;
    const auto found = kIndex.front_at(text.data() + at, text.size() - at);
    const auto& [whole, word] = kLiterals[found.literal];
    room[count] = {place, word};
    count += found.any;
    if (whole.size() > sizeof(std::uint64_t) && found.any &&
        !has_tail(text, at, whole)) {
      --count;
    }
  }
  return {room.data(), count};
}

}  // namespace overreach
