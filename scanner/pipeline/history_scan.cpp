#include "scanner/pipeline/history_scan.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <tuple>

#include "scanner/base/digest.h"
#include "scanner/walk/walk.h"

namespace overreach {
namespace {

// Refs of one place that a report names; the rest is counted.
constexpr std::size_t kMaxRefs = 5;

constexpr std::string_view kBlob = "history", kMessage = "message",
                           kName = "name", kSettings = "git";

std::string_view source_of(HistoryKind kind) {
  switch (kind) {
    case HistoryKind::blob:
      return kBlob;
    case HistoryKind::message:
      return kMessage;
    case HistoryKind::name:
      return kName;
    case HistoryKind::settings:
      break;
  }
  return kSettings;
}

HistoryKind kind_of(std::string_view source) {
  if (source == kMessage) return HistoryKind::message;
  return source == kName ? HistoryKind::name : HistoryKind::blob;
}

// Without its bytes.  Until its places are known, a text's key stands in for
// its commit.
TextSource described(const HistoryText& text) {
  TextSource source;
  source.path = text.path;
  source.source = source_of(text.kind);
  source.commit = text.key;
  const bool is_settings = text.kind == HistoryKind::settings;
  source.exposure = is_settings ? Exposure::untracked : Exposure::history;
  source.is_file = is_settings || text.kind == HistoryKind::blob;
  return source;
}

TextSource text_of(const HistoryText& text) {
  TextSource source = described(text);
  source.text = text.bytes;
  return source;
}

}  // namespace

Status HistoryScan::read(const std::string& repository,
                         const std::string& prefix) {
  HistoryOptions options;
  options.repository = repository;
  options.unreachable = options_.history->unreachable;
  options.max_file_bytes = options_.max_file_bytes;
  options.threads = static_cast<int>(workers_.size());
  if (const std::string& file = options_.history->state_file; !file.empty()) {
    TRY_ASSIGN(options.known, load_state(file, state_key()));
  }
  TRY_ASSIGN(const std::unique_ptr<History> history,
             History::open(options, diagnostics_));
  placed_ = take_found();
  history->read([&](int worker, const HistoryText& text) {
    Worker& to = *workers_[static_cast<std::size_t>(worker)];
    if (text.object) return to.scan_blob(described(text), *text.object);
    to.scan_text(text_of(text));
    return std::shared_ptr<const Note>();
  });
  if (root_.empty()) root_ = history->root();
  counts_.blobs += history->counts().blobs;
  counts_.commits += history->counts().commits;
  state_ = history->state();
  place(*history, prefix, take_found());
  workers_.front()->found = std::move(placed_);
  return {};
}

std::vector<Occurrence> HistoryScan::take_found() {
  std::vector<Occurrence> found;
  for (const auto& worker : workers_) {
    std::move(worker->found.begin(), worker->found.end(),
              std::back_inserter(found));
    worker->found.clear();
  }
  return found;
}

// Another program or other rules find other things in the same objects.
std::string HistoryScan::state_key() const {
  std::ifstream program("/proc/self/exe", std::ios::binary);
  std::string all{std::istreambuf_iterator<char>(program), {}};
  all = sha256(all) + options_.version;
  for (const auto& text : rules_.storage) all += sha256(*text);
  for (const auto* const globs : {&options_.only, &options_.skip}) {
    for (const std::string& glob : *globs) all += '\0' + glob;
    all += '\1';
  }
  return sha256(all);
}

Status HistoryScan::save_state() const {
  const std::string& file = options_.history->state_file;
  return file.empty() ? Status()
                      : overreach::save_state(file, state_key(), state_);
}

void HistoryScan::place(History& history, const std::string& prefix,
                        std::vector<Occurrence> found) {
  using Key = std::pair<HistoryKind, std::string>;
  std::map<Key, std::vector<const Occurrence*>> by_text;
  for (Occurrence& occurrence : found) {
    Place& where = occurrence.place;
    if (where.source == kSettings) {
      where.path = prefix + where.path;
      placed_.push_back(std::move(occurrence));
    } else {
      by_text[{kind_of(where.source), where.commit}].push_back(&occurrence);
    }
  }
  std::vector<HistoryKey> keys;
  for (const auto& [key, occurrences] : by_text) {
    keys.push_back({key.first, key.second});
    if (key.first == HistoryKind::name) {
      state_.found_in_names = true;
    } else {
      state_.found.push_back(key.second);
    }
  }
  if (keys.empty()) return;
  const auto appearances = history.appearances(keys);
  const std::size_t first_ref = ref_names_.size();
  for (const std::string& name : history.ref_names()) {
    ref_names_.push_back(prefix + name);
  }
  const auto is_excluded = exclusion(options_.excludes);
  std::size_t index = 0;
  for (const auto& [key, occurrences] : by_text) {
    for (const Appearance& appearance : appearances[index]) {
      if (is_excluded(appearance.path)) continue;
      seen_[{prefix + appearance.path, appearance.commit}] = {
          appearance.order, appearance.in_head, first_ref, appearance.refs};
      // What a file's name says about it may change what is found in it.
      std::optional<std::string> text;
      if (key.first == HistoryKind::blob &&
          appearance.path != occurrences.front()->place.path) {
        text = history.blob(key.second);
      }
      if (text) {
        TextSource source =
            text_of({HistoryKind::blob, key.second, appearance.path, *text});
        Worker& worker = *workers_.front();
        worker.scan_again(source);
        for (const Occurrence& each : worker.found) {
          place_one(each, appearance, prefix);
        }
        worker.found.clear();
      } else {
        for (const Occurrence* const each : occurrences) {
          place_one(*each, appearance, prefix);
        }
      }
    }
    ++index;
  }
}

void HistoryScan::place_one(const Occurrence& occurrence,
                            const Appearance& appearance,
                            const std::string& prefix) {
  Occurrence placed = occurrence;
  Place& place = placed.place;
  if (place.source == kName) {
    // The name stands at the end of the path.
    const auto shift = static_cast<std::uint32_t>(
        prefix.size() + appearance.path.size() - place.path.size());
    place.column += shift;
    place.end_column += shift;
  }
  place.path = prefix + appearance.path;
  place.commit = appearance.commit;
  place.author = appearance.author;
  place.date = appearance.date;
  placed_.push_back(std::move(placed));
}

void HistoryScan::settle(std::vector<Credential>& credentials) const {
  for (Credential& credential : credentials) join(credential.places);
}

void HistoryScan::join(std::vector<Place>& places) const {
  struct Joined {
    const Place* first = nullptr;
    std::size_t order = 0;
    std::optional<bool> in_head;
    std::vector<bool> refs;
  };
  // Each message stands alone.
  const auto key_of = [](const Place& place) {
    return std::tuple(place.path, place.source, place.part,
                      place.source == kMessage ? place.commit : "");
  };
  std::map<decltype(key_of(places.front())), Joined> joined;
  for (const Place& place : places) {
    const auto seen = seen_.find({place.path, place.commit});
    const std::size_t order = seen == seen_.end() ? 0 : seen->second.order;
    Joined& into = joined[key_of(place)];
    if (!into.first || order < into.order) {
      into.first = &place;
      into.order = order;
    }
    if (seen == seen_.end()) continue;
    into.refs.resize(ref_names_.size());
    const Seen& found = seen->second;
    for (std::size_t i = 0; i < found.refs.size(); ++i) {
      if (found.refs[i]) into.refs[found.first_ref + i] = true;
    }
    const auto& in_head = seen->second.in_head;
    if (in_head) into.in_head = into.in_head.value_or(false) || *in_head;
  }
  std::vector<Place> kept;
  for (const Place& place : places) {
    const Joined& from = joined[key_of(place)];
    if (from.first != &place) continue;
    Place& last = kept.emplace_back(place);
    last.in_head = from.in_head;
    for (std::size_t ref = 0; ref < from.refs.size(); ++ref) {
      if (!from.refs[ref]) continue;
      if (last.refs.size() < kMaxRefs) {
        last.refs.push_back(ref_names_[ref]);
      } else {
        ++last.more_refs;
      }
    }
  }
  places = std::move(kept);
}

}  // namespace overreach
