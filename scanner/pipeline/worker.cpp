#include "scanner/pipeline/worker.h"

#include <unistd.h>

#include <algorithm>
#include <utility>

namespace overreach {
namespace {

bool fits_any(const std::vector<std::string>& globs, std::string_view id) {
  return std::any_of(globs.begin(), globs.end(), [&](const std::string& glob) {
    return fits_glob(glob, id);
  });
}

bool is_wanted(const ScanOptions& options, std::string_view rule) {
  return (options.only.empty() || fits_any(options.only, rule)) &&
         !fits_any(options.skip, rule);
}

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

Place place_of(const TextSource& text) {
  Place place;
  place.exposure = text.exposure;
  place.source = text.source;
  place.commit = text.commit;
  place.author = text.author;
  place.date = text.date;
  return place;
}

}  // namespace

bool fits_glob(std::string_view glob, std::string_view id) {
  const std::size_t star = glob.find('*');
  if (star == glob.npos) return glob == id;
  if (!id.starts_with(glob.substr(0, star))) return false;
  const std::string_view rest = glob.substr(star + 1);
  for (std::size_t at = star; at <= id.size(); ++at) {
    if (fits_glob(rest, id.substr(at))) return true;
  }
  return false;
}

void Worker::scan_file(const FileSource& file) {
  Place place;
  place.exposure = file.exposure;
  place.source = "tree";
  count(reader_.read_file(file, diagnostics_, [&](const Window& window) {
    match(window, file.path, place);
  }));
}

void Worker::scan_standard_input() {
  Place place;
  place.source = "stdin";
  count(reader_.read_descriptor(
      STDIN_FILENO, "-", diagnostics_,
      [&](const Window& window) { match(window, "-", place); }));
}

void Worker::scan_text(const TextSource& text) {
  find_in(text);
  count(text.text.size(), text.is_file);
  lines += text.added_line_count;
}

void Worker::scan_again(const TextSource& text) {
  const std::size_t before = suppressed;
  find_in(text);
  suppressed = before;
}

std::shared_ptr<const Note> Worker::scan_blob(const TextSource& text,
                                              const StoredObject& blob) {
  const Place place = place_of(text);
  if (blob.stream) {
    count(reader_.read_bytes(
              [&](char* buffer, std::size_t size) {
                return blob.stream->read(buffer, size);
              },
              text.path, diagnostics_,
              [&](const Window& window) { match(window, text.path, place); }),
          text.is_file);
    return nullptr;
  }
  static_assert(kObjectPadding >= kReadPadding);
  std::shared_ptr<const Note> note;
  reader_.read_padded_text(blob.bytes, [&](const Window& window) {
    if (window.is_decoded) {
      match(window, text.path, place);
    } else {
      note = match_version(window, place, text.path, blob.edit);
    }
  });
  count(blob.size, text.is_file);
  return note;
}

void Worker::find_in(const TextSource& text) {
  const Place place = place_of(text);
  const std::size_t before = found.size();
  reader_.read_text(text.text, [&](const Window& window) {
    match(window, text.path, place);
  });
  if (text.added_lines.empty()) return;
  found.erase(
      std::remove_if(found.begin() + static_cast<std::ptrdiff_t>(before),
                     found.end(),
                     [&](const Occurrence& occurrence) {
                       return !is_added(text, occurrence.place);
                     }),
      found.end());
}

void Worker::count(std::optional<std::uint64_t> read, bool is_file) {
  if (!read) return;
  files += is_file;
  bytes += *read;
  progress_.files.fetch_add(is_file, std::memory_order_relaxed);
  progress_.bytes.fetch_add(*read, std::memory_order_relaxed);
}

void Worker::match(const Window& window, std::string_view path,
                   const Place& where) {
  add(window, path, where,
      matcher_.match({path, window.bytes, window.is_binary}, scratch_));
}

std::shared_ptr<const Note> Worker::match_version(const Window& window,
                                                  const Place& where,
                                                  const std::string& path,
                                                  const Edit* edit) {
  const Text text{path, window.bytes, window.is_binary};
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
  if (!trace) return nullptr;
  return std::make_shared<const VersionNote>(path, text.is_binary,
                                             std::move(*trace));
}

void Worker::add(const Window& window, std::string_view path,
                 const Place& where, MatchResult result) {
  suppressed += result.suppressed;
  if (result.candidates.empty()) return;
  // Groups of different windows of one file must not meet.
  const std::uint32_t groups_before = groups_;
  for (Candidate& candidate : result.candidates) {
    if (candidate.end < window.seen_bytes ||
        (window.goes_on && candidate.end == window.bytes.size()) ||
        !is_wanted(options_, candidate.rule->id)) {
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
  progress_.found.store(found.size(), std::memory_order_relaxed);
}

}  // namespace overreach
