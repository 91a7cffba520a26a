#include "scanner/walk/walk.h"
namespace overreach {
Result<std::vector<TextSource>> staged_changes(const std::string&, Diagnostics&){ return fail("stub"); }
}
