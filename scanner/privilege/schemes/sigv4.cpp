// AWS Signature Version 4, in headers.
// docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request

#include <algorithm>

#include "scanner/base/digest.h"
#include "scanner/base/encoding.h"
#include "scanner/base/text.h"
#include "scanner/privilege/schemes/schemes.h"
#include "scanner/privilege/schemes/signing.h"
#include "scanner/privilege/template.h"

namespace overreach {
namespace {

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";

struct AwsKey {
  std::string id, secret;
  std::string session;  // of a temporary key, which is of no use without it
};

Result<AwsKey> aws_key(const Words& words, const SchemeInput& input) {
  AwsKey key;
  if (words.size() > 4) {  // of another server with S3's API
    TRY_ASSIGN(key.id, filled(words, 3, "", input));
    TRY_ASSIGN(key.secret, filled(words, 4, "", input));
    return key;
  }
  key.secret = first_known({"{part.aws-secret-access-key}"}, input);
  if (key.secret.empty()) return fail("its secret access key is not known");
  key.id = first_known({"{part.aws-access-key-id}"}, input);
  if (!key.id.empty()) return key;
  key.id = first_known({"{part.aws-temporary-access-key-id}"}, input);
  if (key.id.empty()) return fail("its access key id is not known");
  key.session = first_known({"{part.aws-session-token}"}, input);
  if (key.session.empty()) return fail("its session token is not known");
  return key;
}

// Each name and value encoded in AWS's way, by name, then by value.
std::string canonical_query(std::string_view query) {
  auto pairs = query_pairs(query);
  for (auto& [name, value] : pairs) {
    name = percent_encoded(percent_decoded(name));
    value = percent_encoded(percent_decoded(value));
  }
  std::sort(pairs.begin(), pairs.end());
  std::string text;
  for (const auto& [name, value] : pairs) {
    text += (text.empty() ? "" : "&") + name + "=" + value;
  }
  return text;
}

// Every service but S3 encodes the path once more.
std::string canonical_path(const std::string& path, std::string_view service) {
  if (service == "s3") return path;
  std::string text;
  for (std::size_t at = 0; at < path.size();) {
    const std::size_t slash = std::min(path.find('/', at), path.size());
    text += percent_encoded(path.substr(at, slash - at));
    if (slash < path.size()) text += '/';
    at = slash + 1;
  }
  return text;
}

// Signed headers, sorted by name.
Headers signed_headers(const HttpRequest& request, const std::string& host) {
  Headers headers = {{"host", host}};
  for (const auto& [name, value] : request.headers) {
    std::string lower = lower_case(name);
    if (lower == "content-type" || lower.starts_with("x-amz-")) {
      headers.emplace_back(std::move(lower), squeezed(value));
    }
  }
  std::sort(headers.begin(), headers.end());
  return headers;
}

std::string signing_key(const AwsKey& key,
                        std::initializer_list<std::string_view> scope) {
  std::string derived = "AWS4" + key.secret;
  for (const std::string_view part : scope) {
    derived = hmac_sha256(derived, part);
  }
  return derived;
}

}  // namespace

Status sign_sigv4(const Words& words, SchemeInput& input,
                  HttpRequest& request) {
  if (words.size() < 3) return fail("sigv4: takes a service and a region");
  TRY_ASSIGN(const AwsKey key, aws_key(words, input));
  TRY_ASSIGN(const std::string service, filled(words, 1, "", input));
  TRY_ASSIGN(const std::string region, filled(words, 2, "", input));
  const std::string date = utc(input.now, "%Y%m%d");
  const std::string time = utc(input.now, "%Y%m%dT%H%M%SZ");
  const std::string body_hash = encode_hex(sha256(request.body));
  TRY(add_header("X-Amz-Date", time, request));
  if (service == "s3") {
    TRY(add_header("X-Amz-Content-Sha256", body_hash, request));
  }
  if (!key.session.empty()) {
    TRY(add_header("X-Amz-Security-Token", key.session, request));
  }
  const RequestTarget target = target_of(request.url);
  std::string canonical = request.method + "\n" +
                          canonical_path(target.path, service) + "\n" +
                          canonical_query(target.query) + "\n";
  std::string names;
  for (const auto& [name, value] : signed_headers(request, target.host)) {
    canonical += name + ":" + value + "\n";
    names += (names.empty() ? "" : ";") + name;
  }
  canonical += "\n" + names + "\n" + body_hash;
  const std::string scope =
      date + "/" + region + "/" + service + "/aws4_request";
  const std::string text = std::string(kAlgorithm) + "\n" + time + "\n" +
                           scope + "\n" + encode_hex(sha256(canonical));
  const std::string signature = encode_hex(hmac_sha256(
      signing_key(key, {date, region, service, "aws4_request"}), text));
  return add_header("Authorization",
                    std::string(kAlgorithm) + " Credential=" + key.id + "/" +
                        scope + ", SignedHeaders=" + names +
                        ", Signature=" + signature,
                    request);
}

}  // namespace overreach
