// What a file says, leaf by leaf: every value with the keys that lead to it and
// the place it stands at.  The same table for a dotenv line, a job of a
// workflow and the fallback of an expression in code.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/core/secret.h"

namespace overreach {

enum class Language : std::uint8_t {
  none,  // not a file whose entries are read
  dotenv,
  ini,         // also .cfg, .conf, AWS profiles, Git's config
  properties,  // of Java
  netrc,
  lines,  // a value each: files of patterns, of the name of one thing
  xml,
  procfile,
  makefile,
  dockerfile,
  yaml,
  json,  // with comments and trailing commas, too
  toml,
  hcl,
  bash,
  python,
  javascript,
  typescript,
  tsx,
  go,
  ruby,
  java,
  php,
  csharp,
};

enum class EntryKind : std::uint8_t {
  literal,           // a text bound to a key
  setting,           // a boolean, a number, null; or nothing: an empty block
  reference,         // stands for a value that is elsewhere: see `names`
  fallback,          // what is taken when the reference `parent` has no value
  default_argument,  // of a parameter, a variable block, an ARG
  command_argument,  // one word of a command; the first is the program
};

// What a reference names.
enum class Target : std::uint8_t {
  nothing,
  environment,  // a variable of the process environment: $X, getenv("X")
  secret,       // an entry of a secret store: secrets.X, secretKeyRef
  variable,     // of the same tool: var.x, vars.X, ${self:custom.x}
  resource,     // of the same tool: aws_db_instance.main.id, module.x.y
  file,         // env_file, source, include, COPY, an import of settings
};

// Byte offsets in the text that was read; lines and columns count from 1,
// columns in bytes, and the end is just behind the last byte, as in Place.
struct Span {
  std::uint32_t begin = 0, end = 0;
  std::uint32_t line = 1, column = 1;
  std::uint32_t end_line = 1, end_column = 1;
};

inline constexpr std::uint32_t kNoEntry = 0xffffffff;

// All views are into the EntryList that holds the entry.
struct Entry {
  EntryKind kind = EntryKind::literal;
  Language language = Language::none;  // of this place: bash in a workflow
  Target target = Target::nothing;     // of a reference
  // The value is a template: it has references in it, each with an entry of
  // its own that has this one as `parent`; ${..} stays in `value` as written.
  bool is_template = false;
  // Taken over from an anchor, merge key or variable that stands elsewhere in
  // the file; `span` is where it stands.
  bool is_inherited = false;
  // From 0: the document of a YAML stream, the `#---` part of a properties
  // file.
  std::uint16_t document = 0;
  // Entries of one command, one call or one item of a list share a number that
  // no other group of the file has; 0: none.
  std::uint32_t group = 0;
  // Index in the list: the reference that a fallback belongs to, the template
  // that a reference stands in.  `a || b || "c"`: b's parent is a, c's is b.
  std::uint32_t parent = kNoEntry;

  // From the root, segments joined by '.': "services.api.environment.DB_URL",
  // "resource.aws_db_instance.main.storage_encrypted".  Items of lists go by
  // what names them (`name`, `key`, `id`) or by their number from 0.  A segment
  // that has a '.' or a quote in it is quoted: context."feature/1.2".env.X.
  // In code: classes, functions and the keys of the literals around it.
  std::string_view path;
  std::string_view key;    // the last segment, without quotes
  std::string_view names;  // of a reference: "DB_URL", "secrets.PROD_DB"
  // Without quotes, escapes resolved.  Of a reference as it is written.
  SecretView value;
  Span span;  // of the value, without its quotes

  // The path without the last segment: what the key stands in.
  std::string_view section() const {
    return path.size() > key_bytes ? path.substr(0, path.size() - key_bytes - 1)
                                   : std::string_view();
  }
  std::uint32_t key_bytes = 0;  // of the last segment as it is in `path`
};

// The entries of one file, in the order of the text; owns their bytes.
class EntryList {
 public:
  EntryList() = default;
  EntryList(EntryList&&) noexcept = default;
  EntryList& operator=(EntryList&&) noexcept = default;
  EntryList(const EntryList&) = delete;
  EntryList& operator=(const EntryList&) = delete;
  ~EntryList() = default;

  // Copies the entry and its texts.  `section` as Entry::path has it, may be
  // empty; `key` is quoted where it has to be.  Returns its index.
  std::uint32_t add(Entry entry, std::string_view section,
                    std::string_view key);

  const std::vector<Entry>& entries() const { return entries_; }
  std::vector<Entry>& entries() { return entries_; }

  Language language = Language::none;
  // What was not read and why, one clause each: "nested deeper than 200".
  std::vector<std::string> notes;

 private:
  std::string_view keep(std::string_view text);
  std::string_view keep_path(std::string_view section, std::string_view key,
                             std::uint32_t& key_bytes);

  std::vector<Entry> entries_;
  std::vector<std::unique_ptr<char[]>> chunks_;  // stay where they are
  std::size_t room_ = 0;                         // bytes left in the last one
  char* next_ = nullptr;
};

// Appends a segment to a path, with a '.' and quotes where they are needed.
void append_segment(std::string& path, std::string_view segment);

// The segments of a path, without quotes.
std::vector<std::string> segments_of(std::string_view path);

std::string_view to_string(Language value);
std::string_view to_string(EntryKind value);
std::string_view to_string(Target value);

}  // namespace overreach
