// Decoders of Azure keys and shared access signatures.
#include <algorithm>
#include <array>

#include "scanner/core/check.h"
#include "scanner/privilege/facts_decoders.h"

namespace overreach {
namespace {

struct Signature {
  std::string_view text;     // in the key, before its last characters
  std::string_view service;  // what the key is for
};

constexpr std::array<Signature, 14> kSignatures = {{
    {"+ABa", "Batch"},
    {"+ACR", "Container Registry"},
    {"+AEh", "Event Hubs"},
    {"+AMC", "Machine Learning"},
    {"+ARm", "Relay"},
    {"+ASb", "Service Bus"},
    {"+ASt", "Storage"},
    {"ACDb", "Cosmos DB"},
    {"AIoT", "IoT"},
    {"APIM", "API Management"},
    {"AZEG", "Event Grid"},
    {"AzCa", "Cache for Redis"},
    {"AzFu", "Functions"},
    {"AzSe", "AI Search"},
}};

// The same in keys of the common format (CASK); the first four before it tell
// the product of some.
constexpr std::array<Signature, 13> kCaskSignatures = {{
    {"AAAAACOG", "AI Services"},
    {"AAABACOG", "OpenAI"},
    {"AAAYACOG", "Speech"},
    {"AAAbACOG", "Translator"},
    {"ACOG", "Cognitive Services"},
    {"AZAC", "App Configuration"},
    {"AZCS", "Communication Services"},
    {"AZDO", "DevOps"},
    {"AZEG", "Event Grid"},
    {"AZFR", "Fluid Relay"},
    {"AZMP", "Maps"},
    {"AZMR", "Mixed Reality"},
    {"msql", "SQL"},
}};

struct Right {
  std::string_view service;  // empty: any
  std::string_view seed, right;
};

// Rows of a service before those of any.
constexpr std::array<Right, 27> kRights = {{
    {"API Management", "IoTHub00", "subscription"},
    {"Functions", "System00", "system"},
    {"", "AbAcct00", "account"},
    {"", "Access00", "account"},
    {"", "ACRDflt0", "account"},
    {"", "Classic0", "account"},
    {"", "Default0", "account"},
    {"", "Device00", "device"},
    {"", "DpsKey00", "provisioning"},
    {"", "Encryp00", "encryption"},
    {"", "Functi00", "function"},
    {"", "Gatewy00", "gateway"},
    {"", "GitKey00", "repository"},
    {"", "IoTHub00", "hub"},
    {"", "Listen00", "listen"},
    {"", "Manage00", "manage"},
    {"", "Master00", "master"},
    {"", "MastRO00", "read-only"},
    {"", "MastRW00", "read-write"},
    {"", "PAdmin00", "admin"},
    {"", "Query000", "query"},
    {"", "Resour00", "resource"},
    {"", "Send0000", "send"},
    {"", "SystRO00", "read-only"},
    {"", "SystRW00", "read-write"},
    {"", "System00", "system"},
    {"", "Tenant00", "management"},
}};

// The signature is the 4 characters before the last 6.
std::string_view service_of(std::string_view key) {
  while (key.ends_with('=')) key.remove_suffix(1);
  if (key.size() < 10) return {};
  const std::string_view text = key.substr(key.size() - 10, 4);
  for (const Signature& signature : kSignatures) {
    if (text == signature.text) return signature.service;
  }
  return {};
}

std::string_view right_of(std::string_view service, std::string_view seed) {
  for (const Right& row : kRights) {
    const bool same_service = row.service.empty() || row.service == service;
    if (same_service && row.seed == seed) return row.right;
  }
  return {};
}

// Keys of the common format: date and service stand at fixed places.
std::optional<Decoded> decode_cask(std::string_view key) {
  if (key.size() < 84 || !key.substr(52).starts_with("JQQJ9")) {
    return std::nullopt;
  }
  Decoded decoded;
  const std::string_view provider = key.substr(72, 8);
  for (const Signature& signature : kCaskSignatures) {
    if (provider.ends_with(signature.text)) {
      add_fact(decoded, "service", signature.service);
    }
  }
  const int year = key[58] - 'A' + 2024;
  const int month = key[59] - 'A' + 1;
  if (year >= 2024 && year < 2050 && month >= 1 && month <= 12) {
    add_fact(decoded, "created",
             std::to_string(year) + (month < 10 ? "-0" : "-") +
                 std::to_string(month));
  }
  if (decoded.facts.empty()) return std::nullopt;
  return decoded;
}

// The time of `se`: a date, or seconds since 1970 in Service Bus signatures.
std::optional<std::int64_t> expiry_of(std::string_view text) {
  if (const auto seconds = parse_number(text, 10)) return seconds;
  return parse_date(text);
}

// What the letters of `sp` allow, in the words of a reach level.  `types` is
// `srt`, of the account's signatures: of containers only deleting destroys, of
// the service nothing does.  "c" makes what is not there yet.
std::string_view access_of(std::string_view permissions,
                           std::string_view types) {
  if (permissions.empty()) return {};
  const auto has = [](std::string_view letters, std::string_view some) {
    return letters.find_first_of(some) != letters.npos;
  };
  const bool is_of_objects = types.empty() || has(types, "o");
  if ((is_of_objects && has(permissions, "dwxy")) ||
      (has(types, "c") && has(permissions, "d"))) {
    return "destructive";
  }
  return permissions.find_first_not_of("rlftq") == permissions.npos ? "read"
                                                                    : "write";
}

struct Word {
  std::string_view text, word;
};

constexpr std::array<Word, 6> kResources = {{{"b", "blob"},
                                             {"bs", "blob snapshot"},
                                             {"bv", "blob version"},
                                             {"c", "container"},
                                             {"d", "directory"},
                                             {"s", "share"}}};
constexpr std::array<Word, 4> kServices = {
    {{"b", "blob"}, {"f", "file"}, {"q", "queue"}, {"t", "table"}}};
constexpr std::array<Word, 3> kTypes = {
    {{"s", "service"}, {"c", "container"}, {"o", "object"}}};

template <std::size_t N>
std::string word_of(const std::array<Word, N>& words, std::string_view text) {
  for (const Word& entry : words) {
    if (entry.text == text) return std::string(entry.word);
  }
  return std::string(text);
}

template <std::size_t N>
std::string words_of(const std::array<Word, N>& words,
                     std::string_view letters) {
  std::string list;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (!list.empty()) list += ", ";
    list += word_of(words, letters.substr(i, 1));
  }
  return list;
}

}  // namespace

