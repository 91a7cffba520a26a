// Where reports go: each --format to its --output, standard output by default.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/core/report.h"

namespace overreach {

struct OutputRequest {
  std::vector<std::string> formats;  // empty: text
  std::vector<std::string> files;    // in pairs with the formats; "-" is
                                     // standard output
  std::string color = "auto";        // auto, always, never
  OutputOptions options;
};

// Of every format, in the order of --help.
std::vector<std::string> format_names();

// Whether the request makes sense, before anything is scanned.
Status check_output(const OutputRequest& request);

// Writes every report.  A full disk or a closed pipe is an error.
Status write_reports(const OutputRequest& request, const Report& report);

}  // namespace overreach
