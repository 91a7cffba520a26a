#include "scanner/history/history.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <span>
#include <unordered_map>
#include <utility>

#include "scanner/base/encoding.h"
#include "scanner/git/object_store.h"
#include "scanner/history/commits.h"
#include "scanner/history/lookup.h"
#include "scanner/history/names.h"
#include "scanner/history/parse.h"
#include "scanner/history/refs.h"
#include "scanner/history/repository.h"
#include "scanner/history/settings.h"

namespace overreach {
namespace {

constexpr const char* kCommitMessage = "(commit message)";
constexpr const char* kTagMessage = "(tag message)";
// Missing files are named one by one up to here.
constexpr std::size_t kMaxMissing = 100;
// Commits and trees are told from each other's bits in one word.
constexpr std::size_t kBatch = 64;

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

  void read(const HistoryConsumer& consumer) override {
    read_commits(consumer);
    read_tags(consumer);
    find_tips();
    names_.emplace(*store_, options_.threads, diagnostics_);
    for (const std::string& name : names_->all()) {
      consumer(0, {HistoryKind::name, name, name, name});
    }
    read_blobs(consumer);
    check_missing();
    read_settings(repository_.git_dir, repository_.common_dir,
                  repository_.work_tree.empty(), diagnostics_,
                  [&](std::string_view path, std::string_view bytes) {
                    consumer(0, {HistoryKind::settings, {}, path, bytes});
                  });
  }

  std::vector<std::vector<Appearance>> appearances(
      const std::vector<HistoryKey>& keys) const override {
    std::vector<ObjectId> blobs;
    std::vector<std::string> names;
    for (const HistoryKey& key : keys) {
      if (key.kind == HistoryKind::blob) blobs.emplace_back(key.key);
      if (key.kind == HistoryKind::name) names.push_back(key.key);
    }
    const Lookup lookup(*store_, *names_, options_.threads, blobs, names);
    std::vector<std::vector<Appearance>> all;
    std::vector<Asked> asked;
    for (const HistoryKey& key : keys) {
      all.push_back(appearances_of(key, lookup, asked));
    }
    // Only now, when no list moves any more.
    std::size_t next = 0;
    std::vector<Appearance*> targets;
    for (auto& list : all) {
      for (Appearance& each : list) targets.push_back(&each);
    }
    for (; next < targets.size(); next += kBatch) {
      const std::size_t count = std::min(kBatch, targets.size() - next);
      add_refs({asked.begin() + static_cast<std::ptrdiff_t>(next), count},
               {targets.begin() + static_cast<std::ptrdiff_t>(next), count});
    }
    return all;
  }

 private:
  // Commits that have a text, and refs that name it directly.
  struct Asked {
    std::vector<std::size_t> commits;  // places in commits_
    std::vector<std::uint32_t> refs;
  };

  void read_commits(const HistoryConsumer& consumer) {
    std::vector<Commits::Commit> all;
    std::mutex mutex;  // guards all
    visit(ObjectKind::commit, [&](int worker, const StoredObject& object) {
      auto commit = parse_commit(object.bytes);
      if (!commit) return complain(object, commit.error().text);
      consumer(worker, {HistoryKind::message, object.id, kCommitMessage,
                        commit->message});
      const std::lock_guard lock(mutex);
      all.push_back({ObjectId(object.id), commit->tree, commit->committed,
                     std::move(commit->parents)});
    });
    commits_.emplace(std::move(all), refs_.shallow_ends);
  }

  void read_tags(const HistoryConsumer& consumer) {
    std::mutex mutex;  // guards tags_
    visit(ObjectKind::tag, [&](int worker, const StoredObject& object) {
      const auto tag = parse_tag(object.bytes);
      if (!tag) return complain(object, tag.error().text);
      consumer(worker,
               {HistoryKind::message, object.id, kTagMessage, tag->message});
      const std::lock_guard lock(mutex);
      tags_.emplace(ObjectId(object.id), Tag{tag->target, tag->tagger});
    });
  }

  // Commits and tags, which are small.
  template <typename Use>
  void visit(ObjectKind kind, const Use& use) {
    store_->visit(kind, {options_.threads, std::nullopt}, diagnostics_,
                  [&](int worker, const StoredObject& object) {
                    use(worker, object);
                    return nullptr;
                  });
  }

