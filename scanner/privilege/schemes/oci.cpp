// Request signing of Oracle Cloud Infrastructure, version 1.
// docs.oracle.com/iaas/Content/API/Concepts/signingrequests.htm

#include "scanner/base/digest.h"
#include "scanner/base/encoding.h"
#include "scanner/base/text.h"
#include "scanner/privilege/schemes/rsa_key.h"
#include "scanner/privilege/schemes/schemes.h"
#include "scanner/privilege/schemes/signing.h"

namespace overreach {
namespace {

// Lines "name: value" of what is signed, and their names.
struct Signed {
  std::string text, names;

  void add(const std::string& name, const std::string& value) {
    text += (text.empty() ? "" : "\n") + name + ": " + value;
    names += (names.empty() ? "" : " ") + name;
  }
};

}  // namespace

Status sign_oci(const Words&, SchemeInput& input, HttpRequest& request) {
  const std::string tenancy =
      first_known({"{fact.oracle-tenancy-ocid}", "{fact.tenancy_ocid}"}, input);
  const std::string user =
      first_known({"{fact.oracle-user-ocid}", "{fact.user_ocid}"}, input);
  if (tenancy.empty() || user.empty()) {
    return fail("its tenancy and user are not known");
  }
  TRY_ASSIGN(const RsaKey key,
             RsaKey::from_pem(input.credential.secret.reveal()));
  const RequestTarget target = target_of(request.url);
  TRY(add_header("Date", http_date(input.now), request));
  Signed lines;
  lines.add("date", header_of(request, "Date"));
  lines.add("(request-target)",
            lower_case(request.method) + " " + target.path +
                (target.query.empty() ? "" : "?" + target.query));
  lines.add("host", target.host);
  if (request.method == "POST") {
    if (header_of(request, "Content-Type").empty()) {
      TRY(add_header("Content-Type", "application/json", request));
    }
    TRY(add_header("X-Content-SHA256", encode_base64(sha256(request.body)),
                   request));
    lines.add("content-length", std::to_string(request.body.size()));
    lines.add("content-type", header_of(request, "Content-Type"));
    lines.add("x-content-sha256", header_of(request, "X-Content-SHA256"));
  }
  TRY_ASSIGN(const std::string signature, key.sign(lines.text));
  return add_header("Authorization",
                    "Signature version=\"1\",keyId=\"" + tenancy + "/" + user +
                        "/" + key.fingerprint() +
                        "\",algorithm=\"rsa-sha256\",headers=\"" + lines.names +
                        "\",signature=\"" + encode_base64(signature) + "\"",
                    request);
}

}  // namespace overreach
