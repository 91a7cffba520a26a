// What the decoders share, and their list by family.  Only for facts*.cpp.
//
// Every decoder gets hostile text: it may be cut short, announce lengths that
// are not there, or nest without end.  A decoder returns nothing then.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "scanner/privilege/facts.h"

namespace overreach {

using Decoder = std::optional<Decoded> (*)(std::string_view secret);

// facts_json.cpp
std::optional<Decoded> decode_jwt(std::string_view secret);
std::optional<Decoded> decode_grafana(std::string_view secret);
std::optional<Decoded> decode_sentry(std::string_view secret);
std::optional<Decoded> decode_gcp_service_account(std::string_view secret);

// facts_macaroon.cpp
std::optional<Decoded> decode_pypi_macaroon(std::string_view secret);
std::optional<Decoded> decode_fly_macaroon(std::string_view secret);

// facts_azure.cpp
std::optional<Decoded> decode_azure_sas(std::string_view secret);
std::optional<Decoded> decode_azure_key(std::string_view secret);

// facts_ids.cpp
std::optional<Decoded> decode_aws_account(std::string_view secret);
std::optional<Decoded> decode_bedrock(std::string_view secret);
std::optional<Decoded> decode_discord_bot(std::string_view secret);
std::optional<Decoded> decode_gitlab_routable(std::string_view secret);
std::optional<Decoded> decode_jfrog_reference(std::string_view secret);
std::optional<Decoded> decode_objectid(std::string_view secret);
std::optional<Decoded> decode_telegram_bot(std::string_view secret);

// Adds a fact unless its text is empty or a fact of that name is there.
// Cuts long texts at a character and writes control characters as '.'.
void add_fact(Decoded& decoded, std::string_view name, std::string_view text);

// Adds a date as a fact, unless it is before 1970 or after 9999.
void add_date(Decoded& decoded, std::string_view name, std::int64_t seconds);

// The earliest of several; ignored before 1970 and after 9999.
void limit_expiry(Decoded& decoded, std::int64_t seconds);

// "2026-01-31", "2026-01-31T12:00Z", "2026-01-31T12:00:00.5Z": UTC.
std::optional<std::int64_t> parse_date(std::string_view text);

// A whole number in base 2 to 36, lower or upper case; absent on any other
// character and above 2^63 - 1.
std::optional<std::int64_t> parse_number(std::string_view text, int base);

// The value of a name in "a=1&b=%32", percent-decoded; empty when absent.
// HTML ("&amp;") and JSON ("\u0026") forms of '&' separate too.
std::string query_value(std::string_view query, std::string_view name);

// The account in an access key id ("AKIA..."), 12 digits, or empty: ids made
// before 2019 carry none.
std::string aws_account(std::string_view access_key_id);

// Discarded (see nlohmann::json::is_discarded) unless `text` is a JSON object
// of at most 64 KiB and 32 levels.
nlohmann::json parse_object(std::string_view text);

// "a, b" for a text, a number or (nested) lists of them; empty otherwise.
std::string flat_text(const nlohmann::json& value);

}  // namespace overreach
