// Writes the HTML page of reports that no scan gives on demand, for a validator
// (html_valid.sh):  html_probe FOLDER
#include <fstream>
#include <iostream>
#include <string>
#include <utility>

#include "formatters/formatter.h"
#include "tests/formatters/reports.h"

namespace overreach {
namespace {

Report planned_report() {
  Report report = hostile_report();
  report.plan = "GET https://a.example/<b>&\n\n\x1b[31mred\xff\n";
  return report;
}

// Everything at once, each list longer than what is in sight.
Report long_report() {
  Report report = hostile_report();
  Credential& token = report.credentials.front();
  const Power power = token.reach.powers.front();
  for (int i = 0; i < 300; ++i) {
    const std::string number = std::to_string(i);
    token.places.push_back(place_at("a/" + number, 1));
    token.reach.powers.push_back(power);
    token.reach.powers.front().resources.push_back(
        {"vol-" + number, "volume", EnvironmentClass::staging, true});
    token.reach.scopes.push_back("scope:" + number);
    token.reasons.push_back("reason " + number);
    report.problems.push_back({"b/" + number, "denied"});
    report.problems.push_back(
        {"c/" + number, "socket", Problem::Kind::left_out});
  }
  report.crossings.resize(4, report.crossings.front());
  report.contacted = {{"api.example", 3}, {"<b>", 1}};
  report.hidden = report.suppressed = report.ignored = report.known = 7;
  report.unused_baseline = {"a", "b", "c", "<d>\x1b"};
  return report;
}

int write_all(const std::string& folder) {
  const std::pair<std::string, Report> reports[] = {
      {"empty", empty_report()},     {"realistic", realistic_report()},
      {"reach", reach_report()},     {"hostile", hostile_report()},
      {"planned", planned_report()}, {"long", long_report()}};
  for (const auto& [name, report] : reports) {
    for (const bool verbose : {false, true}) {
      OutputOptions options;
      options.verbose = verbose;
      std::ofstream out(
          folder + "/" + name + (verbose ? "-verbose" : "") + ".html",
          std::ios::binary);
      write_html(report, options, out);
      if (!out.flush()) return 1;
    }
  }
  return 0;
}

}  // namespace
}  // namespace overreach

int main(int argc, char** argv) {
  if (argc == 2) return overreach::write_all(argv[1]);
  std::cerr << "html_probe FOLDER\n";
  return 2;
}
