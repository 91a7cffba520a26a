#include "scanner/history/history.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <map>
#include <set>
#include <span>
#include <utility>

#include "scanner/base/digest.h"
#include "scanner/base/run_threads.h"
#include "scanner/git/object_store.h"
#include "scanner/git/parse.h"
#include "scanner/git/refs.h"
#include "scanner/git/repository.h"
#include "scanner/history/attribution.h"
#include "scanner/history/earlier_audit.h"
#include "scanner/history/graph.h"
#include "scanner/history/names.h"
#include "scanner/history/settings.h"
#include "scanner/history/tree_path.h"

namespace overreach {
namespace {

constexpr std::size_t kMaxMissing = 100;  // files are named up to here

struct NumberRange {
  std::size_t begin = 0, end = 0;
  bool contain(std::size_t number) const {
    return number >= begin && number < end;
  }
};

class ReadHistory : public History {
 public:
  ReadHistory(Repository repository, std::unique_ptr<ObjectStore> store,
              Refs refs, HistoryOptions options, Diagnostics& diagnostics,
              std::size_t problems_before)
      : repository_(std::move(repository)),
        root_(repository_.root()),
        store_(std::move(store)),
        options_(std::move(options)),
        diagnostics_(diagnostics),
        problems_before_(problems_before),
        refs_(std::move(refs)),
        earlier_(std::move(options_.known), *store_) {
    if (root_.size() > 1) root_.pop_back();
    for (const Ref& ref : refs_.all) ref_names_.push_back(ref.name);
    known_findings_ = earlier_.take_findings();
    is_unchanged_ = earlier_.has_read_all() && !earlier_.refs().empty() &&
                    earlier_.refs() == refs_digest() &&
                    show_names(*store_, known_findings_);
  }

  bool is_unchanged() const override { return is_unchanged_; }
  const std::vector<KnownFinding>& known_findings() const override {
    return known_findings_;
  }

  std::optional<std::vector<Problem>> lasting_problems() const override {
    std::vector<Problem> lasting;
    std::size_t number = problems_before_;
    for (Problem& problem : diagnostics_.since(problems_before_)) {
      const std::size_t each = number++;
      if (told_each_time_.contain(each)) continue;
      if (problem.kind == Problem::Kind::incomplete &&
          !missing_.contain(each)) {
        return std::nullopt;
      }
      lasting.push_back(std::move(problem));
    }
    sort_problems(lasting);
    return lasting;
  }

  bool hide_names(std::vector<KnownFinding>& findings) const override {
    return overreach::hide_names(*store_, findings);
  }

  const std::string& root() const override { return root_; }
  HistoryCounts counts() const override { return counts_; }
  const std::vector<std::string>& ref_names() const override {
    return ref_names_;
  }

  std::optional<std::string> blob(std::string_view key) const override {
    auto object = store_->read(key);
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
    state.refs = refs_digest();
    return state;
  }

  void read(const HistoryConsumer& consumer) override {
    if (is_unchanged_) {
      earlier_.repeat(Problem::Kind::incomplete, diagnostics_);
      earlier_.repeat(Problem::Kind::left_out, diagnostics_);
      read_known(consumer);
    } else if (const auto again = earlier_.objects_to_read()) {
      earlier_.repeat(Problem::Kind::left_out, diagnostics_);
      read_some(*again, consumer);
    } else {
      read_all(consumer);
    }
    told_each_time_.begin = diagnostics_.count();
    if (!refs_.shallow_ends.empty()) {
      diagnostics_.incomplete(
          "",
          "the clone is shallow: what came before its oldest commits is "
          "not in it (git fetch --unshallow)");
    }
    read_settings(repository_.git_dir, repository_.common_dir,
                  repository_.work_tree.empty(), diagnostics_,
                  [&](std::string_view path, std::string_view bytes) {
                    consumer(0, {HistoryKind::settings, {}, path, bytes});
                  });
    told_each_time_.end = diagnostics_.count();
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
      if (!graph_) {
        read_commits(nullptr);
        follow_refs();
      }
      read_names();
      attribution_.emplace(HistoryParts{*store_, *graph_, *names_},
                           options_.unreachable, options_.threads);
      lists = attribution_->of(all, diagnostics_);
    }
    missing_.begin = diagnostics_.count();
    report_missing(missing, trees, std::span(lists).subspan(keys.size()));
    missing_.end = diagnostics_.count();
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
    read_commits(&consumer);
    // One thread can follow the refs while all read trees.
    const auto policy =
        options_.threads > 1 ? std::launch::async : std::launch::deferred;
    std::future<void> graph = std::async(policy, [this] { follow_refs(); });
    read_names();
    graph.get();
    counts_.commits = graph_->commits().size();
    consume_names(consumer);
    read_blobs(nullptr, consumer);
  }

