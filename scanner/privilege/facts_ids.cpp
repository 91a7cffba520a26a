// Decoders of ids and dates that providers write into their tokens in clear
// or in a plain encoding.
#include <algorithm>

#include "scanner/base/encoding.h"
#include "scanner/privilege/canary.h"
#include "scanner/privilege/facts_decoders.h"

namespace overreach {
namespace {

constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kHexDigits = "0123456789abcdefABCDEF";
constexpr std::int64_t kDiscordEpochMs = 1420070400000;  // 2015-01-01

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of(kDigits) == text.npos;
}

// "20260131T120000Z", as AWS writes dates.
std::optional<std::int64_t> parse_compact_date(std::string_view text) {
  if (text.size() != 16 || text[8] != 'T' || text[15] != 'Z') {
    return std::nullopt;
  }
  const auto part = [&](std::size_t at, std::size_t size) {
    return std::string(text.substr(at, size));
  };
  return parse_date(part(0, 4) + '-' + part(4, 2) + '-' + part(6, 2) + 'T' +
                    part(9, 2) + ':' + part(11, 2) + ':' + part(13, 2) + 'Z');
}

void add_account(Decoded& decoded, std::string_view account) {
  add_fact(decoded, "account", account);
  if (is_aws_canary(account)) add_fact(decoded, "canary", "true");
}

// A long-term key names its IAM user: "BedrockAPIKey-ab12-at-123456789012:...".
std::optional<Decoded> decode_bedrock_long_term(std::string_view text) {
  const std::size_t colon = text.find(':');
  const std::size_t at = text.substr(0, colon).rfind("-at-");
  if (colon == text.npos || at == text.npos) return std::nullopt;
  const std::string_view account = text.substr(at + 4, colon - at - 4);
  const std::string_view name = text.substr(0, at);
  if (account.size() != 12 || !is_digits(account)) return std::nullopt;
  if (!std::all_of(name.begin(), name.end(),
                   [](char c) { return c > ' ' && c < 0x7f; })) {
    return std::nullopt;
  }
  Decoded decoded;
  add_account(decoded, account);
  add_fact(decoded, "key_name", name);
  add_fact(decoded, "kind", "long-term");
  return decoded;
}

// A short-term key is a signed URL.
std::optional<Decoded> decode_bedrock_short_term(std::string_view url) {
  const std::size_t question = url.find('?');
  if (question == url.npos) return std::nullopt;
  const std::string_view query = url.substr(question + 1);
  // ID/20260131/us-east-1/bedrock/aws4_request
  const std::string scope = query_value(query, "X-Amz-Credential");
  const std::size_t id_end = scope.find('/');
  const std::size_t date_end = scope.find('/', id_end + 1);
  const std::size_t region_end = scope.find('/', date_end + 1);
  if (id_end == scope.npos || date_end == scope.npos ||
      region_end == scope.npos) {
    return std::nullopt;
  }
  Decoded decoded;
  add_account(decoded, aws_account(scope.substr(0, id_end)));
  add_fact(decoded, "region",
           scope.substr(date_end + 1, region_end - date_end - 1));
  add_fact(decoded, "kind", "short-term");
  const auto issued = parse_compact_date(query_value(query, "X-Amz-Date"));
  const auto valid = parse_number(query_value(query, "X-Amz-Expires"), 10);
  if (issued) add_date(decoded, "issued", *issued);
  constexpr std::int64_t kLongest = 7 * 24 * 60 * 60;  // AWS allows no more
  if (issued && valid && *valid <= kLongest) {
    limit_expiry(decoded, *issued + *valid);
  }
  return decoded;
}

struct RoutingKey {
  char key;
  std::string_view fact;
};

constexpr RoutingKey kRoutingKeys[] = {
    {'o', "organization"}, {'g', "group"}, {'p', "project"},
    {'u', "user"},         {'c', "cell"},  {'t', "type"},
};

// The text of one line "k:value", or empty.
std::string_view routing_value(std::string_view lines, char key) {
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    const std::string_view line = lines.substr(0, end);
    if (line.size() > 2 && line[0] == key && line[1] == ':') {
      return line.substr(2);
    }
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return {};
}

}  // namespace

std::string aws_account(std::string_view id) {
  if (id.size() != 20 || id[4] == 'I' || id[4] == 'J') return {};
  const auto bytes = decode_base32(id.substr(4));
  if (!bytes || bytes->size() < 6) return {};
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < 6; ++i) {
    number = number << 8 | static_cast<unsigned char>((*bytes)[i]);
  }
  const std::string account = std::to_string((number & 0x7fffffffff80) >> 7);
  return std::string(12 - std::min<std::size_t>(12, account.size()), '0') +
         account;
}