  void complain(const StoredObject& object, const std::string& what) {
    diagnostics_.incomplete(object_name(object.kind, object.id), what);
  }

  // What the refs lead to, through tags of tags.
  void find_tips() {
    std::vector<ObjectId> commits;
    for (std::uint32_t i = 0; i < refs_.all.size(); ++i) {
      ObjectId id = refs_.all[i].target;
      for (auto tag = tags_.find(id); tag != tags_.end();
           tag = tags_.find(id)) {
        tag_refs_[id].push_back(i);
        id = tag->second.target;
      }
      targets_.push_back(id);
      if (commits_->place_of(id)) {
        commits.push_back(id);
      } else {
        direct_refs_[id].push_back(i);
        if (!store_->place_of(id.bytes())) {
          diagnostics_.incomplete(refs_.all[i].name,
                                  "names an object that is not there");
        }
      }
    }
    if (commits_->place_of(refs_.head)) commits.push_back(refs_.head);
    if (!refs_.shallow_ends.empty()) {
      diagnostics_.incomplete(
          "",
          "the clone is shallow: what came before its oldest commits is "
          "not in it (git fetch --unshallow)");
    }
    if (!options_.unreachable) {
      for (const ObjectId& id : commits_->keep_reachable(commits)) {
        diagnostics_.incomplete(object_name(ObjectKind::commit, id.bytes()),
                                "is missing in this repository");
      }
    }
    counts_.commits = commits_->size();
    for (std::size_t i = 0; i < commits_->size(); ++i) {
      commits_of_tree_[commits_->at(i).tree].push_back(i);
    }
  }

