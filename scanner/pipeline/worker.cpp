#include "scanner/pipeline/worker.h"

#include <unistd.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "scanner/environment/environment.h"
#include "scanner/pipeline/judge.h"
#include "scanner/privilege/privilege.h"

namespace overreach {
namespace {

// How much is read before the others are told: to count each file where all
// threads count makes them wait for one another.
constexpr std::uint64_t kFilesToTell = 64;
constexpr std::uint64_t kBytesToTell = std::uint64_t{1} << 20;

bool is_added(const TextSource& text, const Place& place) {
  return std::any_of(
      text.added_lines.begin(), text.added_lines.end(), [&](const auto& run) {
        return place.line <= run.second && place.end_line >= run.first;
      });
}

// Of a blob that others may be differences to.
class VersionNote : public Note {
 public:
  VersionNote(std::string path_given, bool is_binary_given, Trace trace_given)
      : path(std::move(path_given)),
        is_binary(is_binary_given),
        trace(std::move(trace_given)) {}
  const std::string path;
  const bool is_binary;
  const Trace trace;
};

// `place` may be that of a text before.
void describe(const TextSource& text, Place& place) {
  place.exposure = text.exposure;
  place.source = text.source;
  place.commit = text.commit;
  place.author = text.author;
  place.date = text.date;
}

// Beside a key as well: a deployment may hold both, as base64.
bool may_hold_certificates(std::string_view path, const MatchResult& result) {
  return is_certificate_file(path) ||
         std::any_of(result.candidates.begin(), result.candidates.end(),
                     [](const Candidate& candidate) {
                       return candidate.rule->id.starts_with("private-key");
                     });
}

}  // namespace

Worker::Worker(const Matcher& matcher, const ScanOptions& options,
               Diagnostics& diagnostics, Progress& progress)
    : matcher_(matcher),
      reads_entries_(wants_crossings(options) || options.reach),
      archive_depth_(options.archive_depth),
      reader_({options.max_file_bytes}),
      archives_(
          {.depth = options.archive_depth, .read = {options.max_file_bytes}}),
      diagnostics_(diagnostics),
      progress_(progress) {}

void Worker::scan_file(const FileSource& file) {
  Place place;
  place.exposure = file.exposure;
  place.source = file.source;
  const auto look = [&](std::string_view path, const Window& window) {
    look_at(window, path, place);
  };
  bool is_unpacked = false;
  const auto open_or_look = [&](const Window& window) {
    if (opens(window)) {
      is_unpacked = archives_.read_file(file, diagnostics_, look);
    }
    if (!is_unpacked) look(file.path, window);
  };
  // By reference: a copy needs memory, and this is done for every file.
  count(reader_.read_file(file, diagnostics_, std::ref(open_or_look)));
}

void Worker::scan_standard_input() {
  Place place;
  place.source = "stdin";
  count(reader_.read_descriptor(
      STDIN_FILENO, "-", diagnostics_,
      [&](const Window& window) { look_at(window, "-", place); }));
}

void Worker::scan_text(const TextSource& text) {
  scan_version(text);
  add_change(text);
}

void Worker::scan_version(const TextSource& text) {
  find_in(text);
  count(text.text.size(), text.is_file);
  lines += text.added_line_count;
}

void Worker::look_at_end(const TextSource& text) {
  found.swap(standing);
  scan_again(text);
  found.swap(standing);
}

void Worker::scan_again(const TextSource& text) {
  const std::size_t before = suppressed;
  find_in(text);
  suppressed = before;
  add_change(text);
}

std::shared_ptr<const Note> Worker::scan_blob(
    const TextSource& text, const StoredObject& blob,
    std::span<const Lines> known_lines) {
  describe(text, place_);
  if (blob.stream) {
    scan_stream(text, blob);
    return nullptr;
  }
  static_assert(kObjectPadding >= kReadPadding);
  std::shared_ptr<const Note> note;
  reader_.read_padded_text(blob.bytes, [&](const Window& window) {
    if (opens(window) &&
        archives_.read_bytes(blob.bytes, text.path, diagnostics_,
                             [&](std::string_view path, const Window& member) {
                               match(member, path, place_);
                             })) {
      return;
    }
    if (window.is_decoded) {
      match(window, text.path, place_);
    } else if (!known_lines.empty()) {
      add(window, text.path, place_,
          matcher_.match_near({text.path, window.bytes, window.is_binary},
                              known_lines, scratch_));
    } else {
      note = match_version(window, place_, text.path, blob);
    }
  });
  count(blob.size, text.is_file);
  return note;
}

void Worker::scan_stream(const TextSource& text, const StoredObject& blob) {
  const ByteSource all = [&](char* buffer, std::size_t room) {
    return blob.stream->read(buffer, room);
  };
  Peek peek(all);
  const ByteSource source = [&](char* buffer, std::size_t room) {
    return peek.read(buffer, room);
  };
  const auto look = [&](std::string_view path, const Window& window) {
    match(window, path, place_);
  };
  if (archive_depth_ > 0 && is_archive(peek.first())) {
    archives_.read_stream(source, text.path, diagnostics_, look);
    count(blob.size, text.is_file);
  } else {
    count(reader_.read_bytes(
              source, text.path, diagnostics_,
              [&](const Window& window) { look(text.path, window); }),
          text.is_file);
  }
}

void Worker::find_in(const TextSource& text) {
  describe(text, place_);
  const std::size_t before = found.size();
  // Of a commit's text another version may follow: its settings do not stand
  // beside those of other files.
  const bool is_version = !text.commit.empty();
  const auto look = [&](std::string_view path, const Window& window) {
    if (is_version) {
      match(window, path, place_);
    } else {
      look_at(window, path, place_);
    }
  };
  bool is_unpacked = false;
  reader_.read_text(text.text, [&](const Window& window) {
    if (opens(window)) {
      is_unpacked =
          archives_.read_bytes(text.text, text.path, diagnostics_, look);
    }
    if (!is_unpacked) look(text.path, window);
  });
  // An archive is new as a whole.
  if (is_unpacked || text.added_lines.empty()) return;
  found.erase(
      std::remove_if(found.begin() + static_cast<std::ptrdiff_t>(before),
                     found.end(),
                     [&](const Occurrence& occurrence) {
                       return !is_added(text, occurrence.place);
                     }),
      found.end());
}

void Worker::add_change(const TextSource& text) {
  // The variables of the process are no change of anything.
  if (text.exposure != Exposure::process) {
    seen.add_change(text.path, text.added_lines);
  }
}

// Whether a file that begins with the window is taken for an archive.
bool Worker::opens(const Window& window) const {
  return archive_depth_ > 0 && window.is_binary && window.first_line == 1 &&
         window.first_column == 1 && is_archive(window.bytes);
}

void Worker::count(std::optional<std::uint64_t> read, bool is_file) {
  if (!read) return;
  files += is_file;
  bytes += *read;
  untold_files_ += is_file;
  untold_bytes_ += *read;
  if (untold_files_ < kFilesToTell && untold_bytes_ < kBytesToTell) return;
  progress_.files.fetch_add(untold_files_, std::memory_order_relaxed);
  progress_.bytes.fetch_add(untold_bytes_, std::memory_order_relaxed);
  untold_files_ = untold_bytes_ = 0;
}

void Worker::look_at(const Window& window, std::string_view path,
                     const Place& where) {
  const std::size_t before = found.size() + seen.files.size();
  match(window, path, where);
  if (reads_entries_) read_entries(window, path, where);
  if (found.size() + seen.files.size() > before) {
    seen.add_markers(path, window.bytes, window.first_line);
  }
}

// Entries need the whole file.
void Worker::read_entries(const Window& window, std::string_view path,
                          const Place& where) {
  const Language language = language_of(path);
  if (language == Language::none || window.is_binary || window.seen_bytes > 0 ||
      window.first_line > 1 || !may_matter(language, path, window.bytes)) {
    return;
  }
  if (window.goes_on || window.bytes.size() > kMaxSyntaxBytes) {
    diagnostics_.left_out(path, "its settings: larger than 1 MB");
    return;
  }
  EntryList list = syntax_.entries(language, window.bytes);
  for (const std::string& note : list.notes) {
    diagnostics_.left_out(path, "in part, for crossings: " + note);
  }
  if (list.entries().empty()) return;
  seen.files.push_back(
      {std::string(path), where.source, where.exposure, PackedEntries(list)});
}

void Worker::match(const Window& window, std::string_view path,
                   const Place& where) {
  add(window, path, where,
      matcher_.match({path, window.bytes, window.is_binary}, scratch_));
}

std::shared_ptr<const Note> Worker::match_version(const Window& window,
                                                  const Place& where,
                                                  const std::string& path,
                                                  const StoredObject& blob) {
  const Text text{path, window.bytes, window.is_binary};
  const Edit* const edit = blob.edit;
  const auto* const base =
      edit ? static_cast<const VersionNote*>(edit->base_note.get()) : nullptr;
  std::optional<Trace> trace;
  // What a file's name and kind say about it changes what is found in it.
  if (base && base->path == path && base->is_binary == text.is_binary) {
    add(window, path, where,
        matcher_.match_changed(text, edit->change, base->trace, scratch_,
                               trace));
  } else {
    add(window, path, where, matcher_.match(text, scratch_, trace));
  }
  if (!trace || !blob.is_base) return nullptr;
  return std::make_shared<const VersionNote>(path, text.is_binary,
                                             std::move(*trace));
}

void Worker::add(const Window& window, std::string_view path,
                 const Place& where, MatchResult result) {
  suppressed += result.suppressed;
  if (may_hold_certificates(path, result)) seen.certificates.add(window.bytes);
  if (result.candidates.empty()) return;
  // Groups of different windows of one file must not meet.
  const std::uint32_t groups_before = groups_;
  for (Candidate& candidate : result.candidates) {
    if (candidate.end < window.seen_bytes ||
        (window.goes_on && candidate.end == window.bytes.size())) {
      continue;
    }
    if (candidate.group != 0) candidate.group += groups_before;
    groups_ = std::max(groups_, candidate.group);
    Place place = where;
    place.path = path;
    place.key = candidate.key;
    place.line = candidate.line + window.first_line - 1;
    place.end_line = candidate.end_line + window.first_line - 1;
    const std::uint32_t shift = window.first_column - 1;
    place.column = candidate.column + (candidate.line == 1 ? shift : 0);
    place.end_column =
        candidate.end_column + (candidate.end_line == 1 ? shift : 0);
    found.push_back({std::move(candidate), std::move(place)});
  }
}

}  // namespace overreach
