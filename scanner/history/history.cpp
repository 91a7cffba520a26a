#include "scanner/history/history.h"

#include <algorithm>
#include <atomic>
#include <set>
#include <span>
#include <utility>

#include "scanner/git/object_store.h"
#include "scanner/history/attribution.h"
#include "scanner/history/graph.h"
#include "scanner/history/names.h"
#include "scanner/history/parse.h"
#include "scanner/history/refs.h"
#include "scanner/history/repository.h"
#include "scanner/history/settings.h"

namespace overreach {
namespace {

// Missing files are named one by one up to here.
constexpr std::size_t kMaxMissing = 100;
// Reading objects one by one pays only for so small a part of them.
constexpr std::size_t kSmallPart = 16;

class ReadHistory : public History {
 public:
  ReadHistory(Repository repository, std::unique_ptr<ObjectStore> store,
              Refs refs, const HistoryOptions& options,
              Diagnostics& diagnostics)
      : repository_(std::move(repository)),
        root_(repository_.root()),
        store_(std::move(store)),
        options_(options),
        diagnostics_(diagnostics),
        refs_(std::move(refs)) {
    if (root_.size() > 1) root_.pop_back();
    for (const Ref& ref : refs_.all) ref_names_.push_back(ref.name);
  }

  const std::string& root() const override { return root_; }
  HistoryCounts counts() const override { return counts_; }
  const std::vector<std::string>& ref_names() const override {
    return ref_names_;
  }

  std::optional<std::string> blob(std::string_view key) const override {
    const auto object = store_->read(key);
    if (!object || !*object) return std::nullopt;
    return std::move((*object)->bytes);
  }

  HistoryState state() const override {
    HistoryState state;
    state.id_bytes = id_size(store_->hash_kind());
    std::vector<ObjectId> ids;
    for (std::uint32_t i = 0; i < store_->size(); ++i) {
      ids.push_back(store_->id_at(i));
    }
    std::sort(ids.begin(), ids.end());
    for (const ObjectId& id : ids) state.objects += id.bytes();
    return state;
  }

  void read(const HistoryConsumer& consumer) override {
    if (!refs_.shallow_ends.empty()) {
      diagnostics_.incomplete(
          "",
          "the clone is shallow: what came before its oldest commits is "
          "not in it (git fetch --unshallow)");
    }
    const auto unread = unread_objects();
    unread ? read_some(*unread, consumer) : read_all(consumer);
    read_settings(repository_.git_dir, repository_.common_dir,
                  repository_.work_tree.empty(), diagnostics_,
                  [&](std::string_view path, std::string_view bytes) {
                    consumer(0, {HistoryKind::settings, {}, path, bytes});
                  });
  }

  std::vector<std::vector<Appearance>> appearances(
      const std::vector<HistoryKey>& keys) override {
    const std::vector<ObjectId> missing = names_->missing_files();
    std::vector<HistoryKey> all = keys;
    for (const ObjectId& id : missing) {
      if (all.size() == keys.size() + kMaxMissing) break;
      all.push_back({HistoryKind::blob, std::string(id.bytes())});
    }
    const std::vector<ObjectId> trees = names_->missing_trees();
    std::vector<std::vector<Appearance>> lists;
    if (!all.empty()) {
      read_graph(nullptr);
      read_names();
      attribution_.emplace(HistoryParts{*store_, *graph_, *names_},
                           options_.unreachable);
      lists = attribution_->of(all, diagnostics_);
    }
    report_missing(missing, trees, std::span(lists).subspan(keys.size()));
    lists.resize(keys.size());
    return lists;
  }

  CommitOrigin origin_of(const Appearance& appearance) const override {
    return attribution_->origin_of(appearance);
  }

  std::vector<Reaching> reaching(
      const std::vector<std::vector<std::size_t>>& groups) const override {
    return attribution_->reaching(groups);
  }

 private:
  void read_all(const HistoryConsumer& consumer) {
    read_graph(&consumer);
    counts_.commits = graph_->commits().size();
    read_names();
    consume_names(consumer);
    std::atomic<std::uint64_t> count = 0;
    store_->visit(ObjectKind::blob, {options_.threads, options_.max_file_bytes},
                  diagnostics_, [&](int worker, const StoredObject& object) {
                    ++count;
                    const std::string path = names_->path_of(object.place);
                    return consumer(worker, {HistoryKind::blob, object.id, path,
                                             object.bytes, &object});
                  });
    counts_.blobs = count;
  }

  // What to read when little is new: the new and what something was found in.
  std::optional<std::vector<ObjectId>> unread_objects() const {
    const HistoryState& known = options_.known;
    if (known.empty() || known.id_bytes != id_size(store_->hash_kind())) {
      return std::nullopt;
    }
    const std::size_t most = store_->size() / kSmallPart;
    std::set<ObjectId> unread;
    for (std::uint32_t i = 0; i < store_->size(); ++i) {
      const ObjectId id = store_->id_at(i);
      if (!known.knows(id.bytes())) unread.insert(id);
      if (unread.size() > most) return std::nullopt;
    }
    for (const std::string& id : known.found) {
      if (store_->place_of(id)) unread.emplace(id);
    }
    if (unread.size() > most) return std::nullopt;
    return std::vector<ObjectId>(unread.begin(), unread.end());
  }

