#include "scanner/crossing/danger.h"

#include <algorithm>
#include <utility>

#include "scanner/base/text.h"
#include "scanner/base/word_list.h"
#include "scanner/core/environment.h"
#include "scanner/crossing/file_kinds.h"

namespace overreach {
namespace {

bool is_documentation(std::string_view path) {
  const std::string_view name = path.substr(path.find_last_of('/') + 1);
  return name.starts_with("README") || name.ends_with(".mdx") ||
         name.ends_with(".rst") || name.ends_with(".adoc") ||
         path.starts_with("docs/") || path.find("/docs/") != path.npos;
}

// Its account, project or server is one that somebody has to fill in.
bool names_nobodys(const Credential& credential) {
  constexpr std::string_view kNobodys =
      " fillme changeme replaceme placeholder example dummy sample todo your "
      "redacted xxx xxxx ";
  return std::any_of(
      credential.facts.begin(), credential.facts.end(), [&](const auto& fact) {
        // A domain is reserved for examples by its end, which is not filled in.
        std::string_view value = fact.second;
        constexpr std::string_view kReserved = ".example";
        if (value.ends_with(kReserved)) value.remove_suffix(kReserved.size());
        const std::vector<std::string> words = words_of_name(value);
        return std::any_of(words.begin(), words.end(), [&](const auto& word) {
          return is_listed(kNobodys, word);
        });
      });
}

// HELIUS_API_KEY: whose key it is stands in front.
bool has_key_ending(std::string_view key) {
  const std::vector<std::string> words = words_of_name(key);
  return words.size() > 1 &&
         is_listed(" key token secret apikey password ", words.back());
}

// ".env.example", not what lies in a folder of documents.
bool is_example_file(std::string_view path) {
  const std::vector<std::string> words = words_of_name(file_name(path));
  return std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return is_listed(" example examples sample template tmpl dist ", word);
  });
}

// minioadmin123 of minioadmin: an example shows it, and who runs the program
// as it came has it, too.
bool is_shown_default(const Credential& credential) {
  constexpr std::size_t kLeastName = 4;  // bytes
  const std::string secret = lower_case(credential.secret.reveal());
  const auto& places = credential.places;
  return std::any_of(
             places.begin(), places.end(),
             [](const Place& place) { return is_example_file(place.path); }) &&
         std::any_of(credential.facts.begin(), credential.facts.end(),
                     [&](const auto& fact) {
                       return fact.second.size() >= kLeastName &&
                              secret.find(lower_case(fact.second)) !=
                                  secret.npos;
                     });
}

// "ssl/acme.com.key": proves to browsers whose page it is.  Nobody logs in
// with it.
bool is_of_certificate(const Credential& credential) {
  const auto& places = credential.places;
  return credential.provider == "private-key" &&
         std::all_of(places.begin(), places.end(), [](const Place& place) {
           const std::vector<std::string> words = words_of_name(place.path);
           return !place.path.starts_with(".ssh/") &&
                  place.path.find("/.ssh/") == std::string::npos &&
                  std::any_of(words.begin(), words.end(), [](const auto& word) {
                    return is_listed(
                        " ssl tls https cert certs certificate certificates "
                        "letsencrypt privkey ",
                        word);
                  });
         });
}

bool is_worse(const Credential* a, const Credential* b) {
  const auto danger = [](const Credential* c) {
    return std::pair(c->reach.level, is_productions(*c));
  };
  if (danger(a) != danger(b)) return danger(a) > danger(b);
  return a->places.front().path < b->places.front().path;
}

}  // namespace

bool is_productions(const Credential& credential) {
  return credential.environment.value == EnvironmentClass::production;
}

bool is_self_made(const Credential& credential) {
  return is_listed(" generic jwt laravel rails symfony aspnet wordpress ",
                   credential.provider);
}

bool is_over(const Credential& credential, const Place& place) {
  return place.exposure == Exposure::tracked &&
         is_listed(
             " aws-temporary-access-key-id aws-session-token "
             "gcp-oauth-access-token github-installation-token "
             "github-installation-token-jwt yandex-iam-token ",
             credential.rule);
}

bool is_hash(const Credential& credential) {
  return credential.rule.find("-hash") != std::string::npos;
}

bool is_anothers(const Credential& credential) {
  if (credential.confidence == Confidence::high) return false;
  constexpr std::string_view kOfAnything =
      " access account admin api app auth authorization bearer client code "
      "credential credentials current default deploy deployment global header "
      "id key keys login main master my new old org organization owner pass "
      "password personal project root secret server service team token user "
      "value workspace x ";
  const auto names = [&](const Place& place, bool own) {
    const std::vector<std::string> words = words_of_name(place.key);
    return std::any_of(words.begin(), words.end(), [&](const auto& word) {
      const bool is_provider =
          word.find(credential.provider) != std::string::npos;
      return own ? is_provider
                 : !is_provider && !is_listed(kOfAnything, word) &&
                       label_of_environment(word).strength == 0;
    });
  };
  const auto& places = credential.places;
  return std::none_of(places.begin(), places.end(),
                      [&](const Place& each) { return names(each, true); }) &&
         std::any_of(places.begin(), places.end(), [&](const Place& each) {
           return names(each, false) && has_key_ending(each.key);
         });
}

bool is_of_own_machine(const Credential& credential) {
  return std::any_of(
      credential.facts.begin(), credential.facts.end(), [](const auto& fact) {
        return fact.first == "host" &&
               (fact.second.find('.') == std::string::npos ||
                fact.second.starts_with("127.") ||
                fact.second.find("example.") != std::string::npos);
      });
}

bool is_half(const Credential& credential) {
  return credential.rule == "aws-access-key-id" && credential.parts.empty();
}

bool is_for_tests(const Credential& credential) {
  return credential.environment.source == EnvironmentSource::form &&
         credential.environment.value != EnvironmentClass::production;
}

bool is_example_at(const Credential& credential, const Place& place) {
  return is_example_path(place.path) || names_nobodys(credential) ||
         (credential.confidence < Confidence::high &&
          is_documentation(place.path));
}

bool is_dangerous(const Credential& credential) {
  if (credential.live == false || is_half(credential) ||
      is_anothers(credential) || is_shown_default(credential) ||
      is_of_certificate(credential)) {
    return false;
  }
  const bool is_only_example = std::all_of(
      credential.places.begin(), credential.places.end(),
      [&](const Place& place) {
        return is_example_at(credential, place) || is_over(credential, place);
      });
  if (is_only_example) return false;
  if (is_productions(credential)) {
    return credential.reach.level >= Level::write;
  }
  // A secret that somebody made up opens one's own program, often a copy.
  return credential.reach.level == Level::root && !is_self_made(credential);
}

std::vector<const Credential*> dangerous_credentials(
    const std::vector<Credential>& credentials) {
  std::vector<const Credential*> found;
  for (const Credential& credential : credentials) {
    if (is_dangerous(credential)) found.push_back(&credential);
  }
  std::sort(found.begin(), found.end(), is_worse);
  return found;
}

std::string reach_of(const Credential& credential) {
  std::string text(to_string(credential.reach.level));
  if (is_productions(credential)) text += " in production";
  return text;
}

std::vector<const AmbientTarget*> production_targets(
    const std::vector<AmbientTarget>& targets) {
  std::vector<const AmbientTarget*> found;
  for (const AmbientTarget& target : targets) {
    if (target.environment == EnvironmentClass::production) {
      found.push_back(&target);
    }
  }
  return found;
}

std::string name_of(const AmbientTarget& target) {
  return "the " + target.tool + " " + target.what + " " + target.name;
}

}  // namespace overreach
