#include "formatters/text_entry.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <vector>

#include "formatters/findings.h"
#include "formatters/numbers.h"
#include "formatters/powers.h"
#include "formatters/sentences.h"
#include "formatters/utf8.h"

namespace overreach {
namespace {

// How much of a list or a value is shown without `verbose`.
constexpr std::size_t kLinks = 6, kPlaces = 3, kPowers = 3, kResources = 4,
                      kFacts = 6, kOrigins = 2, kScopes = 8, kReasons = 4;
constexpr std::size_t kValueColumns = 60;
constexpr std::size_t kBadgeColumns = 9;  // and a space
constexpr int kHanging = 2;  // of an item of a list that takes two lines

// In the order of the enums.
constexpr std::array<std::string_view, 4> kBadges = {"LOW", "MEDIUM", "HIGH",
                                                     "CRITICAL"};
constexpr std::array<std::string_view, 6> kLevels = {
    "no access",    "unknown reach",      "read access",
    "write access", "destructive access", "root"};
constexpr std::array<std::string_view, 4> kEvidence = {
    "assumed: the default of its kind", "inferred from the token itself",
    "declared by the provider", "observed: the provider was asked"};

std::size_t index(auto value) { return static_cast<std::size_t>(value); }

std::size_t shown_count(const TextPage& text, std::size_t size,
                        std::size_t limit) {
  // "and 1 more" takes the same room as the one.
  return text.options.verbose || size <= limit + 1 ? size : limit;
}

std::string clipped(const TextPage& text, std::string_view value) {
  return text.options.verbose ? std::string(value)
                              : shortened(value, kValueColumns);
}

// Puts a dot between two parts of one line.
void separate(Words& words) {
  if (!words.empty()) words.attach(" ·");
}

// For the `count` items of a list that are not shown; nothing for none.
void add_rest(Words& words, std::size_t count) {
  if (count > 0) words.add("and " + grouped(count) + " more");
}

Words badge(Severity severity) {
  std::string word(kBadges[index(severity)]);
  word.resize(kBadgeColumns, ' ');
  return Words().whole(word, style_of(severity));
}

void write_title(const TextPage& text, const Credential& credential) {
  Words words = badge(credential.severity);
  words.add(credential.name, Style::bold)
      .whole(shown_secret(credential, text.options), Style::plain, 2)
      .whole(std::string(to_string(credential.confidence)) + " confidence",
             Style::dim, 2);
  if (credential.live == true) words.whole("LIVE", Style::critical, 2);
  if (credential.live == false) words.whole("dead", Style::good, 2);
  text.page.paragraph(0, 10, words);
}

void write_short_reach(const TextPage& text, const Credential& credential,
                       const Credential& like) {
  text.page.field("reach", Words()
                               .whole(to_string(credential.reach.level),
                                      style_of(credential.severity))
                               .add("(why, and what to do: as for \"" +
                                        like.name + "\" above)",
                                    Style::dim));
}

void write_reach(const TextPage& text, const Credential& credential) {
  const Reach& reach = credential.reach;
  Words words;
  words.whole(to_string(reach.level), style_of(credential.severity));
  if (!reach.why.empty()) words.attach(":").add(text.redacted(reach.why));
  if (reach.level != Level::unknown || !reach.why.empty()) {
    words.add("(" + std::string(kEvidence[index(reach.evidence)]) + ")",
              Style::dim);
  }
  text.page.field("reach", words);
  text.page.field("belongs to",
                  Words().add(clipped(text, text.redacted(reach.identity))));
  Words scopes;
  const std::size_t shown = shown_count(text, reach.scopes.size(), kScopes);
  for (std::size_t i = 0; i < shown; ++i) {
    scopes.whole(clipped(text, text.redacted(reach.scopes[i])));
  }
  add_rest(scopes, reach.scopes.size() - shown);
  text.page.field("scopes", scopes);
}

// "volumeDelete on 3 volumes: data (production), ...; destroys data and
// backups, with no deletion protection".
Words power_words(const TextPage& text, const Power& power) {
  Words words;
  words.whole(text.redacted(power.operation), Style::bold);
  const auto resources = ordered(power.resources);
  if (!resources.empty()) words.add("on " + counted_resources(power));
  const std::size_t shown = shown_count(text, resources.size(), kResources);
  for (std::size_t i = 0; i < shown; ++i) {
    words.attach(i == 0 ? ":" : ",");
    words.whole(clipped(text, named(*resources[i], power, text.redacted)));
  }
  add_rest(words, resources.size() - shown);
  if (!power.destroys.empty()) {
    words.attach(resources.empty() ? ":" : ";");
    words.add("destroys " + destroyed(power));
  }
  if (protection(power) == true)
    words.attach(",").add("protected", Style::good);
  if (protection(power) == false) {
    words.attach(", with no deletion protection");
  }
  return words;
}

void write_powers(const TextPage& text, const std::vector<Power>& powers) {
  const auto list = ordered(powers);
  const std::size_t shown = shown_count(text, list.size(), kPowers);
  for (std::size_t i = 0; i < shown; ++i) {
    text.page.field(i == 0 ? "can run" : "", power_words(text, *list[i]),
                    kHanging);
  }
  Words rest;
  add_rest(rest, list.size() - shown);
  text.page.field("", rest);
}

// Adds clauses to what `words` has already.
Words clauses(const TextPage& text, Words words,
              const std::vector<std::string>& items, std::size_t limit) {
  const std::size_t shown = shown_count(text, items.size(), limit);
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) separate(words);
    words.add(text.redacted.name(items[i]));
  }
  add_rest(words, items.size() - shown);
  return words;
}