  void read_some(const std::vector<ObjectId>& ids,
                 const HistoryConsumer& consumer) {
    std::vector<ObjectId> trees, blobs;
    for (const ObjectId& id : ids) {
      auto object = store_->read(id.bytes());
      if (!object || !*object) {
        diagnostics_.incomplete(
            "object " + id.hex(),
            object ? "is gone" : "cannot be read: " + object.error().text);
        continue;
      }
      switch ((*object)->kind) {
        case ObjectKind::tree:
          trees.push_back(id);
          break;
        case ObjectKind::blob:
          blobs.push_back(id);
          break;
        default:
          consume_message((*object)->kind, id, (*object)->bytes, consumer);
      }
    }
    // A blob that was read before is named by any tree.
    const bool needs_all =
        !options_.known.found.empty() || options_.known.found_in_names;
    if (needs_all) {
      read_names();
    } else {
      names_.emplace(*store_, trees, diagnostics_);
      has_all_names_ = false;
    }
    consume_names(consumer);
    for (const ObjectId& id : blobs) consume_blob(id, consumer);
  }

  void consume_message(ObjectKind kind, const ObjectId& id,
                       std::string_view bytes,
                       const HistoryConsumer& consumer) {
    const bool is_commit = kind == ObjectKind::commit;
    std::string_view message;
    if (const auto commit = parse_commit(bytes); is_commit && commit) {
      message = commit->message;
    } else if (const auto tag = parse_tag(bytes); !is_commit && tag) {
      message = tag->message;
    } else {
      return diagnostics_.incomplete(object_name(kind, id.bytes()),
                                     "is broken");
    }
    counts_.commits += is_commit;
    consumer(0, {HistoryKind::message, id.bytes(),
                 is_commit ? kCommitMessage : kTagMessage, message});
  }

  void consume_names(const HistoryConsumer& consumer) {
    for (const std::string& name : names_->all()) {
      consumer(0, {HistoryKind::name, name, name, name});
    }
  }

  void consume_blob(const ObjectId& id, const HistoryConsumer& consumer) {
    const auto place = store_->place_of(id.bytes());
    const auto bytes = blob(id.bytes());
    if (!place || !bytes) return;
    ++counts_.blobs;
    consumer(0,
             {HistoryKind::blob, id.bytes(), names_->path_of(*place), *bytes});
  }

  // Once; the messages go to the consumer, if there is one.
  void read_graph(const HistoryConsumer* consumer) {
    if (graph_) return;
    graph_.emplace(
        *store_, refs_, options_.unreachable, options_.threads, diagnostics_,
        [consumer](int worker, const StoredObject& object,
                   std::string_view message) {
          if (!consumer) return;
          const bool is_commit = object.kind == ObjectKind::commit;
          (*consumer)(worker,
                      {HistoryKind::message, object.id,
                       is_commit ? kCommitMessage : kTagMessage, message});
        });
  }

  void read_names() {
    if (names_ && has_all_names_) return;
    names_.emplace(*store_, options_.threads, diagnostics_);
    has_all_names_ = true;
  }

  // What commits have and the repository has not: a partial clone, or a broken
  // one.  `lists` are of the first files.
  void report_missing(const std::vector<ObjectId>& files,
                      const std::vector<ObjectId>& trees,
                      std::span<const std::vector<Appearance>> lists) {
    const char* const why = store_->is_partial()
                                ? "is not in this partial clone"
                                : "is missing in this repository";
    for (const auto& list : lists) {
      if (list.empty()) continue;
      diagnostics_.incomplete(list.front().path,
                              "its content of commit " +
                                  origin_of(list.front()).commit.substr(0, 12) +
                                  " " + why);
    }
    if (files.size() > kMaxMissing) {
      diagnostics_.incomplete(
          "", "the content of " + std::to_string(files.size() - kMaxMissing) +
                  " more files " + why);
    }
    for (const ObjectId& id : trees) {
      diagnostics_.incomplete(object_name(ObjectKind::tree, id.bytes()), why);
    }
  }

  const Repository repository_;
  std::string root_;
  const std::unique_ptr<const ObjectStore> store_;
  const HistoryOptions options_;
  Diagnostics& diagnostics_;
  const Refs refs_;
  std::vector<std::string> ref_names_;
  HistoryCounts counts_;
  std::optional<Graph> graph_;              // of all commits, when it is needed
  std::optional<Names> names_;              // set by read()
  std::optional<Attribution> attribution_;  // set by appearances()
  bool has_all_names_ = false;
};

}  // namespace

Result<std::unique_ptr<History>> History::open(const HistoryOptions& options,
                                               Diagnostics& diagnostics) {
  TRY_ASSIGN(Repository repository, find_repository(options.repository));
  TRY_ASSIGN(std::unique_ptr<ObjectStore> store,
             ObjectStore::open(repository.git_dir, diagnostics));
  TRY_ASSIGN(Refs refs, read_refs(repository, diagnostics));
  return std::make_unique<ReadHistory>(std::move(repository), std::move(store),
                                       std::move(refs), options, diagnostics);
}

}  // namespace overreach
