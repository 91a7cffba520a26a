// Private keys: PEM blocks of every label, PuTTY files, JSON Web Keys.

#include <algorithm>
#include <string>

#include "scanner/base/encoding.h"
#include "scanner/core/shape.h"
#include "scanner/match/lines.h"
#include "scanner/match/reader_tools.h"
#include "scanner/match/readers.h"
#include "scanner/match/value.h"

namespace overreach {
namespace {

constexpr CharSet kBase64Characters = char_set("A-Za-z0-9+/=");
constexpr std::size_t kMaxKey = 20000;
constexpr std::string_view kBegin = "-----BEGIN ";

// The base64 of a block, without line breaks, escapes, quotes and headers.
std::string body_of(std::string_view block) {
  std::string body;
  for (std::size_t i = 0; i < block.size(); ++i) {
    const char c = block[i];
    if (c == '\\' && i + 1 < block.size()) {
      ++i;  // \n, \r, \\n
      while (i + 1 < block.size() && block[i] == '\\') ++i;
      continue;
    }
    if (c == ':') {
      // A header (Proc-Type: ..., DEK-Info: ...): not part of the body.
      const std::size_t line = body.rfind('\n');
      body.resize(line == body.npos ? 0 : line);
      while (i + 1 < block.size() && block[i + 1] != '\n' &&
             block[i + 1] != '\\') {
        ++i;
      }
      continue;
    }
    if (c == '\n') body += '\n';
    if (kBase64Characters.contains(c)) body += c;
  }
  std::erase(body, '\n');
  return body;
}

// An OpenSSH key names its cipher behind the magic: "none" is no passphrase.
bool is_encrypted(std::string_view block, std::string_view body) {
  if (block.find("ENCRYPTED") != block.npos) return true;
  const auto bytes = decode_base64(body.substr(0, 64));
  constexpr std::string_view kMagic("openssh-key-v1\0", 15);
  if (!bytes || !bytes->starts_with(kMagic) || bytes->size() < 24) return false;
  return bytes->substr(19, 4) != "none";
}

// The block ends at its END line, or where no key goes on.
std::size_t block_end(std::string_view text, std::size_t begin) {
  const std::size_t limit = std::min(text.size(), begin + kMaxKey);
  const std::string_view window = text.substr(begin, limit - begin);
  const std::size_t end = window.find("-----END ");
  const std::size_t next = window.find(kBegin, kBegin.size());
  if (end != window.npos && end < next) {
    const std::size_t close = window.find("-----", end + 9);
    if (close != window.npos && close - end < 60) return begin + close + 5;
    return begin + end;
  }
  return std::min(line_end(text, begin), limit);
}

// The text of a member of a small JSON object: "name" : "value", or with
// escaped quotes, inside a literal of a program.
std::string_view json_member(std::string_view object, std::string_view name) {
  for (std::size_t at = 0; (at = object.find(name, at)) != object.npos; ++at) {
    std::size_t end = at + name.size();
    if (at == 0 || end + 1 >= object.size()) continue;
    const char quote = object[at - 1];
    const bool escaped = object[end] == '\\';
    if (escaped) ++end;
    if ((quote != '"' && quote != '\'') || object[end] != quote) continue;
    const std::size_t colon = object.find_first_not_of(" \t\r\n", end + 1);
    if (colon == object.npos || object[colon] != ':') continue;
    std::size_t open = object.find_first_not_of(" \t\r\n", colon + 1);
    if (open == object.npos) continue;
    if (escaped && object[open] == '\\') ++open;
    if (open >= object.size() ||
        (object[open] != '"' && object[open] != '\'')) {
      continue;
    }
    const std::size_t close = object.find(object[open], open + 1);
    if (close == object.npos || close < open + 1 + escaped) return {};
    return object.substr(open + 1, close - open - 1 - escaped);
  }
  return {};
}

// A PEM block in a service account's key file: whose key it is stands in the
// same JSON object, which holds no other.
void add_owner(std::string_view text, std::size_t begin, std::size_t end,
               Facts& facts) {
  constexpr std::size_t kAround = 4000;
  constexpr std::size_t kMaxMember = 200;
  const std::size_t open = text.rfind('{', begin);
  if (open == text.npos || begin - open > kAround) return;
  const std::string_view before = text.substr(open, begin - open);
  const std::string_view around = text.substr(end, kAround);
  const std::string_view behind = around.substr(0, around.find('}'));
  for (const std::string_view name :
       {"project_id", "client_email", "private_key_id"}) {
    std::string_view value = json_member(before, name);
    if (value.empty()) value = json_member(behind, name);
    if (!value.empty() && value.size() <= kMaxMember) {
      facts.emplace_back(name, value);
    }
  }
}

}  // namespace

void read_pem(const ReaderInput& input, std::size_t at, Findings& out) {
  const std::string_view text = input.text;
  // `at` stands at the last two dashes of "-----BEGIN ".
  if (at < 3 || !text.substr(at - 3).starts_with(kBegin)) return;
  const std::size_t begin = at - 3;
  const std::size_t label = begin + kBegin.size();
  const std::size_t dashes = text.substr(0, label + 60).find("-----", label);
  if (dashes == text.npos) return;
  const std::string_view name = text.substr(label, dashes - label);
  if (name.find("PRIVATE KEY") == name.npos) return;
  const std::size_t end = block_end(text, begin);
  const std::string_view block = text.substr(begin, end - begin);
  // Without an end it looked for one as far as it may.
  const bool has_end = block.find("-----END ") != block.npos;
  note_far_look(input, at, begin, has_end ? end : begin + kMaxKey);
  std::string_view inner = text.substr(dashes + 5, end - dashes - 5);
  if (const std::size_t tail = inner.rfind("-----END"); tail != inner.npos) {
    inner = inner.substr(0, tail);
  }
  const std::string body = body_of(inner);
  if (body.size() < 40 || inner.find_first_of("();<") != inner.npos ||
      inner.find("...") != inner.npos || inner.find("${") != inner.npos ||
      entropy(body) < 3.5) {
    return;
  }
  const TokenRule* rule = rule_for(input, Finder::pem, begin, end);
  if (!rule) return;
  Finding finding;
  finding.rule = rule;
  finding.begin = begin;
  finding.end = end;
  finding.key = name_before(text, begin);
  const bool encrypted = is_encrypted(block, body);
  // What protects a PGP key stands deep inside it.
  const bool is_pgp = name.starts_with("PGP");
  finding.facts.emplace_back("encrypted", encrypted ? "yes"
                                          : is_pgp  ? "unknown"
                                                    : "no");
  if (finding.key == "private_key") {
    add_owner(text, begin, end, finding.facts);
  }
  // Whoever finds it needs the passphrase too.
  finding.confidence = encrypted ? Confidence::medium : Confidence::high;
  finding.reasons = {encrypted ? "a private key block, behind a passphrase"
                     : is_pgp  ? "a private key block"
                               : "a private key block without a passphrase"};
  if (body.size() < 100 && name.find("EC") == name.npos &&
      name != "PRIVATE KEY") {
    finding.confidence = Confidence::low;
    finding.reasons = {"the block is too short for a whole key"};
  }
  finding.priority = kByForm + 50;  // above what its body looks like
  finding.public_prefix = dashes + 5 - begin;
  out.push_back(std::move(finding));
}

void read_jwk(const ReaderInput& input, std::size_t at, Findings& out) {
  const std::string_view text = input.text;
  if (at == 0 || (text[at - 1] != '"' && text[at - 1] != '\'')) return;
  constexpr std::size_t kBefore = 4000, kBehind = 6000;
  const std::size_t low = at > kBefore ? at - kBefore : 0;
  note_far_look(input, at, low, at + kBehind);
  const std::size_t open = text.rfind('{', at);
  const std::size_t close = text.find('}', at);
  if (open == text.npos || open < low || close == text.npos ||
      close - at > kBehind) {
    return;
  }
  const std::string_view object = text.substr(open, close - open);
  const bool symmetric = json_member(object, "kty") == "oct";
  const std::string_view value = json_member(object, symmetric ? "k" : "d");
  if (value.size() < 16 || is_placeholder(value) || !decode_base64(value)) {
    return;
  }
  const auto begin = static_cast<std::size_t>(value.data() - text.data());
  const TokenRule* rule =
      rule_for(input, Finder::jwk, begin, begin + value.size());
  if (!rule) return;
  Finding finding;
  finding.rule = rule;
  finding.begin = begin;
  finding.end = begin + value.size();
  finding.key = symmetric ? "k" : "d";
  finding.confidence = Confidence::high;
  finding.reasons = {"the private member of a JSON Web Key"};
  finding.facts.emplace_back("kty", json_member(object, "kty"));
  finding.priority = kByForm;
  out.push_back(std::move(finding));
}

}  // namespace overreach
