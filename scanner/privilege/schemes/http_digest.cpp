// The challenge is asked for before every request: servers differ in how often
// they take one, and an old one would look like a wrong password.  It is not
// libcurl's own Digest because that hides whether the credential was shown at
// all, and a 401 without a challenge must not pass for a dead key.
#include "scanner/privilege/schemes/http_digest.h"

#include <algorithm>

#include "scanner/base/digest.h"
#include "scanner/base/encoding.h"
#include "scanner/base/text.h"
#include "scanner/privilege/schemes/schemes.h"
#include "scanner/privilege/schemes/signing.h"
#include "scanner/privilege/scram.h"

namespace overreach {
namespace {

constexpr std::size_t kMostBytes = 4 << 10;  // of a header with challenges
constexpr std::string_view kBlanks = " \t,";

// Takes a token or a quoted string from the front of the text.
std::string take_value(std::string_view& text) {
  std::string value;
  if (!text.starts_with('"')) {
    const std::size_t end = std::min(text.find_first_of(kBlanks), text.size());
    value = text.substr(0, end);
    text.remove_prefix(end);
    return value;
  }
  std::size_t at = 1;
  for (; at < text.size() && text[at] != '"'; ++at) {
    if (text[at] == '\\' && at + 1 < text.size()) ++at;
    value += text[at];
  }
  text.remove_prefix(std::min(at + 1, text.size()));
  return value;
}

// A word of a list like "auth, auth-int".
bool lists(std::string_view list, std::string_view word) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(','), list.size());
    if (equal_ignoring_case(trimmed(list.substr(0, end)), word)) return true;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return false;
}

// Behind the word "Digest", up to the next scheme.
std::optional<DigestChallenge> parse_challenge(std::string_view text) {
  DigestChallenge challenge;
  std::string quality;
  while (true) {
    text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
    const std::size_t end = text.find_first_of("= \t,");
    if (end == text.npos || text[end] != '=') break;  // another scheme
    const std::string name = lower_case(text.substr(0, end));
    text.remove_prefix(end + 1);
    const std::string value = take_value(text);
    if (name == "realm") challenge.realm = value;
    if (name == "nonce") challenge.nonce = value;
    if (name == "algorithm") challenge.algorithm = value;
    if (name == "qop") quality = value;
    if (name == "opaque") {
      challenge.opaque = value;
      challenge.has_opaque = true;
    }
  }
  challenge.is_sha256 = equal_ignoring_case(challenge.algorithm, "SHA-256");
  const bool is_known = challenge.is_sha256 || challenge.algorithm.empty() ||
                        equal_ignoring_case(challenge.algorithm, "MD5");
  if (!is_known || challenge.nonce.empty() || !lists(quality, "auth")) {
    return std::nullopt;
  }
  return challenge;
}

std::string quoted(std::string_view name, std::string_view value) {
  std::string text(name);
  text += "=\"";
  for (const char c : value) {
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
  return text + "\"";
}

}  // namespace

std::optional<DigestChallenge> digest_challenge(const HttpReply& reply) {
  constexpr std::string_view kScheme = "digest ";
  if (reply.status != 401) return std::nullopt;
  for (const auto& [name, value] : reply.headers) {
    if (!equal_ignoring_case(name, "WWW-Authenticate") ||
        value.size() > kMostBytes) {
      continue;
    }
    const std::string lower = lower_case(value);
    for (std::size_t at = lower.find(kScheme); at != lower.npos;
         at = lower.find(kScheme, at + 1)) {
      auto challenge =
          parse_challenge(std::string_view(value).substr(at + kScheme.size()));
      if (challenge) return challenge;
    }
  }
  return std::nullopt;
}

std::string digest_authorization(const DigestChallenge& challenge,
                                 const DigestAnswer& answer) {
  constexpr std::string_view kCount = "00000001";
  const auto hash = [&](const std::string& text) {
    return encode_hex(challenge.is_sha256 ? sha256(text) : md5(text));
  };
  const std::string user(answer.user), uri(answer.uri);
  const std::string who =
      hash(user + ":" + challenge.realm + ":" + std::string(answer.password));
  const std::string what = hash(std::string(answer.method) + ":" + uri);
  const std::string response =
      hash(who + ":" + challenge.nonce + ":" + std::string(kCount) + ":" +
           std::string(answer.client_nonce) + ":auth:" + what);
  std::string text = "Digest " + quoted("username", user) + ", " +
                     quoted("realm", challenge.realm) + ", " +
                     quoted("nonce", challenge.nonce) + ", " +
                     quoted("uri", uri) +
                     ", qop=auth, nc=" + std::string(kCount) + ", " +
                     quoted("cnonce", answer.client_nonce) + ", " +
                     quoted("response", response);
  if (!challenge.algorithm.empty()) {
    text +=
        std::string(", algorithm=") + (challenge.is_sha256 ? "SHA-256" : "MD5");
  }
  if (challenge.has_opaque) text += ", " + quoted("opaque", challenge.opaque);
  return text;
}

Status sign_digest(const Words& words, SchemeInput& input,
                   HttpRequest& request) {
  if (words.size() < 3) return fail("digest: needs the user and the password");
  TRY_ASSIGN(const std::string user, filled(words, 1, "", input));
  TRY_ASSIGN(const std::string password, filled(words, 2, "", input));
  const HttpReply reply = input.transport.send(request);
  if (reply.status == 0) return fail(reply.error);
  const auto challenge = digest_challenge(reply);
  if (!challenge) {
    return fail("no challenge that can be answered (status " +
                std::to_string(reply.status) + ")");
  }
  const RequestTarget target = target_of(request.url);
  const std::string uri =
      target.query.empty() ? target.path : target.path + "?" + target.query;
  const std::string nonce = scram_nonce();
  return add_header(
      "Authorization",
      digest_authorization(*challenge,
                           {user, password, request.method, uri, nonce}),
      request);
}

}  // namespace overreach
