// env/test-falls-back-to-main-database: a test that asks for a database of its
// own and takes the program's when there is none.  A test suite that empties
// its tables then empties whatever DATABASE_URL happens to be.

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/crossing/file_kinds.h"
#include "scanner/crossing/finders.h"
#include "scanner/crossing/names.h"

namespace overreach {
namespace {

bool is_code(Language language) {
  return language >= Language::python && language <= Language::csharp;
}

// TEST_DATABASE_URL and DATABASE_URL, DB_TEST_URL and DB_URL.
bool is_without_test(std::string_view asked, std::string_view taken) {
  std::vector<std::string> words = words_of_name(asked);
  const auto is_test = [](const std::string& word) {
    return word == "test" || word == "testing" || word == "tests";
  };
  return std::erase_if(words, is_test) > 0 && words == words_of_name(taken);
}

// What empties tables, as far as entries show it: sync({force: true}),
// "TRUNCATE users".
bool empties(const Entry& entry) {
  const std::string_view value = entry.value.reveal();
  if (entry.key == "force" && value == "true") {
    return entry.section().find("sync") != std::string_view::npos;
  }
  return entry.kind == EntryKind::literal &&
         (value.starts_with("TRUNCATE") || value.starts_with("truncate ") ||
          value.starts_with("DROP ") || value.starts_with("DELETE FROM"));
}

// A file that every process loads and that gives the variable a database which
// others use.
struct Loaded {
  const LabelledFile* file = nullptr;
  std::size_t entry = 0;
};

Loaded hosted_value(const std::vector<LabelledFile>& files,
                    std::string_view name) {
  for (const LabelledFile& file : files) {
    if (file.loaded_by == LoadedBy::those_told || file.is_template ||
        place_label(file, 0).value == EnvironmentClass::test) {
      continue;
    }
    for (std::size_t i = 0; i < file.entries().size(); ++i) {
      if (file.entries()[i].key != name) continue;
      const EntryLabel& label = file.labels[i];
      const EnvironmentLabel& value = value_label(file, i);
      if (label.host == HostKind::hosted_database ||
          (value.is_production() && value.strength >= kSure)) {
        return {&file, i};
      }
    }
  }
  return {};
}

void add(const CrossingInput& input, const LabelledFile& file, std::size_t at,
         std::string_view asked, Collector& collector) {
  const Entry& entry = file.entries()[at];
  Draft draft;
  draft.kind = "env/test-falls-back-to-main-database";
  draft.severity = Severity::low;
  draft.subject = std::string(asked);
  draft.places = {noted(place_of(file, at),
                        "taken when " + std::string(asked) + " is not set")};
  draft.reasons = {{"fallback", "it stands behind " + std::string(asked)},
                   {"path", file.path + " is a test"}};
  draft.message = "Without " + std::string(asked) + " the tests of " +
                  file.path + " use " + std::string(entry.names) +
                  ", the database of the program";
  if (std::any_of(file.entries().begin(), file.entries().end(), empties)) {
    draft.severity = Severity::medium;
    draft.reasons.push_back({"empties", "the file empties tables"});
    draft.message += ", and empty it";
  }
  if (const Loaded loaded = hosted_value(input.files, entry.names);
      loaded.file) {
    draft.severity = Severity::high;
    draft.places.push_back(
        noted(place_of(*loaded.file, loaded.entry), "what it then is"));
    draft.reasons.push_back({"loaded", loaded.file->path +
                                           " sets it to a database that "
                                           "others use"});
    draft.message += "; " + loaded.file->path +
                     " sets it to one that is not of this machine";
  }
  collector.add(std::move(draft));
}

}  // namespace

void find_test_fallbacks(const CrossingInput& input, Collector& collector) {
  for (const LabelledFile& file : input.files) {
    const bool is_test =
        is_test_path(file.path) || file.path.ends_with("conftest.py");
    if (!is_code(file.list.language) || !is_test) continue;
    for (std::size_t i = 0; i < file.entries().size(); ++i) {
      const Entry& entry = file.entries()[i];
      if (entry.kind != EntryKind::reference || entry.parent == kNoEntry ||
          file.labels[i].role != Role::data) {
        continue;
      }
      const Entry& asked = file.entries()[entry.parent];
      if (asked.kind == EntryKind::reference &&
          is_without_test(asked.names, entry.names)) {
        add(input, file, i, asked.names, collector);
      }
    }
  }
}

}  // namespace overreach
