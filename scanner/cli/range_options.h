// The options that say which commits a scan reads.
#pragma once

#include <CLI/App.hpp>
#include <string>

#include "scanner/base/result.h"
#include "scanner/pipeline/pipeline.h"

namespace overreach {

struct RangeArguments {
  std::string since, range;
  bool ci = false;
  bool history = false, unreachable = false, submodules = false;
  std::string state;
};

void add_range_options(CLI::App& command, const std::string& group,
                       RangeArguments& arguments);

// Whether they ask for what commits add.
bool is_change(const RangeArguments& arguments);

// Puts what was asked for into `scan`.
Status apply(const RangeArguments& arguments, ScanOptions& scan);

}  // namespace overreach
