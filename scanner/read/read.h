// Bytes as texts to be matched: the door of this stage.
#pragma once

#include "scanner/read/archive.h"  // IWYU pragma: export
#include "scanner/read/peek.h"     // IWYU pragma: export
#include "scanner/read/reader.h"   // IWYU pragma: export
