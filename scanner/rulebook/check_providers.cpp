// What is wrong between probes, powers and grants of a provider.

#include <algorithm>
#include <set>

#include "scanner/core/probe.h"
#include "scanner/rulebook/rulebook.h"

namespace overreach {
namespace {

using Names = std::set<std::string_view>;

class ProviderCheck {
 public:
  ProviderCheck(const Provider& provider, const RuleSet& rules,
                std::vector<std::string>& wrong)
      : provider_(provider), rules_(rules), wrong_(wrong) {
    for (const ValueRule& value : provider.values) known_.insert(value.name);
    for (const Probe& probe : provider.probes) {
      for (const ValueRule& value : probe.values) known_.insert(value.name);
      for (const ListRule& list : probe.lists) {
        known_.insert(list.id);
        lists_.insert(list.id);
      }
    }
    for (const PowerRule& power : provider.powers) powers_.insert(power.id);
  }

  void run() {
    Names ids;
    for (const Probe& probe : provider_.probes) {
      const std::string where = "probe " + std::string(probe.id);
      if (!ids.insert(probe.id).second) say(where, "id used twice");
      if (known_.contains(probe.id)) say(where, "a value has the same name");
      check_globs(where, probe.only);
      if (!probe.each.empty()) check_name(where, probe.each);
    }
    known_.insert(ids.begin(), ids.end());
    for (const Probe& probe : provider_.probes) {
      check_conditions("probe " + std::string(probe.id), probe.when);
    }
    for (const PowerRule& power : provider_.powers) check(power);
    for (const GrantRule& grant : provider_.grants) check(grant);
  }

 private:
  void say(const std::string& where, std::string_view what) {
    wrong_.push_back(std::string(provider_.id) + ": " + where + ": " +
                     std::string(what));
  }

  void check_name(const std::string& where, std::string_view name) {
    if (!known_.contains(name) && !name.starts_with("fact.") &&
        name != "each" && name != "parts" && name != "endpoint") {
      say(where, "nothing is called " + std::string(name));
    }
  }

  void check_conditions(const std::string& where,
                        const std::vector<Condition>& conditions) {
    for (const Condition& condition : conditions) {
      check_name(where, condition.subject);
      if (condition.test == Condition::Test::shares ||
          condition.test == Condition::Test::under) {
        check_name(where, condition.operand);
      }
    }
  }

  void check_globs(const std::string& where,
                   const std::vector<std::string_view>& globs) {
    for (const std::string_view glob : globs) {
      if (glob.find('*') == glob.npos && !rules_.find(glob)) {
        say(where, std::string(glob) + " is no rule");
      }
    }
  }

  void check(const PowerRule& power) {
    check_conditions("power " + std::string(power.id), power.when);
    for (const std::string_view list : power.resources) {
      if (!lists_.contains(list)) {
        say("power " + std::string(power.id),
            "no probe lists " + std::string(list));
      }
    }
  }

  void check(const GrantRule& grant) {
    const std::string where = "grant \"" + std::string(grant.why) + "\"";
    check_globs(where, grant.only);
    check_conditions(where, grant.when);
    for (const std::string_view power : grant.powers) {
      if (!powers_.contains(power)) {
        say(where, "no power is called " + std::string(power));
      }
    }
  }

  const Provider& provider_;
  const RuleSet& rules_;
  std::vector<std::string>& wrong_;
  Names known_, lists_, powers_;
};

}  // namespace

std::vector<std::string> check_providers(const ProviderSet& providers,
                                         const RuleSet& rules) {
  std::vector<std::string> wrong;
  for (const Provider& provider : providers.providers) {
    ProviderCheck(provider, rules, wrong).run();
  }
  std::sort(wrong.begin(), wrong.end());
  return wrong;
}

}  // namespace overreach
