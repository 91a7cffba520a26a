// Private keys: PEM of every label, OpenSSH, PuTTY, JSON Web Keys.  The keys
// are random text, no keys.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/encoding.h"
#include "tests/match/matching.h"

namespace overreach {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Assembled, so that no scanner takes this file for a key.
std::string line_of(std::string_view word, std::string_view label) {
  return "-----" + std::string(word) + " " + std::string(label) + "-----";
}

std::string body(std::uint64_t seed, std::size_t size,
                 std::string_view line_break) {
  TestRandom random(seed);
  std::string text;
  for (std::size_t at = 0; at < size; at += 64) {
    text += random.text(kBase62, std::min<std::size_t>(64, size - at));
    text += line_break;
  }
  return text;
}

std::string block(std::string_view label, std::string_view inner,
                  std::string_view line_break = "\n") {
  return line_of("BEGIN", label) + std::string(line_break) +
         std::string(inner) + line_of("END", label);
}

std::vector<std::string> rules_found(std::string_view path,
                                     std::string_view text) {
  std::vector<std::string> ids;
  for (const Candidate& candidate : match_all(path, text).candidates) {
    ids.emplace_back(candidate.rule->id);
  }
  return ids;
}

std::string fact(const Candidate& candidate, std::string_view name) {
  for (const auto& [key, value] : candidate.facts) {
    if (key == name) return value;
  }
  return "none";
}

TEST(ReadPem, EveryPrivateLabel) {
  for (const char* const label :
       {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY",
        "OPENSSH PRIVATE KEY", "PGP PRIVATE KEY BLOCK",
        "SSH2 ENCRYPTED PRIVATE KEY", "ENCRYPTED PRIVATE KEY"}) {
    const std::string text = block(label, body(1, 1600, "\n"));
    const auto result = match_all("a.pem", "x\n" + text + "\n");
    ASSERT_EQ(result.candidates.size(), 1u) << label;
    const Candidate& candidate = result.candidates[0];
    EXPECT_EQ(candidate.rule->id, "private-key-pem") << label;
    EXPECT_EQ(candidate.secret.reveal(), text) << label;
    EXPECT_EQ(candidate.line, 2u);
    EXPECT_GT(candidate.end_line, candidate.line);
    const bool encrypted =
        std::string_view(label).find("ENCRYPTED") != std::string_view::npos;
    EXPECT_EQ(candidate.confidence,
              encrypted ? Confidence::medium : Confidence::high);
    const bool is_pgp = std::string_view(label).starts_with("PGP");
    EXPECT_EQ(fact(candidate, "encrypted"), encrypted ? "yes"
                                            : is_pgp  ? "unknown"
                                                      : "no")
        << label;
  }
}

TEST(ReadPem, OtherLabelsAreNoSecrets) {
  for (const char* const label :
       {"PUBLIC KEY", "RSA PUBLIC KEY", "CERTIFICATE", "CERTIFICATE REQUEST",
        "PGP PUBLIC KEY BLOCK", "PGP SIGNATURE", "DH PARAMETERS", "X509 CRL",
        "SSH2 PUBLIC KEY"}) {
    EXPECT_THAT(rules_found("a.pem", block(label, body(2, 1600, "\n"))),
                IsEmpty())
        << label;
  }
}

TEST(ReadPem, AsItStandsInCode) {
  const std::string inner = body(3, 1600, "\\n");
  const std::string escaped = block("PRIVATE KEY", inner, "\\n");
  EXPECT_THAT(rules_found("a.json", "{\"key\": \"" + escaped + "\\n\"}"),
              ElementsAre("private-key-pem"));
  EXPECT_THAT(
      rules_found(
          "a.py",
          "KEY = '''" + block("RSA PRIVATE KEY", body(4, 1600, "\n")) + "'''"),
      ElementsAre("private-key-pem"));
  EXPECT_THAT(
      rules_found("a.yml", "key: |\n  " + block("RSA PRIVATE KEY",
                                                body(4, 1600, "\n  "), "\n  ")),
      ElementsAre("private-key-pem"));
  EXPECT_THAT(rules_found("a.pem", block("RSA PRIVATE KEY",
                                         body(5, 1600, "\r\n"), "\r\n")),
              ElementsAre("private-key-pem"));
}

TEST(ReadPem, ATraditionalPassphrase) {
  const std::string text = block(
      "RSA PRIVATE KEY",
      "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,0011223344556677\n\n" +
          body(6, 1600, "\n"));
  const auto result = match_all("a.pem", text);
  ASSERT_EQ(result.candidates.size(), 1u);
  EXPECT_EQ(fact(result.candidates[0], "encrypted"), "yes");
}

TEST(ReadPem, AServiceAccountKeyNamesItsOwner) {
  const std::string key = block("PRIVATE KEY", body(7, 1600, "\\n"), "\\n");
  const std::string text =
      "[{\"client_email\": \"other@x\"},\n{\"type\": \"service_account\", "
      "\"project_id\": \"acme-prod\", \"private_key_id\": \"0123abcd\",\n"
      "\"private_key\": \"" +
      key +
      "\\n\", \"client_email\": \"ci@acme-prod.iam.gserviceaccount.com\"}, " +
      "{\"project_id\": \"other\"}]";
  const auto result = match_all("sa.json", text);
  ASSERT_EQ(result.candidates.size(), 1u);
  const Candidate& found = result.candidates[0];
  EXPECT_EQ(found.rule->id, "gcp-service-account-key");
  EXPECT_EQ(fact(found, "project_id"), "acme-prod");
  EXPECT_EQ(fact(found, "private_key_id"), "0123abcd");
  EXPECT_EQ(fact(found, "client_email"),
            "ci@acme-prod.iam.gserviceaccount.com");
  const auto bare = match_all("a.json", "{\"private_key\": \"" + key + "\"}");
  ASSERT_EQ(bare.candidates.size(), 1u);
  EXPECT_EQ(fact(bare.candidates[0], "client_email"), "none");
}

std::string number(std::size_t value) {
  std::string text(4, '\0');
  text[3] = static_cast<char>(value);
  return text;
}

// The head of an OpenSSH key: magic, cipher, key derivation.
std::string openssh(std::string_view cipher) {
  std::string bytes("openssh-key-v1\0", 15);
  bytes += number(cipher.size()) + std::string(cipher);
  TestRandom random(7);
  while (bytes.size() < 900) bytes += static_cast<char>(random.below(256));
  std::string text = encode_base64(bytes);
  for (std::size_t at = 70; at < text.size(); at += 71) text.insert(at, "\n");
  return block("OPENSSH PRIVATE KEY", text + "\n");
}

TEST(ReadPem, OpenSshTellsItsCipher) {
  for (const auto& [cipher, expected] :
       {std::pair<const char*, const char*>{"none", "no"},
        {"aes256-ctr", "yes"},
        {"chacha20-poly1305@openssh.com", "yes"}}) {
    const auto result = match_all("id_ed25519", openssh(cipher));
    ASSERT_EQ(result.candidates.size(), 1u) << cipher;
    EXPECT_EQ(fact(result.candidates[0], "encrypted"), expected) << cipher;
  }
}

TEST(ReadPem, NoKeys) {
  const std::string begin = line_of("BEGIN", "RSA PRIVATE KEY");
  const std::string end = line_of("END", "RSA PRIVATE KEY");
  for (const std::string& text :
       {begin, begin + "\n", begin + "\n" + end, begin + "\n...\n" + end,
        begin + "\n${KEY}\n" + end, begin + "\n<your key>\n" + end,
        "if (text.startsWith(\"" + begin + "\")) { return parse(text); }",
        begin + "\n" + std::string(600, 'A') + "\n" + end,
        std::string("-----BEGIN "), std::string("-----BEGIN"),
        std::string("--BEGIN PRIVATE KEY-----")}) {
    EXPECT_THAT(rules_found("a.py", text), IsEmpty()) << text;
  }
}

TEST(ReadJwk, PrivateMembers) {
  const std::string d = body(8, 43, ""), x = body(9, 43, "");
  const std::string key =
      R"({"kty":"EC","crv":"P-256","x":")" + x + R"(","d":")" + d + "\"}";
  EXPECT_THAT(found_in("a.json", key), ElementsAre("private-key-jwk " + d));
  EXPECT_THAT(found_in("a.json", R"({"keys":[)" + key + "]}"),
              ElementsAre("private-key-jwk " + d));
  EXPECT_THAT(found_in("a.json", R"({ "k" : ")" + d + R"(", "kty": "oct" })"),
              ElementsAre("private-key-jwk " + d));
  EXPECT_THAT(found_in("a.json", R"({"kty":"EC","x":")" + x + "\"}"),
              IsEmpty());
  EXPECT_THAT(
      found_in("a.json", R"({"kty":"RSA","n":")" + x + R"(","e":"AQAB"})"),
      IsEmpty());
  EXPECT_THAT(found_in("a.json", R"({"kty":"EC","d":"")"), IsEmpty());
  EXPECT_THAT(found_in("a.json", "\"kty\""), IsEmpty());
}

TEST(ReadPutty, EncryptedOrNot) {
  const auto ppk = [](std::string_view encryption) {
    return "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: " +
           std::string(encryption) + "\nComment: x\nPublic-Lines: 2\n" +
           body(10, 128, "\n") + "Private-Lines: 1\n" + body(11, 64, "\n") +
           "Private-MAC: " + body(12, 64, "\n");
  };
  for (const auto& [encryption, expected] :
       {std::pair<const char*, const char*>{"none", "no"},
        {"aes256-cbc", "yes"}}) {
    const auto result = match_all("a.ppk", ppk(encryption));
    ASSERT_EQ(result.candidates.size(), 1u) << encryption;
    EXPECT_EQ(result.candidates[0].rule->id, "private-key-putty-ppk");
    EXPECT_EQ(fact(result.candidates[0], "encrypted"), expected);
  }
  EXPECT_THAT(rules_found("a.ppk", "PuTTY-User-Key-File-3: ssh-rsa\n"),
              IsEmpty());
}

}  // namespace
}  // namespace overreach
