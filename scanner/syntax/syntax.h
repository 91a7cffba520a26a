// One file -> the entries in it: values with the keys that lead to them, what
// they refer to, and what they fall back to.  See README.md of this folder.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "scanner/core/entry.h"

namespace overreach {

class Tree;

// What a file is written in, by its name alone; `none` for what has no entries
// that matter: documentation, lock files, sources of other languages.
Language language_of(std::string_view path);

// Whether a text can have entries that say anything about environments, by a
// fast look for a few words: programs that read the environment or choose by
// its name, scripts that deploy, documents that speak of any of it.  What was
// generated or minified has none.
bool may_matter(Language language, std::string_view path,
                std::string_view text);

// Files are read whole; what is longer is not, and has a note.
inline constexpr std::size_t kMaxSyntaxBytes = std::size_t{1} << 20;

// Belongs to one thread and reuses its memory.
class Syntax {
 public:
  Syntax();
  ~Syntax();
  Syntax(const Syntax&) = delete;
  Syntax& operator=(const Syntax&) = delete;

  // The entries of a file.  `text` is all of it, in UTF-8, and only has to live
  // during the call.  Never fails: what could not be read is in the notes.
  EntryList entries(Language language, std::string_view text);

 private:
  std::unique_ptr<Tree> tree_;
};

}  // namespace overreach
