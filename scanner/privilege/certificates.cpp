#include "scanner/privilege/certificates.h"

#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <ctime>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "scanner/base/encoding.h"
#include "scanner/base/text.h"
#include "scanner/core/environment.h"
#include "scanner/privilege/facts.h"
#include "scanner/privilege/key_encoding.h"
#include "scanner/privilege/pem.h"

namespace overreach {
namespace {

// Base64 of "-----BEGIN CERTIFICATE", up to where the next byte matters.
constexpr std::string_view kEncodedBegin = "LS0tLS1CRUdJTiBDRVJUSUZJQ0FUR";
constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(GENERAL_NAMES* names) const { GENERAL_NAMES_free(names); }
};
using Certificate = std::unique_ptr<X509, Free>;

std::string text_of(const ASN1_STRING* string) {
  if (!string) return {};
  unsigned char* utf8 = nullptr;
  const int size = ASN1_STRING_to_UTF8(&utf8, string);
  if (size < 0) return {};
  std::string text(reinterpret_cast<const char*>(utf8),
                   static_cast<std::size_t>(size));
  OPENSSL_free(utf8);
  return text;
}

std::vector<std::string> subject_parts(const X509* certificate, int kind) {
  std::vector<std::string> parts;
  const X509_NAME* const subject = X509_get_subject_name(certificate);
  for (int at = -1;
       (at = X509_NAME_get_index_by_NID(subject, kind, at)) >= 0;) {
    const X509_NAME_ENTRY* const entry = X509_NAME_get_entry(subject, at);
    parts.push_back(text_of(X509_NAME_ENTRY_get_data(entry)));
  }
  return parts;
}

// The hosts it was made for; "" for an address that is no name.
std::vector<std::string> hosts_of(const X509* certificate) {
  const std::unique_ptr<GENERAL_NAMES, Free> names(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  std::vector<std::string> hosts;
  for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* const name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type == GEN_DNS) hosts.push_back(text_of(name->d.dNSName));
    if (name->type == GEN_IPADD) hosts.emplace_back();
  }
  return hosts;
}

std::string name_of(const X509* certificate) {
  for (std::string& host : hosts_of(certificate)) {
    if (!host.empty()) return std::move(host);
  }
  for (const int kind : {NID_commonName, NID_organizationName}) {
    const auto parts = subject_parts(certificate, kind);
    if (!parts.empty()) return parts.front();
  }
  return {};
}

bool is_called(std::string_view name,
               std::initializer_list<const char*> words) {
  const std::vector<std::string> of_name = words_of_name(name);
  return std::find_first_of(of_name.begin(), of_name.end(), words.begin(),
                            words.end()) != of_name.end();
}

// "shop-server", server.key, server-key.pem
bool is_called_server(const X509* certificate, const Credential& key) {
  const auto is_server = [](const Place& place) {
    return is_called(file_name(place.path), {"server"}) ||
           is_called(place.key, {"server"});
  };
  return is_called(name_of(certificate), {"server"}) ||
         std::any_of(key.places.begin(), key.places.end(), is_server);
}

// Without a purpose or hosts anything may be meant: a server, a client, or who
// signs log-ins (SAML).
std::string_view use_of(X509* certificate, const Credential& key) {
  constexpr std::string_view kClusterAdmins = "system:masters";
  const auto groups = subject_parts(certificate, NID_organizationName);
  if (std::find(groups.begin(), groups.end(), kClusterAdmins) != groups.end()) {
    return "kubernetes-admin";
  }
  // `openssl req -x509` makes servers that could be authorities.
  const std::uint32_t flags = X509_get_extension_flags(certificate);
  const bool may_sign = (flags & EXFLAG_CA) != 0;
  const bool is_to_sign = may_sign && (flags & EXFLAG_KUSAGE) &&
                          (X509_get_key_usage(certificate) & KU_KEY_CERT_SIGN);
  const bool is_authority =
      may_sign && is_called(name_of(certificate), {"ca", "authority", "root"});
  if (is_to_sign && is_authority) return "authority";
  if (flags & EXFLAG_XKUSAGE) {
    const std::uint32_t uses = X509_get_extended_key_usage(certificate);
    if (uses & XKU_SSL_SERVER) return "server";
    if (uses & XKU_CODE_SIGN) return "code-signing";
    if (uses & XKU_SSL_CLIENT) return "client";
    return {};
  }
  if (!hosts_of(certificate).empty()) return "server";
  if (is_to_sign || is_authority) return "authority";
  return is_called_server(certificate, key) ? "server" : std::string_view();
}

