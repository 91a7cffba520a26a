// Which environment places and credentials belong to: the door of this stage.
// All functions are pure and may be called from any thread.
#pragma once

#include "scanner/core/report.h"

namespace overreach {

// Fills Place::environment of every place by its path, and, unless the token's
// own form has said it, Credential::environment: by the host, database and
// other names the credential holds, by the name it is assigned to, or by the
// place.  What a credential itself says outweighs where it stands; of several
// answers of one kind production counts.
void label_credential(Credential& credential);

}  // namespace overreach
