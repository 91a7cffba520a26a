#include "scanner/pipeline/credentials.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <tuple>

#include "scanner/base/digest.h"
#include "scanner/base/encoding.h"

namespace overreach {
namespace {

constexpr std::size_t kIdBytes = 8;
// From this length on the same bytes are the same secret, whatever a rule says.
constexpr std::size_t kUniqueBytes = 12;

auto order(const Place& place) {
  return std::tie(place.path, place.line, place.column, place.end_line,
                  place.end_column, place.part);
}

// Of one place in several commits the first counts: it brought the secret.
// The messages of several commits are several places.
bool comes_before(const Place& a, const Place& b) {
  return order(a) != order(b)
             ? order(a) < order(b)
             : std::tie(a.date, a.commit) < std::tie(b.date, b.commit);
}

bool is_same(const Place& a, const Place& b) {
  return order(a) == order(b) &&
         (a.source != "message" || a.commit == b.commit);
}

bool is_generic(const TokenRule& rule) { return rule.provider == "generic"; }

// The rule that names a secret: a specific one before a generic one, then the
// surer one, then by id.
bool names_better(const Candidate& a, const Candidate& b) {
  const auto rank = [](const Candidate& c) {
    return std::tuple(!is_generic(*c.rule), c.confidence);
  };
  if (rank(a) != rank(b)) return rank(a) > rank(b);
  return a.rule->id < b.rule->id;
}

void merge_facts(const Facts& from, Facts& into) {
  for (const auto& fact : from) {
    const bool known = std::any_of(
        into.begin(), into.end(),
        [&](const auto& other) { return other.first == fact.first; });
    if (!known) into.push_back(fact);
  }
}

Credential start(const Candidate& candidate) {
  const TokenRule& rule = *candidate.rule;
  Credential credential;
  credential.id = credential_id(rule.id, candidate.secret);
  credential.rule = rule.id;
  credential.provider = rule.provider;
  credential.name = rule.name;
  credential.secret = candidate.secret;
  credential.public_prefix = candidate.public_prefix;
  credential.confidence = candidate.confidence;
  for (const std::string_view reason : candidate.reasons) {
    credential.reasons.emplace_back(reason);
  }
  credential.facts = candidate.facts;
  credential.remedy = {std::string(rule.revoke), std::string(rule.narrower)};
  return credential;
}

void raise(Credential& credential, Confidence confidence,
           std::string_view reason) {
  if (credential.confidence < confidence) credential.confidence = confidence;
  const std::string text(reason);
  if (std::find(credential.reasons.begin(), credential.reasons.end(), text) ==
      credential.reasons.end()) {
    credential.reasons.push_back(text);
  }
}

// The parts that lead no credential of their own, by path and group.
using PartKey = std::tuple<std::string_view, std::string_view, std::uint32_t>;

PartKey part_key(const Occurrence& occurrence) {
  return {occurrence.place.source, occurrence.place.path,
          occurrence.candidate.group};
}

void add_part(const Occurrence& part, const Candidate& leader,
              Credential& credential) {
  credential.places.push_back(part.place);
  credential.places.back().part = part.candidate.rule->id;
  credential.parts.push_back({std::string(part.candidate.rule->id),
                              part.candidate.secret,
                              part.candidate.rule->is_public});
  if (part.candidate.rule->is_public) {
    merge_facts({{std::string(part.candidate.rule->id),
                  std::string(part.candidate.secret.reveal())}},
                credential.facts);
  }
  // Where the secret has a form and still is doubted, as in an example, its
  // name says nothing more; a word somebody chose is no sure secret by it.
  const bool has_form = leader.rule->finder == Finder::shape ||
                        leader.rule->finder == Finder::pattern;
  const bool is_doubted = has_form && leader.confidence == Confidence::low;
  raise(credential,
        is_doubted ? Confidence::low
        : has_form ? Confidence::high
                   : Confidence::medium,
        "id and secret stand together");
}

}  // namespace

void sort_places(std::vector<Place>& places) {
  std::sort(places.begin(), places.end(), comes_before);
  places.erase(std::unique(places.begin(), places.end(), is_same),
               places.end());
}

std::string identity_of(std::string_view rule, const Secret& secret) {
  std::string key(secret.reveal());
  if (key.size() < kUniqueBytes) {
    key += '\0';
    key += rule;
  }
  return key;
}

std::string identity_of(const Candidate& candidate) {
  return identity_of(candidate.rule->id, candidate.secret);
}

std::string credential_id(std::string_view rule, const Secret& secret) {
  const char* const given = std::getenv("OVERREACH_ID_KEY");
  const std::string_view key = given && *given ? given : "overreach.id/1";
  std::string message(rule);
  message += '\0';
  message += secret.reveal();
  return encode_hex(hmac_sha256(key, message).substr(0, kIdBytes));
}

std::vector<Credential> to_credentials(std::vector<Occurrence> occurrences) {
  std::sort(occurrences.begin(), occurrences.end(),
            [](const Occurrence& a, const Occurrence& b) {
              if (comes_before(a.place, b.place)) return true;
              if (comes_before(b.place, a.place)) return false;
              return a.candidate.rule->id < b.candidate.rule->id;
            });
  std::multimap<PartKey, const Occurrence*> parts;
  std::map<std::string, std::vector<const Occurrence*>> leaders;
  for (const Occurrence& occurrence : occurrences) {
    if (occurrence.candidate.leads) {
      leaders[identity_of(occurrence.candidate)].push_back(&occurrence);
    } else {
      parts.emplace(part_key(occurrence), &occurrence);
    }
  }
  std::vector<Credential> credentials;
  for (const auto& [key, group] : leaders) {
    const Occurrence* best = group.front();
    for (const Occurrence* other : group) {
      if (names_better(other->candidate, best->candidate)) best = other;
    }
    Credential credential = start(best->candidate);
    for (const Occurrence* occurrence : group) {
      credential.places.push_back(occurrence->place);
      if (occurrence->candidate.confidence > credential.confidence) {
        credential.confidence = occurrence->candidate.confidence;
      }
      if (occurrence->candidate.group == 0) continue;
      const auto [first, last] = parts.equal_range(part_key(*occurrence));
      for (auto part = first; part != last; ++part) {
        add_part(*part->second, occurrence->candidate, credential);
      }
    }
    sort_places(credential.places);
    credentials.push_back(std::move(credential));
  }
  return credentials;
}

}  // namespace overreach
