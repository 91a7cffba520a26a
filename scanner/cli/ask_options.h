// The options that say how providers may be asked: of scan and of check.
#pragma once

#include <CLI/App.hpp>
#include <string>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/pipeline/pipeline.h"

namespace overreach {

struct AskArguments {
  bool plan = false;
  std::vector<std::string> endpoints;  // "provider=URL"
  AskOptions options;
};

void add_ask_options(CLI::App& command, AskArguments& arguments);

// Moves what was given into the scan's options; `asks` unless --plan.
Status apply(AskArguments& arguments, bool asks, ScanOptions& scan);

}  // namespace overreach
