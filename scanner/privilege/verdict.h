// From answers to reach: which grants hold, which powers they bring.
#pragma once

#include "scanner/core/probe.h"
#include "scanner/core/report.h"
#include "scanner/privilege/conversation.h"

namespace overreach {

// Reach, powers, identity, liveness and environment of the credential, after a
// conversation.  What could not be told never lowers what was assumed.
void judge(const Provider& provider, const Answers& answers,
           Credential& credential);

// The powers that a credential of its kind has without asking.
void add_assumed_powers(const Provider& provider, Credential& credential);

}  // namespace overreach
