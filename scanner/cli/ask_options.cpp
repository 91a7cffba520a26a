#include "scanner/cli/ask_options.h"

#include <CLI/CLI.hpp>

namespace overreach {

void add_ask_options(CLI::App& command, AskArguments& arguments) {
  const std::string group = "Privileges";
  command
      .add_flag("--plan", arguments.plan,
                "print every request that would be sent, send none")
      ->group(group);
  command
      .add_option("--endpoint", arguments.endpoints,
                  "PROVIDER=URL: ask there, a self-hosted or local instance")
      ->allow_extra_args(false)
      ->group(group);
  command
      .add_option("--allow-host", arguments.options.allowed_hosts,
                  "HOST or HOST:PORT that may be contacted although no rule "
                  "file names it: databases, self-hosted instances")
      ->allow_extra_args(false)
      ->group(group);
  command
      .add_option("--user-agent", arguments.options.user_agent,
                  "added to the User-Agent of every request")
      ->group(group);
}

Status apply(AskArguments& arguments, bool asks, ScanOptions& scan) {
  for (const std::string& text : arguments.endpoints) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0) {
      return fail("--endpoint " + text + ": must be PROVIDER=URL");
    }
    arguments.options.endpoints[text.substr(0, equals)] =
        text.substr(equals + 1);
  }
  scan.ask = arguments.options;
  scan.ask.now = scan.now;
  scan.ask.version = scan.version;
  if (arguments.plan) {
    scan.privileges = Privileges::plan;
  } else if (asks) {
    scan.privileges = Privileges::ask;
  }
  return {};
}

}  // namespace overreach
