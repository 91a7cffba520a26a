// Evaluator "nats-permissions": the subjects that a user of NATS may publish
// and subscribe to, as $SYS.REQ.USER.INFO tells them.  Without a list all are
// allowed, a denial counts more.  Whoever publishes to a subject of an API does
// what the API does; in the system account that is the servers' own.
// docs.nats.io/running-a-nats-service/configuration/securing_nats/authorization
// docs.nats.io/reference/reference-protocols/nats_api_reference (JetStream)
// docs.nats.io/running-a-nats-service/configuration/sys_accounts

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "scanner/core/environment.h"
#include "scanner/privilege/evaluators.h"
#include "scanner/privilege/nats_subjects.h"

namespace overreach {
namespace {

constexpr std::size_t kMostResources = 20;
constexpr std::string_view kNoStreams = "10039";  // not for this account

// `before` the name of a stream or bucket, which `after` follows.
struct Operation {
  std::string_view before, after, name;
};

constexpr std::array kOfStreams = {
    Operation{"$JS.API.STREAM.DELETE.", "", "$JS.API.STREAM.DELETE.{stream}"},
    Operation{"$JS.API.STREAM.PURGE.", "", "$JS.API.STREAM.PURGE.{stream}"},
    Operation{"$JS.API.STREAM.MSG.DELETE.", "",
              "$JS.API.STREAM.MSG.DELETE.{stream}"},
    // Lower limits drop what is above them.
    Operation{"$JS.API.STREAM.UPDATE.", "", "$JS.API.STREAM.UPDATE.{stream}"},
};
constexpr std::string_view kBucketPrefix = "KV_";  // of its stream's name
constexpr Operation kPurgeKeys{"$KV.", ".>",
                               "$KV.{bucket}.{key} with KV-Operation: PURGE"};

constexpr std::array<std::string_view, 7> kOfServers = {
    "$SYS.REQ.CLAIMS.UPDATE",   "$SYS.REQ.CLAIMS.DELETE",
    "$SYS.REQ.SERVER.*.RELOAD", "$SYS.REQ.SERVER.*.KICK",
    "$SYS.REQ.SERVER.*.LDM",    "$JS.API.ACCOUNT.PURGE.*",
    "$JS.API.SERVER.REMOVE"};

// What a client that only reads streams publishes to.
constexpr std::array<std::string_view, 14> kReading = {
    "$SYS.>",
    "$JS.API.INFO",
    "$JS.API.STREAM.NAMES",
    "$JS.API.STREAM.LIST",
    "$JS.API.STREAM.INFO.*",
    "$JS.API.STREAM.MSG.GET.*",
    "$JS.API.DIRECT.GET.>",
    "$JS.API.CONSUMER.NAMES.*",
    "$JS.API.CONSUMER.LIST.*",
    "$JS.API.CONSUMER.INFO.*.*",
    "$JS.API.CONSUMER.CREATE.>",
    "$JS.API.CONSUMER.MSG.NEXT.*.*",
    "$JS.ACK.>",
    "$JS.FC.>"};

// What may be published, or subscribed to.
class Subjects {
 public:
  explicit Subjects(const nlohmann::json& rights) {
    for (const auto& [name, list] :
         {std::pair{"allow", &allowed_}, {"deny", &denied_}}) {
      const auto at = rights.is_object() ? rights.find(name) : rights.end();
      if (!rights.is_object() || at == rights.end() || !at->is_array()) {
        continue;
      }
      for (const auto& each : *at) {
        if (!each.is_string()) continue;
        const auto text = each.get<std::string>();
        list->push_back(text.substr(0, text.find(' ')));  // no queue's name
      }
    }
    if (allowed_.empty()) allowed_.emplace_back(">");
  }

  // Whether any subject of the pattern is allowed.
  bool may_use(std::string_view pattern) const {
    return std::any_of(allowed_.begin(), allowed_.end(),
                       [&](const std::string& each) {
                         const auto common = common_subjects(each, pattern);
                         return common && !is_denied(*common);
                       });
  }

  // The allowed patterns that say more than all of `harmless` together.
  template <std::size_t n>
  std::vector<std::string> beyond(
      const std::array<std::string_view, n>& harmless) const {
    std::vector<std::string> rest;
    for (const std::string& each : allowed_) {
      const bool is_harmless = std::any_of(
          harmless.begin(), harmless.end(), [&](std::string_view pattern) {
            return covers_subjects(pattern, each);
          });
      if (!is_harmless && !is_denied(each)) rest.push_back(each);
    }
    return rest;
  }

