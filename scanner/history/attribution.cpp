#include "scanner/history/attribution.h"

#include <algorithm>
#include <bit>
#include <span>
#include <unordered_map>
#include <utility>

#include "scanner/base/encoding.h"
#include "scanner/git/parse.h"

namespace overreach {
namespace {

constexpr std::uint32_t kNone = UINT32_MAX;
constexpr std::size_t kWordBits = 64;
// Words of groups that are looked at in one walk over all paths.
constexpr std::size_t kMostWords = 16;

}  // namespace

std::vector<std::vector<Appearance>> Attribution::of(
    const std::vector<HistoryKey>& keys, Diagnostics& diagnostics) {
  Views::Wanted wanted;
  for (std::uint32_t i = 0; i < keys.size(); ++i) {
    if (keys[i].kind == HistoryKind::blob) {
      const auto place = parts_.names.place_of(keys[i].key);
      if (place) wanted.blobs.emplace_back(*place, i);
    }
    if (keys[i].kind == HistoryKind::name) {
      const auto number = parts_.names.number_of(keys[i].key);
      if (number) wanted.names.emplace_back(*number, i);
    }
  }
  views_.emplace(parts_.names, wanted, threads_);
  find_roots();
  Lists lists(keys.size());
  add_in_trees(lists, diagnostics);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (keys[i].kind == HistoryKind::message) {
      add_message(ObjectId(keys[i].key), lists[i]);
    }
    if (keys[i].kind == HistoryKind::blob) {
      add_direct(ObjectId(keys[i].key), lists[i]);
    }
    std::sort(lists[i].begin(), lists[i].end(),
              [](const Appearance& a, const Appearance& b) {
                return a.path < b.path;
              });
  }
  return lists;
}

void Attribution::find_roots() {
  std::unordered_map<std::uint32_t, std::uint32_t> places;  // by view
  const auto root_of = [&](std::uint32_t tree) {
    const std::uint32_t view = tree == Commits::kNone ? 0 : views_->of(tree);
    if (view == 0) return kNone;
    const auto [at, is_new] =
        places.emplace(view, static_cast<std::uint32_t>(roots_.views.size()));
    if (is_new) {
      roots_.views.push_back(view);
      roots_.firsts.push_back(kNone);
      roots_.refs.emplace_back();
    }
    return at->second;
  };
  const Commits& commits = parts_.graph.commits();
  constexpr std::size_t kAhead = 16;
  for (std::uint32_t i = 0; i < commits.size(); ++i) {
    if (i + kAhead < commits.size()) {
      const std::uint32_t soon = commits.tree_at(i + kAhead);
      if (soon != Commits::kNone) views_->expect(soon);
    }
    const std::uint32_t root = root_of(commits.tree_at(i));
    roots_.of_commit.push_back(root);
    if (root != kNone && roots_.firsts[root] == kNone) roots_.firsts[root] = i;
  }
  for (const auto& [id, refs] : parts_.graph.refs_to()) {
    const auto place = parts_.store.place_of(id.bytes());
    const std::uint32_t root = place ? root_of(*place) : kNone;
    if (root == kNone) continue;
    auto& all = roots_.refs[root];
    all.insert(all.end(), refs.begin(), refs.end());
  }
}

void Attribution::add_in_trees(Lists& lists, Diagnostics& diagnostics) {
  const auto head = parts_.graph.head();
  const std::uint32_t head_root = head ? roots_.of_commit[*head] : kNone;
  const bool is_all = views_->for_each_place(
      roots_.views, [&](std::uint32_t key, const std::string& path,
                        std::span<const std::uint32_t> which) {
        Appearance appearance;
        appearance.path = path;
        appearance.in_head = false;
        std::uint32_t first = kNone;
        for (const std::uint32_t root : which) {
          first = std::min(first, roots_.firsts[root]);
          if (root == head_root) appearance.in_head = true;
        }
        if (first != kNone) appearance.order = first;
        appearance.number = in_trees_++;
        lists[key].push_back(std::move(appearance));
      });
  if (!is_all) {
    diagnostics.incomplete("",
                           "findings stand at too many paths of this "
                           "history; not all of them are told");
  }
}

std::size_t Attribution::add_standing(Standing standing) {
  standings_.push_back(std::move(standing));
  return in_trees_ + standings_.size() - 1;
}

// Of a commit or a tag.
void Attribution::add_message(const ObjectId& id,
                              std::vector<Appearance>& list) {
  Appearance message;
  Standing standing;
  if (const auto number = parts_.graph.number_of(id)) {
    message.path = kCommitMessage;
    message.order = standing.commit = number;
  } else {
    standing.tag = parts_.graph.tag(id);
    if (!standing.tag) return;
    message.path = kTagMessage;
    const auto refs = parts_.graph.refs_to().find(id);
    if (refs != parts_.graph.refs_to().end()) standing.refs = refs->second;
    if (standing.refs.empty() && !unreachable_) return;
  }
  message.number = add_standing(std::move(standing));
  list.push_back(std::move(message));
}

// A blob that a ref names, or that stands nowhere.
void Attribution::add_direct(const ObjectId& id,
                             std::vector<Appearance>& list) {
  const auto refs = parts_.graph.refs_to().find(id);
  const bool is_named = refs != parts_.graph.refs_to().end();
  if (!is_named && (!list.empty() || !unreachable_)) return;
  const auto place = parts_.store.place_of(id.bytes());
  Appearance appearance;
  if (!is_named && place) appearance.path = parts_.names.path_of(*place);
  if (appearance.path.empty()) {
    appearance.path = "(blob " + id.hex().substr(0, 12) + ")";
  }
  appearance.in_head = false;
  Standing standing;
  if (is_named) standing.refs = refs->second;
  appearance.number = add_standing(std::move(standing));
  list.push_back(std::move(appearance));
}

