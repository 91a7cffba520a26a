#include "scanner/core/report.h"

#include <array>

namespace overreach {
namespace {

constexpr std::array<std::string_view, 3> kConfidence = {"low", "medium",
                                                         "high"};
constexpr std::array<std::string_view, 4> kSeverity = {"low", "medium", "high",
                                                       "critical"};
constexpr std::array<std::string_view, 6> kLevel = {
    "none", "unknown", "read", "write", "destructive", "root"};
constexpr std::array<std::string_view, 4> kEvidence = {"assumed", "inferred",
                                                       "declared", "observed"};
constexpr std::array<std::string_view, 7> kExposure = {
    "tracked", "staged", "history", "untracked", "ignored", "home", "process"};
constexpr std::array<std::string_view, 5> kExtent = {
    "environment", "project", "organization", "account", "machine"};
constexpr std::array<std::string_view, 3> kAsks = {"unknown", "yes", "no"};
constexpr std::array<std::string_view, 8> kEnvironment = {
    "unknown", "local",   "development", "test",
    "preview", "staging", "nonprod",     "production"};

template <typename Enum, std::size_t N>
std::optional<Enum> parse(const std::array<std::string_view, N>& words,
                          std::string_view word) {
  for (std::size_t i = 0; i < N; ++i) {
    if (words[i] == word) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_string(Confidence value) {
  return kConfidence[static_cast<std::size_t>(value)];
}
std::string_view to_string(Severity value) {
  return kSeverity[static_cast<std::size_t>(value)];
}
std::string_view to_string(Level value) {
  return kLevel[static_cast<std::size_t>(value)];
}
std::string_view to_string(Evidence value) {
  return kEvidence[static_cast<std::size_t>(value)];
}
std::string_view to_string(Exposure value) {
  return kExposure[static_cast<std::size_t>(value)];
}
std::string_view to_string(EnvironmentClass value) {
  return kEnvironment[static_cast<std::size_t>(value)];
}
std::string_view to_string(Extent value) {
  return kExtent[static_cast<std::size_t>(value)];
}
std::string_view to_string(Asks value) {
  return kAsks[static_cast<std::size_t>(value)];
}

std::optional<Confidence> parse_confidence(std::string_view word) {
  return parse<Confidence>(kConfidence, word);
}
std::optional<Severity> parse_severity(std::string_view word) {
  return parse<Severity>(kSeverity, word);
}
std::optional<Level> parse_level(std::string_view word) {
  return parse<Level>(kLevel, word);
}
std::optional<Evidence> parse_evidence(std::string_view word) {
  return parse<Evidence>(kEvidence, word);
}
std::optional<Exposure> parse_exposure(std::string_view word) {
  return parse<Exposure>(kExposure, word);
}
std::optional<Extent> parse_extent(std::string_view word) {
  return parse<Extent>(kExtent, word);
}
std::optional<Asks> parse_asks(std::string_view word) {
  return parse<Asks>(kAsks, word);
}
std::optional<EnvironmentClass> parse_environment(std::string_view word) {
  return parse<EnvironmentClass>(kEnvironment, word);
}

std::string shown_secret(const Credential& credential,
                         const OutputOptions& options) {
  if (options.show_secrets && !credential.secret.empty()) {
    return std::string(credential.secret.reveal());
  }
  return credential.shown.empty()
             ? credential.secret.redacted(credential.public_prefix)
             : credential.shown;
}

}  // namespace overreach