void write_environment(const TextPage& text, const Environment& environment) {
  Words words;
  if (environment.value == EnvironmentClass::unknown &&
      environment.origins.empty()) {
    return;
  }
  words.whole(to_string(environment.value), Style::bold);
  if (!environment.origins.empty()) words.attach(":");
  text.page.field("environment",
                  clauses(text, words, environment.origins, kOrigins));
}

void write_facts(const TextPage& text, const Credential& credential) {
  Words words;
  Facts facts = credential.facts;
  // Its user and host stand there already.
  if (!text.options.verbose) {
    std::erase_if(facts, [](const auto& fact) { return fact.first == "url"; });
  }
  const std::size_t shown = shown_count(text, facts.size(), kFacts);
  for (std::size_t i = 0; i < shown; ++i) {
    separate(words);
    words.add(text.redacted(facts[i].first), Style::dim);
    words.whole(clipped(text, text.redacted.fact(facts[i].second, credential)));
  }
  add_rest(words, facts.size() - shown);
  text.page.field("facts", words);
}

Words place_words(const TextPage& text, const Place& place,
                  const Credential* owner) {
  Words words;
  words.whole(position(text, place, owner), Style::bold);
  const std::string key = text.redacted.name(place.key, owner);
  words.whole(shortened(key, kValueColumns), Style::plain, 2);
  const std::vector<std::string> notes = notes_of(place, text.redacted);
  for (std::size_t i = 0; i < notes.size(); ++i) {
    const bool is_last = i + 1 == notes.size();
    words.whole(notes[i] + (is_last ? "" : ","), Style::dim, i == 0 ? 2 : 1);
  }
  return words;
}

void write_places(const TextPage& text, const std::vector<Place>& places,
                  const Credential* owner) {
  const std::size_t shown = shown_count(text, places.size(), kPlaces);
  for (std::size_t i = 0; i < shown; ++i) {
    text.page.field(i == 0 ? "found in" : "",
                    place_words(text, places[i], owner), kHanging);
  }
  Words rest;
  add_rest(rest, places.size() - shown);
  if (!rest.empty()) rest.add("(-v shows all)");
  text.page.field("", rest);
}

// Every link of a chain is a place; each says what stands there.
void write_links(const TextPage& text, const std::vector<Place>& places) {
  const std::size_t shown = shown_count(text, places.size(), kLinks);
  for (std::size_t i = 0; i < shown; ++i) {
    Words words = place_words(text, places[i], nullptr);
    if (!places[i].note.empty()) {
      words.attach(":").add(text.redacted(places[i].note));
    }
    text.page.field(i == 0 ? "found in" : "", words, kHanging);
  }
  Words rest;
  add_rest(rest, places.size() - shown);
  if (!rest.empty()) rest.add("(-v shows all)");
  text.page.field("", rest);
}

