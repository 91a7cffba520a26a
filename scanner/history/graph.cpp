#include "scanner/history/graph.h"

#include <algorithm>
#include <mutex>
#include <utility>

namespace overreach {
namespace {

void complain(const StoredObject& object, const std::string& what,
              Diagnostics& diagnostics) {
  diagnostics.incomplete(object_name(object.kind, object.id), what);
}

}  // namespace

Graph::Graph(const ObjectStore& store, const Refs& refs, int threads,
             Diagnostics& diagnostics, const MessageConsumer& consumer)
    : store_(store), refs_(refs) {
  read_commits(threads, diagnostics, consumer);
  read_tags(threads, diagnostics, consumer);
}

void Graph::read_commits(int threads, Diagnostics& diagnostics,
                         const MessageConsumer& consumer) {
  std::vector<Commits::Found> found(static_cast<std::size_t>(threads));
  std::mutex mutex;  // guards missing_
  const auto place_of_parent = [&](const ObjectId& id) {
    if (const auto place = store_.place_of(id.bytes())) return *place;
    const std::lock_guard lock(mutex);
    missing_.push_back(id);
    return static_cast<std::uint32_t>(store_.size() + missing_.size() - 1);
  };
  const auto read = [&](int worker, const StoredObject& object) {
    const auto commit = parse_commit(object.bytes);
    if (!commit) return complain(object, commit.error().text, diagnostics);
    // What they are is known by the time that the message has been read.
    store_.expect(commit->tree.bytes());
    for (const ObjectId& id : commit->parents) store_.expect(id.bytes());
    consumer(worker, object, commit->message);
    std::vector<std::uint32_t> parents;
    if (refs_.shallow_ends.empty() ||
        !refs_.shallow_ends.contains(ObjectId(object.id))) {
      for (const ObjectId& id : commit->parents) {
        parents.push_back(place_of_parent(id));
      }
    }
    found[static_cast<std::size_t>(worker)].add(
        object.place,
        store_.place_of(commit->tree.bytes()).value_or(Commits::kNone),
        commit->committed, parents);
  };
  store_.visit(ObjectKind::commit, {threads, std::nullopt}, diagnostics,
               [&](int worker, const StoredObject& object) {
                 read(worker, object);
                 return nullptr;
               });
  commits_.emplace(std::move(found), store_.size(),
                   [&](std::uint32_t place) { return store_.id_at(place); });
}

void Graph::read_tags(int threads, Diagnostics& diagnostics,
                      const MessageConsumer& consumer) {
  std::mutex mutex;  // guards tags_
  const auto read = [&](int worker, const StoredObject& object) {
    const auto tag = parse_tag(object.bytes);
    if (!tag) return complain(object, tag.error().text, diagnostics);
    consumer(worker, object, tag->message);
    const std::lock_guard lock(mutex);
    tags_.emplace(
        ObjectId(object.id),
        Tag{tag->target, std::string(tag->tagger.name), tag->tagger.date()});
  };
  store_.visit(ObjectKind::tag, {threads, std::nullopt}, diagnostics,
               [&](int worker, const StoredObject& object) {
                 read(worker, object);
                 return nullptr;
               });
}

// What the refs lead to, through tags of tags.
void Graph::follow_refs(bool unreachable, Diagnostics& diagnostics) {
  const auto commit_at =
      [&](const ObjectId& id) -> std::optional<std::uint32_t> {
    if (id.empty()) return std::nullopt;
    const auto place = store_.place_of(id.bytes());
    return place && commits_->has(*place) ? place : std::nullopt;
  };
  std::vector<std::optional<std::uint32_t>> tips;
  std::vector<std::uint32_t> commits;
  for (std::uint32_t i = 0; i < refs_.all.size(); ++i) {
    ObjectId id = refs_.all[i].target;
    for (const Tag* found = tag(id); found; found = tag(id)) {
      refs_to_[id].push_back(i);
      id = found->target;
    }
    tips.push_back(commit_at(id));
    if (tips.back()) {
      commits.push_back(*tips.back());
      continue;
    }
    refs_to_[id].push_back(i);
    if (!store_.place_of(id.bytes())) {
      diagnostics.incomplete(refs_.all[i].name,
                             "names an object that is not there");
    }
  }
  const auto head = commit_at(refs_.head);
  if (head) commits.push_back(*head);
  if (unreachable) {
    commits_->count_all();
  } else {
    std::vector<ObjectId> missing;
    for (const std::uint32_t place : commits_->count_reachable(commits)) {
      missing.push_back(place < store_.size()
                            ? store_.id_at(place)
                            : missing_[place - store_.size()]);
    }
    std::sort(missing.begin(), missing.end());
    missing.erase(std::unique(missing.begin(), missing.end()), missing.end());
    for (const ObjectId& id : missing) {
      diagnostics.incomplete(object_name(ObjectKind::commit, id.bytes()),
                             "is missing in this repository");
    }
  }
  const auto number = [&](std::optional<std::uint32_t> place) {
    return place ? commits_->number_of(*place) : std::nullopt;
  };
  head_ = number(head);
  for (const auto& tip : tips) tips_.push_back(number(tip));
}

std::optional<std::size_t> Graph::number_of(const ObjectId& commit) const {
  const auto place = store_.place_of(commit.bytes());
  return place ? commits_->number_of(*place) : std::nullopt;
}

const Graph::Tag* Graph::tag(const ObjectId& id) const {
  const auto found = tags_.find(id);
  return found == tags_.end() ? nullptr : &found->second;
}

}  // namespace overreach
