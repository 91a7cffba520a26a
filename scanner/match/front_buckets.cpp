#include "scanner/match/front_buckets.h"

#include <algorithm>
#include <cstddef>
#include <set>
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
      const bool is_new = !characters_[i].contains(front[i]);
      wider *= weights_[i] + (is_new ? weight(front[i]) : 0);
      now *= weights_[i];
    }
    return wider - now;
  }
  void add(const Front3& front) {
    for (std::size_t i = 0; i < front.size(); ++i) {
      if (characters_[i].insert(front[i]).second) {
        weights_[i] += weight(front[i]);
      }
    }
  }

 private:
  std::array<std::set<char>, 3> characters_;
  std::array<unsigned, 3> weights_{};
};

}  // namespace

std::array<ByteTable, 3> spread_fronts(std::span<const Front3> fronts) {
  // Neighbours in this order are put together: it was the best of those tried,
  // on the Linux source and npm packages.
  const auto in_order = [](const Front3& a, const Front3& b) {
    return std::tie(a[2], a[0], a[1]) < std::tie(b[2], b[0], b[1]);
  };
  const std::set<Front3, decltype(in_order)> sorted(fronts.begin(),
                                                    fronts.end(), in_order);
  std::array<Bucket, kBuckets> buckets;
  std::array<ByteTable, 3> tables;
  for (const Front3& front : sorted) {
    const auto cheapest = std::min_element(
        buckets.begin(), buckets.end(), [&](const Bucket& a, const Bucket& b) {
          return a.cost_of(front) < b.cost_of(front);
        });
    cheapest->add(front);
    const auto bit = 1u << (cheapest - buckets.begin());
    for (std::size_t i = 0; i < front.size(); ++i) {
      tables[i].add(static_cast<unsigned char>(front[i]), bit);
    }
  }
  return tables;
}

}  // namespace overreach
