// Kubeconfigs and what is signed with them.

#include "scanner/privilege/schemes/kubeconfig.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/privilege/schemes_test.h"

namespace overreach {
namespace {

using testing::HasSubstr;

std::string block(const std::string& kind) {
  return "-----BEGIN " + kind + "-----\nSYNTHETIC\n-----END " + kind +
         "-----\n";
}

const std::string kAuthority = block("CERTIFICATE");
const std::string kCertificate = block("CERTIFICATE") + "of ada\n";
const std::string kKey = block("RSA PRIVATE KEY");

// Two clusters, three users; the current one is staging's.
std::string kubeconfig() {
  return "apiVersion: v1\n"
         "kind: Config\n"
         "clusters:\n"
         "- name: prod\n"
         "  cluster:\n"
         "    server: https://prod.acme.example:6443\n"
         "    certificate-authority-data: " +
         encode_base64(kAuthority) +
         "\n"
         "- name: staging\n"
         "  cluster: {server: \"https://staging.acme.example\"}\n"
         "contexts:\n"
         "- context: {cluster: prod, user: ada}\n"
         "  name: at-prod\n"
         "- context:\n"
         "    cluster: staging\n"
         "    namespace: web\n"
         "    user: 'bob'\n"
         "  name: at-staging\n"
         "current-context: at-staging\n"
         "users:\n"
         "- name: ada\n"
         "  user:\n"
         "    client-certificate-data: >-\n"
         "      " +
         encode_base64(kCertificate) +
         "\n"
         "    client-key-data: " +
         encode_base64(kKey) +
         "\n"
         "- name: bob\n"
         "  user:\n"
         "    token: SYNTHETIC-token\n";
}

TEST(Kubeconfig, ServerChoosesTheUser) {
  const std::string text = kubeconfig();
  const auto prod =
      kubeconfig_access(text, "https://prod.acme.example:6443/version");
  ASSERT_TRUE(prod) << prod.error().text;
  EXPECT_EQ(prod->certificate, kCertificate);
  EXPECT_EQ(prod->key, kKey);
  EXPECT_EQ(prod->authority, kAuthority);
  EXPECT_EQ(prod->token, "");
  for (const char* url :
       {"https://staging.acme.example/version",
        "https://staging.acme.example:443/", "https://127.0.0.1:16443/"}) {
    const auto other = kubeconfig_access(text, url);
    ASSERT_TRUE(other) << url;
    EXPECT_EQ(other->token, "SYNTHETIC-token") << url;
    EXPECT_EQ(other->key, "") << url;
    EXPECT_EQ(other->authority, "") << url;
  }
}

TEST(Kubeconfig, JsonIsYaml) {
  const auto access = kubeconfig_access(
      R"({"clusters":[{"name":"c","cluster":{"server":"https://c"}}],)"
      R"("contexts":[{"name":"x","context":{"cluster":"c","user":"u"}}],)"
      R"("users":[{"name":"u","user":{"username":"ada","password":"p:w"}}]})",
      "https://c/");
  ASSERT_TRUE(access) << access.error().text;
  EXPECT_EQ(access->username, "ada");
  EXPECT_EQ(access->password, "p:w");
}

TEST(Kubeconfig, WhatIsNotInIt) {
  const auto with_user = [](const std::string& user) {
    return "contexts: [{name: x, context: {cluster: c, user: u}}]\n"
           "clusters: []\nusers: [{name: u, user: " +
           user + "}]\n";
  };
  const std::pair<std::string, const char*> cases[] = {
      {with_user("{exec: {command: /bin/touch, args: [x]}}"), "program (exec)"},
      {with_user("{auth-provider: {name: gcp}}"), "program (auth-provider)"},
      {with_user("{tokenFile: /etc/passwd}"), "another file (tokenFile)"},
      {with_user("{client-certificate: a.pem, client-key: b.pem}"),
       "another file (client-key)"},
      {with_user("{client-key-data: AAAA, client-certificate-data: '%'}"),
       "nothing to log in with"},
      {with_user("{}"), "nothing to log in with"},
      {with_user("text"), "nothing to log in with"},
      {"contexts: [{name: x, context: {user: other}}]\nusers: []",
       "no such user"},
      {"contexts: []", "no context"},
      {"[1, 2]", "no context"},
      {"", "cannot be read"},
      {"a: b: c: [", "cannot be read"},
      {"a: &a [*a, *a]\ncontexts: *a", "no context"},
      {std::string(100000, '['), "cannot be read"},
      {std::string(2 * 1024 * 1024, 'a'), "cannot be read"},
      {"\xff\xfe\x00", "cannot be read"},
  };
  for (const auto& [text, why] : cases) {
    const auto access = kubeconfig_access(text, "https://c/");
    ASSERT_FALSE(access) << text.substr(0, 100);
    EXPECT_THAT(access.error().text, HasSubstr(why)) << text.substr(0, 100);
  }
}

// Every prefix of a file, and the file with a byte changed, leads to an answer.
TEST(Kubeconfig, BrokenFilesDoNoHarm) {
  const std::string text = kubeconfig();
  for (std::size_t i = 0; i < text.size(); ++i) {
    (void)kubeconfig_access(text.substr(0, i), "https://c/");
    std::string changed = text;
    changed[i] = static_cast<char>(changed[i] ^ 0x11);
    (void)kubeconfig_access(changed, "https://prod.acme.example:6443/");
  }
}

class Kubernetes : public SchemesFixture {
 protected:
  Kubernetes() { request_.url = "https://prod.acme.example:6443/version"; }
};

TEST_F(Kubernetes, WholeFile) {
  for (const std::string& secret :
       {kubeconfig(), encode_base64(kubeconfig())}) {
    request_ = {};
    request_.url = "https://prod.acme.example:6443/version";
    set_secret(secret);
    ASSERT_TRUE(sign_with({"kubernetes"}));
    EXPECT_EQ(request_.client_certificate, kCertificate);
    EXPECT_EQ(request_.client_key, kKey);
    EXPECT_EQ(request_.authority, kAuthority);
    EXPECT_THAT(request_.headers, testing::IsEmpty());
    request_.url = "https://staging.acme.example/version";
    ASSERT_TRUE(sign_with({"kubernetes"}));
    EXPECT_EQ(header("Authorization"), "Bearer SYNTHETIC-token");
    EXPECT_EQ(request_.url, "https://staging.acme.example/version");
  }
}

TEST_F(Kubernetes, TokenAlone) {
  set_secret("eyJhbGciOiJSUzI1NiJ9.e30.c2ln");
  known_["fact.kubernetes-certificate-authority"] = encode_base64(kAuthority);
  ASSERT_TRUE(sign_with({"kubernetes"}));
  EXPECT_EQ(header("Authorization"), "Bearer eyJhbGciOiJSUzI1NiJ9.e30.c2ln");
  EXPECT_EQ(request_.authority, kAuthority);
  EXPECT_EQ(request_.client_key, "");
}

TEST_F(Kubernetes, ClientKeyNeedsItsCertificate) {
  set_secret(encode_base64(kKey));
  const Status status = sign_with({"kubernetes"});
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().text, "its client certificate is not known");
  known_["fact.kubernetes-client-certificate"] = encode_base64(kCertificate);
  ASSERT_TRUE(sign_with({"kubernetes"}));
  EXPECT_EQ(request_.client_certificate, kCertificate);
  EXPECT_EQ(request_.client_key, kKey);
  EXPECT_THAT(request_.headers, testing::IsEmpty());
}

TEST_F(Kubernetes, NameAndPassword) {
  set_secret(
      "clusters: []\n"
      "contexts: [{name: x, context: {cluster: c, user: u}}]\n"
      "users: [{name: u, user: {username: me, password: SYNTHETIC}}]\n");
  ASSERT_TRUE(sign_with({"kubernetes"}));
  EXPECT_EQ(header("Authorization"), "Basic bWU6U1lOVEhFVElD");
}

TEST_F(Kubernetes, TokenWithASecondLine) {
  set_secret("one\r\nX-Other: two");
  EXPECT_FALSE(sign_with({"kubernetes"}));
}

}  // namespace
}  // namespace overreach