std::int64_t end_of(const X509* certificate) {
  std::tm time{};
  if (!ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &time)) return 0;
  return ::timegm(&time);
}

Certificate parsed(const std::string& encoded) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(encoded.data());
  return Certificate(
      d2i_X509(nullptr, &bytes, static_cast<long>(encoded.size())));
}

std::string public_key(EVP_PKEY* pair) {
  unsigned char* bytes = nullptr;
  const int size = i2d_PUBKEY(pair, &bytes);
  if (size <= 0) return {};
  std::string encoded(reinterpret_cast<const char*>(bytes),
                      static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  return encoded;
}

// Of a key as PEM, base64 of PEM or base64 of DER; empty if it cannot be read.
// Nobody is asked for a passphrase.
std::string public_key_of(std::string_view secret) {
  if (secret.find("ENCRYPTED") != secret.npos) return {};
  std::size_t at = 0;
  std::optional<std::string> key = next_pem(secret, "PRIVATE KEY", at);
  if (!key) {
    key = decode_base64(secret);
    if (!key || key->find("ENCRYPTED") != key->npos) return {};
    at = 0;
    if (auto inner = next_pem(*key, "PRIVATE KEY", at)) key = std::move(inner);
  }
  if (std::string pair = paired_key(*key); !pair.empty()) return pair;
  const auto* bytes = reinterpret_cast<const unsigned char*>(key->data());
  const std::unique_ptr<EVP_PKEY, Free> pair(
      d2i_AutoPrivateKey(nullptr, &bytes, static_cast<long>(key->size())));
  return pair ? public_key(pair.get()) : std::string();
}

void describe(X509* certificate, std::int64_t now, Credential& key) {
  const std::int64_t end = end_of(certificate);
  const std::string_view use = use_of(certificate, key);
  Facts& facts = key.facts;
  facts.emplace_back("certificate", name_of(certificate));
  facts.emplace_back("certificate-expires", format_date(end));
  // Who checks log-ins by a key may not care how old its certificate is.
  if (!use.empty()) {
    facts.emplace_back("certificate-use", end < now ? "expired" : use);
  }
}

}  // namespace

void Certificates::add(std::string_view text) {
  for (std::size_t at = 0;;) {
    const auto encoded = next_pem(text, "CERTIFICATE", at);
    if (!encoded) break;
    if (!encoded->empty()) encoded_.insert(*encoded);
  }
  for (std::size_t at = text.find(kEncodedBegin); at != text.npos;) {
    const std::size_t end =
        std::min(text.find_first_not_of(kBase64, at), text.size());
    if (const auto inner = decode_base64(text.substr(at, end - at))) {
      add(*inner);
    }
    at = text.find(kEncodedBegin, end);
  }
}

void Certificates::merge(Certificates&& other) {
  encoded_.merge(other.encoded_);
}

void Certificates::describe_keys(std::int64_t now,
                                 std::span<Credential> credentials) const {
  struct Match {
    std::vector<Credential*> keys;
    Certificate certificate;
  };
  std::map<std::string, Match, std::less<>> by_public_key;
  if (encoded_.empty()) return;
  for (Credential& credential : credentials) {
    if (credential.provider != "private-key") continue;
    const std::string key = public_key_of(credential.secret.reveal());
    if (!key.empty()) by_public_key[key].keys.push_back(&credential);
  }
  if (by_public_key.empty()) return;
  for (const std::string& encoded : encoded_) {
    const auto found = by_public_key.find(certified_key(encoded));
    if (found == by_public_key.end()) continue;
    Certificate certificate = parsed(encoded);
    if (!certificate) continue;
    Certificate& best = found->second.certificate;
    if (!best || end_of(best.get()) < end_of(certificate.get())) {
      best = std::move(certificate);
    }
  }
  for (auto& [key, match] : by_public_key) {
    for (Credential* credential : match.keys) {
      if (match.certificate)
        describe(match.certificate.get(), now, *credential);
    }
  }
}

bool is_certificate_file(std::string_view path) {
  for (const std::string_view end : {".pem", ".crt", ".cer", ".cert"}) {
    if (path.ends_with(end)) return true;
  }
  return false;
}

}  // namespace overreach