std::optional<Decoded> decode_azure_key(std::string_view secret) {
  if (auto cask = decode_cask(secret)) return cask;
  const std::string_view service = service_of(secret);
  if (service.empty()) return std::nullopt;
  Decoded decoded;
  add_fact(decoded, "service", service);
  add_fact(decoded, "right", right_of(service, azure_seed(secret)));
  return decoded;
}

std::optional<Decoded> decode_azure_sas(std::string_view secret) {
  if (secret.size() > 16 * 1024) return std::nullopt;
  if (const std::size_t question = secret.find('?'); question != secret.npos) {
    secret.remove_prefix(question + 1);
  }
  const auto value = [&](std::string_view name) {
    return query_value(secret, name);
  };
  if (value("sig").empty()) return std::nullopt;
  Decoded decoded;
  const std::string permissions = value("sp");
  add_fact(decoded, "permissions", permissions);
  add_fact(decoded, "access", access_of(permissions, value("srt")));
  add_fact(decoded, "policy", value("si"));
  add_fact(decoded, "policy", value("skn"));
  add_fact(decoded, "resource", word_of(kResources, value("sr")));
  add_fact(decoded, "services", words_of(kServices, value("ss")));
  add_fact(decoded, "types", words_of(kTypes, value("srt")));
  add_fact(decoded, "table", value("tn"));
  add_fact(decoded, "ip", value("sip"));
  add_fact(decoded, "protocol", value("spr"));
  add_fact(decoded, "tenant", value("sktid"));
  add_fact(decoded, "signer", value("skoid"));
  add_fact(decoded, "version", value("sv"));
  if (const auto expires = expiry_of(value("se"))) {
    limit_expiry(decoded, *expires);
  }
  if (decoded.facts.empty() && !decoded.expires) return std::nullopt;
  return decoded;
}

}  // namespace overreach
