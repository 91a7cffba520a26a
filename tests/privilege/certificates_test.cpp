// Keys and the certificates that were made for them, by OpenSSL itself.

#include "scanner/privilege/certificates.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/encoding.h"
#include "tests/privilege/made_certificate.h"

namespace overreach {
namespace {

constexpr std::int64_t kNow = 1'800'000'000;  // 2027-01-15
constexpr std::int64_t kLater = 1'900'000'000;

Credential key_of(std::string_view secret) {
  Credential credential;
  credential.provider = "private-key";
  credential.secret = Secret(secret);
  return credential;
}

std::string fact(const Credential& credential, std::string_view name) {
  for (const auto& [each, value] : credential.facts) {
    if (each == name) return value;
  }
  return "absent";
}

Credential described(std::string_view secret, const std::string& texts) {
  Certificates certificates;
  certificates.add(texts);
  std::vector<Credential> keys = {key_of(secret)};
  certificates.describe_keys(kNow, keys);
  return keys[0];
}

std::string use_of(const CertificateMaker& maker, std::int64_t ends = kLater) {
  const MadeCertificate made = maker.make(ends);
  return fact(described(made.key, made.certificate), "certificate-use");
}

TEST(Certificates, SayWhatAKeyIsFor) {
  const auto maker = [] { return CertificateMaker(); };
  EXPECT_EQ(use_of(maker().subject("CN", "a").extension(NID_ext_key_usage,
                                                        "serverAuth")),
            "server");
  EXPECT_EQ(use_of(maker().subject("CN", "a").extension(
                NID_ext_key_usage, "serverAuth,clientAuth")),
            "server");
  EXPECT_EQ(use_of(maker().subject("CN", "a").extension(NID_ext_key_usage,
                                                        "clientAuth")),
            "client");
  EXPECT_EQ(use_of(maker()
                       .subject("O", "system:masters")
                       .subject("CN", "kubernetes-admin")
                       .extension(NID_ext_key_usage, "clientAuth")),
            "kubernetes-admin");
  EXPECT_EQ(use_of(maker().subject("CN", "a").extension(NID_ext_key_usage,
                                                        "codeSigning")),
            "code-signing");
  EXPECT_EQ(use_of(maker().subject("CN", "a").extension(NID_ext_key_usage,
                                                        "emailProtection")),
            "absent");
  EXPECT_EQ(use_of(maker()
                       .subject("CN", "Some CA")
                       .extension(NID_basic_constraints, "critical,CA:TRUE")
                       .extension(NID_key_usage, "keyCertSign,cRLSign")),
            "authority");
  EXPECT_EQ(use_of(maker()
                       .subject("CN", "Some CA")
                       .extension(NID_basic_constraints, "critical,CA:TRUE")),
            "authority");
  EXPECT_EQ(
      use_of(maker()
                 .subject("CN", "acme_ca.example.org")
                 .extension(NID_basic_constraints, "critical,CA:TRUE")
                 .extension(NID_key_usage, "keyCertSign")
                 .extension(NID_ext_key_usage, "serverAuth")
                 .extension(NID_subject_alt_name, "DNS:acme_ca.example.org")),
      "authority");
  // What `openssl req -x509` makes for whatever it is asked.
  EXPECT_EQ(use_of(maker()
                       .subject("CN", "shop")
                       .extension(NID_basic_constraints, "critical,CA:TRUE")),
            "absent");
  EXPECT_EQ(use_of(maker()
                       .subject("CN", "db.example.org")
                       .extension(NID_basic_constraints, "critical,CA:TRUE")),
            "absent");
  EXPECT_EQ(use_of(maker()
                       .subject("CN", "db.example.org")
                       .extension(NID_basic_constraints, "critical,CA:TRUE")
                       .extension(NID_subject_alt_name, "DNS:db.example.org")),
            "server");
  EXPECT_EQ(use_of(maker().subject("CN", "a").extension(NID_subject_alt_name,
                                                        "IP:127.0.0.1")),
            "server");
  EXPECT_EQ(use_of(maker().subject("CN", "MySQL_Server")), "server");
  EXPECT_EQ(use_of(maker().subject("CN", "login.example.org")), "absent");
  EXPECT_EQ(use_of(maker()), "absent");
}

// Where nothing else says it, what the key's file or entry is called does.
TEST(Certificates, OfWhatIsCalledAServer) {
  const MadeCertificate made =
      CertificateMaker()
          .subject("CN", "shop")
          .extension(NID_basic_constraints, "critical,CA:TRUE")
          .make(kLater);
  Certificates certificates;
  certificates.add(made.certificate);
  const auto use = [&](const std::string& path, const std::string& entry) {
    std::vector<Credential> keys = {key_of(made.key)};
    keys[0].places.resize(1);
    keys[0].places[0].path = path;
    keys[0].places[0].key = entry;
    certificates.describe_keys(kNow, keys);
    return fact(keys[0], "certificate-use");
  };
  EXPECT_EQ(use("certs/server.key", ""), "server");
  EXPECT_EQ(use("certs/shop_Server1.pem", ""), "server");
  EXPECT_EQ(use("a.yaml", "server-key.pem"), "server");
  EXPECT_EQ(use("server/shop.key", "tls.key"), "absent");
  EXPECT_EQ(use("certs/serverless.key", ""), "absent");
}

TEST(Certificates, NameAndEnd) {
  const CertificateMaker maker =
      CertificateMaker()
          .subject("O", "Acme")
          .subject("CN", "Acme server")
          .extension(NID_subject_alt_name, "IP:127.0.0.1,DNS:a.example.org");
  const MadeCertificate made = maker.make(kLater);
  const Credential key = described(made.key, made.certificate);
  EXPECT_EQ(fact(key, "certificate"), "a.example.org");
  EXPECT_EQ(fact(key, "certificate-expires"), "2030-03-17T17:46:40Z");
  EXPECT_EQ(use_of(maker, kNow - 1), "expired");
  EXPECT_EQ(use_of(maker, kNow), "server");
  // Whoever checks log-ins by it may not look at the date.
  EXPECT_EQ(
      use_of(CertificateMaker().subject("CN", "idp.example.org"), kNow - 1),
      "absent");
}

TEST(Certificates, TheOneThatLastsLongestCounts) {
  const CertificateMaker maker =
      CertificateMaker().subject("CN", "a").extension(NID_subject_alt_name,
                                                      "DNS:a.example.org");
  const MadeCertificate old = maker.make(kNow - 1), now = maker.make(kLater);
  for (const std::string& both :
       {old.certificate + now.certificate, now.certificate + old.certificate}) {
    EXPECT_EQ(fact(described(now.key, both), "certificate-use"), "server");
  }
}

TEST(Certificates, InWhateverFormTheyStand) {
  const MadeCertificate made =
      CertificateMaker().subject("CN", "Some server").make(kLater);
  const auto escaped = [](std::string text) {
    for (std::size_t at = 0; (at = text.find('\n', at)) != text.npos; at += 2) {
      text.replace(at, 1, "\\n");
    }
    return text;
  };
  const auto indented = [](std::string text) {
    for (std::size_t at = 0; (at = text.find('\n', at)) != text.npos; at += 3) {
      text.replace(at, 1, "\n  ");
    }
    return text;
  };
  std::size_t at = made.key.find('\n');
  std::string der = made.key.substr(at, made.key.find("-----END") - at);
  std::erase(der, '\n');
  for (const std::string& key :
       {made.key, escaped(made.key), indented(made.key),
        encode_base64(made.key), der}) {
    for (const std::string& text :
         {made.certificate, "x: \"" + escaped(made.certificate) + "\"\n",
          "x: |\n  " + indented(made.certificate),
          "tls.crt: " + encode_base64(made.certificate) + "\n",
          made.key + made.certificate}) {
      EXPECT_EQ(fact(described(key, text), "certificate-use"), "server");
    }
  }
}

TEST(Certificates, OfAnotherKeyOrNoneSayNothing) {
  const MadeCertificate made =
      CertificateMaker().subject("CN", "Some server").make(kLater);
  const MadeCertificate other =
      CertificateMaker().subject("CN", "Some server").make(kLater);
  const std::string cut = made.certificate.substr(0, 200);
  for (const std::string& text :
       {std::string(), other.certificate, cut, cut + other.certificate,
        std::string("-----BEGIN CERTIFICATE-----"),
        std::string("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----"),
        std::string("LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t")}) {
    EXPECT_TRUE(described(made.key, text).facts.empty()) << text;
  }
  for (const std::string& key :
       {std::string(), std::string("-----BEGIN PRIVATE KEY-----"),
        made.key.substr(0, 100), std::string("x")}) {
    EXPECT_TRUE(described(key, made.certificate).facts.empty()) << key;
  }
  Certificates certificates;
  certificates.add(made.certificate);
  std::vector<Credential> others = {key_of(made.key)};
  others[0].provider = "generic";
  certificates.describe_keys(kNow, others);
  EXPECT_TRUE(others[0].facts.empty());
}

TEST(Certificates, Merge) {
  const MadeCertificate made =
      CertificateMaker().subject("CN", "Some server").make(kLater);
  Certificates one, two;
  two.add(made.certificate);
  one.merge(std::move(two));
  std::vector<Credential> keys = {key_of(made.key), key_of(made.key)};
  one.describe_keys(kNow, keys);
  EXPECT_EQ(fact(keys[0], "certificate-use"), "server");
  EXPECT_EQ(fact(keys[1], "certificate-use"), "server");
}

}  // namespace
}  // namespace overreach
