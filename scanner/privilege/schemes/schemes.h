// The schemes themselves, for scheme.cpp.  `words[0]` is the scheme's name.
#pragma once

#include <initializer_list>

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
Status sign_digest(const Words& words, SchemeInput& input,
                   HttpRequest& request);
Status sign_sigv4(const Words& words, SchemeInput& input, HttpRequest& request);
Status sign_google(const Words& words, SchemeInput& input,
                   HttpRequest& request);
Status sign_github_app(const Words& words, SchemeInput& input,
                       HttpRequest& request);
Status sign_oauth(const Words& words, SchemeInput& input, HttpRequest& request);
Status sign_azure(const Words& words, SchemeInput& input, HttpRequest& request);
Status sign_azure_storage(const Words& words, SchemeInput& input,
                          HttpRequest& request);
Status sign_azure_sas(const Words& words, SchemeInput& input,
                      HttpRequest& request);
Status sign_azure_cosmos(const Words& words, SchemeInput& input,
                         HttpRequest& request);
Status sign_azure_servicebus(const Words& words, SchemeInput& input,
                             HttpRequest& request);
Status sign_azure_appconfig(const Words& words, SchemeInput& input,
                            HttpRequest& request);
Status sign_oci(const Words& words, SchemeInput& input, HttpRequest& request);
Status sign_ovh(const Words& words, SchemeInput& input, HttpRequest& request);
Status sign_kubernetes(const Words& words, SchemeInput& input,
                       HttpRequest& request);

// The template at that index of the words, filled; `otherwise` when there is
// none.
Result<std::string> filled(const Words& words, std::size_t index,
                           std::string_view otherwise,
                           const SchemeInput& input);

// The first of the templates that is known, filled; else an empty text.
std::string first_known(std::initializer_list<std::string_view> templates,
                        const SchemeInput& input);

// A header holds one line; a secret with another in it is none of its kind.
Status add_header(std::string name, std::string value, HttpRequest& request);

}  // namespace overreach
