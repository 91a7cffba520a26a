// Which files are Dockerfiles, by their names: Dockerfile.prod and
// api.dockerfile are, dockerfile-parser.js and Dockerfile.md only speak of
// them.
#pragma once

#include <string_view>

namespace overreach {

// `name` is that of the file alone, in small letters.
bool is_dockerfile(std::string_view name);

}  // namespace overreach
