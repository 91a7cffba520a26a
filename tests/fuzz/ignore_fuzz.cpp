// Ignore files: the first line is a path, the rest the file.  Any text does no
// harm and takes little time.

#include <string_view>

#include "scanner/walk/ignore.h"
#include "tests/fuzz/fuzz.h"

namespace overreach {

std::vector<std::string> fuzz_seeds() {
  return {"a/b.o\n*.o\n!b.o\n/a/\n", "x y\n**/x*\\ \n", "a/b/c\na/**/c\n[!a]\n",
          "q\n[[:alpha:]]\r\n#\n\\#\n", "aaaaaaaa\n*a*a*a*a*b\n"};
}

}  // namespace overreach

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace overreach;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::size_t line = bytes.find('\n');
  const std::string_view path = bytes.substr(0, line);
  const std::string_view text =
      line == bytes.npos ? std::string_view() : bytes.substr(line + 1);
  for (const bool ignore_case : {false, true}) {
    const auto top =
        std::make_shared<const IgnoreLevel>(text, "", nullptr, ignore_case);
    const bool is_ignored = top->is_ignored(path, false);
    FUZZ_CHECK(top->is_ignored(path, false) == is_ignored);
    const IgnoreLevel negated("!*\n", "", top, ignore_case);
    FUZZ_CHECK(!negated.is_ignored("name", true));
  }
  return 0;
}
