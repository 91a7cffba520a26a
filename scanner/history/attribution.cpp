#include "scanner/history/attribution.h"

#include <algorithm>
#include <atomic>
#include <span>
#include <thread>
#include <utility>

#include "scanner/base/encoding.h"
#include "scanner/history/parse.h"

namespace overreach {
namespace {

// As many as a word has bits.
constexpr std::size_t kBatch = 64;

}  // namespace

std::vector<std::vector<Appearance>> Attribution::of(
    const std::vector<HistoryKey>& keys, int threads) const {
  std::vector<ObjectId> blobs;
  std::vector<std::string> names;
  for (const HistoryKey& key : keys) {
    if (key.kind == HistoryKind::blob) blobs.emplace_back(key.key);
    if (key.kind == HistoryKind::name) names.push_back(key.key);
  }
  const Lookup lookup(parts_.store, parts_.names, threads, blobs, names);
  std::vector<Root> roots;
  for (const ObjectId& tree : lookup.trees()) {
    roots.push_back(
        {parts_.graph.commits_of_tree(tree), parts_.graph.refs_to(tree)});
  }
  std::vector<std::vector<Appearance>> all(keys.size());
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    // Some at a time: a text may be in every commit of a long history.
    std::vector<Asked> asked;
    for (std::size_t i; (i = next.fetch_add(1)) < keys.size();) {
      all[i] = appearances_of(keys[i], lookup, roots, i, asked);
      if (asked.size() < kBatch) continue;
      add_refs(asked, all);
      asked.clear();
    }
    add_refs(asked, all);
  };
  std::vector<std::thread> others;
  for (int i = 1; i < threads; ++i) others.emplace_back(work);
  work();
  for (std::thread& other : others) other.join();
  return all;
}

// With the commits of each added to `asked`, as those of the list `list`.
std::vector<Appearance> Attribution::appearances_of(
    const HistoryKey& key, const Lookup& lookup, const std::vector<Root>& roots,
    std::size_t list, std::vector<Asked>& asked) const {
  std::vector<Appearance> all;
  const auto add = [&](Appearance appearance, Asked&& found) {
    found.list = list;
    found.item = all.size();
    all.push_back(std::move(appearance));
    asked.push_back(std::move(found));
  };
  if (key.kind == HistoryKind::message) {
    add_message(ObjectId(key.key), add);
    return all;
  }
  const Lookup::Roots trees_by_path =
      key.kind == HistoryKind::blob ? lookup.roots_of_id(ObjectId(key.key))
                                    : lookup.roots_of_name(key.key);
  for (const auto& [path, trees] : trees_by_path) {
    Asked found;
    for (const std::uint32_t tree : trees) {
      if (const auto* const commits = roots[tree].commits) {
        found.commits.insert(found.commits.end(), commits->begin(),
                             commits->end());
      }
      if (const auto* const refs = roots[tree].refs) {
        found.refs.insert(found.refs.end(), refs->begin(), refs->end());
      }
    }
    if (found.commits.empty() && found.refs.empty()) continue;
    add(appearance(path, found), std::move(found));
  }
  if (key.kind != HistoryKind::blob) return all;
  Asked direct;
  add_direct(ObjectId(key.key), direct);
  if (!direct.refs.empty() || (all.empty() && unreachable_)) {
    const auto place = parts_.store.place_of(key.key);
    const std::string named = place ? parts_.names.path_of(*place) : "";
    const std::string path =
        !direct.refs.empty() || named.empty()
            ? "(blob " + encode_hex(key.key).substr(0, 12) + ")"
            : named;
    add(appearance(path, direct), std::move(direct));
  }
  return all;
}

// Of a commit or a tag.
template <typename Add>
void Attribution::add_message(const ObjectId& id, const Add& add) const {
  const Commits& commits = parts_.graph.commits();
  Asked found;
  if (const auto place = commits.place_of(id)) {
    found.commits = {*place};
    Appearance commit = appearance(kCommitMessage, found);
    commit.in_head.reset();
    return add(std::move(commit), std::move(found));
  }
  const Graph::Tag* const tag = parts_.graph.tag(id);
  if (!tag) return;
  Appearance message;
  message.path = kTagMessage;
  message.author = tag->tagger.name;
  message.date = tag->tagger.date();
  if (commits.place_of(tag->target)) message.commit = tag->target.hex();
  add_direct(id, found);
  if (found.refs.empty() && !unreachable_) return;
  add(std::move(message), std::move(found));
}

void Attribution::add_direct(const ObjectId& id, Asked& found) const {
  if (const auto* const refs = parts_.graph.refs_to(id)) {
    found.refs.insert(found.refs.end(), refs->begin(), refs->end());
  }
}

Appearance Attribution::appearance(const std::string& path,
                                   const Asked& asked) const {
  Appearance result;
  result.path = path;
  const auto head = parts_.graph.head();
  result.in_head = head && std::find(asked.commits.begin(), asked.commits.end(),
                                     *head) != asked.commits.end();
  if (asked.commits.empty()) return result;
  result.order = *std::min_element(asked.commits.begin(), asked.commits.end());
  const ObjectId& id = parts_.graph.commits().at(result.order).id;
  result.commit = id.hex();
  const auto object = parts_.store.read(id.bytes());
  if (!object || !*object) return result;
  if (const auto commit = parse_commit((*object)->bytes)) {
    result.author = commit->author.name;
    result.date = commit->author.date();
  }
  return result;
}

// A ref reaches a text when it leads to a commit that has it.  One pass over
// the commits carries a bit of each text to all descendants.
void Attribution::add_refs(std::vector<Asked>& asked,
                           std::vector<std::vector<Appearance>>& all) const {
  const Commits& commits = parts_.graph.commits();
  const auto& tips = parts_.graph.tips();
  for (std::size_t begin = 0; begin < asked.size(); begin += kBatch) {
    const auto batch =
        std::span(asked).subspan(begin, std::min(kBatch, asked.size() - begin));
    std::vector<std::uint64_t> bits(commits.size());
    for (std::size_t i = 0; i < batch.size(); ++i) {
      for (const std::size_t commit : batch[i].commits) {
        bits[commit] |= std::uint64_t{1} << i;
      }
    }
    for (std::size_t at = 0; at < bits.size(); ++at) {
      for (const std::uint32_t parent : commits.parents_of(at)) {
        bits[at] |= bits[parent];
      }
    }
    for (std::size_t i = 0; i < batch.size(); ++i) {
      auto& refs = all[batch[i].list][batch[i].item].refs;
      refs.assign(tips.size(), false);
      for (const std::uint32_t ref : batch[i].refs) refs[ref] = true;
      for (std::size_t ref = 0; ref < tips.size(); ++ref) {
        if (tips[ref] && (bits[*tips[ref]] >> i & 1) != 0) refs[ref] = true;
      }
    }
  }
}

}  // namespace overreach
