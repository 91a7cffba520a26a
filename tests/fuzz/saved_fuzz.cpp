// Reader of saved reports: bytes of any kind are read or refused with a reason,
// and what was read is the same when it is written and read again.

#include <sstream>
#include <string>

#include "formatters/formatter.h"
#include "tests/formatters/reports.h"
#include "tests/fuzz/fuzz.h"

namespace overreach {
namespace {

std::string as_json(const Report& report) {
  std::ostringstream out;
  write_json(report, {}, out);
  return out.str();
}

}  // namespace

std::vector<std::string> fuzz_seeds() {
  std::vector<std::string> seeds;
  for (const Report& report :
       {empty_report(), realistic_report(), hostile_report(), reach_report()}) {
    seeds.push_back(written(write_json, report));
    seeds.push_back(written(write_jsonl, report));
  }
  return seeds;
}

}  // namespace overreach

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace overreach;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto reports = read_saved_reports(text, "x");
  if (!reports) {
    FUZZ_CHECK(reports.error().text.starts_with("x: "));
    return 0;
  }
  FUZZ_CHECK(!reports->empty());
  for (const Report& report : *reports) {
    const std::string written = as_json(report);
    const auto again = read_saved_reports(written, "x");
    FUZZ_CHECK(again && again->size() == 1);
    FUZZ_CHECK(as_json(again->front()) == written);
  }
  return 0;
}