  void read_blobs(const HistoryConsumer& consumer) {
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

  // Files that commits have and the repository has not: a partial clone, or a
  // broken one.
  void check_missing() {
    const std::set<ObjectId>& ids = names_->missing_files();
    if (ids.empty()) return;
    const char* const why = store_->is_partial()
                                ? "is not in this partial clone"
                                : "is missing in this repository";
    std::vector<HistoryKey> missing;
    for (const ObjectId& id : ids) {
      if (missing.size() == kMaxMissing) break;
      missing.push_back({HistoryKind::blob, std::string(id.bytes())});
    }
    const auto all = appearances(missing);
    for (const auto& list : all) {
      if (list.empty()) continue;
      diagnostics_.incomplete(
          list.front().path, "its content of commit " +
                                 list.front().commit.substr(0, 12) + " " + why);
    }
    if (ids.size() > kMaxMissing) {
      diagnostics_.incomplete("", "the content of " +
                                      std::to_string(ids.size() - kMaxMissing) +
                                      " more files " + why);
    }
  }

  // With the commits for each, in the same order, added to `asked`.
  std::vector<Appearance> appearances_of(const HistoryKey& key,
                                         const Lookup& lookup,
                                         std::vector<Asked>& asked) const {
    if (key.kind == HistoryKind::message) {
      return of_message(ObjectId(key.key), asked);
    }
    const Lookup::Roots roots = key.kind == HistoryKind::blob
                                    ? lookup.roots_of_id(ObjectId(key.key))
                                    : lookup.roots_of_name(key.key);
    std::vector<Appearance> all;
    for (const auto& [path, trees] : roots) {
      Asked found;
      for (const ObjectId& tree : trees) {
        const auto commits = commits_of_tree_.find(tree);
        if (commits != commits_of_tree_.end()) {
          found.commits.insert(found.commits.end(), commits->second.begin(),
                               commits->second.end());
        }
        add_direct(tree, found);
      }
      if (found.commits.empty() && found.refs.empty()) continue;
      all.push_back(appearance(path, found));
      asked.push_back(std::move(found));
    }
    if (key.kind != HistoryKind::blob) return all;
    Asked direct;
    add_direct(ObjectId(key.key), direct);
    if (!direct.refs.empty() || (all.empty() && options_.unreachable)) {
      const auto place = store_->place_of(key.key);
      const std::string named = place ? names_->path_of(*place) : "";
      const std::string path =
          !direct.refs.empty() || named.empty()
              ? "(blob " + encode_hex(key.key).substr(0, 12) + ")"
              : named;
      all.push_back(appearance(path, direct));
      asked.push_back(std::move(direct));
    }
    return all;
  }

  // Of a commit or a tag.
  std::vector<Appearance> of_message(const ObjectId& id,
                                     std::vector<Asked>& asked) const {
    Asked found;
    Appearance all;
    if (const auto tag = tags_.find(id); tag != tags_.end()) {
      all.path = kTagMessage;
      all.author = tag->second.tagger.name;
      all.date = tag->second.tagger.date();
      if (commits_->place_of(tag->second.target)) {
        all.commit = tag->second.target.hex();
      }
      const auto refs = tag_refs_.find(id);
      if (refs != tag_refs_.end()) found.refs = refs->second;
      if (found.refs.empty() && !options_.unreachable) return {};
    } else {
      const auto place = commits_->place_of(id);
      if (!place) return {};
      found.commits = {*place};
      all = appearance(kCommitMessage, found);
      all.in_head.reset();
    }
    asked.push_back(std::move(found));
    return {std::move(all)};
  }

  void add_direct(const ObjectId& id, Asked& found) const {
    const auto refs = direct_refs_.find(id);
    if (refs == direct_refs_.end()) return;
    found.refs.insert(found.refs.end(), refs->second.begin(),
                      refs->second.end());
  }

  Appearance appearance(const std::string& path, const Asked& asked) const {
    Appearance result;
    result.path = path;
    const auto head = commits_->place_of(refs_.head);
    result.in_head =
        head && std::find(asked.commits.begin(), asked.commits.end(), *head) !=
                    asked.commits.end();
    if (asked.commits.empty()) return result;
    result.order =
        *std::min_element(asked.commits.begin(), asked.commits.end());
    const ObjectId& id = commits_->at(result.order).id;
    result.commit = id.hex();
    const auto object = store_->read(id.bytes());
    if (!object || !*object) return result;
    if (const auto commit = parse_commit((*object)->bytes)) {
      result.author = commit->author.name;
      result.date = commit->author.date();
    }
    return result;
  }

  // A ref reaches a text when it leads to a commit that has it.  One pass over
  // the commits carries a bit of each text to all descendants.
  void add_refs(std::span<const Asked> asked,
                std::span<Appearance* const> targets) const {
    std::vector<std::uint64_t> bits(commits_->size());
    for (std::size_t i = 0; i < asked.size(); ++i) {
      for (const std::size_t commit : asked[i].commits) {
        bits[commit] |= std::uint64_t{1} << i;
      }
    }
    for (std::size_t at = 0; at < bits.size(); ++at) {
      for (const std::uint32_t parent : commits_->parents_of(at)) {
        bits[at] |= bits[parent];
      }
    }
    for (std::uint32_t ref = 0; ref < targets_.size(); ++ref) {
      const auto tip = commits_->place_of(targets_[ref]);
      for (std::size_t i = 0; i < asked.size(); ++i) {
        const auto& direct = asked[i].refs;
        const bool has_commit = tip && (bits[*tip] >> i & 1) != 0;
        if (has_commit ||
            std::find(direct.begin(), direct.end(), ref) != direct.end()) {
          targets[i]->refs.push_back(ref);
        }
      }
    }
  }

  struct Tag {
    ObjectId target;
    Person tagger;
  };

  const Repository repository_;
  std::string root_;
  const std::unique_ptr<const ObjectStore> store_;
  const HistoryOptions options_;
  Diagnostics& diagnostics_;
  const Refs refs_;
  std::vector<std::string> ref_names_;
  HistoryCounts counts_;
  std::optional<Commits> commits_;
  std::map<ObjectId, Tag> tags_;
  // By tag object, and by what is no commit: the refs that name it.
  std::map<ObjectId, std::vector<std::uint32_t>> tag_refs_, direct_refs_;
  std::vector<ObjectId> targets_;  // of the refs, through all tags
  std::unordered_map<ObjectId, std::vector<std::size_t>> commits_of_tree_;
  std::optional<Names> names_;  // set by read()
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
