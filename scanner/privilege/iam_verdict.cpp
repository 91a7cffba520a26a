#include "scanner/privilege/iam_verdict.h"

#include <algorithm>
#include <functional>
#include <string>

#include "scanner/privilege/iam_operations.h"
#include "scanner/privilege/reply.h"
#include "scanner/privilege/tables/aws_actions.h"

namespace overreach {
namespace {

constexpr std::size_t kMostPowers = 40;
constexpr std::size_t kMostByName = 12;  // of operations that no table knows
constexpr std::size_t kMostPatterns = 10;

std::string service_of(std::string_view action) {
  return std::string(action.substr(0, action.find(':')));
}

// Operations about all buckets, but no object: a slash is in no bucket's name.
bool is_about_objects_only(std::string_view form, const IamPattern& pattern) {
  return form == "s3:::*" && pattern.text.find('/') != std::string::npos;
}

class Judgement {
 public:
  Judgement(const IamRights& rights, const IamIdentity& who)
      : rights_(rights),
        arn_(who.arn),
        partition_(who.partition),
        account_(who.account),
        user_(who.user) {}

  Evaluated run() {
    find_reading();
    find_destructive();
    find_others();
    find_root();
    return std::move(result_);
  }

 private:
  IamExtent extent(std::string_view action, std::string_view form) const {
    const std::string arn = "arn:" + partition_ + ":" + std::string(form);
    IamExtent found = extent_of(rights_, action, iam_pattern(arn));
    std::erase_if(found.resources, [&](const IamPattern& pattern) {
      return is_about_objects_only(form, pattern);
    });
    if (found.resources.empty()) found.answer = IamAnswer::denied;
    return found;
  }

  void raise(Level level, IamAnswer answer, std::string why) {
    if (answer == IamAnswer::denied) return;
    const bool is_sure = answer == IamAnswer::allowed;
    if (!is_sure) why += ", if the conditions of its policy hold";
    const Evidence evidence = is_sure ? Evidence::declared : Evidence::inferred;
    const bool is_more = level > result_.level || (level == result_.level &&
                                                   evidence > result_.evidence);
    if (!is_more) return;
    result_.level = level;
    result_.evidence = evidence;
    result_.why = std::move(why);
  }

  void add_power(std::string action, std::string_view destroys,
                 const IamExtent& where) {
    if (result_.powers.size() >= kMostPowers) return;
    Power power;
    const std::string service = service_of(action);
    power.operation = std::move(action);
    power.destroys = split_text(destroys, " ");
    power.evidence = where.answer == IamAnswer::allowed ? Evidence::declared
                                                        : Evidence::inferred;
    const bool is_all = std::any_of(where.resources.begin(),
                                    where.resources.end(), is_everything);
    for (const IamPattern& pattern : where.resources) {
      if (is_all || power.resources.size() == kMostPatterns) break;
      Resource resource;
      resource.name = to_text(pattern);
      resource.kind = service;
      power.resources.push_back(std::move(resource));
    }
    result_.powers.push_back(std::move(power));
  }

  // Any statement that something is left of; a boundary may be the narrower.
  void find_reading() {
    result_.level = Level::none;
    result_.evidence = Evidence::declared;
    result_.why = "its policies allow nothing";
    for (const IamPolicy& policy : rights_.policies) find_reading(policy);
    if (rights_.boundary) find_reading(*rights_.boundary);
  }

  void find_reading(const IamPolicy& policy) {
    for (const IamStatement& statement : policy.statements) {
      if (!statement.allows) continue;
      std::vector<IamPattern> actions = statement.actions;
      if (actions.empty()) actions.push_back(iam_pattern("*"));
      for (const IamPattern& action : actions) {
        raise(Level::read,
              extent_of(rights_, action.text, iam_pattern("*")).answer,
              "its policies allow reading only, such as " + to_text(action));
      }
    }
  }

