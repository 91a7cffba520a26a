#include "scanner/match/trace.h"

#include <string.h>

#include <algorithm>
#include <optional>

namespace overreach {
namespace {

// A text with more is matched as a whole again; its notes would be large.
constexpr std::size_t kMostKept = 4096;

// Unlike those of lines.h without a limit: stretches are whole lines, so that
// no run and no line is cut.
std::size_t true_line_begin(std::string_view text, std::size_t at) {
  const void* const before = ::memrchr(text.data(), '\n', at);
  if (!before) return 0;
  return static_cast<std::size_t>(static_cast<const char*>(before) -
                                  text.data()) +
         1;
}

// Behind the line break.
std::size_t true_line_end(std::string_view text, std::size_t at) {
  const std::size_t end = text.find('\n', at);
  return end == text.npos ? text.size() : end + 1;
}

std::size_t before_by(std::size_t at, std::size_t bytes) {
  return at - std::min(at, bytes);
}

// The first line from which one that begins at `at` can be seen ahead, or
// which a line there can see.
std::size_t lines_before(std::string_view text, std::size_t at, Beside most) {
  const std::size_t near = true_line_begin(text, before_by(at, most.bytes));
  const std::size_t far = before_by(at, kBesideLines);
  std::size_t line = at;
  for (std::size_t i = 0; i < most.lines && line > far; ++i) {
    line = true_line_begin(text, line - 1);
  }
  return std::min(line, near);
}

// The same to the other side of a line that ends at `at`.
std::size_t lines_behind(std::string_view text, std::size_t at, Beside most) {
  const std::size_t last = text.size();
  const std::size_t near =
      true_line_end(text, std::min(last, at + most.bytes - 1));
  const std::size_t far = std::min(last, at + kBesideLines);
  std::size_t line = at;
  for (std::size_t i = 0; i < most.lines && line < far; ++i) {
    line = true_line_end(text, line);
  }
  return std::max(line, near);
}

// The lines whose readers may see something of text[begin, end); those before
// `known` need not be told.
Stretch lines_that_see(std::string_view text, std::size_t begin,
                       std::size_t end, std::size_t known) {
  const std::size_t line = true_line_begin(text, begin);
  return {line > known ? lines_before(text, line, kBehind) : line,
          lines_behind(text, true_line_end(text, end), kBefore)};
}

class Stretches {
 public:
  std::size_t end() const { return list_.empty() ? 0 : list_.back().end; }
  // REQUIRES: begins ascend.
  void append(Stretch stretch) {
    if (stretch.begin == stretch.end) return;
    if (!list_.empty() && stretch.begin <= list_.back().end) {
      list_.back().end = std::max(list_.back().end, stretch.end);
    } else {
      list_.push_back(stretch);
    }
  }
  void add(std::vector<Stretch> more) {
    if (more.empty()) return;
    more.insert(more.end(), list_.begin(), list_.end());
    std::sort(more.begin(), more.end(), [](const Stretch& a, const Stretch& b) {
      return a.begin < b.begin;
    });
    list_.clear();
    for (const Stretch& stretch : more) append(stretch);
  }
  bool contain(std::size_t at) const {
    const auto behind = std::upper_bound(
        list_.begin(), list_.end(), at,
        [](std::size_t a, const Stretch& b) { return a < b.begin; });
    return behind != list_.begin() && at < std::prev(behind)->end;
  }
  std::vector<Stretch> take() { return std::move(list_); }

 private:
  std::vector<Stretch> list_;
};

// Where copies meet or new bytes stand between them.
Stretches lines_near_changes(std::string_view text, const Change& change) {
  Stretches lines;
  // Changes so near that the same lines see them are one: some versions have
  // thousands of them, and lines can be megabytes long.
  std::optional<Stretch> changed;
  const auto finish = [&] {
    if (!changed) return;
    lines.append(
        lines_that_see(text, changed->begin, changed->end, lines.end()));
  };
  const auto add = [&](std::size_t begin, std::size_t end) {
    if (changed && begin <= changed->end + kBehind.bytes) {
      changed->end = end;
    } else {
      finish();
      changed = Stretch{begin, end};
    }
  };
  std::size_t to = 0;    // behind the copy before
  std::size_t from = 0;  // there, in the base
  for (const Copied& copy : change.copies) {
    if (copy.to != to || copy.from != from) {
      add(to, copy.to);
    }
    to = copy.to + copy.size;
    from = copy.from + copy.size;
  }
  if (to != text.size() || from != change.base_size) {
    add(to, text.size());
  }
  finish();
  return lines;
}

// Moves what is said about a base to where a copy of it stands.
class Move {
 public:
  Move(std::string_view text, const Change& change, const Copied& copy)
      : text_(text),
        copy_(copy),
        is_front_(copy.from == 0 && copy.to == 0),
        is_back_(copy.from + copy.size == change.base_size &&
                 copy.to + copy.size == text.size()) {}

  std::size_t place(std::size_t at) const { return at - copy_.from + copy_.to; }

