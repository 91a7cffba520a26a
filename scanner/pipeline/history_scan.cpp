#include "scanner/pipeline/history_scan.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

#include "scanner/base/digest.h"
#include "scanner/base/program_build.h"
#include "scanner/pipeline/versions.h"
#include "scanner/walk/walk.h"

namespace overreach {
namespace {

// Stands in for the commit of what came from one.
constexpr const char* kNotYetKnown = "?";

// `source` may be that of a text before: its memory is used again.
void describe(const HistoryText& text, TextSource& source) {
  source.path = text.path;
  source.text = text.object ? std::string_view() : text.bytes;
  source.source = source_of(text.kind);
  const bool is_settings = text.kind == HistoryKind::settings;
  source.commit = is_settings ? "" : kNotYetKnown;
  source.exposure = is_settings ? Exposure::untracked : Exposure::history;
  source.is_file = is_settings || text.kind == HistoryKind::blob;
}

std::string_view rule_of(const Sightings& sightings,
                         const Sightings::Sighting& sighting) {
  return sightings.unit(sighting.unit).front().rule->id;
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
    options.load_known = [&] { return load_state(file, state_key()); };
  }
  TRY_ASSIGN(std::unique_ptr<History> history,
             History::open(std::move(options), diagnostics_));
  placed_ = take_found();
  Sightings sightings = read_all(*history);
  if (root_.empty()) root_ = history->root();
  counts_.blobs += history->counts().blobs;
  counts_.commits += history->counts().commits;
  const bool is_unchanged = history->is_unchanged();
  keeps_state_ = !is_unchanged && !options_.history->state_file.empty();
  if (keeps_state_) state_ = history->state();
  // What is left are the settings.
  for (Occurrence& occurrence : take_found()) {
    occurrence.place.path = prefix + occurrence.place.path;
    placed_.push_back(std::move(occurrence));
  }
  if (is_unchanged) {
    TRY(place_known(*history, std::move(sightings)));
  } else {
    place(*history, prefix, std::move(sightings));
  }
  workers_.front()->found = std::move(placed_);
  // To let go of packs takes milliseconds, in which the report can be made.
  const auto how =
      workers_.size() > 1 ? std::launch::async : std::launch::deferred;
  closing_ =
      std::async(how, [old = std::move(history)]() mutable { old.reset(); });
  return {};
}

Sightings HistoryScan::read_all(History& history) {
  std::vector<Sightings> seen(workers_.size());
  std::vector<TextSource> sources(workers_.size());
  history.read([&](int worker, const HistoryText& text) {
    const auto index = static_cast<std::size_t>(worker);
    Worker& to = *workers_[index];
    TextSource& source = sources[index];
    describe(text, source);
    std::shared_ptr<const Note> note;
    if (text.object) {
      note = to.scan_blob(source, *text.object, text.lines);
    } else {
      to.scan_text(source);
    }
    if (text.kind != HistoryKind::settings && !to.found.empty()) {
      seen[index].add(text.kind, text.key, source.path, to.found);
      to.found.clear();
    }
    return note;
  });
  for (std::size_t i = 1; i < seen.size(); ++i) seen.front().merge(seen[i]);
  return std::move(seen.front());
}

bool HistoryScan::scan_whole(const History& history, const std::string& key,
                             const std::string& path, Sightings& sightings) {
  const std::optional<std::string> text = history.blob(key);
  if (!text) return false;
  Worker& worker = *workers_.front();
  TextSource source;
  describe({HistoryKind::blob, key, path, *text}, source);
  worker.scan_again(source);
  sightings.add(HistoryKind::blob, key, path, worker.found);
  worker.found.clear();
  return true;
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

// Another program, other rules or depths find other things in the same objects.
std::string HistoryScan::state_key() const {
  std::string all = sha256(program_build()) + options_.version;
  for (const auto& text : rules_.storage) all += sha256(*text);
  for (const auto* const globs :
       {&options_.only, &options_.skip, &options_.excludes}) {
    for (const std::string& glob : *globs) all += '\0' + glob;
    all += '\1';
  }
  all += options_.history->unreachable ? '\1' : '\0';
  all += static_cast<char>(options_.archive_depth);
  all += static_cast<char>(options_.decode_depth);
  return sha256(all);
}

Status HistoryScan::save_state() const {
  if (!keeps_state_) return {};
  return overreach::save_state(options_.history->state_file, state_key(),
                               state_);
}

void HistoryScan::place(History& history, const std::string& prefix,
                        Sightings sightings) {
  // The texts, and which of all sightings are in each; in an order of their
  // own.
  struct Range {
    std::size_t begin, end;
  };
  std::map<std::pair<HistoryKind, std::string_view>, Range> by_text;
  const std::size_t count = sightings.all().size();
  for (std::size_t i = 0; i < count; ++i) {
    const Sightings::Text& text = sightings.text(sightings.all()[i].text);
    by_text.try_emplace({text.kind, text.key}, Range{i, i}).first->second.end =
        i + 1;
  }
  std::vector<HistoryKey> keys;
  for (const auto& [key, range] : by_text) {
    keys.push_back({key.first, std::string(key.second)});
    if (key.first == HistoryKind::name) {
      state_.found_in_names = true;
    } else {
      state_.found.emplace_back(key.second);
    }
  }
  const auto lists = history.appearances(keys);
  const auto is_excluded = exclusion(options_.excludes);
  Versions versions(sightings);
  std::size_t index = 0;
  for (const auto& [key, range] : by_text) {
    for (const Appearance& appearance : lists[index]) {
      if (is_excluded(appearance.path)) continue;
      auto [begin, end] = range;
      // What a file's name says about it may change what is found in it.
      const std::size_t before = sightings.all().size();
      if (key.first == HistoryKind::blob &&
          appearance.path != sightings.text(sightings.all()[begin].text).path &&
          scan_whole(history, keys[index].key, appearance.path, sightings)) {
        begin = before;
        end = sightings.all().size();
      }
      for (std::size_t i = begin; i < end; ++i) {
        versions.add(i, appearance);
      }
    }
    ++index;
  }
  const std::vector<std::uint32_t> again =
      keeps_state_ ? versions.few_sightings() : std::vector<std::uint32_t>();
  for (Versions::Placed& each : versions.placed(history, prefix)) {
    append_occurrences(sightings.unit(each.unit), each.places, groups_,
                       placed_);
    if (keeps_state_) {
      remember(sightings, again[each.record], std::move(each.places));
    }
  }
  if (!history.hide_names(state_.findings)) {
    state_.refs.clear();
    state_.findings.clear();
  }
  if (keeps_state_) remember_problems(history, sightings);
}

// What could not be read though it is there is tried again next time: then
// nothing is remembered.  Nor when the name of what is missing is a secret.
void HistoryScan::remember_problems(const History& history,
                                    const Sightings& sightings) {
  auto problems = history.lasting_problems();
  keeps_state_ = problems.has_value();
  if (!problems) return;
  for (const Sightings::Sighting& each : sightings.all()) {
    if (sightings.text(each.text).kind != HistoryKind::name) continue;
    for (const Candidate& candidate : sightings.unit(each.unit)) {
      const std::string_view secret = candidate.secret.reveal();
      keeps_state_ =
          keeps_state_ &&
          std::none_of(problems->begin(), problems->end(),
                       [&](const Problem& problem) {
                         return problem.path.find(secret) != std::string::npos;
                       });
    }
  }
  state_.problems = std::move(*problems);
}

// For the next audit: where it can be seen again.
void HistoryScan::remember(const Sightings& sightings, std::uint32_t sighting,
                           std::vector<Place> places) {
  const Sightings::Sighting& seen = sightings.all()[sighting];
  const Sightings::Text& text = sightings.text(seen.text);
  const auto positions = sightings.positions(seen);
  Lines lines{positions.front().line, positions.front().end_line};
  for (const Sightings::Position& part : positions) {
    lines = {std::min(lines.first, part.line),
             std::max(lines.last, part.end_line)};
  }
  state_.findings.push_back({text.kind, text.key, text.path, text.member,
                             positions.front().line, positions.front().column,
                             lines, std::string(rule_of(sightings, seen)),
                             std::move(places)});
}

// What an earlier audit told of the same repository, with what it keeps to
// itself: the secrets.
Status HistoryScan::place_known(const History& history, Sightings sightings) {
  using Key = std::tuple<std::string_view, std::string_view, std::string_view,
                         std::string_view, std::uint32_t, std::uint32_t>;
  std::map<Key, std::size_t> by_place;  // of all sightings
  std::size_t told = 0;
  const auto tell = [&] {
    for (; told < sightings.all().size(); ++told) {
      const Sightings::Sighting& each = sightings.all()[told];
      const Sightings::Text& text = sightings.text(each.text);
      const Sightings::Position& at = sightings.positions(each).front();
      by_place.emplace(Key(text.key, text.path, text.member,
                           rule_of(sightings, each), at.line, at.column),
                       told);
    }
  };
  const auto find = [&](const KnownFinding& known) -> const Sightings::Unit* {
    const auto found = by_place.find(Key(known.key, known.path, known.member,
                                         known.rule, known.line, known.column));
    if (found == by_place.end()) return nullptr;
    const auto& unit = sightings.unit(sightings.all()[found->second].unit);
    return unit.size() == known.places.size() ? &unit : nullptr;
  };
  tell();
  for (const KnownFinding& known : history.known_findings()) {
    const Sightings::Unit* unit = find(known);
    if (!unit && known.kind == HistoryKind::blob) {
      // One that more than the lines around it decides about.
      scan_whole(history, known.key, known.path, sightings);
      tell();
      unit = find(known);
    }
    if (!unit) {
      return fail(options_.history->state_file +
                  ": does not fit the repository; without it everything is "
                  "read anew");
    }
    append_occurrences(*unit, known.places, groups_, placed_);
  }
  return {};
}

}  // namespace overreach