 private:
  bool is_denied(std::string_view pattern) const {
    return std::any_of(denied_.begin(), denied_.end(),
                       [&](const std::string& each) {
                         return covers_subjects(each, pattern);
                       });
  }

  std::vector<std::string> allowed_, denied_;
};

std::string joined(const std::vector<std::string>& texts) {
  std::string result;
  for (const std::string& each : texts) {
    result += (result.empty() ? "" : ", ") + each;
  }
  return result;
}

std::string with_name(const Operation& operation, std::string_view name) {
  return std::string(operation.before) + std::string(name) +
         std::string(operation.after);
}

// Any of the names that are known, or of those that may come.
bool may_hit(const Operation& operation, const Subjects& publish,
             const std::vector<std::string>& names) {
  if (names.empty()) return publish.may_use(with_name(operation, "*"));
  constexpr std::string_view kNew = "one-that-nobody-named";
  return publish.may_use(with_name(operation, kNew)) ||
         std::any_of(names.begin(), names.end(), [&](const std::string& name) {
           return publish.may_use(with_name(operation, name));
         });
}

// The power, if any stream or bucket may be hit; those that are known.
void add_power(const Operation& operation, const Subjects& publish,
               const std::vector<std::string>& names, std::string_view kind,
               Evaluated& result) {
  if (!may_hit(operation, publish, names)) return;
  Power& power = result.power(operation.name, "data messages");
  power.evidence = Evidence::declared;
  for (const std::string& name : names) {
    if (power.resources.size() >= kMostResources) break;
    if (!publish.may_use(with_name(operation, name))) continue;
    Resource resource;
    resource.name = name;
    resource.kind = kind;
    resource.environment = environment_of_name(name);
    power.resources.push_back(std::move(resource));
  }
}

// Its own server may have no JetStream and another of the cluster may.
bool may_have_streams(const Variables& variables) {
  return !variables.first("storage").empty() ||
         (variables.first("jetstream") == "true" &&
          variables.first("refusal") != kNoStreams);
}

void judge_servers(const Subjects& publish, Evaluated& result) {
  for (const std::string_view subject : kOfServers) {
    if (!publish.may_use(subject)) continue;
    result.raise(Level::root,
                 "in the system account, where it commands the servers: " +
                     std::string(subject));
    result.power(subject, "infrastructure access").evidence =
        Evidence::declared;
  }
}

void judge_streams(const Subjects& publish,
                   const std::vector<std::string>& streams, Evaluated& result) {
  for (const Operation& operation : kOfStreams) {
    add_power(operation, publish, streams, "stream", result);
  }
  std::vector<std::string> buckets;
  for (const std::string& each : streams) {
    if (each.starts_with(kBucketPrefix)) {
      buckets.push_back(each.substr(kBucketPrefix.size()));
    }
  }
  if (!buckets.empty()) {
    add_power(kPurgeKeys, publish, buckets, "bucket", result);
  }
  if (!result.powers.empty()) {
    result.raise(Level::destructive,
                 "may publish to " + result.powers.front().operation +
                     ": deletes messages that streams keep");
  }
}

}  // namespace

std::optional<Evaluated> evaluate_nats_permissions(const Variables& variables) {
  const auto self =
      nlohmann::json::parse(variables.first("self"), nullptr, false);
  if (!self.is_object()) return std::nullopt;
  const auto permissions = self.value("permissions", nlohmann::json::object());
  const auto of = [&](const char* name) {
    return Subjects(permissions.is_object()
                        ? permissions.value(name, nlohmann::json::object())
                        : nlohmann::json::object());
  };
  const Subjects publish = of("publish"), subscribe = of("subscribe");
  Evaluated result;
  if (!variables.first("system").empty()) {
    judge_servers(publish, result);
  } else if (may_have_streams(variables)) {
    judge_streams(publish, variables.all("streams"), result);
  }
  const std::vector<std::string> written = publish.beyond(kReading);
  if (!written.empty()) {
    result.raise(Level::write, "may publish to " + joined(written));
  }
  const std::vector<std::string> seen =
      subscribe.beyond(std::array<std::string_view, 1>{"_INBOX.>"});
  result.raise(Level::read, seen.empty()
                                ? "may only ask for what concerns itself"
                                : "may only subscribe to " + joined(seen));
  return result;
}

}  // namespace overreach