  std::string refs_digest() const {
    std::string all = refs_.head.hex();
    for (const Ref& ref : refs_.all) {
      all += '\0' + ref.name + '\0' + ref.target.hex();
    }
    all += '\1';
    for (const ObjectId& id : refs_.shallow_ends) all += id.hex();
    return sha256(all);
  }

  // Only what has each known finding once.
  void read_known(const HistoryConsumer& consumer) {
    // By place and path.
    std::map<std::uint32_t, std::map<std::string_view, std::vector<Lines>>>
        lines;
    std::vector<bool> wanted(store_->size());
    bool has_messages = false;
    std::set<std::string_view> names;
    for (const KnownFinding& finding : known_findings_) {
      if (finding.kind == HistoryKind::name) names.insert(finding.key);
      const auto place = store_->place_of(finding.key);
      if (finding.kind == HistoryKind::name || !place) continue;
      wanted[*place] = true;
      if (finding.kind == HistoryKind::message) {
        has_messages = true;
      } else {
        lines[*place][finding.path].push_back(finding.lines);
      }
    }
    for (const std::string_view name : names) consume_name(0, name, consumer);
    if (has_messages) read_messages(wanted, consumer);
    if (lines.empty()) return;
    for (auto& [place, by_path] : lines) {
      counts_.blobs += by_path.size();
      for (auto& [path, all] : by_path) std::sort(all.begin(), all.end());
    }
    store_->visit(ObjectKind::blob,
                  {options_.threads, options_.max_file_bytes, &wanted},
                  diagnostics_, [&](int worker, const StoredObject& object) {
                    for (const auto& [path, all] : lines.at(object.place)) {
                      consumer(worker, {HistoryKind::blob, object.id, path,
                                        object.bytes, &object, all});
                    }
                    return nullptr;
                  });
  }

  void read_some(const std::vector<ObjectId>& ids,
                 const HistoryConsumer& consumer) {
    std::vector<bool> wanted(store_->size());
    for (const ObjectId& id : ids) {
      wanted[store_->place_of(id.bytes()).value()] = true;
    }
    read_messages(wanted, consumer);
    if (earlier_.needs_old_trees()) {
      read_names();
    } else {
      std::vector<ObjectId> trees;
      store_->visit(ObjectKind::tree, {1, std::nullopt, &wanted}, diagnostics_,
                    [&](int, const StoredObject& object) {
                      trees.emplace_back(object.id);
                      return nullptr;
                    });
      names_.emplace(*store_, trees, diagnostics_);
    }
    consume_names(consumer);
    read_blobs(&wanted, consumer);
  }

  void read_blobs(const std::vector<bool>* only,
                  const HistoryConsumer& consumer) {
    std::atomic<std::uint64_t> count = 0;
    store_->visit(ObjectKind::blob,
                  {options_.threads, options_.max_file_bytes, only},
                  diagnostics_, [&](int worker, const StoredObject& object) {
                    ++count;
                    const std::string path = names_->path_of(object.place);
                    return consumer(worker, {HistoryKind::blob, object.id, path,
                                             object.bytes, &object});
                  });
    counts_.blobs = count;
  }

  // Of these commits and tags.
  void read_messages(const std::vector<bool>& only,
                     const HistoryConsumer& consumer) {
    std::atomic<std::uint64_t> commits = 0;
    for (const ObjectKind kind : {ObjectKind::commit, ObjectKind::tag}) {
      store_->visit(kind, {options_.threads, std::nullopt, &only}, diagnostics_,
                    [&](int worker, const StoredObject& object) {
                      commits += kind == ObjectKind::commit;
                      consume_message(worker, object, consumer);
                      return nullptr;
                    });
    }
    counts_.commits = commits;
  }

