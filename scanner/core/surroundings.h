// What stands around a checkout, for a program that is started in it: stores of
// credentials in the home folder, what a bare command acts on, and whether
// somebody is asked first.  Plain values, part of the report of `reach`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/core/place.h"

namespace overreach {

// How much falls at once, by default.  In rising order.
enum class Extent : std::uint8_t {
  environment,  // one of one project
  project,
  organization,  // or workspace, tenant, cluster
  account,       // all that a person may do
  machine,
};

std::string_view to_string(Extent value);

// A file in which a tool keeps its log-in, and which is there.
struct CredentialStore {
  std::string tool;   // "Railway CLI"
  std::string path;   // as in Place
  std::string holds;  // a clause: "the log-in of the person"
  Extent extent = Extent::account;
  std::vector<std::string> credentials;  // ids of those that stand in it
  // The setting that keeps the file tools of an agent out: "Read(~/.aws/**) in
  // ~/.claude/settings.json"; empty when there is none.
  std::string denied_by;
};

// What a command acts on that does not say on what.
struct AmbientTarget {
  std::string tool;  // "Kubernetes"
  std::string what;  // "context"
  std::string name;  // "acme-prod"
  EnvironmentClass environment = EnvironmentClass::unknown;
  // What tells the environment: "its name", or the file of production that
  // names the same.
  std::string known_by = "its name";
  Extent extent = Extent::project;
  Place place;  // what says so
};

// Whether a person is asked before something is done.
enum class Asks : std::uint8_t {
  unknown,  // no agent has settings here: each does what it does by default
  yes,      // settings were found, and none takes the question away
  no,
};

std::string_view to_string(Asks value);

struct Surroundings {
  std::string folder, home;             // absolute
  std::size_t variables = 0;            // of the process environment
  std::vector<CredentialStore> stores;  // that of the worst credential first
  std::vector<AmbientTarget> targets;   // production first
  Asks asks = Asks::unknown;
  std::vector<std::string> why;  // for `asks`, a clause each
};

}  // namespace overreach
