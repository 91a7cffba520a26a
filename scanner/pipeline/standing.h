// Which credentials of a range of commits stand at its end, and where: only
// there they cross what else stands there.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "scanner/core/labelled_file.h"
#include "scanner/core/report.h"
#include "scanner/pipeline/credentials.h"
#include "scanner/pipeline/gitleaks_ignore.h"

namespace overreach {

class Standing {
 public:
  // Takes what was found at the end, without what is ignored.
  Standing(std::vector<Occurrence> at_end, const GitleaksIgnore& ignore);

  // Those that stand, each with its places at the end instead of those in
  // commits; what the places say of its environment is said anew, by `files`,
  // sorted by path.
  std::vector<Credential> of(std::vector<Credential> credentials,
                             const std::vector<LabelledFile>& files) const;

 private:
  std::map<std::string, std::vector<Place>> places_;  // by identity_of()
};

}  // namespace overreach
