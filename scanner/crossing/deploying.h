// Commands that change what runs somewhere, from putting a version there to
// destroying it.
#pragma once

#include <string>
#include <string_view>

#include "scanner/crossing/commands.h"

namespace overreach {

// A program, and words of its command line.
struct Act {
  std::string_view program;
  std::string_view words;  // all of them have to be there
  std::string_view flags;  // one of them takes the question away; "": no need

  // "helm upgrade"
  std::string shown() const;
};

// Each null when the command is none.

// Destroys without a question.
const Act* destroyer_of(const Command& command);
// Changes what is there without a question, and deletes what the plan no longer
// has.
const Act* applier_of(const Command& command);
// Puts a version, or a change of the data's form, where people use it.
const Act* deployer_of(const Command& command);

// "azure/webapps-deploy" of "Azure/webapps-deploy@v3", an action that does the
// same in a workflow of GitHub; empty for every other one.
std::string_view deploying_action(std::string_view uses);

}  // namespace overreach