  void find_destructive() {
    for (const IamOperation& operation : destructive_operations()) {
      const IamExtent where = extent(operation.action, operation.form);
      if (where.answer == IamAnswer::denied) continue;
      raise(Level::destructive, where.answer,
            "its policies allow " + std::string(operation.action) +
                on(where.resources));
      add_power(std::string(operation.action), operation.destroys, where);
    }
  }

  // All other actions that AWS has, by their names.
  void find_others() {
    std::size_t by_name = 0;
    for (const AwsService& service : aws_services()) {
      if (!mentions_service(rights_, service.prefix)) continue;
      for_each_word(service.actions, [&](std::string_view name) {
        look_at(std::string(service.prefix) + ":" + std::string(name), by_name);
      });
    }
    // What a policy names and the table does not: newer than the table, or an
    // action that only reads.
    for (const IamPolicy& policy : rights_.policies) {
      for (const IamStatement& statement : policy.statements) {
        for (const IamPattern& action : statement.actions) {
          const bool has_wildcard =
              action.text.find(kAnyText) != std::string::npos ||
              action.text.find(kAnyCharacter) != std::string::npos;
          if (statement.allows && !has_wildcard && !is_reading(action.text)) {
            look_at(action.text, by_name);
          }
        }
      }
    }
  }

  void look_at(std::string action, std::size_t& by_name) {
    const std::string_view name =
        std::string_view(action).substr(action.find(':') + 1);
    const bool destroys = is_destructive_name(name);
    const Level level = destroys ? Level::destructive : Level::write;
    const bool is_of_use =
        level > result_.level || result_.evidence < Evidence::declared ||
        (destroys && by_name < kMostByName && !is_power(action));
    if (!is_of_use || (destroys && is_power(action))) return;
    const IamExtent where = extent_of(rights_, action, iam_pattern("*"));
    if (where.answer == IamAnswer::denied) return;
    raise(level, where.answer,
          "its policies allow " + action + on(where.resources));
    if (!destroys || by_name == kMostByName) return;
    ++by_name;
    add_power(std::move(action), "infrastructure", where);
  }

  bool is_power(std::string_view action) const {
    const auto is_it = [&](const auto& each) { return each.action == action; };
    const auto known = destructive_operations();
    return std::any_of(known.begin(), known.end(), is_it) ||
           std::any_of(result_.powers.begin(), result_.powers.end(),
                       [&](const Power& p) { return p.operation == action; });
  }

  // A name in a policy that the table does not have.
  static bool is_reading(std::string_view action) {
    const std::size_t colon = action.find(':');
    return colon == action.npos || is_reading_name(action.substr(colon + 1)) ||
           !is_service(action.substr(0, colon));
  }

  static bool is_service(std::string_view prefix) {
    const auto services = aws_services();
    return std::any_of(
        services.begin(), services.end(),
        [&](const AwsService& service) { return service.prefix == prefix; });
  }

  void find_root() {
    for (const IamEscalation& way : escalations()) {
      IamExtent where = extent(way.action, way.form);
      std::erase_if(where.resources, [&](const IamPattern& pattern) {
        return !is_far_enough(way, pattern);
      });
      if (where.resources.empty()) continue;
      IamAnswer answer = where.answer;
      std::string with;
      if (!way.with.empty()) {
        answer = std::min({answer, best_of(way.with, with), IamAnswer::may});
      }
      raise_root(way.action, with, answer);
    }
    if (names_assume_role()) {
      raise(Level::root,
            std::min(extent("sts:AssumeRole", "iam::*:role/*").answer,
                     IamAnswer::allowed),
            "its policies allow sts:AssumeRole on every role: it becomes "
            "whichever trusts the account");
    }
    raise_everything();
  }

