// What tools mean by the keys of their configuration files.
#pragma once

#include <cstdint>
#include <string_view>

#include "scanner/core/entry.h"

namespace overreach {

// Its text is given to a shell: `run`, `script`, `startCommand`, npm's scripts.
bool is_script(std::string_view section, std::string_view key);

// Its text is one command, or a list of the words of one.
bool is_command(std::string_view key);

// Its text names a file to be read in.
bool is_file(std::string_view key);

// Its items are NAME=value, or NAME to be handed on.
bool is_environment(std::string_view key);

// A map below this key stands for a value elsewhere; `nothing` for others.
Target target_of_map(std::string_view key);

// A tag of YAML in front of what names a value elsewhere: !Ref.
Target target_of_tag(std::string_view tag);

}  // namespace overreach
