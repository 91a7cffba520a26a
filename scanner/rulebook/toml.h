// The TOML library, set up in one place: it returns errors instead of throwing.
//
// toml++ 3.3 takes for granted that a key follows "[", and tells the compiler
// so in release builds: a file with "[#" is then undefined behaviour, in debug
// builds an abort.  Behind the assumption stands a proper check that gives an
// error.  So we switch the assumptions off.
#pragma once

#define TOML_EXCEPTIONS 0
#define TOML_ASSERT(condition) static_assert(true)
#pragma push_macro("NDEBUG")
#undef NDEBUG
#include <toml++/toml.h>
#pragma pop_macro("NDEBUG")
