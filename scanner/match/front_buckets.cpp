#include "scanner/match/front_buckets.h"

#include <algorithm>
#include <bitset>
#include <cstddef>
#include <tuple>

namespace overreach {
namespace {

constexpr std::size_t kBuckets = 8;

// How often a character stands where a token may begin, roughly.
unsigned weight(char c) {
  if (c >= 'a' && c <= 'z') return 4;
  if (c >= 'A' && c <= 'Z') return 2;
  return 1;
}

class Bucket {
 public:
  // How much more text looks like a beginning with this one too.
  unsigned cost_of(const Front3& front) const {
    unsigned wider = 1, now = 1;
    for (std::size_t i = 0; i < front.size(); ++i) {
      wider *= weights_[i] + (has(i, front[i]) ? 0 : weight(front[i]));
      now *= weights_[i];
    }
    return wider - now;
  }
  void add(const Front3& front) {
    for (std::size_t i = 0; i < front.size(); ++i) {
      if (has(i, front[i])) continue;
      weights_[i] += weight(front[i]);
      characters_[i].set(slot(front[i]));
    }
  }

 private:
  static std::size_t slot(char c) { return static_cast<unsigned char>(c); }
  bool has(std::size_t place, char c) const {
    return characters_[place].test(slot(c));
  }
  std::array<std::bitset<256>, 3> characters_;
  std::array<unsigned, 3> weights_{};
};

}  // namespace

std::array<ByteTable, 3> spread_fronts(std::vector<Front3> fronts) {
  // Neighbours in this order are put together: it was the best of those tried,
  // on the Linux source and npm packages.
  const auto order = [](const Front3& front) {
    return std::tie(front[2], front[0], front[1]);
  };
  std::sort(fronts.begin(), fronts.end(),
            [&](const auto& a, const auto& b) { return order(a) < order(b); });
  fronts.erase(std::unique(fronts.begin(), fronts.end()), fronts.end());
  std::array<Bucket, kBuckets> buckets;
  std::array<ByteTable, 3> tables;
  for (const Front3& front : fronts) {
    std::array<unsigned, kBuckets> costs;
    std::transform(buckets.begin(), buckets.end(), costs.begin(),
                   [&](const Bucket& each) { return each.cost_of(front); });
    const auto cheapest = static_cast<std::size_t>(
        std::min_element(costs.begin(), costs.end()) - costs.begin());
    buckets[cheapest].add(front);
    for (std::size_t i = 0; i < front.size(); ++i) {
      tables[i].add(static_cast<unsigned char>(front[i]), 1u << cheapest);
    }
  }
  return tables;
}

}  // namespace overreach
