// One thread of a scan: reads texts, matches them, keeps what was found.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/core/diagnostics.h"
#include "scanner/core/source.h"
#include "scanner/history/history.h"
#include "scanner/match/match.h"
#include "scanner/pipeline/credentials.h"
#include "scanner/pipeline/pipeline.h"
#include "scanner/pipeline/seen.h"
#include "scanner/read/read.h"
#include "scanner/syntax/syntax.h"

namespace overreach {

// One thread's scratch and results; nothing of it is shared.
class Worker {
 public:
  // Keeps references to all of them.
  Worker(const Matcher& matcher, const ScanOptions& options,
         Diagnostics& diagnostics, Progress& progress);

  void scan_file(const FileSource& file);
  void scan_standard_input();
  void scan_text(const TextSource& text);
  // Of a commit of a range: the next one may change the same again.
  void scan_version(const TextSource& text);
  // What a range leaves: its settings, and which of what was found `stands`.
  void look_at_end(const TextSource& text);
  // The bytes of `text` come from the blob instead.  Returns what has to be
  // known of it when one comes that is stored as its difference: then only what
  // is new is looked at.
  // When `known_lines` are given, nothing need be found in others.
  std::shared_ptr<const Note> scan_blob(
      const TextSource& text, const StoredObject& blob,
      std::span<const Lines> known_lines = {});
  // A text that was counted before.
  void scan_again(const TextSource& text);

  std::vector<Occurrence> found;
  std::vector<Occurrence> standing;  // at the end of a range; found before
  Seen seen;
  std::size_t suppressed = 0;
  std::uint64_t files = 0, bytes = 0, lines = 0;

 private:
  void find_in(const TextSource& text);
  bool opens(const Window& window) const;
  void scan_stream(const TextSource& text, const StoredObject& blob);
  void add_change(const TextSource& text);
  void count(std::optional<std::uint64_t> read, bool is_file = true);
  // Matches, and reads the entries too.
  void look_at(const Window& window, std::string_view path, const Place& where);
  void read_entries(const Window& window, std::string_view path,
                    const Place& where);
  void match(const Window& window, std::string_view path, const Place& where);
  std::shared_ptr<const Note> match_version(const Window& window,
                                            const Place& where,
                                            const std::string& path,
                                            const StoredObject& blob);
  void add(const Window& window, std::string_view path, const Place& where,
           MatchResult result);

  const Matcher& matcher_;
  const bool reads_entries_;
  const int archive_depth_;
  Matcher::Scratch scratch_;
  Syntax syntax_;
  Reader reader_;
  MemberReader archives_;
  Diagnostics& diagnostics_;
  Progress& progress_;
  std::uint64_t untold_files_ = 0, untold_bytes_ = 0;
  Place place_;               // of the text that is read, but for where in it
  std::uint32_t groups_ = 0;  // the highest number of a group so far
};

}  // namespace overreach
