// Files and credentials as the crossing stage gets them, written shortly.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scanner/core/labelled_file.h"
#include "scanner/crossing/crossing.h"
#include "scanner/environment/environment.h"

namespace overreach {

// A file that is put together entry by entry.  A path is "a.b.KEY"; a last
// segment with a dot in it has to be quoted.
class FileMaker {
 public:
  explicit FileMaker(std::string path) : path_(std::move(path)) {}

  FileMaker& literal(std::string_view path, std::string_view value) {
    add(EntryKind::literal, path, value);
    return *this;
  }
  FileMaker& setting(std::string_view path, std::string_view value) {
    add(EntryKind::setting, path, value);
    return *this;
  }
  FileMaker& reference(std::string_view path, Target target,
                       std::string_view names) {
    Entry entry = made(EntryKind::reference);
    entry.target = target;
    entry.names = names;
    last_reference_ = put(entry, path);
    return *this;
  }
  // Of the reference before it.
  FileMaker& or_literal(std::string_view path, std::string_view value) {
    Entry entry = made(EntryKind::fallback);
    entry.value = SecretView(value);
    entry.parent = last_reference_;
    put(entry, path);
    return *this;
  }
  FileMaker& or_reference(std::string_view path, Target target,
                          std::string_view names) {
    Entry entry = made(EntryKind::reference);
    entry.target = target;
    entry.names = names;
    entry.parent = last_reference_;
    put(entry, path);
    return *this;
  }
  FileMaker& command(std::string_view path,
                     std::initializer_list<std::string_view> words) {
    ++groups_;
    for (const std::string_view word : words) {
      Entry entry = made(EntryKind::command_argument);
      entry.group = groups_;
      entry.value = SecretView(word);
      put(entry, path);
    }
    return *this;
  }

  LabelledFile labelled() {
    LabelledFile file = label_entries(path_, std::move(list_));
    file.source = "tree";
    return file;
  }

 private:
  Entry made(EntryKind kind) {
    Entry entry;
    entry.kind = kind;
    entry.span.line = entry.span.end_line = ++line_;
    return entry;
  }
  void add(EntryKind kind, std::string_view path, std::string_view value) {
    Entry entry = made(kind);
    entry.value = SecretView(value);
    put(entry, path);
  }
  std::uint32_t put(const Entry& entry, std::string_view path) {
    const std::vector<std::string> segments = segments_of(path);
    std::string section;
    for (std::size_t i = 0; i + 1 < segments.size(); ++i) {
      append_segment(section, segments[i]);
    }
    return list_.add(entry, section, segments.empty() ? "" : segments.back());
  }

  std::string path_;
  EntryList list_;
  std::uint32_t line_ = 0, groups_ = 0, last_reference_ = kNoEntry;
};

inline Place place_at(std::string path, std::string key = "") {
  Place place;
  place.path = std::move(path);
  place.key = std::move(key);
  place.source = "tree";
  place.exposure = Exposure::tracked;
  return place;
}

// Labelled as the pipeline labels it.
inline Credential credential_at(std::initializer_list<Place> places,
                                Level level = Level::unknown,
                                std::string provider = "generic",
                                Facts facts = {}) {
  Credential credential;
  credential.id = "c-" + provider + places.begin()->path;
  credential.provider = std::move(provider);
  credential.name = "credential";
  credential.secret = Secret("Harbour2381walnut");
  credential.confidence = Confidence::high;
  credential.reach.level = level;
  credential.facts = std::move(facts);
  credential.places = places;
  label_credentials({&credential, 1}, {});
  return credential;
}

inline std::vector<Crossing> crossings_of(std::vector<LabelledFile> files,
                                          std::vector<Credential> keys = {}) {
  follow_references(files);
  anchor(files);
  return find_crossings(keys, files);
}

inline std::vector<LabelledFile> labelled(
    std::initializer_list<FileMaker*> makers) {
  std::vector<LabelledFile> files;
  for (FileMaker* maker : makers) files.push_back(maker->labelled());
  return files;
}

}  // namespace overreach
