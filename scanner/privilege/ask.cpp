// One conversation for each credential, several at a time.

#include <algorithm>
#include <map>
#include <set>
#include <thread>

#include "scanner/privilege/ask_queue.h"
#include "scanner/privilege/conversation.h"
#include "scanner/privilege/curl_transport.h"
#include "scanner/privilege/policy.h"
#include "scanner/privilege/privilege.h"
#include "scanner/privilege/verdict.h"

namespace overreach {
namespace {

constexpr std::size_t kMostConversations = 64;  // they wait, most of the time
constexpr std::size_t kMostPerProvider = 2;

std::string fact_of(const Credential& credential, std::string_view name) {
  for (const auto& [fact, value] : credential.facts) {
    if (fact == name) return value;
  }
  return {};
}

// A canary's owner is told of every call; an expired credential is dead.
bool is_to_be_asked(const Credential& credential) {
  return credential.live != false && fact_of(credential, "canary") != "true";
}

const Provider* provider_of(const ProviderSet& providers,
                            const Credential& credential) {
  const Provider* provider = providers.find(credential.provider);
  const bool asks =
      provider && !provider->probes.empty() && is_to_be_asked(credential);
  return asks ? provider : nullptr;
}

PolicyOptions policy_options(const AskOptions& options) {
  return {options.endpoints, options.allowed_hosts};
}

void ask_one(const Provider& provider, const ConversationOptions& options,
             Credential& credential, Diagnostics& diagnostics) {
  const Answers answers = converse(provider, credential, options);
  judge(provider, answers, credential);
  const bool told = answers.saw(Outcome::ok) || answers.saw(Outcome::denied) ||
                    answers.saw(Outcome::dead);
  const bool missing = answers.saw(Outcome::missing);
  if (told || (answers.unclear.empty() && !missing)) return;
  // A server that has none of it: another product, another version, a wrong
  // URL.
  const std::string why = answers.unclear.empty()
                              ? "nothing of it is found there"
                              : answers.unclear.front();
  diagnostics.incomplete("", std::string(provider.name) +
                                 " could not be asked about " +
                                 credential.name + ": " + why);
}

}  // namespace

void assume_powers(const ProviderSet& providers, Credential& credential) {
  if (const Provider* provider = providers.find(credential.provider)) {
    add_assumed_powers(*provider, credential);
  }
}

Status check_ask_options(const AskOptions& options,
                         const ProviderSet& providers) {
  for (const auto& [id, url] : options.endpoints) {
    if (!providers.find(id)) {
      return fail("--endpoint " + id +
                  ": no such provider; see overreach "
                  "rules list");
    }
    const UrlParts parts = split_url(url);
    if (parts.host.empty() || parts.has_userinfo) {
      return fail("--endpoint " + id + ": " + url +
                  " is no URL like https://host or http://127.0.0.1:8080");
    }
  }
  return {};
}

std::vector<Contact> ask_providers(const ProviderSet& providers,
                                   const AskOptions& options,
                                   std::span<Credential> credentials,
                                   Diagnostics& diagnostics) {
  const Policy policy(providers, policy_options(options));
  NetworkOptions network;
  network.version = options.version;
  network.user_agent_extra = options.user_agent;
  const auto transport = make_network_transport(policy, network);
  const ConversationOptions conversation{options.now, policy, *transport};
  AskQueue queue(kMostPerProvider);
  std::map<const Provider*, std::size_t> groups;
  for (std::size_t i = 0; i < credentials.size(); ++i) {
    if (const Provider* provider = provider_of(providers, credentials[i])) {
      queue.add(groups.emplace(provider, groups.size()).first->second, i);
    }
  }
  const auto work = [&] {
    while (const auto turn = queue.next()) {
      Credential& credential = credentials[turn->item];
      ask_one(*provider_of(providers, credential), conversation, credential,
              diagnostics);
      queue.done(*turn);
    }
  };
  std::vector<std::jthread> threads;
  for (std::size_t i = 1; i < std::min(kMostConversations, queue.width());
       ++i) {
    threads.emplace_back(work);
  }
  work();
  threads.clear();  // waits
  return transport->contacts();
}

std::string plan_requests(const ProviderSet& providers,
                          const AskOptions& options,
                          std::span<const Credential> credentials) {
  const Policy policy(providers, policy_options(options));
  std::string text;
  for (const Credential& credential : credentials) {
    const Provider* provider = provider_of(providers, credential);
    const Place& place = credential.places.front();
    text += credential.name + " " +
            credential.secret.redacted(credential.public_prefix) + "  " +
            place.path + ":" + std::to_string(place.line) + "\n";
    if (!provider) {
      text += is_to_be_asked(credential)
                  ? "  nothing: its provider cannot be asked\n"
                  : "  nothing: expired, or a canary\n";
      continue;
    }
    const auto planned = plan_conversation(*provider, credential, policy);
    if (planned.empty()) text += "  nothing: this kind cannot be asked about\n";
    std::set<std::string> reasons;
    for (const PlannedRequest& request : planned) {
      if (!request.refused.empty()) {
        if (reasons.insert(request.refused).second) {
          text += "  not sent: " + request.refused + "\n";
        }
        continue;
      }
      text += "  " + request.method + " " + request.url + "  (" + request.auth +
              ")" +
              (request.depends ? "  if earlier answers call for it" : "") +
              "\n";
      if (!request.body.empty()) text += "    " + request.body + "\n";
    }
  }
  return text;
}

}  // namespace overreach
