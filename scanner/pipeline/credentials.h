// Occurrences -> credentials: one per distinct secret, with all its places.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scanner/core/report.h"
#include "scanner/core/rule.h"
#include "scanner/match/match.h"

namespace overreach {

// A candidate and where it stands.
struct Occurrence {
  Candidate candidate;
  Place place;
};

// As in Credential: by path and position, each once.
void sort_places(std::vector<Place>& places);

// Occurrences of one path and source with the same group number above 0 belong
// together.  Takes the occurrences in any order; the result does not depend on
// it.  Credentials come without severity, reach and order.
std::vector<Credential> to_credentials(std::vector<Occurrence> occurrences);

// Of one secret all candidates have the same, whatever a rule says; short
// secrets only when the rule is the same.  Holds the secret.
std::string identity_of(std::string_view rule, const Secret& secret);
std::string identity_of(const Candidate& candidate);

// Keyed hash of kind and secret, 16 hex digits: the same in every run and
// place.  The key is OVERREACH_ID_KEY of the environment, else a constant: then
// a short password could be guessed from its id by somebody who tries.
std::string credential_id(std::string_view rule, const Secret& secret);

}  // namespace overreach
