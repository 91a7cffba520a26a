// A whole history: every blob that anything of a repository ever held, each
// once, the messages of its commits and tags, the names of its files; and for
// what was found in them where it stands: path, the commit that brought it,
// whether HEAD still has it, which refs reach it.
//
//   read() takes the objects in the order in which they are stored, which is
//   what makes it fast; no commit is compared with another.  What is asked
//   about afterwards is looked up in what was kept of the trees (views.h), so
//   that a history without findings costs nothing more.
//
// Nothing is written into the repository and no other program is run.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/core/diagnostics.h"
#include "scanner/git/object.h"
#include "scanner/history/clone.h"
#include "scanner/history/state.h"

namespace overreach {

// A submodule's repository, where Git keeps it: in that of the repository
// around it, below "modules".
struct Submodule {
  std::string name;  // its path, unless it was moved
  std::string folder;
};

// Those that were fetched, and theirs, sorted by name.
Result<std::vector<Submodule>> submodules_of(const std::string& repository);

struct HistoryOptions {
  std::string repository = ".";  // a folder in a work tree, or a bare one
  bool unreachable = false;      // also what no ref leads to
  std::optional<std::uint64_t> max_file_bytes;
  int threads = 1;
  // What an earlier audit has read; empty: nothing.
  HistoryState known;
  // Where that has to be read first; called once, beside the opening.
  std::function<Result<HistoryState>()> load_known;
};

// The paths of messages.
inline constexpr const char* kCommitMessage = "(commit message)";
inline constexpr const char* kTagMessage = "(tag message)";

// Views are valid while the consumer runs.
struct HistoryText {
  HistoryKind kind;
  // What appearances() wants to know: the id, as bytes, or the name.  Empty for
  // settings, which stand where `path` says.
  std::string_view key;
  // One of those it has or had, to tell its kind; of a name nothing.
  std::string_view path;
  std::string_view bytes;
  // Of a blob: how it is stored; one that is too large to be held has its bytes
  // there, as a stream.
  const StoredObject* object = nullptr;
  // Of a blob whose findings are known: where they stand, sorted.
  std::span<const Lines> lines = {};
};
// Returns what it wants to know again about a blob when one that is stored as
// a difference to it comes; or null.
using HistoryConsumer = std::function<std::shared_ptr<const Note>(
    int worker, const HistoryText& text)>;

// One place of a text in the history.
struct Appearance {
  std::string path;
  // The commit that brought it, counted with parents before children.
  std::optional<std::size_t> order;
  std::optional<bool> in_head;
  std::size_t number = 0;  // for origin_of() and reaching()
};

// As in Place.  All empty when there is no commit.
struct CommitOrigin {
  std::string commit, author, date;
};

// The first of ref_names() that lead to something, as places there, and how
// many more do.
struct Reaching {
  static constexpr std::size_t kMost = 5;
  std::vector<std::uint32_t> refs;
  std::uint64_t more = 0;
};

struct HistoryKey {
  HistoryKind kind;
  std::string key;
};

struct HistoryCounts {
  std::uint64_t blobs = 0, commits = 0;
};

class History {
 public:
  // Fails when there is no repository there, when it is somebody else's, or of
  // a kind that cannot be read.  What is missing or broken in it goes to the
  // diagnostics, which must outlive this object.
  static Result<std::unique_ptr<History>> open(HistoryOptions options,
                                               Diagnostics& diagnostics);
  virtual ~History() = default;

  virtual const std::string& root() const = 0;  // as in StagedChange, absolute
  // Every text once; `worker` is 0 .. threads-1.  Of a history that is known
  // only what is new and what something was found in.
  virtual void read(const HistoryConsumer& consumer) = 0;
  // Nothing is new, and refs lead where they led: what is known of findings
  // holds.  read() then takes only the texts of those, for each path that they
  // are known by.
  virtual bool is_unchanged() const = 0;
  // Then what is known; of what is found in names only here.
  virtual const std::vector<KnownFinding>& known_findings() const = 0;
  virtual HistoryCounts counts() const = 0;

  // Once after read(), for no keys too: says what is missing.  One list for
  // each key, sorted by path; an empty one for what no ref leads to, unless
  // that was asked for.
  virtual std::vector<std::vector<Appearance>> appearances(
      const std::vector<HistoryKey>& keys) = 0;
  // Both of what appearances() told.  Each of `groups` is some of its numbers:
  // versions of a file that are one to the caller.
  virtual CommitOrigin origin_of(const Appearance& appearance) const = 0;
  virtual std::vector<Reaching> reaching(
      const std::vector<std::vector<std::size_t>>& groups) const = 0;
  virtual const std::vector<std::string>& ref_names() const = 0;
  // All of its objects and where its refs lead, for the next audit; of the rest
  // of a state nothing.
  virtual HistoryState state() const = 0;
  // After appearances(): what is missing, and what of its objects was left out;
  // that stays so for these objects.  Nothing when one could not be read that
  // is there: the next audit has to try again.
  virtual std::optional<std::vector<Problem>> lasting_problems() const = 0;
  // Takes what is found in names out of texts that are to be saved.  False when
  // that cannot be.
  virtual bool hide_names(std::vector<KnownFinding>& findings) const = 0;
  // The content of a blob.
  virtual std::optional<std::string> blob(std::string_view key) const = 0;
};

}  // namespace overreach