  void raise_root(std::string_view action, const std::string& with,
                  IamAnswer answer) {
    if (answer == IamAnswer::denied) return;
    if (!with.empty()) {
      if (result_.level == Level::root) return;
      result_.level = Level::root;
      result_.evidence = Evidence::inferred;
      result_.why = "its policies allow " + std::string(action) + " and " +
                    with + ": it runs programs with the rights of other roles";
      return;
    }
    raise(Level::root, answer,
          "its policies allow " + std::string(action) +
              ": it can give itself any right");
  }

  // Over all of the account; what is excepted is little then.
  void raise_everything() {
    if (result_.level != Level::root) return;
    for (const IamPolicy& policy : rights_.policies) {
      for (const IamStatement& statement : policy.statements) {
        const bool is_all =
            statement.allows && !statement.has_condition &&
            std::any_of(statement.actions.begin(), statement.actions.end(),
                        [](const IamPattern& action) {
                          return fits_action(action, "x:y") &&
                                 fits_action(action, "iam:CreateUser");
                        }) &&
            std::any_of(statement.resources.begin(), statement.resources.end(),
                        is_everything);
        if (is_all && !rights_.boundary &&
            result_.evidence == Evidence::declared) {
          result_.why = "its policies allow every action on every resource";
        }
      }
    }
  }

  // All resources of the form, or what it has itself: more than one of many.
  bool is_far_enough(const IamEscalation& way,
                     const IamPattern& pattern) const {
    const IamPattern form =
        iam_pattern("arn:" + partition_ + ":" + std::string(way.form));
    const IamPattern here =
        iam_pattern("arn:" + partition_ + ":iam::" + account_ + ":" +
                    std::string(way.form.substr(way.form.rfind(':') + 1)));
    if (covers_resource(pattern, form)) return true;
    if (!account_.empty() && covers_resource(pattern, here)) return true;
    if (way.is_harmless_on_self || user_.empty()) return false;
    return way.form == "iam::*:user/*" && fits_resource(pattern, arn_);
  }

  IamAnswer best_of(std::string_view actions, std::string& best) const {
    IamAnswer answer = IamAnswer::denied;
    for_each_word(actions, [&](std::string_view action) {
      const IamAnswer here =
          extent_of(rights_, action, iam_pattern("*")).answer;
      if (here <= answer) return;
      answer = here;
      best = action;
    });
    return answer;
  }

  // A policy for everything but IAM allows it, too, and is not meant: what it
  // gives then depends on roles that cannot be seen.
  bool names_assume_role() const {
    for (const IamPolicy& policy : rights_.policies) {
      for (const IamStatement& statement : policy.statements) {
        if (!statement.allows) continue;
        for (const IamPattern& action : statement.actions) {
          if (!action.text.starts_with("sts:") ||
              !fits_action(action, "sts:AssumeRole")) {
            continue;
          }
          const bool on_all = std::any_of(
              statement.resources.begin(), statement.resources.end(),
              [&](const IamPattern& pattern) {
                return covers_resource(
                    pattern, iam_pattern("arn:" + partition_ + ":iam::" +
                                         (account_.empty() ? "*" : account_) +
                                         ":role/*"));
              });
          if (on_all) return true;
        }
      }
    }
    return false;
  }

  static void for_each_word(std::string_view words,
                            const std::function<void(std::string_view)>& take) {
    while (!words.empty()) {
      const std::size_t end = std::min(words.find(' '), words.size());
      take(words.substr(0, end));
      words.remove_prefix(std::min(end + 1, words.size()));
    }
  }

  static std::string on(const std::vector<IamPattern>& resources) {
    for (const IamPattern& pattern : resources) {
      if (is_everything(pattern)) return " on every resource";
    }
    return resources.empty() ? "" : " on " + to_text(resources.front());
  }

  const IamRights& rights_;
  const std::string arn_, partition_, account_, user_;
  Evaluated result_;
};

}  // namespace

Evaluated judge_iam(const IamRights& rights, const IamIdentity& who) {
  return Judgement(rights, who).run();
}

}  // namespace overreach
