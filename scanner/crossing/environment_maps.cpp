// env/environment-map-crosses: a map from environments to values, in which
// another environment has production's value:
//
//   {development: "dev.db", test: "prod.db", production: "prod.db"}
//
// Sections that the labels know already (`test:` of database.yml) are compared
// by what they name; this looks at the maps inside of programs and settings.

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "scanner/crossing/finders.h"
#include "scanner/crossing/names.h"

namespace overreach {
namespace {

constexpr std::size_t kLongestWord = 13;  // "nonproduction"

// One value of a map: the path with '@' for the word, and whose it is.
struct Arm {
  std::string map;
  EnvironmentLabel of;
  std::size_t entry;
};

// The first segment of the path that is an environment, and nothing else.
bool read_arm(const Entry& entry, Arm& arm) {
  const std::string_view path = entry.path;
  for (std::size_t begin = 0; begin < path.size();) {
    const std::size_t end = std::min(path.find('.', begin), path.size());
    const std::string_view segment = path.substr(begin, end - begin);
    if (segment.size() <= kLongestWord && words_of_name(segment).size() == 1) {
      arm.of = label_of_name(segment);
      if (arm.of.strength >= kGoodWord) {
        arm.map = std::to_string(entry.document) + " ";
        arm.map.append(path.substr(0, begin)).append("@");
        arm.map.append(path.substr(end));
        return true;
      }
    }
    begin = end + 1;
  }
  return false;
}

// Maps without production have nothing to cross to, and most files have none.
bool may_have_maps(const LabelledFile& file) {
  if (file.is_template) return false;
  return std::any_of(
      file.entries().begin(), file.entries().end(), [](const Entry& entry) {
        return entry.path.find("prod") != std::string_view::npos ||
               entry.path.find("Prod") != std::string_view::npos ||
               entry.path.find("PROD") != std::string_view::npos;
      });
}

std::vector<Arm> arms_of(const LabelledFile& file) {
  std::vector<Arm> arms;
  for (std::size_t i = 0; i < file.entries().size(); ++i) {
    const Entry& entry = file.entries()[i];
    if (entry.kind != EntryKind::literal || entry.is_template ||
        entry.value.empty()) {
      continue;
    }
    Arm arm{{}, {}, i};
    if (read_arm(entry, arm)) arms.push_back(std::move(arm));
  }
  std::stable_sort(arms.begin(), arms.end(), [](const Arm& a, const Arm& b) {
    return std::tie(a.map, a.entry) < std::tie(b.map, b.entry);
  });
  return arms;
}

bool is_database_file(std::string_view value) {
  constexpr std::string_view kEndings[] = {".db", ".db3", ".sqlite",
                                           ".sqlite3"};
  if (value.find_first_of(" \n") != value.npos) return false;
  return std::any_of(
      std::begin(kEndings), std::end(kEndings), [&](std::string_view ending) {
        return value.size() > ending.size() && value.ends_with(ending);
      });
}

// Why a value is production's by itself; null when nothing says so.
const Origin* origin_of(const EntryLabel& label) {
  for (const Origin& origin : label.belongs) {
    if (origin.source != OriginSource::key &&
        is_good_production(origin.label)) {
      return &origin;
    }
  }
  return nullptr;
}

class Maps {
 public:
  Maps(const LabelledFile& file, Collector& collector)
      : file_(file), arms_(arms_of(file)), collector_(collector) {}

  void run() {
    for (std::size_t first = 0; first < arms_.size();) {
      std::size_t last = first + 1;
      while (last < arms_.size() && arms_[last].map == arms_[first].map) ++last;
      read_map(first, last);
      first = last;
    }
  }

 private:
  std::string_view value(const Arm& arm) const {
    return file_.entries()[arm.entry].value.reveal();
  }

  void read_map(std::size_t first, std::size_t last) {
    const auto begin = arms_.begin() + static_cast<std::ptrdiff_t>(first);
    const auto end = arms_.begin() + static_cast<std::ptrdiff_t>(last);
    const auto production = std::find_if(
        begin, end, [](const Arm& arm) { return arm.of.is_production(); });
    if (production == end) return;
    // Where all are the same the map may only be a form to fill in.
    const bool differs = std::any_of(begin, end, [&](const Arm& arm) {
      return value(arm) != value(*production);
    });
    for (auto arm = begin; arm != end; ++arm) {
      if (!arm->of.is_production()) compare(*arm, *production, differs);
    }
  }

  void compare(const Arm& arm, const Arm& production, bool differs) {
    const EntryLabel& label = file_.labels[arm.entry];
    const bool is_file = is_database_file(value(arm));
    const bool opens_data = label.role == Role::data || is_file;
    if (!opens_data || label.host == HostKind::this_machine) return;
    const Origin* const origin = origin_of(label);
    const bool says_production =
        origin || (is_file && names_production(value(arm)));
    // What has no identity is a port or a region as likely as a database.
    const bool is_same =
        value(arm) == value(production) && (is_file || !label.identity.empty());
    if ((!says_production && !is_same) || is_told(arm, production)) return;
    // The same name on everybody's own server: app_production, restored there.
    const bool is_name = origin && origin->source == OriginSource::name;
    const bool is_equal = value(arm) == value(production);
    if (is_name && (is_equal ? !differs : is_in_production(value(arm)))) return;
    add(arm, production, origin, is_same,
        says_production || differs ? Severity::high : Severity::medium);
  }

  // Some entry of the file for production has it too, in another order.
  bool is_in_production(std::string_view text) const {
    return std::any_of(arms_.begin(), arms_.end(), [&](const Arm& arm) {
      return arm.of.is_production() && value(arm) == text;
    });
  }

  // Whether other kinds see it by the labels of the two places.
  bool is_told(const Arm& arm, const Arm& production) const {
    const EntryLabel& label = file_.labels[arm.entry];
    return is_good_elsewhere(place_label(file_, arm.entry)) &&
           is_good_production(place_label(file_, production.entry)) &&
           (!label.identity.empty() || origin_of(label));
  }

  void add(const Arm& arm, const Arm& production, const Origin* origin,
           bool is_same, Severity severity) {
    const std::string other(name_of(arm.of.value));
    Draft draft;
    draft.kind = "env/environment-map-crosses";
    draft.severity = severity;
    draft.subject = arm.map + " " + arm.of.word;
    draft.reasons = {{"map", "the value for " + arm.of.word +
                                 " in a map of "
                                 "environments"}};
    if (is_same) {
      draft.reasons.push_back(
          {"same", "it is the value for " + production.of.word + " too"});
    }
    if (origin) {
      draft.reasons.push_back(reason_of(*origin));
    } else if (names_production(value(arm))) {
      draft.reasons.push_back({"name", "the name of its file"});
    }
    draft.places = {
        noted(place_of(file_, arm.entry), "for " + arm.of.word),
        noted(place_of(file_, production.entry), "for " + production.of.word)};
    draft.message = "The entry for " + arm.of.word + " in " + file_.path +
                    (is_same ? " is the same as the one for production"
                             : " is production's by its own name") +
                    ": what runs for " + other +
                    " reads and changes production";
    collector_.add(std::move(draft));
  }

  const LabelledFile& file_;
  const std::vector<Arm> arms_;
  Collector& collector_;
};

}  // namespace

void find_environment_maps(const CrossingInput& input, Collector& collector) {
  for (const LabelledFile& file : input.files) {
    if (may_have_maps(file)) Maps(file, collector).run();
  }
}

}  // namespace overreach
