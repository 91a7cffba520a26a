// How each ecosystem writes an environment into paths and sections, as tables.
#pragma once

#include <span>
#include <string_view>

#include "scanner/core/environment.h"
#include "scanner/core/labelled_file.h"

namespace overreach {

// How much the position itself says.
enum class PlaceNames {
  // What stands there is the name of an environment: ".env.X", "overlays/X/".
  of_environments,
  // Something that may hold one: "values-X.yaml" may be a region.
  of_anything
};

struct PlaceGrammar {
  std::string_view ecosystem;
  std::string_view pattern;  // of the path; see base/path_pattern.h
  PlaceNames names = PlaceNames::of_environments;
  LoadedBy loaded_by = LoadedBy::those_told;
  // Of every file that fits, for a pattern without '@'.
  EnvironmentClass fixed = EnvironmentClass::unknown;
};

// The first that fits and whose name speaks of an environment counts.
std::span<const PlaceGrammar> place_grammars();

struct SectionGrammar {
  std::string_view ecosystem;
  std::string_view file;     // pattern of the path
  std::string_view section;  // pattern of the key path, with '.'
  PlaceNames names = PlaceNames::of_environments;
};

std::span<const SectionGrammar> section_grammars();

}  // namespace overreach
