// Which environment the things at a place serve, by where they stand.
#pragma once

#include <string>
#include <string_view>

#include "scanner/core/environment.h"
#include "scanner/environment/place_grammars.h"

namespace overreach {

struct PlaceLabel {
  EnvironmentLabel environment;
  std::string origin;  // why, a clause: "file name .env.test (dotenv)"
  LoadedBy loaded_by = LoadedBy::those_told;
  // An example, documentation, a fixture, somebody else's code: what stands
  // there is meant to be looked at, not loaded.
  bool is_template = false;
};

// By the path alone; relative to the scanned root, with '/'.  Labels weaker
// than "a good word" are none: a file name needs more than a hint.
PlaceLabel label_of_path(std::string_view path);

bool is_template_path(std::string_view path);

}  // namespace overreach