// A remedy is an address that must not break, or a sentence that may.
Words remedy_words(std::string_view remedy, Style style) {
  return is_address(remedy) ? Words().whole(remedy, style)
                            : Words().add(remedy, style);
}

void write_remedy(const TextPage& text, const Credential& credential) {
  const Remedy& remedy = credential.remedy;
  text.page.field("do now", first_step(remedy), 0, Style::bold);
  text.page.field(remedy.revoke.empty() ? "use instead" : "then use",
                  remedy_words(remedy.narrower, Style::plain));
  if (!text.options.verbose) return;
  if (const RuleInfo* const info = info_of(text.report, credential)) {
    text.page.field("read", Words().whole(info->docs));
  }
  text.page.field(
      "rule",
      Words().whole(credential.rule).whole(credential.id, Style::dim, 2));
}

}  // namespace

Style style_of(Severity severity) {
  constexpr std::array<Style, 4> kStyles = {Style::low, Style::medium,
                                            Style::high, Style::critical};
  return kStyles[index(severity)];
}

std::string position(const TextPage& text, const Place& place,
                     const Credential* owner) {
  return shown_path(place, owner, text.redacted) + ":" +
         std::to_string(place.line);
}

Words first_step(const Remedy& remedy) {
  Words words;
  if (remedy.revoke.empty()) return words;
  if (is_address(remedy.revoke)) words.add("revoke it at", Style::bold);
  return words.append(remedy_words(remedy.revoke, Style::bold));
}

std::string reach_text(const Credential& credential) {
  std::string words(kLevels[index(credential.reach.level)]);
  const EnvironmentClass environment = credential.environment.value;
  if (environment != EnvironmentClass::unknown) {
    words += " in " + std::string(to_string(environment));
  }
  return words;
}

bool says_the_same(const Credential& a, const Credential& b) {
  const auto said = [](const Credential& c) {
    return std::tie(c.rule, c.live, c.reach.level, c.reach.evidence,
                    c.reach.why, c.remedy.revoke, c.remedy.narrower);
  };
  // Powers over named resources are something of its own.
  const auto same_power = [](const Power& x, const Power& y) {
    return x.operation == y.operation && x.resources.empty() &&
           y.resources.empty();
  };
  return said(a) == said(b) && a.reach.scopes.empty() &&
         b.reach.scopes.empty() &&
         std::equal(a.reach.powers.begin(), a.reach.powers.end(),
                    b.reach.powers.begin(), b.reach.powers.end(), same_power);
}

void write_entry(const TextPage& text, const Credential& credential,
                 const Credential* like) {
  write_title(text, credential);
  if (like) {
    write_short_reach(text, credential, *like);
  } else {
    write_reach(text, credential);
    write_powers(text, credential.reach.powers);
  }
  write_environment(text, credential.environment);
  write_facts(text, credential);
  write_places(text, credential.places, &credential);
  if (!like) write_remedy(text, credential);
  if (text.options.verbose || credential.confidence == Confidence::low) {
    text.page.field("because",
                    clauses(text, Words(), credential.reasons, kReasons));
  }
}

void write_entry(const TextPage& text, const Crossing& crossing) {
  Words title = badge(crossing.severity);
  title.add(title_of(text.report, crossing), Style::bold)
      .whole(crossing.kind, Style::dim, 2);
  text.page.paragraph(0, 10, title);
  text.page.field("seen", Words().add(text.redacted(crossing.message)));
  write_links(text, crossing.places);
  text.page.field("do now", Words().add(crossing.remedy), 0, Style::bold);
  if (!text.options.verbose) return;
  text.page.field("because",
                  clauses(text, Words(), crossing.origins, kOrigins));
  text.page.field("id", Words().whole(crossing.id, Style::dim));
}

}  // namespace overreach
