// Findings that were there before: a team that begins writes them down once,
// and from then on only new ones are reported.
//
// The file is text, sorted, a finding a line:
//
//   # why it may stay, for people
//   9f3c2a1b44d0e7aa railway-account-token until=2027-01-31 moves to the vault
//
// An id is the one of the report: a keyed hash of rule and secret, or of a
// crossing's kind and subject.  So lines may move and files be renamed, and no
// secret is in the file.  Behind the rule stands what people like to say; a
// date ends the entry on that day.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/core/report.h"

namespace overreach {

class Baseline {
 public:
  // Knows nothing.
  Baseline() = default;

  // `now` is seconds since 1970.  The error names the file and the line.
  static Result<Baseline> read(const std::string& path, std::int64_t now);
  static Result<Baseline> parse(std::string_view text, const std::string& path,
                                std::int64_t now);

  // Whether the finding is an entry that has not ended; remembers the question.
  bool knows(const std::string& id);

  // The entries that no finding was asked for, as they stand in the file.
  std::vector<std::string> unused() const;

  // What --write-baseline writes: the entries that were found, as they stand,
  // and all findings of the report.  When not all was read the others stay too:
  // they may be in the rest.
  std::string with(const Report& report) const;

 private:
  struct Entry {
    std::string line;
    bool has_ended = false;
    bool is_found = false;
  };
  std::map<std::string, Entry, std::less<>> entries_;  // by id
};

}  // namespace overreach
