#include "scanner/core/shape.h"

#include <algorithm>

#include "scanner/base/text.h"

namespace overreach {
namespace {

constexpr int kMaxAttempts = 4096;

// Tries the elements in order; a stretch of characters first takes all it can
// and then gives back one by one.
class Matcher {
 public:
  Matcher(const Shape& shape, std::string_view text)
      : shape_(shape), text_(text) {}

  std::optional<ShapeMatch> run(std::size_t start) {
    if (!rest(shape_, 0, start, nullptr)) return std::nullopt;
    std::reverse(match_.captures.begin(), match_.captures.end());
    return std::move(match_);
  }

 private:
  // What stands behind an optional group while we are inside it.
  struct Outer {
    const Shape& shape;
    std::size_t next;
    const Outer* outer;
  };

  bool rest(const Shape& shape, std::size_t index, std::size_t at,
            const Outer* outer) {
    if (++attempts_ > kMaxAttempts) return false;
    if (index == shape.size()) {
      if (outer) return rest(outer->shape, outer->next, at, outer->outer);
      if (!ends_at(at)) return false;
      match_.end = at;
      return true;
    }
    const Element& element = shape[index];
    switch (element.kind) {
      case Element::Kind::literal:
        return stands_at(text_, at, element.literal) &&
               next(shape, index, at, element.literal.size(), outer);
      case Element::Kind::one_of:
        for (const std::string_view option : element.options) {
          if (stands_at(text_, at, option) &&
              next(shape, index, at, option.size(), outer)) {
            return true;
          }
        }
        return false;
      case Element::Kind::uuid:
        return is_uuid(text_.substr(at, 36)) &&
               next(shape, index, at, 36, outer);
      case Element::Kind::optional: {
        const Outer here{shape, index + 1, outer};
        return rest(element.inner, 0, at, &here) ||
               rest(shape, index + 1, at, outer);
      }
      case Element::Kind::chars:
        return chars(shape, index, at, outer);
    }
    return false;
  }

  bool chars(const Shape& shape, std::size_t index, std::size_t at,
             const Outer* outer) {
    const Element& element = shape[index];
    std::size_t count = 0;
    while (count < element.max && at + count < text_.size() &&
           element.set.contains(text_[at + count])) {
      ++count;
    }
    if (count < element.min) return false;
    const CharSet* const saved = last_;
    for (;; --count) {
      last_ = &element.set;
      if (next(shape, index, at, count, outer)) return true;
      if (count == element.min || attempts_ > kMaxAttempts) break;
    }
    last_ = saved;
    return false;
  }

  bool next(const Shape& shape, std::size_t index, std::size_t at,
            std::size_t length, const Outer* outer) {
    const Element& element = shape[index];
    const CharSet* const saved = last_;
    if (element.kind != Element::Kind::chars && length > 0) last_ = &kAlnum;
    if (!rest(shape, index + 1, at + length, outer)) {
      last_ = saved;
      return false;
    }
    // All that follows fitted and is captured already, so the last one first.
    if (!element.capture.empty()) {
      match_.captures.emplace_back(element.capture, text_.substr(at, length));
    }
    return true;
  }

  bool ends_at(std::size_t at) const {
    return at == text_.size() || !last_ || !last_->contains(text_[at]);
  }

  const Shape& shape_;
  const std::string_view text_;
  const CharSet* last_ = nullptr;  // of the element matched last
  int attempts_ = 0;
  ShapeMatch match_;
};

}  // namespace

std::optional<ShapeMatch> match_shape(const Shape& shape, std::string_view text,
                                      std::size_t start) {
  return Matcher(shape, text).run(start);
}

std::size_t min_length(const Shape& shape) {
  std::size_t sum = 0;
  for (const Element& element : shape) {
    switch (element.kind) {
      case Element::Kind::literal:
        sum += element.literal.size();
        break;
      case Element::Kind::one_of: {
        std::size_t least = element.options.front().size();
        for (const auto option : element.options) {
          least = std::min(least, option.size());
        }
        sum += least;
        break;
      }
      case Element::Kind::chars:
        sum += element.min;
        break;
      case Element::Kind::uuid:
        sum += 36;
        break;
      case Element::Kind::optional:
        break;
    }
  }
  return sum;
}

std::size_t max_length(const Shape& shape) {
  std::size_t sum = 0;
  for (const Element& element : shape) {
    switch (element.kind) {
      case Element::Kind::literal:
        sum += element.literal.size();
        break;
      case Element::Kind::one_of: {
        std::size_t most = 0;
        for (const auto option : element.options) {
          most = std::max(most, option.size());
        }
        sum += most;
        break;
      }
      case Element::Kind::chars:
        if (element.max == kNoMaximum) return kNoMaximum;
        sum += element.max;
        break;
      case Element::Kind::uuid:
        sum += 36;
        break;
      case Element::Kind::optional: {
        const std::size_t inner = max_length(element.inner);
        if (inner == kNoMaximum) return kNoMaximum;
        sum += inner;
        break;
      }
    }
  }
  return sum;
}

}  // namespace overreach
