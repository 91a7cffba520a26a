// env/test-database-equals-other: the settings for tests name the database of
// another environment.  Test frameworks empty what they are given.

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/path_pattern.h"
#include "scanner/crossing/finders.h"
#include "scanner/crossing/names.h"
#include "scanner/crossing/terraform.h"

namespace overreach {
namespace {

constexpr std::string_view kKind = "env/test-database-equals-other";

bool is_in_memory(std::string_view name) {
  return name.find(":memory:") != name.npos ||
         name.find("mode=memory") != name.npos;
}

// Not put together when the program runs: "shop_<%= Rails.env %>".
bool is_written(const Entry& entry) {
  return entry.kind == EntryKind::literal && !entry.is_template &&
         entry.value.reveal().find("<%") == std::string_view::npos;
}

// --- Rails: the sections of config/database.yml.

// What decides which database a section opens.
struct Database {
  std::string server, name;  // as written; a URL is both
  bool is_remote = false;    // the server is written, and another machine
  bool is_computed = false;  // the name is decided when the program runs
  std::size_t entry = 0;     // of the name
};

void read_entry(const LabelledFile& file, std::size_t at, Database& database) {
  const Entry& entry = file.entries()[at];
  const EntryLabel& label = file.labels[at];
  const std::string value(entry.value.reveal());
  if (entry.parent != kNoEntry) return;  // a part of a text, or a default
  const bool is_url = entry.key == "url";
  if (is_url || (entry.key == "database" && database.name.empty())) {
    database.name = value;
    database.is_computed = !is_written(entry);
    database.entry = at;
  }
  if (is_url || entry.key == "host") {
    database.server += " " + value;
    database.is_remote =
        is_written(entry) && (!is_url || !label.identity.empty()) &&
        value != "localhost" && !value.starts_with("127.") &&
        !value.starts_with("/") && label.host != HostKind::this_machine;
  } else if (entry.key == "port" || entry.key == "socket") {
    database.server += " " + value;
  }
}

// Of `test:` and `test: {primary: ...}`, by what stands below `test`.
std::map<std::string, Database> databases_of(const LabelledFile& file,
                                             std::string_view environment) {
  std::map<std::string, Database> databases;
  for (std::size_t i = 0; i < file.entries().size(); ++i) {
    const std::string_view section = file.entries()[i].section();
    if (!section.starts_with(environment)) continue;
    const std::string_view below = section.substr(environment.size());
    if (!below.empty() && !below.starts_with('.')) continue;
    read_entry(file, i, databases[std::string(below)]);
  }
  std::erase_if(databases, [](const auto& each) {
    const Database& database = each.second;
    return database.name.empty() || database.is_computed ||
           is_in_memory(database.name);
  });
  return databases;
}

void compare(const LabelledFile& file, std::string_view other,
             Collector& collector) {
  const bool is_production = other == "production";
  const auto of_other = databases_of(file, other);
  for (const auto& [below, database] : databases_of(file, "test")) {
    const auto at = of_other.find(below);
    if (at == of_other.end() || at->second.name != database.name ||
        at->second.server != database.server) {
      continue;
    }
    // Production's "localhost" is another machine than the one tests run on.
    if (is_production && !database.is_remote) continue;
    Draft draft;
    draft.kind = kKind;
    draft.severity = is_production ? Severity::high : Severity::medium;
    draft.is_template = file.is_template;
    draft.subject = "test" + below + " " + std::string(other);
    draft.places = {
        noted(place_of(file, database.entry), "of tests"),
        noted(place_of(file, at->second.entry), "of " + std::string(other))};
    draft.reasons = {
        {"section", "section test"},
        {"same", "the same database as in section " + std::string(other)}};
    draft.message = "Tests in " + file.path + " use the database of " +
                    std::string(other) +
                    ": they empty it before and after they run";
    collector.add(std::move(draft));
  }
}

// --- Django: TEST.NAME beside NAME.

void find_django(const LabelledFile& file, std::size_t at,
                 Collector& collector) {
  const Entry& entry = file.entries()[at];
  const std::string_view section = entry.section();
  constexpr std::string_view kTest = ".TEST";
  if (entry.key != "NAME" || !section.ends_with(kTest) || !is_written(entry) ||
      is_in_memory(entry.value.reveal())) {
    return;
  }
  const std::string_view database =
      section.substr(0, section.size() - kTest.size());
  for (const Entry& other : file.entries()) {
    if (other.key != "NAME" || other.section() != database ||
        !is_written(other) || other.value.reveal() != entry.value.reveal()) {
      continue;
    }
    Draft draft;
    draft.kind = kKind;
    draft.severity = Severity::medium;
    draft.is_template = file.is_template;
    draft.subject = std::string(database);
    draft.places = {noted(place_of(file, at), "NAME of tests is NAME")};
    draft.reasons = {{"same", "TEST.NAME is NAME of " + std::string(database)}};
    draft.message = "Tests with " + file.path +
                    " use the database that the program uses (TEST.NAME is "
                    "NAME): they create and destroy it";
    collector.add(std::move(draft));
    return;
  }
}

// --- Laravel: phpunit.xml sets nothing, so the program's own variables hold.

bool is_phpunit(std::string_view path) {
  return match_path("phpunit.(xml|xml.dist|dist.xml)", path).has_value();
}

bool names_database(const Entry& entry) {
  return entry.key == "DB_DATABASE" || entry.key == "DB_URL" ||
         entry.key == "DATABASE_URL" || entry.key == "DB_CONNECTION";
}

// A trait of Laravel that empties the database, used by a test of the project.
const Entry* emptying_test(const std::vector<LabelledFile>& files,
                           std::string_view folder, std::string& path) {
  for (const LabelledFile& file : files) {
    if (file.list.language != Language::php ||
        !file.path.starts_with(std::string(folder) + "tests/")) {
      continue;
    }
    for (const Entry& entry : file.entries()) {
      if (entry.kind == EntryKind::reference &&
          (entry.names == "RefreshDatabase" ||
           entry.names == "DatabaseMigrations" ||
           entry.names == "DatabaseTruncation")) {
        path = file.path;
        return &entry;
      }
    }
  }
  return nullptr;
}

void find_laravel(const std::vector<LabelledFile>& files,
                  const LabelledFile& file, Collector& collector) {
  const std::string folder(folder_of(file.path));
  const auto& entries = file.entries();
  const auto environment =
      std::find_if(entries.begin(), entries.end(), [](const Entry& entry) {
        return entry.key == "APP_ENV" && entry.value.reveal() == "testing";
      });
  const bool has_own =
      std::any_of(entries.begin(), entries.end(), names_database) ||
      std::any_of(files.begin(), files.end(), [&](const LabelledFile& other) {
        return other.path == folder + ".env.testing";
      });
  if (environment == entries.end() || has_own) return;
  std::string test;
  const Entry* const trait = emptying_test(files, folder, test);
  if (!trait) return;
  Draft draft;
  draft.kind = kKind;
  draft.severity = Severity::medium;
  draft.is_template = file.is_template;
  draft.subject = file.path;
  draft.places = {noted(
      place_of(file, static_cast<std::size_t>(environment - entries.begin())),
      "no DB_DATABASE beside it")};
  draft.reasons = {{"setting", "no DB_DATABASE, DB_CONNECTION or .env.testing"},
                   {"test", std::string(trait->names) + " in " + test}};
  draft.message = file.path + " gives tests no database of their own, and " +
                  test + " uses " + std::string(trait->names) +
                  ": running the tests empties the database of .env";
  collector.add(std::move(draft));
}

}  // namespace

void find_test_databases(const CrossingInput& input, Collector& collector) {
  for (const LabelledFile& file : input.files) {
    if (match_path("config/database.(yml|yaml)", file.path)) {
      compare(file, "production", collector);
      compare(file, "development", collector);
    } else if (file.list.language == Language::python) {
      for (std::size_t i = 0; i < file.entries().size(); ++i) {
        find_django(file, i, collector);
      }
    } else if (is_phpunit(file.path)) {
      find_laravel(input.files, file, collector);
    }
  }
}

}  // namespace overreach
