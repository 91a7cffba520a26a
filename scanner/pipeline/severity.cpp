#include "scanner/environment/environment.h"
#include "scanner/pipeline/pipeline.h"

namespace overreach {
namespace {

Severity by_reach(Level level, bool production) {
  switch (level) {
    case Level::root:
      return Severity::critical;
    case Level::destructive:
      return production ? Severity::critical : Severity::high;
    case Level::write:
      return production ? Severity::high : Severity::medium;
    case Level::read:
    case Level::unknown:
      return production ? Severity::medium : Severity::low;
    case Level::none:
      return Severity::low;
  }
  return Severity::low;
}

// What is only assumed of a server on the machine that reads this: there is
// nothing in it but what somebody made to try things out.
Severity by_assumed_local_reach(Level level) {
  return level == Level::root ? Severity::medium : Severity::low;
}

}  // namespace

Severity severity_of(const Credential& credential) {
  const bool production =
      credential.environment.value == EnvironmentClass::production;
  const Level level = credential.reach.level;
  Severity severity =
      credential.reach.evidence == Evidence::assumed && is_local(credential)
          ? by_assumed_local_reach(level)
          : by_reach(level, production);
  if (credential.confidence == Confidence::low && severity > Severity::low) {
    severity = static_cast<Severity>(static_cast<int>(severity) - 1);
  }
  if (credential.live == true && severity < Severity::medium) {
    severity = Severity::medium;
  }
  return severity;
}

}  // namespace overreach
