// Takes what the finders of this stage see and makes crossings of it, by the
// same rules for all:
//
//   high      needs two independent origins
//   critical  needs, besides, a consequence that cannot be undone
//   low       is all that an example, a fixture or documentation can be
//
// and one crossing for each kind, subject and first place.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scanner/core/labelled_file.h"
#include "scanner/crossing/commands.h"
#include "scanner/crossing/crossing.h"

namespace overreach {

// One reason.  Reasons of different sources are independent of one another.
struct Reason {
  std::string source;  // "path", "host", "agent settings"
  std::string text;    // a clause
};

struct Draft {
  std::string_view kind;  // an id of crossing_kinds()
  Severity severity = Severity::medium;
  bool destroys = false;  // what can happen cannot be undone
  bool is_template = false;
  std::string subject;  // what it is about: a credential's id, an identity
  std::string message;  // as Crossing::message
  std::vector<Reason> reasons;
  std::vector<Place> places;  // at least one
  std::vector<std::string> credentials;
};

class Collector {
 public:
  void add(Draft draft);

  // What was added so far, in that order.
  const std::vector<Draft>& drafts() const { return drafts_; }

  // Sorted, each once.
  std::vector<Crossing> take();

 private:
  std::vector<Draft> drafts_;
};

// What the finders read.
struct CrossingInput {
  const std::vector<Credential>& credentials;
  const std::vector<LabelledFile>& files;
  const std::vector<Command> commands;  // of all files, in their order
  const std::vector<AmbientTarget>& targets;
};

Reason reason_of(const Origin& origin);
std::vector<Reason> reasons_of(const std::vector<Origin>& origins);

// The place of an entry with a note on what stands there.
Place noted(Place place, std::string note);

// "an AWS access key id", of `article` "a" or "A".
std::string with_article(std::string article, std::string_view name);

// "staging"; the word a person would use for the class.
std::string_view name_of(EnvironmentClass value);

}  // namespace overreach
