// AWS Signature Version 4, in headers.
// docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request

#include <algorithm>
#include <ctime>

#include "scanner/base/digest.h"
#include "scanner/base/encoding.h"
#include "scanner/privilege/reply.h"
#include "scanner/privilege/schemes/schemes.h"

namespace overreach {
namespace {

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";

std::string utc(std::int64_t seconds, const char* format) {
  const auto time = static_cast<std::time_t>(seconds);
  std::tm parts = {};
  ::gmtime_r(&time, &parts);
  char text[32];
  return {text, std::strftime(text, sizeof text, format, &parts)};
}

// "b=2&a=1" -> "a=1&b=2"; a name without a value gets an empty one.
std::string canonical_query(std::string_view query) {
  std::vector<std::string> parts = split_text(query, "&");
  for (std::string& part : parts) {
    if (part.find('=') == part.npos) part += '=';
  }
  std::sort(parts.begin(), parts.end());
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : "&") + part;
  return text;
}

std::string host_of(const std::string& url) {
  const std::size_t begin = url.find("://") + 3;
  return url.substr(begin, url.find_first_of("/?", begin) - begin);
}

// Signed headers, sorted by name.
Headers signed_headers(const HttpRequest& request) {
  Headers headers = {{"host", host_of(request.url)}};
  for (const auto& [name, value] : request.headers) {
    std::string lower = name;
    for (char& c : lower) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    }
    if (lower == "content-type" || lower.starts_with("x-amz-")) {
      headers.emplace_back(std::move(lower), value);
    }
  }
  std::sort(headers.begin(), headers.end());
  return headers;
}

Result<std::string> key_id(const SchemeInput& input) {
  for (const char* name :
       {"{part.aws-access-key-id}", "{part.aws-temporary-access-key-id}"}) {
    if (auto id = input.expand(name)) return std::move(*id);
  }
  return fail("its access key id is not known");
}

}  // namespace

Status sign_sigv4(const Words& words, SchemeInput& input,
                  HttpRequest& request) {
  if (words.size() < 3) return fail("sigv4: takes a service and a region");
  TRY_ASSIGN(const std::string id, key_id(input));
  TRY_ASSIGN(const std::string secret,
             filled(words, words.size(), "{part.aws-secret-access-key}", input));
  TRY_ASSIGN(const std::string service, filled(words, 1, "", input));
  TRY_ASSIGN(const std::string region, filled(words, 2, "", input));
  const std::string date = utc(input.now, "%Y%m%d");
  const std::string time = utc(input.now, "%Y%m%dT%H%M%SZ");
  const std::string body_hash = encode_hex(sha256(request.body));
  request.headers.emplace_back("X-Amz-Date", time);
  if (service == "s3") {
    request.headers.emplace_back("X-Amz-Content-Sha256", body_hash);
  }
  if (auto token = input.expand("{part.aws-session-token}")) {
    request.headers.emplace_back("X-Amz-Security-Token", std::move(*token));
  }
  const UrlParts url = split_url(request.url);
  const std::size_t mark = std::min(url.path.find('?'), url.path.size());
  std::string canonical = request.method + "\n" + url.path.substr(0, mark) +
                          "\n" +
                          canonical_query(url.path.substr(
                              std::min(mark + 1, url.path.size()))) +
                          "\n";
  std::string names;
  for (const auto& [name, value] : signed_headers(request)) {
    canonical += name + ":" + value + "\n";
    names += (names.empty() ? "" : ";") + name;
  }
  canonical += "\n" + names + "\n" + body_hash;
  const std::string scope = date + "/" + region + "/" + service +
                            "/aws4_request";
  const std::string text = std::string(kAlgorithm) + "\n" + time + "\n" +
                           scope + "\n" + encode_hex(sha256(canonical));
  std::string key = "AWS4" + secret;
  for (const std::string& part :
       {date, region, service, std::string("aws4_request")}) {
    key = hmac_sha256(key, part);
  }
  request.headers.emplace_back(
      "Authorization", std::string(kAlgorithm) + " Credential=" + id + "/" +
                           scope + ", SignedHeaders=" + names + ", Signature=" +
                           encode_hex(hmac_sha256(key, text)));
  return {};
}

}  // namespace overreach