  // Whether the copy has all of base[begin, end).
  bool has(std::size_t begin, std::size_t end) const {
    return begin >= copy_.from && end <= copy_.from + copy_.size;
  }
  bool has(const Trace::Parts::Seen& seen) const {
    return has(seen.finding.begin, seen.finding.end) &&
           (!seen.key_is_in_text ||
            has(seen.key_begin, seen.key_begin + seen.finding.key.size()));
  }
  bool has(const Trigger&) const { return true; }
  // Beyond the ends of the base there was nothing, and has to be nothing here.
  // Who looked from the front may have wanted more of it.
  bool has(const FarLook& reach) const {
    return ((reach.begin > 0 && reach.begin >= copy_.from) || is_front_) &&
           (reach.end <= copy_.from + copy_.size || is_back_);
  }

  Finding moved(const Trace::Parts::Seen& seen) const {
    Finding finding = seen.finding;
    finding.entry = place(finding.entry);
    finding.begin = place(finding.begin);
    finding.end = place(finding.end);
    if (seen.key_is_in_text) {
      finding.key = text_.substr(place(seen.key_begin), finding.key.size());
    }
    return finding;
  }
  Trigger moved(const Trigger& trigger) const {
    return {place(trigger.entry), trigger.rule};
  }
  FarLook moved(const FarLook& reach) const {
    return {place(reach.entry),
            reach.begin < copy_.from ? 0 : place(reach.begin),
            std::min(place(reach.end), text_.size())};
  }

 private:
  const std::string_view text_;
  const Copied copy_;
  const bool is_front_, is_back_;
};

std::size_t entry_of(const Trace::Parts::Seen& seen) {
  return seen.finding.entry;
}
std::size_t entry_of(const Trigger& trigger) { return trigger.entry; }
std::size_t entry_of(const FarLook& reach) { return reach.entry; }

// Of a list by entry those that are entered inside the copy.
template <typename T, typename Use>
void for_each_in(const std::vector<T>& list, const Copied& copy,
                 const Use& use) {
  // Texts say little and have many copies: most have none of it.
  if (list.empty() || entry_of(list.back()) < copy.from ||
      entry_of(list.front()) >= copy.from + copy.size) {
    return;
  }
  auto at = std::lower_bound(
      list.begin(), list.end(), copy.from,
      [](const T& a, std::size_t b) { return entry_of(a) < b; });
  for (; at != list.end() && entry_of(*at) < copy.from + copy.size; ++at) {
    use(*at);
  }
}

template <typename T>
void sort_by_entry(std::vector<T>& list) {
  std::stable_sort(list.begin(), list.end(), [](const T& a, const T& b) {
    return entry_of(a) < entry_of(b);
  });
}

}  // namespace

bool keep(std::string_view text, const Sayings& sayings, Trace::Parts& parts) {
  if (sayings.findings.size() + sayings.triggers.size() +
          sayings.far_looks.size() >
      kMostKept) {
    return false;
  }
  parts.findings.reserve(sayings.findings.size());
  for (const Finding& finding : sayings.findings) {
    Trace::Parts::Seen seen{finding};
    const char* const key = finding.key.data();
    seen.key_is_in_text =
        key && key >= text.data() && key <= text.data() + text.size();
    if (seen.key_is_in_text) {
      seen.key_begin = static_cast<std::size_t>(key - text.data());
    }
    parts.findings.push_back(std::move(seen));
  }
  parts.triggers = sayings.triggers;
  parts.far_looks = sayings.far_looks;
  sort_by_entry(parts.findings);
  sort_by_entry(parts.triggers);
  sort_by_entry(parts.far_looks);
  return true;
}

std::vector<Stretch> inherit(std::string_view text, const Change& change,
                             const Trace::Parts* base, Sayings& out) {
  Stretches lines = lines_near_changes(text, change);
  if (!base) return lines.take();
  // What is not copied as a whole is looked at again.
  std::vector<Stretch> again;
  for (const Copied& copy : change.copies) {
    const Move move(text, change, copy);
    const auto check = [&](const auto& saying) {
      const std::size_t at = move.place(entry_of(saying));
      if (!move.has(saying) && !lines.contain(at)) {
        again.push_back({true_line_begin(text, at), true_line_end(text, at)});
      }
    };
    for_each_in(base->findings, copy, check);
    for_each_in(base->far_looks, copy, check);
  }
  lines.add(std::move(again));
  for (const Copied& copy : change.copies) {
    const Move move(text, change, copy);
    const auto add_to = [&](auto& list) {
      return [&](const auto& saying) {
        if (!lines.contain(move.place(entry_of(saying)))) {
          list.push_back(move.moved(saying));
        }
      };
    };
    for_each_in(base->findings, copy, add_to(out.findings));
    for_each_in(base->triggers, copy, add_to(out.triggers));
    for_each_in(base->far_looks, copy, add_to(out.far_looks));
  }
  return lines.take();
}

std::vector<Stretch> lines_that_see(std::string_view text,
                                    std::span<const Lines> lines) {
  Stretches stretches;
  std::uint32_t line = 1;
  std::size_t at = 0;  // where it begins
  const auto go_to = [&](std::uint32_t wanted) {
    for (; line < wanted && at < text.size(); ++line) {
      at = true_line_end(text, at);
    }
  };
  for (const auto& [first, last] : lines) {
    go_to(first);
    const std::size_t begin = at;
    go_to(last);
    stretches.append(lines_that_see(text, begin, at, stretches.end()));
  }
  return stretches.take();
}

}  // namespace overreach
