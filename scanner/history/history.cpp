#include "scanner/history/history.h"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <map>
#include <mutex>
#include <span>
#include <unordered_map>
#include <utility>

#include "scanner/base/encoding.h"
#include "scanner/git/libgit2.h"
#include "scanner/history/commits.h"
#include "scanner/history/lookup.h"
#include "scanner/history/names.h"
#include "scanner/history/objects.h"
#include "scanner/history/parse.h"
#include "scanner/history/refs.h"
#include "scanner/history/settings.h"

namespace overreach {
namespace {

constexpr const char* kCommitMessage = "(commit message)";
constexpr const char* kTagMessage = "(tag message)";
// Missing files are named one by one up to here.
constexpr std::size_t kMaxMissing = 100;
// Commits and trees are told from each other's bits in one word.
constexpr std::size_t kBatch = 64;

std::string canonical(const std::string& path) {
  std::error_code error;
  std::string whole = std::filesystem::canonical(path, error).string();
  return error ? path : whole;
}

class ReadHistory : public History {
 public:
  ReadHistory(GitRepository repository, Objects objects,
              const HistoryOptions& options, Diagnostics& diagnostics)
      : repository_(std::move(repository)),
        objects_(std::move(objects)),
        options_(options),
        diagnostics_(diagnostics),
        refs_(read_refs(repository_.get(), diagnostics)) {
    const char* const tree = git_repository_workdir(repository_.get());
    root_ = canonical(tree ? tree : git_repository_path(repository_.get()));
    for (const Ref& ref : refs_.all) ref_names_.push_back(ref.name);
  }

  const std::string& root() const override { return root_; }
  HistoryCounts counts() const override { return counts_; }
  const std::vector<std::string>& ref_names() const override {
    return ref_names_;
  }
  std::optional<std::string> blob(std::string_view key) const override {
    return objects_.read(key);
  }

  void read(const HistoryConsumer& consumer) override {
    read_commits(consumer);
    read_tags(consumer);
    find_tips();
    objects_.for_each(ObjectKind::tree, options_.threads, std::nullopt,
                      diagnostics_,
                      [&](int, std::string_view id, std::string_view bytes) {
                        names_.add_tree(id, bytes, objects_.id_bytes());
                      });
    for (const std::string& name : names_.all()) {
      consumer(0, {HistoryKind::name, name, name, name});
    }
    read_blobs(consumer);
    check_missing();
    read_settings(git_repository_path(repository_.get()),
                  git_repository_commondir(repository_.get()),
                  git_repository_is_bare(repository_.get()) == 1, diagnostics_,
                  [&](std::string_view path, std::string_view bytes) {
                    consumer(0, {HistoryKind::settings, {}, path, bytes});
                  });
  }

  std::vector<std::vector<Appearance>> appearances(
      const std::vector<HistoryKey>& keys) const override {
    std::vector<ObjectId> blobs;
    std::vector<std::string> names;
    for (const HistoryKey& key : keys) {
      if (key.kind == HistoryKind::blob) blobs.push_back(key.key);
      if (key.kind == HistoryKind::name) names.push_back(key.key);
    }
    const Lookup lookup(objects_, names_, options_.threads, blobs, names);
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
    objects_.for_each(
        ObjectKind::commit, options_.threads, std::nullopt, diagnostics_,
        [&](int worker, std::string_view id, std::string_view bytes) {
          auto commit = parse_commit(bytes);
          if (!commit) {
            return diagnostics_.incomplete(object_name(ObjectKind::commit, id),
                                           commit.error().text);
          }
          consumer(worker,
                   {HistoryKind::message, id, kCommitMessage, commit->message});
          const std::lock_guard lock(mutex);
          all.push_back({ObjectId(id), std::move(commit->tree),
                         commit->committed, std::move(commit->parents)});
        });
    commits_.emplace(std::move(all), refs_.shallow_ends);
  }

