// Request signing of OVHcloud's API.  The time is ours: the provider refuses it
// only where the clock is wrong, and has /auth/time for that.
// github.com/ovh/python-ovh, ovh/client.py (raw_call)

#include "scanner/base/digest.h"
#include "scanner/base/encoding.h"
#include "scanner/privilege/schemes/schemes.h"

namespace overreach {

Status sign_ovh(const Words&, SchemeInput& input, HttpRequest& request) {
  const std::string application = first_known(
      {"{part.ovh-application-key}", "{fact.ovh-application-key}"}, input);
  const std::string secret =
      first_known({"{part.ovh-application-secret}"}, input);
  const std::string consumer = first_known({"{part.ovh-consumer-key}"}, input);
  if (application.empty() || secret.empty() || consumer.empty()) {
    return fail(
        "application key, application secret and consumer key are not "
        "all known");
  }
  const std::string time = std::to_string(input.now);
  const std::string text = secret + "+" + consumer + "+" + request.method +
                           "+" + request.url + "+" + request.body + "+" + time;
  TRY(add_header("X-Ovh-Application", application, request));
  TRY(add_header("X-Ovh-Consumer", consumer, request));
  TRY(add_header("X-Ovh-Timestamp", time, request));
  return add_header("X-Ovh-Signature", "$1$" + encode_hex(sha1(text)), request);
}

}  // namespace overreach