  void consume_message(int worker, const StoredObject& object,
                       const HistoryConsumer& consumer) {
    const bool is_commit = object.kind == ObjectKind::commit;
    std::string_view message;
    if (const auto commit = parse_commit(object.bytes); is_commit && commit) {
      message = commit->message;
    } else if (const auto tag = parse_tag(object.bytes); !is_commit && tag) {
      message = tag->message;
    } else {
      return diagnostics_.incomplete(object_name(object.kind, object.id),
                                     "is broken");
    }
    consumer(worker, {HistoryKind::message, object.id,
                      is_commit ? kCommitMessage : kTagMessage, message});
  }

  void consume_names(const HistoryConsumer& consumer) {
    const std::vector<std::string> names = names_->all();
    run_threads(options_.threads, [&](int worker) {
      for (auto i = static_cast<std::size_t>(worker); i < names.size();
           i += static_cast<std::size_t>(options_.threads)) {
        consume_name(worker, names[i], consumer);
      }
    });
  }

  static void consume_name(int worker, std::string_view name,
                           const HistoryConsumer& consumer) {
    consumer(worker, {HistoryKind::name, name, {}, name});
  }

  // The messages go to the consumer, if there is one.
  void read_commits(const HistoryConsumer* consumer) {
    graph_.emplace(*store_, refs_, options_.threads, diagnostics_,
                   [consumer](int worker, const StoredObject& object,
                              std::string_view message) {
                     if (!consumer) return;
                     const bool is_commit = object.kind == ObjectKind::commit;
                     (*consumer)(
                         worker,
                         {HistoryKind::message, object.id,
                          is_commit ? kCommitMessage : kTagMessage, message});
                   });
  }

  void follow_refs() {
    graph_->follow_refs(options_.unreachable, diagnostics_);
  }

  void read_names() {
    if (names_ && has_all_names_) return;
    names_.emplace(*store_, options_.threads, diagnostics_);
    has_all_names_ = true;
  }

  // What commits have and this repository has not.  `lists` are of the first
  // files.
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
    const std::size_t bare = graph_ ? graph_->commits().without_tree() : 0;
    if (bare == 0) return;
    diagnostics_.incomplete("", "the root folder of " + std::to_string(bare) +
                                    (bare == 1 ? " commit " : " commits ") +
                                    why);
  }

  const Repository repository_;
  std::string root_;
  const std::unique_ptr<const ObjectStore> store_;
  HistoryOptions options_;
  Diagnostics& diagnostics_;
  const std::size_t problems_before_;     // how many there were before this
  NumberRange told_each_time_, missing_;  // of problems
  const Refs refs_;
  EarlierAudit earlier_;
  std::vector<std::string> ref_names_;
  HistoryCounts counts_;
  bool is_unchanged_ = false;
  std::vector<KnownFinding> known_findings_;
  std::optional<Graph> graph_;              // of all commits, when it is needed
  std::optional<Names> names_;              // set by read()
  std::optional<Attribution> attribution_;  // set by appearances()
  bool has_all_names_ = false;
};

}  // namespace

Result<std::unique_ptr<History>> History::open(HistoryOptions options,
                                               Diagnostics& diagnostics) {
  const std::size_t problems_before = diagnostics.count();
  TRY_ASSIGN(Repository repository, find_repository(options.repository));
  // Thousands of refs, or what is known, take as long as the packs.
  const auto how =
      options.threads > 1 ? std::launch::async : std::launch::deferred;
  auto loading = std::async(how, [&] {
    return options.load_known ? options.load_known()
                              : Result<HistoryState>(std::move(options.known));
  });
  auto reading =
      std::async(how, [&] { return read_refs(repository, diagnostics); });
  auto store = ObjectStore::open(repository.git_dir, diagnostics);
  Result<Refs> refs = reading.get();
  Result<HistoryState> known = loading.get();
  if (!store) return fail(store.error().text);
  if (!refs) return fail(refs.error().text);
  if (!known) return fail(known.error().text);
  options.known = std::move(*known);
  return std::make_unique<ReadHistory>(std::move(repository), std::move(*store),
                                       std::move(*refs), std::move(options),
                                       diagnostics, problems_before);
}

}  // namespace overreach
