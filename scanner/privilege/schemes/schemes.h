// The schemes themselves, for scheme.cpp.  `words[0]` is the scheme's name.
#pragma once

#include "scanner/privilege/schemes/scheme.h"

namespace overreach {

using Words = std::vector<std::string>;

Status sign_none(const Words& words, SchemeInput& input, HttpRequest& request);
Status sign_bearer(const Words& words, SchemeInput& input,
                   HttpRequest& request);
Status sign_authorization(const Words& words, SchemeInput& input,
                          HttpRequest& request);
Status sign_header(const Words& words, SchemeInput& input,
                   HttpRequest& request);
Status sign_query(const Words& words, SchemeInput& input, HttpRequest& request);
Status sign_basic(const Words& words, SchemeInput& input, HttpRequest& request);
Status sign_sigv4(const Words& words, SchemeInput& input, HttpRequest& request);
Status sign_google(const Words& words, SchemeInput& input,
                   HttpRequest& request);
Status sign_azure(const Words& words, SchemeInput& input, HttpRequest& request);

// The template at that index of the words, filled; `otherwise` when there is
// none.
Result<std::string> filled(const Words& words, std::size_t index,
                           std::string_view otherwise,
                           const SchemeInput& input);

}  // namespace overreach
