#include "formatters/text_surroundings.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>

#include "formatters/numbers.h"

namespace overreach {
namespace {

constexpr std::size_t kGlance = 3;  // stores and targets at the top

// What falls, in the order of the enum.
constexpr std::array<std::string_view, 5> kExtents = {
    "one environment", "a project", "an organization", "a whole account",
    "this machine"};

// "and 3 more"; nothing for none.
void add_rest(Words& words, std::size_t size) {
  if (size > kGlance) words.add("and " + grouped(size - kGlance) + " more");
}

void write_asks(const TextPage& text, const Surroundings& around) {
  Words words;
  words.add("Anything asks first?", Style::bold);
  switch (around.asks) {
    case Asks::no:
      words.add("No:", Style::critical);
      break;
    case Asks::yes:
      words.add("Yes:", Style::good);
      break;
    case Asks::unknown:
      words.add(
          "No agent has settings here: each does what it does by "
          "default.");
      break;
  }
  if (!around.why.empty()) words.add(text.redacted(around.why.front()));
  if (around.why.size() > 1) {
    words.add("(and " + grouped(around.why.size() - 1) + " more)");
  }
  text.page.paragraph(0, 2, words);
}

// "31 in the home folder, 1 in the process environment".
void write_counts(const TextPage& text) {
  const std::string counts = counted_in_reach(text.report);
  if (counts.empty()) return;
  text.page.paragraph(0, 2, Words().add("In reach:", Style::bold).add(counts));
}

// "~/.railway/config.json (Railway CLI), ...": in the order of the report.
void write_widest(const TextPage& text, const Surroundings& around) {
  Words words;
  words.add("Worst stores:", Style::bold);
  std::size_t count = 0;
  for (const CredentialStore& store : around.stores) {
    if (store.credentials.empty() || ++count > kGlance) continue;
    if (count > 1) words.attach(",");
    words.whole(text.redacted.name(store.path)).add("(" + store.tool + ")");
  }
  if (count == 0) return;
  add_rest(words, count);
  text.page.paragraph(0, 2, words);
}

Words target_words(const TextPage& text, const AmbientTarget& target) {
  Words words;
  words.add(target.tool + " " + target.what);
  words.whole(text.redacted(target.name), Style::bold);
  const bool is_production = target.environment == EnvironmentClass::production;
  if (target.environment != EnvironmentClass::unknown) {
    words.whole("(" + std::string(to_string(target.environment)) + ")",
                is_production ? Style::critical : Style::plain);
  } else if (target.extent == Extent::machine) {
    words.whole("(this machine)", Style::high);
  }
  return words;
}

void write_aim(const TextPage& text, const Surroundings& around) {
  if (around.targets.empty()) return;
  Words words;
  words.add("Commands act on:", Style::bold);
  for (std::size_t i = 0; i < std::min(kGlance, around.targets.size()); ++i) {
    if (i > 0) words.attach(",");
    words.append(target_words(text, around.targets[i]));
  }
  add_rest(words, around.targets.size());
  text.page.paragraph(0, 2, words);
}

void write_store(const TextPage& text, const CredentialStore& store) {
  Words words;
  words.whole(text.redacted.name(store.path), Style::bold);
  words.whole(store.tool + ":", Style::plain, 2).add(store.holds);
  words.attach(";").add(std::string(extent_of(store.extent)));
  if (!store.credentials.empty()) {
    words.attach(",").add(counted(store.credentials.size(), "credential"));
  }
  if (!store.denied_by.empty()) {
    words.attach(";").add(
        "kept from an agent's file tools, not from its "
        "commands, by " +
        text.redacted(store.denied_by));
  }
  text.page.paragraph(2, 2, words);
}

}  // namespace

std::string_view extent_of(Extent extent) {
  return kExtents[static_cast<std::size_t>(extent)];
}

std::string counted_in_reach(const Report& report) {
  struct Row {
    std::set<Exposure> exposures;
    std::string_view where;
  };
  static const std::array<Row, 4> kRows = {
      Row{{Exposure::home}, "in the home folder"},
      Row{{Exposure::process}, "in the process environment"},
      Row{{Exposure::ignored}, "in files Git ignores"},
      Row{{Exposure::tracked, Exposure::untracked}, "in other files"}};
  std::string text;
  for (const Row& row : kRows) {
    const auto& credentials = report.credentials;
    const auto found = std::count_if(
        credentials.begin(), credentials.end(), [&](const Credential& each) {
          return std::any_of(each.places.begin(), each.places.end(),
                             [&](const Place& place) {
                               return row.exposures.contains(place.exposure);
                             });
        });
    if (found == 0) continue;
    const auto count = static_cast<std::uint64_t>(found);
    text += text.empty() ? counted(count, "credential") : ", " + grouped(count);
    text += " " + std::string(row.where);
  }
  return text;
}

void write_glance(const TextPage& text) {
  if (!text.report.surroundings) return;
  const Surroundings& around = *text.report.surroundings;
  write_asks(text, around);
  write_counts(text);
  write_widest(text, around);
  write_aim(text, around);
}

void write_surroundings(const TextPage& text) {
  if (!text.report.surroundings) return;
  const Surroundings& around = *text.report.surroundings;
  bool is_first = true;
  for (const CredentialStore& store : around.stores) {
    if (store.credentials.empty() && !text.options.verbose) continue;
    if (is_first) {
      text.page.blank();
      text.page.paragraph(
          0, 2, Words().add("Where tools keep their log-ins:", Style::bold));
    }
    is_first = false;
    write_store(text, store);
  }
  if (around.targets.empty()) return;
  text.page.blank();
  text.page.paragraph(
      0, 2,
      Words().add("What commands act on that do not say on what:",
                  Style::bold));
  for (const AmbientTarget& target : around.targets) {
    Words words = target_words(text, target);
    words.attach(",").add("by");
    words.whole(position(text, target.place, nullptr));
    text.page.paragraph(2, 2, words);
  }
}

}  // namespace overreach
