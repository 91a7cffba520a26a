#include "scanner/privilege/verdict.h"

#include <algorithm>

#include "scanner/core/environment.h"
#include "scanner/privilege/conditions.h"
#include "scanner/privilege/evaluate.h"
#include "scanner/privilege/template.h"

namespace overreach {
namespace {

constexpr std::size_t kMostNames = 3;

// "a, b, c and 4 more".
std::string joined(const std::vector<std::string>& values) {
  std::string text;
  for (std::size_t i = 0; i < std::min(values.size(), kMostNames); ++i) {
    text += (i == 0 ? "" : ", ") + values[i];
  }
  if (values.size() > kMostNames) {
    text += " and " + std::to_string(values.size() - kMostNames) + " more";
  }
  return text;
}

Lookup names_of(const Variables& known) {
  return [&known](std::string_view name) -> std::optional<std::string> {
    const auto& values = known.all(name);
    if (values.empty()) return std::nullopt;
    return joined(values);
  };
}

void add_power(Power power, Reach& reach) {
  for (Power& other : reach.powers) {
    if (other.operation != power.operation) continue;
    other.evidence = std::max(other.evidence, power.evidence);
    if (other.resources.empty()) other.resources = std::move(power.resources);
    return;
  }
  reach.powers.push_back(std::move(power));
}

// What holds of the kind, whatever was answered.
bool is_assumption(const GrantRule& grant) {
  return grant.evidence == Evidence::assumed && grant.when.empty();
}

void add_powers(const Provider& provider, const GrantRule& grant,
                const Answers& answers, Reach& reach) {
  const Values known = [&](std::string_view name) {
    return answers.known.all(name);
  };
  for (const std::string_view id : grant.powers) {
    for (const PowerRule& rule : provider.powers) {
      if (rule.id != id) continue;
      if (!is_assumption(grant) && !all_hold(rule.when, known)) continue;
      Power power;
      power.operation = rule.operation;
      power.destroys.assign(rule.destroys.begin(), rule.destroys.end());
      power.evidence = grant.evidence;
      for (const std::string_view list : rule.resources) {
        const auto at = answers.resources.find(list);
        if (at == answers.resources.end()) continue;
        power.resources.insert(power.resources.end(), at->second.begin(),
                               at->second.end());
      }
      add_power(std::move(power), reach);
    }
  }
}

void set_environment(EnvironmentClass value, std::string origin,
                     Credential& credential) {
  if (value == EnvironmentClass::unknown) return;
  Environment& environment = credential.environment;
  if (value > environment.value) environment.value = value;
  environment.source = EnvironmentSource::provider;
  if (std::find(environment.origins.begin(), environment.origins.end(),
                origin) == environment.origins.end()) {
    environment.origins.push_back(std::move(origin));
  }
}

// Production, when one of the resources it could destroy is in production.
void look_at_resources(Credential& credential) {
  for (const Power& power : credential.reach.powers) {
    for (const Resource& resource : power.resources) {
      if (resource.environment != EnvironmentClass::production) continue;
      set_environment(EnvironmentClass::production,
                      "the provider lists " + resource.kind + " " +
                          resource.name + " in production",
                      credential);
      return;
    }
  }
}

class Judge {
 public:
  Judge(const Provider& provider, const Answers& answers,
        Credential& credential)
      : provider_(provider), answers_(answers), credential_(credential) {}

  void run() {
    const Reach assumed = credential_.reach;
    Reach& reach = credential_.reach;
    name_owner();
    reach.level = Level::none;
    reach.powers.clear();
    bool granted = false;
    for (const GrantRule& grant : provider_.grants) {
      if (is_assumption(grant)) continue;
      if (!is_for(grant.only, credential_.rule) ||
          !all_hold(grant.when, values())) {
        continue;
      }
      take(grant, granted);
    }
    const bool refused = granted && reach.level == Level::none;
    take_evaluated(granted);
    set_liveness(refused);
    if (credential_.live == false) return;
    const bool lower = granted && answers_.saw(Outcome::unclear) &&
                       reach.level < assumed.level;
    if (!granted || lower) keep(assumed);
    look_at_resources(credential_);
  }

 private:
  Values values() const {
    return [this](std::string_view name) { return answers_.known.all(name); };
  }