std::optional<Decoded> decode_aws_account(std::string_view secret) {
  const bool temporary = secret.starts_with("ASIA");
  if (secret.size() != 20 || (!temporary && !secret.starts_with("AKIA"))) {
    return std::nullopt;
  }
  if (!decode_base32(secret.substr(4))) return std::nullopt;
  Decoded decoded;
  add_account(decoded, aws_account(secret));
  add_fact(decoded, "kind", temporary ? "temporary" : "long-term");
  return decoded;
}

std::optional<Decoded> decode_bedrock(std::string_view secret) {
  constexpr std::string_view kLong = "ABSK";
  constexpr std::string_view kShort = "bedrock-api-key-";
  if (secret.starts_with(kLong)) {
    const auto text = decode_base64(secret.substr(kLong.size()));
    return text ? decode_bedrock_long_term(*text) : std::nullopt;
  }
  if (secret.starts_with(kShort)) {
    const auto url = decode_base64(secret.substr(kShort.size()));
    return url ? decode_bedrock_short_term(*url) : std::nullopt;
  }
  return std::nullopt;
}

// The bot's id is a snowflake: milliseconds since 2015 and 22 bits of counter.
std::optional<Decoded> decode_discord_bot(std::string_view secret) {
  const std::size_t dot = secret.find('.');
  if (dot == secret.npos) return std::nullopt;
  const auto id = decode_base64(secret.substr(0, dot));
  if (!id || !is_digits(*id)) return std::nullopt;
  const auto number = parse_number(*id, 10);
  if (!number) return std::nullopt;
  Decoded decoded;
  add_fact(decoded, "bot_id", *id);
  add_date(decoded, "created", ((*number >> 22) + kDiscordEpochMs) / 1000);
  return decoded;
}

// <prefix><payload>.[01.]<length of payload in 2 digits><CRC-32 in 7>, all
// base 36; the payload is 16 random bytes, lines "key:number", their length.
std::optional<Decoded> decode_gitlab_routable(std::string_view secret) {
  const std::size_t dot = secret.find('.');
  if (dot == secret.npos || secret.size() < dot + 10) return std::nullopt;
  const auto length = parse_number(secret.substr(secret.size() - 9, 2), 36);
  if (!length || *length < 2 || static_cast<std::size_t>(*length) > dot) {
    return std::nullopt;
  }
  const auto size = static_cast<std::size_t>(*length);
  const auto bytes = decode_base64(secret.substr(dot - size, size));
  constexpr std::size_t kRandomBytes = 16;
  if (!bytes || bytes->size() < kRandomBytes + 2) return std::nullopt;
  const std::string_view lines = std::string_view(*bytes).substr(
      kRandomBytes, bytes->size() - kRandomBytes - 1);
  if (static_cast<unsigned char>(bytes->back()) != lines.size()) {
    return std::nullopt;
  }
  Decoded decoded;
  for (const RoutingKey& entry : kRoutingKeys) {
    const auto id = parse_number(routing_value(lines, entry.key), 36);
    if (id) add_fact(decoded, entry.fact, std::to_string(*id));
  }
  if (decoded.facts.empty()) return std::nullopt;
  return decoded;
}

// "reftkn:01:<seconds since 1970, 0 for never>:<secret>"
std::optional<Decoded> decode_jfrog_reference(std::string_view secret) {
  constexpr std::string_view kStart = "reftkn:01:";
  const auto text = decode_base64(secret);
  if (!text || !text->starts_with(kStart)) return std::nullopt;
  const std::string_view rest = std::string_view(*text).substr(kStart.size());
  const std::size_t colon = rest.find(':');
  if (colon == rest.npos) return std::nullopt;
  const auto expires = parse_number(rest.substr(0, colon), 10);
  if (!expires) return std::nullopt;
  Decoded decoded;
  if (*expires == 0) add_fact(decoded, "expires", "never");
  limit_expiry(decoded, *expires);
  return decoded;
}

// MongoDB object ids, the public half of Postman keys among them: 24 hex
// digits of which the first 8 are the time of creation.
std::optional<Decoded> decode_objectid(std::string_view secret) {
  constexpr std::size_t kDigitsOfId = 24;
  for (std::size_t at = secret.find_first_of(kHexDigits); at < secret.size();
       at = secret.find_first_of(kHexDigits, at)) {
    const std::size_t end =
        std::min(secret.find_first_not_of(kHexDigits, at), secret.size());
    if (end - at == kDigitsOfId) {
      const auto created = parse_number(secret.substr(at, 8), 16);
      Decoded decoded;
      if (created) add_date(decoded, "created", *created);
      if (decoded.facts.empty()) return std::nullopt;
      return decoded;
    }
    at = end;
  }
  return std::nullopt;
}

std::optional<Decoded> decode_telegram_bot(std::string_view secret) {
  const std::size_t colon = secret.find(':');
  if (colon == secret.npos || colon > 16) return std::nullopt;
  const std::string_view id = secret.substr(0, colon);
  if (!is_digits(id)) return std::nullopt;
  Decoded decoded;
  add_fact(decoded, "bot_id", id);
  return decoded;
}

}  // namespace overreach