  void read_tags(const HistoryConsumer& consumer) {
    std::mutex mutex;  // guards tags_
    objects_.for_each(
        ObjectKind::tag, options_.threads, std::nullopt, diagnostics_,
        [&](int worker, std::string_view id, std::string_view bytes) {
          const auto tag = parse_tag(bytes);
          if (!tag) {
            return diagnostics_.incomplete(object_name(ObjectKind::tag, id),
                                           tag.error().text);
          }
          consumer(worker,
                   {HistoryKind::message, id, kTagMessage, tag->message});
          const std::lock_guard lock(mutex);
          tags_.emplace(id, Tag{tag->target, tag->tagger});
        });
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
        if (!objects_.contains(id)) {
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
        diagnostics_.incomplete(object_name(ObjectKind::commit, id),
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
    objects_.for_each(
        ObjectKind::blob, options_.threads, options_.max_file_bytes,
        diagnostics_,
        [&](int worker, std::string_view id, std::string_view bytes) {
          ++count;
          const std::string path = names_.path_of(id);
          consumer(worker, {HistoryKind::blob, id, path, bytes});
        });
    counts_.blobs = count;
  }

  // Files that commits have and the repository has not: a partial clone, or a
  // broken one.
  void check_missing() {
    std::vector<HistoryKey> missing;
    std::size_t count = 0;
    for (ObjectId& id : names_.files()) {
      if (objects_.contains(id)) continue;
      if (++count <= kMaxMissing) {
        missing.push_back({HistoryKind::blob, std::move(id)});
      }
    }
    if (count == 0) return;
    const char* const why = refs_.is_partial ? "is not in this partial clone"
                                             : "is missing in this repository";
    const auto all = appearances(missing);
    for (const auto& list : all) {
      if (list.empty()) continue;
      diagnostics_.incomplete(
          list.front().path, "its content of commit " +
                                 list.front().commit.substr(0, 12) + " " + why);
    }
    if (count > kMaxMissing) {
      diagnostics_.incomplete("", "the content of " +
                                      std::to_string(count - kMaxMissing) +
                                      " more files " + why);
    }
  }

  // With the commits for each, in the same order, added to `asked`.
  std::vector<Appearance> appearances_of(const HistoryKey& key,
                                         const Lookup& lookup,
                                         std::vector<Asked>& asked) const {
    if (key.kind == HistoryKind::message) return of_message(key.key, asked);
    const Lookup::Roots roots = key.kind == HistoryKind::blob
                                    ? lookup.roots_of_id(key.key)
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
    add_direct(key.key, direct);
    if (!direct.refs.empty() || (all.empty() && options_.unreachable)) {
      const std::string named = names_.path_of(key.key);
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
        all.commit = encode_hex(tag->second.target);
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
    result.commit = encode_hex(id);
    const auto bytes = objects_.read(id);
    const auto commit =
        bytes ? parse_commit(*bytes) : Result<ParsedCommit>(fail("is gone"));
    if (commit) {
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

  const GitLibrary library_;
  const GitRepository repository_;
  const Objects objects_;
  const HistoryOptions options_;
  Diagnostics& diagnostics_;
  const Refs refs_;
  std::string root_;
  std::vector<std::string> ref_names_;
  HistoryCounts counts_;
  std::optional<Commits> commits_;
  std::map<ObjectId, Tag> tags_;
  // By tag object, and by what is no commit: the refs that name it.
  std::map<ObjectId, std::vector<std::uint32_t>> tag_refs_, direct_refs_;
  std::vector<ObjectId> targets_;  // of the refs, through all tags
  std::unordered_map<ObjectId, std::vector<std::size_t>> commits_of_tree_;
  Names names_;
};

}  // namespace

Result<std::unique_ptr<History>> History::open(const HistoryOptions& options,
                                               Diagnostics& diagnostics) {
  const GitLibrary library;
  std::error_code error;
  if (!std::filesystem::exists(options.repository, error)) {
    return fail(options.repository + ": no such file or folder");
  }
  TRY_ASSIGN(GitRepository repository, open_repository(options.repository));
  TRY_ASSIGN(Objects objects, Objects::open(repository.get()));
  return std::make_unique<ReadHistory>(
      std::move(repository), std::move(objects), options, diagnostics);
}

}  // namespace overreach