  void name_owner() {
    const Lookup lookup = names_of(answers_.known);
    if (auto identity = expand_first(provider_.identity, lookup)) {
      credential_.reach.identity = std::move(*identity);
    }
    if (!provider_.scopes.empty()) {
      credential_.reach.scopes = answers_.known.all(provider_.scopes);
    }
  }

  void take(const GrantRule& grant, bool& granted) {
    Reach& reach = credential_.reach;
    const Lookup lookup = names_of(answers_.known);
    if (!granted || grant.level > reach.level) {
      reach.level = grant.level;
      reach.evidence = grant.evidence;
      reach.why = expand_first(grant.why, lookup).value_or(std::string());
    }
    granted = true;
    add_powers(provider_, grant, answers_, reach);
    if (const auto name = expand_first(grant.environment, lookup);
        name && !name->empty()) {
      set_environment(environment_of_name(*name),
                      "the provider calls it " + *name, credential_);
    }
  }

  void take_evaluated(bool& granted) {
    if (provider_.evaluate.empty()) return;
    auto evaluated = evaluate(provider_.evaluate, answers_.known);
    if (!evaluated) return;
    Reach& reach = credential_.reach;
    if (!granted || reach.level == Level::unknown ||
        evaluated->level > reach.level) {
      reach.level = evaluated->level;
      reach.evidence = evaluated->evidence;
      reach.why = std::move(evaluated->why);
    }
    granted = true;
    for (Power& power : evaluated->powers) {
      list_resources(power);
      add_power(std::move(power), reach);
    }
  }

  // Patterns of a policy become the resources that probes have listed, if the
  // rule file has a power of the same name that says in which lists they are.
  void list_resources(Power& power) const {
    std::vector<Resource> listed;
    for (const PowerRule& rule : provider_.powers) {
      if (rule.operation != power.operation) continue;
      for (const std::string_view list : rule.resources) {
        const auto at = answers_.resources.find(list);
        if (at == answers_.resources.end()) continue;
        for (const Resource& resource : at->second) {
          if (is_meant(power, resource)) listed.push_back(resource);
        }
      }
    }
    if (!listed.empty()) power.resources = std::move(listed);
  }

  static bool is_meant(const Power& power, const Resource& resource) {
    return power.resources.empty() ||
           std::any_of(power.resources.begin(), power.resources.end(),
                       [&](const Resource& pattern) {
                         return is_for({pattern.name}, resource.name);
                       });
  }

  // Known to the provider, by an answer or a refusal; or not known to it.
  void set_liveness(bool refused) {
    Reach& reach = credential_.reach;
    const bool known =
        answers_.saw(Outcome::ok) || answers_.saw(Outcome::denied);
    if (!refused && !known && !answers_.saw(Outcome::dead)) return;
    credential_.live = !refused && known;
    if (*credential_.live) {
      if (answers_.saw(Outcome::ok)) make_sure();
      return;
    }
    reach.level = Level::none;
    reach.evidence = Evidence::observed;
    reach.powers.clear();
    if (!refused || reach.why.empty()) {
      reach.why = std::string(provider_.name) + " does not accept it";
    }
  }

  // What opens its provider's door is a credential, however it looks.
  void make_sure() {
    if (credential_.confidence == Confidence::high) return;
    credential_.confidence = Confidence::high;
    credential_.reasons.push_back(std::string(provider_.name) + " accepts it");
  }

  // Nothing was learned that would allow a lower verdict.
  void keep(const Reach& assumed) {
    Reach& reach = credential_.reach;
    reach.level = assumed.level;
    reach.evidence = assumed.evidence;
    reach.why = assumed.why;
    if (reach.powers.empty()) add_assumed_powers(provider_, credential_);
    if (!answers_.unclear.empty()) {
      reach.why += reach.why.empty() ? "" : "; ";
      reach.why += "could not tell: " + answers_.unclear.front();
    }
  }

  const Provider& provider_;
  const Answers& answers_;
  Credential& credential_;
};

}  // namespace

void judge(const Provider& provider, const Answers& answers,
           Credential& credential) {
  Judge(provider, answers, credential).run();
}

void add_assumed_powers(const Provider& provider, Credential& credential) {
  if (credential.live == false || credential.reach.level == Level::none) return;
  const Answers nothing;
  for (const GrantRule& grant : provider.grants) {
    if (!is_assumption(grant) || !is_for(grant.only, credential.rule)) {
      continue;
    }
    add_powers(provider, grant, nothing, credential.reach);
  }
}

}  // namespace overreach
