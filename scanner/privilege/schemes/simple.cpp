// Schemes that put the secret somewhere as it is.

#include "scanner/base/encoding.h"
#include "scanner/privilege/request.h"
#include "scanner/privilege/schemes/schemes.h"

namespace overreach {
namespace {

constexpr std::string_view kSecret = "{secret}";

}  // namespace

Status sign_none(const Words&, SchemeInput&, HttpRequest&) { return {}; }

Status sign_bearer(const Words& words, SchemeInput& input,
                   HttpRequest& request) {
  TRY_ASSIGN(const std::string secret, filled(words, 1, kSecret, input));
  return add_header("Authorization", "Bearer " + secret, request);
}

Status sign_authorization(const Words& words, SchemeInput& input,
                          HttpRequest& request) {
  if (words.size() < 2) return fail("authorization: the word is missing");
  TRY_ASSIGN(const std::string secret, filled(words, 2, kSecret, input));
  return add_header("Authorization", words[1] + " " + secret, request);
}

Status sign_header(const Words& words, SchemeInput& input,
                   HttpRequest& request) {
  if (words.size() < 2) return fail("header: its name is missing");
  TRY_ASSIGN(std::string secret, filled(words, 2, kSecret, input));
  return add_header(words[1], std::move(secret), request);
}

Status sign_query(const Words& words, SchemeInput& input,
                  HttpRequest& request) {
  if (words.size() < 2) return fail("query: its name is missing");
  TRY_ASSIGN(const std::string secret, filled(words, 2, kSecret, input));
  set_query(request, words[1], secret);
  return {};
}

Status sign_basic(const Words& words, SchemeInput& input,
                  HttpRequest& request) {
  TRY_ASSIGN(std::string pair, filled(words, 1, kSecret, input));
  if (words.size() > 2) {
    TRY_ASSIGN(const std::string password, filled(words, 2, "", input));
    pair += ":" + password;
  } else if (words.size() > 1 || pair.find(':') == pair.npos) {
    pair += ":";  // a name and no password
  }
  return add_header("Authorization", "Basic " + encode_base64(pair), request);
}

}  // namespace overreach
