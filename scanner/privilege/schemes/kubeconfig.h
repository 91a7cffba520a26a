// What a kubeconfig holds for one server: YAML or JSON as kubectl reads it.
// kubernetes.io/docs/reference/config-api/kubeconfig.v1
//
// Only what stands in the text counts.  Files that it names are not read, and
// programs that it names (exec, auth-provider) are never started.  Its server
// address is used to choose among its contexts, not to contact anything.
#pragma once

#include <string>
#include <string_view>

#include "scanner/base/result.h"

namespace overreach {

struct KubeAccess {
  std::string authority;         // PEM; empty: the system's
  std::string certificate, key;  // PEM
  std::string token;
  std::string username, password;
};

// Whether a text, by its keys, is a kubeconfig.
bool is_kubeconfig(std::string_view text);

// For the context whose cluster has the host and port of `url`; of several, and
// when none has, for the current one, else for the first.
Result<KubeAccess> kubeconfig_access(std::string_view text,
                                     std::string_view url);

// Base64 of a PEM block, as kubeconfigs have it; empty when it is none.
std::string decoded_pem(std::string_view base64);

}  // namespace overreach
