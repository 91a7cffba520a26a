#include "scanner/match/front_buckets.h"

#include <algorithm>
#include <bitset>
#include <cstddef>
#include <tuple>

namespace overreach {
namespace {

constexpr std::size_t kBuckets = 8;

// How often a character stands where a token may begin, roughly: by the high
// half of it, which tells small letters from large ones.
constexpr std::array<unsigned, 8> kWeights = {0, 0, 1, 1, 2, 2, 4, 4};

std::size_t low(char c) { return static_cast<unsigned char>(c) & 15; }
std::size_t high(char c) { return static_cast<unsigned char>(c) >> 4; }

// Characters as a table of whole bytes tells them apart.
class Whole {
 public:
  unsigned weight_with(char c) const {
    return weight_ + (has(c) ? 0 : kWeights[high(c)]);
  }
  void add(char c) {
    weight_ = weight_with(c);
    characters_.set(static_cast<unsigned char>(c));
  }

 private:
  bool has(char c) const {
    return characters_.test(static_cast<unsigned char>(c));
  }
  std::bitset<128> characters_;
  unsigned weight_ = 0;
};

// As two tables of halves do: with every mixture of these.
class Halves {
 public:
  unsigned weight_with(char c) const {
    const bool is_new = !highs_.test(high(c));
    return static_cast<unsigned>(lows_.count() + !lows_.test(low(c))) *
           (weight_ + (is_new ? kWeights[high(c)] : 0));
  }
  void add(char c) {
    if (!highs_.test(high(c))) weight_ += kWeights[high(c)];
    highs_.set(high(c));
    lows_.set(low(c));
  }

 private:
  std::bitset<16> lows_;
  std::bitset<8> highs_;
  unsigned weight_ = 0;  // of the high halves
};

template <typename Characters>
class Bucket {
 public:
  // How much more text looks like a beginning with this one too.
  unsigned cost_of(const Front3& front) const {
    unsigned wider = 1;
    for (std::size_t i = 0; i < front.size(); ++i) {
      wider *= characters_[i].weight_with(front[i]);
    }
    return wider - cost_;
  }
  void add(const Front3& front) {
    cost_ += cost_of(front);
    for (std::size_t i = 0; i < front.size(); ++i) {
      characters_[i].add(front[i]);
    }
  }

 private:
  std::array<Characters, 3> characters_;
  unsigned cost_ = 0;
};

// Calls `use` with each of the fronts and its bucket.
template <typename Characters, typename Use>
void spread(const std::vector<Front3>& fronts, const Use& use) {
  std::array<Bucket<Characters>, kBuckets> buckets;
  for (const Front3& front : fronts) {
    std::array<unsigned, kBuckets> costs;
    std::transform(buckets.begin(), buckets.end(), costs.begin(),
                   [&](const auto& each) { return each.cost_of(front); });
    const auto cheapest = static_cast<std::size_t>(
        std::min_element(costs.begin(), costs.end()) - costs.begin());
    buckets[cheapest].add(front);
    use(front, cheapest);
  }
}

}  // namespace

std::array<ByteTable, 3> spread_fronts(std::vector<Front3> fronts) {
  // Neighbours in this order are put together: it was the best of those tried
  // for whole bytes, on the Linux source and npm packages.
  const auto order = [](const Front3& front) {
    return std::tie(front[2], front[0], front[1]);
  };
  std::sort(fronts.begin(), fronts.end(),
            [&](const auto& a, const auto& b) { return order(a) < order(b); });
  fronts.erase(std::unique(fronts.begin(), fronts.end()), fronts.end());
  std::array<ByteTable, 3> tables;
  const auto add_by = [&](auto add) {
    return [&tables, add](const Front3& front, std::size_t bucket) {
      for (std::size_t i = 0; i < front.size(); ++i) {
        (tables[i].*add)(static_cast<unsigned char>(front[i]), 1u << bucket);
      }
    };
  };
  spread<Whole>(fronts, add_by(&ByteTable::add_whole));
  spread<Halves>(fronts, add_by(&ByteTable::add_halves));
  return tables;
}

}  // namespace overreach
