// What a command acts on when it does not say on what.

#include <string>

#include "scanner/crossing/danger.h"
#include "scanner/crossing/finders.h"

namespace overreach {

void find_ambient_production(const CrossingInput& input, Collector& collector) {
  for (const AmbientTarget* const target : production_targets(input.targets)) {
    Draft draft;
    draft.kind = "agent/ambient-production";
    draft.severity = Severity::medium;
    draft.subject = target->tool + " " + target->name;
    draft.reasons = {{"name", "the name of " + name_of(*target)}};
    draft.places = {noted(target->place, name_of(*target))};
    draft.message = "A bare command of " + target->tool + " acts on the " +
                    target->what + " " + target->name +
                    ", which is production by its name";
    collector.add(std::move(draft));
  }
}

}  // namespace overreach
