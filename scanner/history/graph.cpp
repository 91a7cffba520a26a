#include "scanner/history/graph.h"

#include <mutex>
#include <utility>

namespace overreach {
namespace {

void complain(const StoredObject& object, const std::string& what,
              Diagnostics& diagnostics) {
  diagnostics.incomplete(object_name(object.kind, object.id), what);
}

}  // namespace

Graph::Graph(const ObjectStore& store, const Refs& refs, bool unreachable,
             int threads, Diagnostics& diagnostics,
             const MessageConsumer& consumer) {
  read_commits(store, refs, threads, diagnostics, consumer);
  read_tags(store, threads, diagnostics, consumer);
  follow(store, refs, unreachable, diagnostics);
}

void Graph::read_commits(const ObjectStore& store, const Refs& refs,
                         int threads, Diagnostics& diagnostics,
                         const MessageConsumer& consumer) {
  std::vector<Commits::Commit> all;
  std::mutex mutex;  // guards all
  store.visit(ObjectKind::commit, {threads, std::nullopt}, diagnostics,
              [&](int worker, const StoredObject& object) {
                auto commit = parse_commit(object.bytes);
                if (!commit) {
                  complain(object, commit.error().text, diagnostics);
                  return nullptr;
                }
                consumer(worker, object, commit->message);
                const std::lock_guard lock(mutex);
                all.push_back({ObjectId(object.id), commit->tree,
                               commit->committed, std::move(commit->parents)});
                return nullptr;
              });
  commits_.emplace(std::move(all), refs.shallow_ends);
}

void Graph::read_tags(const ObjectStore& store, int threads,
                      Diagnostics& diagnostics,
                      const MessageConsumer& consumer) {
  std::mutex mutex;  // guards tags_
  store.visit(
      ObjectKind::tag, {threads, std::nullopt}, diagnostics,
      [&](int worker, const StoredObject& object) {
        const auto tag = parse_tag(object.bytes);
        if (!tag) {
          complain(object, tag.error().text, diagnostics);
          return nullptr;
        }
        consumer(worker, object, tag->message);
        const std::lock_guard lock(mutex);
        tags_.emplace(ObjectId(object.id), Tag{tag->target, tag->tagger});
        return nullptr;
      });
}

// What the refs lead to, through tags of tags.
void Graph::follow(const ObjectStore& store, const Refs& refs, bool unreachable,
                   Diagnostics& diagnostics) {
  std::vector<ObjectId> tips, commits;
  for (std::uint32_t i = 0; i < refs.all.size(); ++i) {
    ObjectId id = refs.all[i].target;
    for (const Tag* found = tag(id); found; found = tag(id)) {
      refs_to_[id].push_back(i);
      id = found->target;
    }
    tips.push_back(id);
    if (commits_->place_of(id)) {
      commits.push_back(id);
    } else {
      refs_to_[id].push_back(i);
      if (!store.place_of(id.bytes())) {
        diagnostics.incomplete(refs.all[i].name,
                               "names an object that is not there");
      }
    }
  }
  if (commits_->place_of(refs.head)) commits.push_back(refs.head);
  if (!unreachable) {
    for (const ObjectId& id : commits_->keep_reachable(commits)) {
      diagnostics.incomplete(object_name(ObjectKind::commit, id.bytes()),
                             "is missing in this repository");
    }
  }
  head_ = commits_->place_of(refs.head);
  for (const ObjectId& tip : tips) tips_.push_back(commits_->place_of(tip));
  for (std::size_t i = 0; i < commits_->size(); ++i) {
    commits_of_tree_[commits_->at(i).tree].push_back(i);
  }
}

const Graph::Tag* Graph::tag(const ObjectId& id) const {
  const auto found = tags_.find(id);
  return found == tags_.end() ? nullptr : &found->second;
}

const std::vector<std::size_t>* Graph::commits_of_tree(
    const ObjectId& tree) const {
  const auto found = commits_of_tree_.find(tree);
  return found == commits_of_tree_.end() ? nullptr : &found->second;
}

const std::vector<std::uint32_t>* Graph::refs_to(const ObjectId& id) const {
  const auto found = refs_to_.find(id);
  return found == refs_to_.end() ? nullptr : &found->second;
}

}  // namespace overreach
