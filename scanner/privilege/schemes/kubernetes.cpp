// Kubernetes: a whole kubeconfig, a client key of one, or a token.
// kubernetes.io/docs/reference/access-authn-authz/authentication

#include "scanner/base/encoding.h"
#include "scanner/privilege/schemes/kubeconfig.h"
#include "scanner/privilege/schemes/schemes.h"

namespace overreach {
namespace {

bool is_private_key(std::string_view pem) {
  return pem.find("PRIVATE KEY-----") != pem.npos;
}

// In base64, as a kubeconfig has it, or as it is.
std::string pem_of(const std::string& text) {
  if (text.find("-----BEGIN ") != text.npos) return text;
  return decoded_pem(text);
}

// The kubeconfig that the secret is, or in base64 as CI variables hold it.
std::string kubeconfig_of(std::string_view secret) {
  if (is_kubeconfig(secret)) return std::string(secret);
  const auto decoded = decode_base64(secret);
  return decoded && is_kubeconfig(*decoded) ? *decoded : std::string();
}

Result<KubeAccess> access_of(const SchemeInput& input, std::string_view url) {
  const std::string secret(input.credential.secret.reveal());
  if (const std::string file = kubeconfig_of(secret); !file.empty()) {
    return kubeconfig_access(file, url);
  }
  KubeAccess access;
  access.authority =
      pem_of(first_known({"{fact.kubernetes-certificate-authority}"}, input));
  access.key = pem_of(secret);
  if (!is_private_key(access.key)) {
    access.key.clear();
    access.token = secret;
    return access;
  }
  access.certificate =
      pem_of(first_known({"{fact.kubernetes-client-certificate}",
                          "{part.kubernetes-client-certificate}"},
                         input));
  if (access.certificate.empty()) {
    return fail("its client certificate is not known");
  }
  return access;
}

}  // namespace

Status sign_kubernetes(const Words&, SchemeInput& input, HttpRequest& request) {
  TRY_ASSIGN(KubeAccess access, access_of(input, request.url));
  request.authority = std::move(access.authority);
  if (!access.certificate.empty() && !access.key.empty()) {
    request.client_certificate = std::move(access.certificate);
    request.client_key = std::move(access.key);
  }
  // kubectl sends a token along with a certificate, but no password then.
  if (!access.token.empty()) {
    return add_header("Authorization", "Bearer " + access.token, request);
  }
  if (!access.username.empty()) {
    return add_header(
        "Authorization",
        "Basic " + encode_base64(access.username + ":" + access.password),
        request);
  }
  return {};
}

}  // namespace overreach