CommitOrigin Attribution::origin_of(const Appearance& appearance) const {
  CommitOrigin origin;
  const Graph::Tag* const tag =
      appearance.number < in_trees_
          ? nullptr
          : standings_[appearance.number - in_trees_].tag;
  if (tag) {
    origin.author = tag->tagger;
    origin.date = tag->date;
    if (parts_.graph.number_of(tag->target)) origin.commit = tag->target.hex();
    return origin;
  }
  if (!appearance.order) return origin;
  const ObjectId id =
      parts_.store.id_at(parts_.graph.commits().place_at(*appearance.order));
  origin.commit = id.hex();
  const auto object = parts_.store.read(id.bytes());
  if (!object || !*object) return origin;
  if (const auto commit = parse_commit((*object)->bytes)) {
    origin.author = commit->author.name;
    origin.date = commit->author.date();
  }
  return origin;
}

// Some of the groups, each with a bit, and which of them a number is in.
class Attribution::Marks {
 public:
  Marks(std::span<const std::vector<std::size_t>> groups, std::size_t numbers,
        std::size_t first)
      : first_group(first),
        words((groups.size() + kWordBits - 1) / kWordBits),
        begins_(numbers + 1) {
    for (const auto& group : groups) {
      for (const std::size_t number : group) ++begins_[number + 1];
    }
    for (std::size_t i = 1; i < begins_.size(); ++i) {
      begins_[i] += begins_[i - 1];
    }
    groups_.resize(begins_.back());
    std::vector<std::uint32_t> next = begins_;
    for (std::uint32_t i = 0; i < groups.size(); ++i) {
      for (const std::size_t number : groups[i]) groups_[next[number]++] = i;
    }
  }

  // The bits of a number.  False when it has none.
  bool bits_of(std::size_t number, std::vector<std::uint64_t>& bits) const {
    bits.assign(words, 0);
    for (std::size_t i = begins_[number]; i < begins_[number + 1]; ++i) {
      bits[groups_[i] / kWordBits] |= std::uint64_t{1}
                                      << groups_[i] % kWordBits;
    }
    return begins_[number] != begins_[number + 1];
  }

  const std::size_t first_group, words;

 private:
  std::vector<std::uint32_t> begins_, groups_;  // by number
};

// A ref reaches a group when it leads to a commit that has one of it.
std::vector<Reaching> Attribution::reaching(
    const std::vector<std::vector<std::size_t>>& groups) const {
  std::vector<Reaching> all(groups.size());
  constexpr std::size_t kMost = kMostWords * kWordBits;
  for (std::size_t begin = 0; begin < groups.size(); begin += kMost) {
    const auto some = std::span(groups).subspan(
        begin, std::min(kMost, groups.size() - begin));
    const Marks marks(some, in_trees_ + standings_.size(), begin);
    std::vector<std::uint64_t> of_roots(roots_.views.size() * marks.words);
    mark(marks, of_roots);
    for (std::size_t word = 0; word < marks.words; ++word) {
      add_reaching(marks, word, of_roots, all);
    }
  }
  return all;
}

// The bits of what each root has.
void Attribution::mark(const Marks& marks,
                       std::vector<std::uint64_t>& of_roots) const {
  std::size_t number = 0;  // they come in the same order again
  std::vector<std::uint64_t> bits;
  views_->for_each_place(
      roots_.views, [&](std::uint32_t, const std::string&,
                        std::span<const std::uint32_t> which) {
        if (!marks.bits_of(number++, bits)) return;
        for (std::size_t word = 0; word < bits.size(); ++word) {
          if (bits[word] == 0) continue;
          for (const std::uint32_t root : which) {
            of_roots[root * marks.words + word] |= bits[word];
          }
        }
      });
}

// One pass over the commits carries the bits of one word to all descendants.
void Attribution::add_reaching(const Marks& marks, std::size_t word,
                               const std::vector<std::uint64_t>& of_roots,
                               std::vector<Reaching>& all) const {
  const Commits& commits = parts_.graph.commits();
  const auto& tips = parts_.graph.tips();
  std::vector<std::uint64_t> bits(commits.size()), of_refs(tips.size());
  std::vector<std::uint64_t> own;
  for (std::size_t i = 0; i < standings_.size(); ++i) {
    if (!marks.bits_of(in_trees_ + i, own)) continue;
    if (standings_[i].commit) bits[*standings_[i].commit] |= own[word];
    for (const std::uint32_t ref : standings_[i].refs)
      of_refs[ref] |= own[word];
  }
  for (std::size_t root = 0; root < roots_.refs.size(); ++root) {
    for (const std::uint32_t ref : roots_.refs[root]) {
      of_refs[ref] |= of_roots[root * marks.words + word];
    }
  }
  for (std::size_t at = 0; at < bits.size(); ++at) {
    const std::uint32_t root = roots_.of_commit[at];
    std::uint64_t sum = bits[at];
    if (root != kNone) sum |= of_roots[root * marks.words + word];
    for (const std::uint32_t parent : commits.parents_at(at)) {
      sum |= bits[parent];
    }
    bits[at] = sum;
  }
  for (std::uint32_t ref = 0; ref < tips.size(); ++ref) {
    std::uint64_t rest = of_refs[ref] | (tips[ref] ? bits[*tips[ref]] : 0);
    for (; rest != 0; rest &= rest - 1) {
      const auto bit = static_cast<std::size_t>(std::countr_zero(rest));
      Reaching& into = all[marks.first_group + word * kWordBits + bit];
      if (into.refs.size() < Reaching::kMost) {
        into.refs.push_back(ref);
      } else {
        ++into.more;
      }
    }
  }
}

}  // namespace overreach
