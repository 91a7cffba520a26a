// Readers for secrets that have no form but a place: URLs, HTTP headers, key
// files, commands, SQL, and files of a known format.  Each is entered at a hit
// of its word and adds what it finds.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "scanner/match/context.h"
#include "scanner/match/file_kind.h"
#include "scanner/match/finding.h"
#include "scanner/match/name_memo.h"
#include "scanner/match/name_place.h"
#include "scanner/match/named_files.h"
#include "scanner/match/names.h"
#include "scanner/match/stored.h"

namespace overreach {

// Indices of the rules with each finder.
using RulesByFinder = std::array<std::vector<std::uint32_t>, 32>;

// What every reader gets.  All views outlive the call.
struct ReaderInput {
  std::string_view path, name;  // the file's name: the end of its path
  std::string_view text;
  FileKind kind;
  const RuleSet& rules;
  const ContextIndex& contexts;
  const RulesByFinder& by_finder;
  const StoredIndex& stored;
  const NamedFiles& named_files;
  // Who looks further than a few lines says so here.
  std::vector<FarLook>& far_looks;
  NameMemo& names;

  const std::vector<std::uint32_t>& with(Finder finder) const {
    return by_finder[static_cast<std::size_t>(finder)];
  }
};

// Of the rules with this finder: the first whose context words stand around
// text[begin, end), else the first without any.  Null when there is none.
const TokenRule* rule_for(const ReaderInput& input, Finder finder,
                          std::size_t begin, std::size_t end);

// `at` is the first byte of the word.
void read_name(const ReaderInput& input, const NamePlace& name, Findings& out);
void read_insert(const ReaderInput& input, const NamePlace& column,
                 Findings& out);
void read_url(const ReaderInput& input, std::size_t at, Findings& out);
void read_dsn(const ReaderInput& input, std::size_t at, Findings& out);
void read_pem(const ReaderInput& input, std::size_t at, Findings& out);
void read_scheme(const ReaderInput& input, std::size_t at, Findings& out);
void read_jwk(const ReaderInput& input, std::size_t at, Findings& out);
void read_command(const ReaderInput& input, std::size_t at, Findings& out);
// At "mysql" and "jdbc:".
void read_connect(const ReaderInput& input, std::size_t at, Findings& out);
void read_sql(const ReaderInput& input, std::size_t at, Findings& out);
void read_hash_call(const ReaderInput& input, std::size_t at, Findings& out);
void read_call(const ReaderInput& input, std::size_t at, Findings& out);
void read_auth_plain(const ReaderInput& input, std::size_t at, Findings& out);
void read_passwd_command(const ReaderInput& input, std::size_t at,
                         Findings& out);
void read_flags(const ReaderInput& input, std::size_t at, Findings& out);
void read_secure_string(const ReaderInput& input, std::size_t at,
                        Findings& out);

void read_jaas(const ReaderInput& input, std::size_t at, Findings& out);
void read_jdbc(const ReaderInput& input, std::size_t at, Findings& out);
void read_junos(const ReaderInput& input, std::size_t at, Findings& out);
void read_community(const ReaderInput& input, std::size_t at, Findings& out);
// "username a password 0 x", "auth md5 x priv x": behind a hit of a name.
void read_device_line(const ReaderInput& input, std::size_t at, Findings& out);
// "password 7 0822455D0A16": behind a hit of a name.
void read_ios_type_7(const ReaderInput& input, std::size_t at, Findings& out);

// Once per text: files in which tools keep their log-ins.
void read_stored(const ReaderInput& input, Findings& out);
// Once per text: files that are a secret.
void read_named_file(const ReaderInput& input, Findings& out);
// Once per text: .pgpass, .htpasswd, shadow.
void read_known_file(const ReaderInput& input, Findings& out);

}  // namespace overreach
