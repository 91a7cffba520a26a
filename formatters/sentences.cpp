#include "formatters/sentences.h"

#include <algorithm>
#include <cstddef>

#include "formatters/numbers.h"
#include "formatters/powers.h"

namespace overreach {
namespace {

constexpr std::size_t kPowers = 20;  // listed in the markdown of one finding

}  // namespace

std::string message(const Credential& credential, const Redactor& redacted) {
  std::string words = verdict(credential, redacted);
  const auto powers = ordered(credential.reach.powers);
  if (!powers.empty()) {
    words += " It can run " + summary(*powers.front(), redacted);
    if (powers.size() > 1) {
      words += "; and " + counted(powers.size() - 1, "further operation");
    }
    words += ".";
  }
  const std::string steps = advice(credential);
  return steps.empty() ? words : words + " " + steps;
}

std::string message(const Crossing& crossing, const Redactor& redacted) {
  std::string words = redacted(crossing.message) + ".";
  if (!crossing.remedy.empty()) words += " Do now: " + crossing.remedy + ".";
  return words;
}

std::string verdict(const Credential& credential, const Redactor& redacted) {
  const Reach& reach = credential.reach;
  std::string words = credential.name + " with reach '" +
                      std::string(to_string(reach.level)) +
                      "' in environment '" +
                      std::string(to_string(credential.environment.value)) +
                      "' (" + std::string(to_string(reach.evidence)) + ")";
  if (!reach.why.empty()) words += ": " + redacted(reach.why);
  return words + ".";
}

std::string advice(const Credential& credential) {
  const std::string& revoke = credential.remedy.revoke;
  if (revoke.empty()) return {};
  return (is_address(revoke) ? "Revoke it: " : "Do now: ") + revoke + ".";
}

std::string verdict_markdown(const Credential& credential,
                             const Redactor& redacted) {
  std::string words = plain_markdown(verdict(credential, redacted));
  const auto powers = ordered(credential.reach.powers);
  if (!powers.empty()) words += "\n\nIt can run:\n";
  for (std::size_t i = 0; i < std::min(powers.size(), kPowers); ++i) {
    words += "\n- " + plain_markdown(summary(*powers[i], redacted));
  }
  if (powers.size() > kPowers) {
    words += "\n- and " + grouped(powers.size() - kPowers) + " more";
  }
  return words;
}

std::string markdown(const Credential& credential, const Redactor& redacted) {
  std::string words = verdict_markdown(credential, redacted);
  const std::string steps = advice(credential);
  if (!steps.empty()) words += "\n\n" + steps;
  const std::string& narrower = credential.remedy.narrower;
  if (!narrower.empty()) {
    words += "\n\nThen use: " + plain_markdown(narrower) + ".";
  }
  return words;
}

std::string plain_markdown(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (std::string_view("\\`*_[]<>#|").find(c) != std::string_view::npos) {
      escaped += '\\';
    }
    escaped += c == '\n' ? ' ' : c;
  }
  return escaped;
}

std::string title_of(const Report& report, const Crossing& crossing) {
  const auto& infos = report.crossing_infos;
  const auto info = std::find_if(
      infos.begin(), infos.end(),
      [&](const CrossingInfo& each) { return each.id == crossing.kind; });
  return info == infos.end() ? crossing.kind : info->title;
}

const RuleInfo* info_of(const Report& report, const Credential& credential) {
  const auto& infos = report.rule_infos;
  const auto info = std::find_if(
      infos.begin(), infos.end(),
      [&](const RuleInfo& each) { return each.id == credential.rule; });
  return info == infos.end() ? nullptr : &*info;
}

std::string shown_path(const Place& place, const Credential* owner,
                       const Redactor& redacted) {
  return redacted.name(place.path, owner);
}

bool is_address(std::string_view remedy) {
  return remedy.starts_with("http") && remedy.find(' ') == remedy.npos;
}

}  // namespace overreach
