#include "scanner/core/test_file.h"

#include <string>

#include "scanner/base/text.h"

namespace overreach {

bool is_test_file(std::string_view path) {
  const std::string folded = lower_case(path);
  const std::string_view rest = folded;
  const std::string_view name = file_name(rest);
  const std::string_view folders = rest.substr(0, rest.size() - name.size());
  for (std::size_t begin = 0; begin < folders.size();) {
    const std::size_t end = folders.find('/', begin);
    const std::string_view folder = folders.substr(begin, end - begin);
    for (const std::string_view word :
         {"test", "tests", "testing", "testdata", "spec", "specs", "e2e",
          "__tests__", "__mocks__", "mocks", "fixtures", "cypress"}) {
      if (folder == word) return true;
    }
    if (folder.ends_with("tests") || folder.ends_with(".test")) return true;
    begin = end + 1;
  }
  // Perl's: t/ beside lib/, and what it runs there.
  if (folders.starts_with("t/") || name.ends_with(".t")) return true;
  const std::string_view stem = name.substr(0, name.rfind('.'));
  if (name.starts_with("test_")) return true;
  for (const std::string_view end :
       {"_test", ".test", "-test", "tests", "_spec", ".spec", ".cy"}) {
    if (stem.ends_with(end)) return true;
  }
  // UserTest.java: the hump tells it from "latest".
  return file_name(path).substr(0, stem.size()).ends_with("Test");
}

}  // namespace overreach
