// Keeps secrets out of everything that is not the secret itself: a path, a
// name, a claim or a message may quote the text a secret stands in.  (The
// secret itself is shown by shown_secret() and by nothing else.)
//
// The promise of every format is that no 12 bytes in a row of any secret of
// the report are shown.  So all 12-byte windows of all secrets are kept as
// hashes, and a text loses each run that it shares with one of them, whichever
// credential it belongs to.  A shorter secret is taken out only whole and only
// where its own credential speaks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/core/report.h"

namespace overreach {

class Redactor {
 public:
  // With `show_secrets` every text stays as it is.
  Redactor(const Report& report, const OutputOptions& options);

  // O(size of text), whatever the number of secrets.
  std::string operator()(std::string_view text) const;

  // A path or a key.  A short secret that is a plain word or number stays: with
  // the password "postgres", docker/postgres/init.sql has to keep its name and
  // says nothing.  So does a long one that is what folders are called, but as a
  // whole word only.
  // `owner` may be null: a crossing belongs to no credential.
  std::string name(std::string_view text,
                   const Credential* owner = nullptr) const;

  // What the token says of itself: the secret goes, however plain it is.
  std::string fact(std::string_view text, const Credential& owner) const;

 private:
  enum class Names { hide, keep };
  std::string without_secrets(std::string_view text, Names names) const;
  bool is_in_name(std::string_view text, std::size_t from,
                  std::size_t to) const;

  void add(const Credential& credential);
  std::size_t slot_of(std::uint64_t hash) const;
  void insert(std::uint64_t hash);
  bool contains(std::uint64_t hash) const;

  bool show_secrets_;
  std::vector<std::uint32_t> table_;  // open addressing; 0 is a free slot
  std::vector<std::size_t> names_;    // hashes of long secrets that are names
};

}  // namespace overreach
