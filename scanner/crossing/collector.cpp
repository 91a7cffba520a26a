#include "scanner/crossing/collector.h"

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <iterator>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "scanner/base/digest.h"
#include "scanner/base/encoding.h"

namespace overreach {
namespace {

constexpr std::size_t kIdBytes = 8;
constexpr std::size_t kMostPlaces = 20;

std::size_t independent(const Draft& draft) {
  std::set<std::string_view> sources;
  for (const Reason& reason : draft.reasons) sources.insert(reason.source);
  return sources.size();
}

Severity severity_of(const Draft& draft, std::size_t origins) {
  if (draft.is_template) return Severity::low;
  if (origins < 2) return std::min(draft.severity, Severity::medium);
  return draft.destroys ? draft.severity
                        : std::min(draft.severity, Severity::high);
}

Confidence confidence_of(const Draft& draft, std::size_t origins) {
  if (draft.is_template) return Confidence::low;
  return origins < 2 ? Confidence::medium : Confidence::high;
}

// Of a kind, a subject and a path, none of which is a secret.
std::string id_of(const Draft& draft) {
  const std::string text = std::string(draft.kind) + '\0' + draft.subject +
                           '\0' + draft.places.front().path;
  return encode_hex(
      hmac_sha256("overreach.crossing/1", text).substr(0, kIdBytes));
}

Crossing finish(Draft draft) {
  const CrossingKind* const kind = find_crossing_kind(draft.kind);
  assert(kind && !draft.places.empty());
  const std::size_t origins = independent(draft);
  Crossing crossing;
  crossing.id = id_of(draft);
  crossing.kind = draft.kind;
  crossing.message = std::move(draft.message);
  crossing.remedy = kind->remedy;
  crossing.severity = severity_of(draft, origins);
  crossing.confidence = confidence_of(draft, origins);
  for (Reason& reason : draft.reasons) {
    auto& texts = crossing.origins;
    if (std::find(texts.begin(), texts.end(), reason.text) == texts.end()) {
      texts.push_back(std::move(reason.text));
    }
  }
  crossing.places = std::move(draft.places);
  if (crossing.places.size() > kMostPlaces) {
    crossing.places.resize(kMostPlaces);
  }
  crossing.credentials = std::move(draft.credentials);
  return crossing;
}

auto order(const Crossing& crossing) {
  const Place& first = crossing.places.front();
  return std::tie(crossing.kind, first.path, first.line, first.column,
                  crossing.id);
}

// What ties several findings together stands before them.
bool is_chain(const Crossing& crossing) {
  return crossing.kind == "agent/production-reachable";
}

// Kinds that say less of a place than another one that names it.
struct Told {
  std::string_view kind, by;
};
constexpr Told kTold[] = {
    {"env/default-target-is-production", "agent/ambient-production"},
    {"env/nonprod-names-prod-variable", "ci/ternary-falls-back-to-prod"},
    {"env/prod-host-in-nonprod", "env/falls-back-to-production"},
    {"env/prod-host-in-nonprod", "env/shared-resource-across-environments"},
};

using Line = std::tuple<std::string_view, std::string, std::uint32_t>;

// One mistake is one finding, unless the lesser kind has the graver words.
void drop_told(std::vector<Crossing>& crossings) {
  std::map<Line, Severity> told;
  for (const Crossing& crossing : crossings) {
    for (const Place& place : crossing.places) {
      Severity& severity =
          told.try_emplace({crossing.kind, place.path, place.line},
                           crossing.severity)
              .first->second;
      severity = std::max(severity, crossing.severity);
    }
  }
  std::erase_if(crossings, [&](const Crossing& crossing) {
    const Place& first = crossing.places.front();
    return std::any_of(
        std::begin(kTold), std::end(kTold), [&](const Told& each) {
          if (each.kind != crossing.kind) return false;
          const auto at = told.find({each.by, first.path, first.line});
          return at != told.end() && at->second >= crossing.severity;
        });
  });
}

}  // namespace

void Collector::add(Draft draft) { drafts_.push_back(std::move(draft)); }

std::vector<Crossing> Collector::take() {
  std::vector<Crossing> crossings;
  crossings.reserve(drafts_.size());
  for (Draft& draft : drafts_) crossings.push_back(finish(std::move(draft)));
  drafts_.clear();
  drop_told(crossings);
  std::sort(crossings.begin(), crossings.end(),
            [](const Crossing& a, const Crossing& b) {
              if (a.severity != b.severity) return a.severity > b.severity;
              if (is_chain(a) != is_chain(b)) return is_chain(a);
              return order(a) < order(b);
            });
  // A credential and the entry it stands in may say the same of one place.
  std::set<std::tuple<std::string, std::string, std::uint32_t>> places;
  std::set<std::string> ids;
  std::erase_if(crossings, [&](const Crossing& crossing) {
    const Place& first = crossing.places.front();
    const bool is_new_place =
        places.emplace(crossing.kind, first.path, first.line).second;
    return !ids.insert(crossing.id).second || !is_new_place;
  });
  return crossings;
}

Reason reason_of(const Origin& origin) {
  constexpr std::string_view kSources[] = {"path", "declaration", "section",
                                           "form", "anchor",      "host",
                                           "name", "key"};
  return {std::string(kSources[static_cast<std::size_t>(origin.source)]),
          origin.text};
}

std::vector<Reason> reasons_of(const std::vector<Origin>& origins) {
  std::vector<Reason> reasons;
  reasons.reserve(origins.size());
  for (const Origin& origin : origins) reasons.push_back(reason_of(origin));
  return reasons;
}

Place noted(Place place, std::string note) {
  place.note = std::move(note);
  return place;
}

std::string with_article(std::string article, std::string_view name) {
  constexpr std::string_view kVowels = "AEIOaeio";
  // Read letter by letter: "an SSH key".
  constexpr std::string_view kSpelled = "FHLMNRSX";
  const auto is_in = [&](std::string_view letters, std::size_t at) {
    return at < name.size() && letters.find(name[at]) != letters.npos;
  };
  const bool is_spelled =
      is_in(kSpelled, 0) && name.size() > 1 && name[1] >= 'A' && name[1] <= 'Z';
  if (is_in(kVowels, 0) || is_spelled || name.starts_with("npm")) {
    article += 'n';
  }
  return article + " " + std::string(name);
}

std::string_view name_of(EnvironmentClass value) {
  switch (value) {
    case EnvironmentClass::nonprod:
      return "non-production";
    case EnvironmentClass::local:
      return "the local machine";
    case EnvironmentClass::test:
      return "tests";
    case EnvironmentClass::preview:
      return "previews";
    default:
      return to_string(value);
  }
}

}  // namespace overreach
