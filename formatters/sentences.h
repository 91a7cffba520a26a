// What a finding says in whole sentences.  Shared by the formats that have room
// for them, so that all say the same.  Nothing is escaped here but markdown:
// each format does that for what reads it.
#pragma once

#include <string>
#include <string_view>

#include "formatters/redactor.h"
#include "scanner/core/report.h"

namespace overreach {

// Short sentences: what it may do where, by which operation, and what to do
// about it.
std::string message(const Credential& credential, const Redactor& redacted);
std::string message(const Crossing& crossing, const Redactor& redacted);

// The first of them: "Railway token with reach 'root' in environment
// 'production' (observed): it may delete everything."
std::string verdict(const Credential& credential, const Redactor& redacted);

// "Revoke it: https://... ."; empty when nobody knows how.
std::string advice(const Credential& credential);

// The verdict with a list of the operations.
std::string verdict_markdown(const Credential& credential,
                             const Redactor& redacted);

// The same, what to do about it and what to use instead.
std::string markdown(const Credential& credential, const Redactor& redacted);

// Text of others, which must not become links or headings.
std::string plain_markdown(std::string_view text);

// What a kind of crossing is called.
std::string title_of(const Report& report, const Crossing& crossing);

// What is said of a rule; null when it is nothing.
const RuleInfo* info_of(const Report& report, const Credential& credential);

// The path of a place as it may be shown; bytes, not text.  `owner` is null for
// a place of a crossing, which belongs to no credential.
std::string shown_path(const Place& place, const Credential* owner,
                       const Redactor& redacted);

// Whether a remedy is an address, and not a sentence.
bool is_address(std::string_view remedy);

}  // namespace overreach
