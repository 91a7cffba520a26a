#include "formatters/powers.h"

#include <algorithm>

#include "formatters/numbers.h"

namespace overreach {
namespace {

// "2 branches", "3 repositories".
std::string counted_kind(std::size_t count, std::string_view kind) {
  if (count == 1) return counted(count, kind);
  const auto ends = [kind](std::string_view end) {
    return kind.ends_with(end);
  };
  if (ends("s") || ends("x") || ends("ch") || ends("sh")) {
    return counted(count, std::string(kind) + "e");
  }
  constexpr std::string_view kVowels = "aeiou";
  if (ends("y") && kind.size() > 1 &&
      kVowels.find(kind[kind.size() - 2]) == kVowels.npos) {
    return counted(count, std::string(kind.substr(0, kind.size() - 1)) + "ie");
  }
  return counted(count, kind);
}

bool destroys(const Power& power, std::string_view what) {
  return std::find(power.destroys.begin(), power.destroys.end(), what) !=
         power.destroys.end();
}

void write_resource(JsonWriter& json, const Resource& resource,
                    const Redactor& redacted) {
  json.object([&] {
    json.member("name", redacted(resource.name));
    json.key("kind");
    resource.kind.empty() ? json.null() : json.value(resource.kind);
    json.member("environment", to_string(resource.environment));
    json.key("protected");
    resource.is_protected ? json.value(*resource.is_protected) : json.null();
  });
}

}  // namespace

std::vector<const Power*> ordered(const std::vector<Power>& powers) {
  std::vector<const Power*> list;
  list.reserve(powers.size());
  for (const Power& power : powers) list.push_back(&power);
  std::stable_partition(list.begin(), list.end(), [](const Power* power) {
    return !power->destroys.empty();
  });
  return list;
}

std::vector<const Resource*> ordered(const std::vector<Resource>& resources) {
  std::vector<const Resource*> list;
  list.reserve(resources.size());
  for (const Resource& resource : resources) list.push_back(&resource);
  std::stable_sort(list.begin(), list.end(),
                   [](const Resource* a, const Resource* b) {
                     return a->environment > b->environment;
                   });
  return list;
}

std::string counted_resources(const Power& power) {
  std::string kind = power.resources.front().kind;
  const bool is_one_kind = std::all_of(
      power.resources.begin(), power.resources.end(),
      [&](const Resource& resource) { return resource.kind == kind; });
  if (!is_one_kind || kind.empty()) kind = "resource";
  return counted_kind(power.resources.size(), kind);
}

std::string named(const Resource& resource, const Power& power,
                  const Redactor& redacted) {
  std::string note;
  if (resource.environment != EnvironmentClass::unknown) {
    note = to_string(resource.environment);
  }
  if (resource.is_protected == true && !protection(power)) {
    note += note.empty() ? "protected" : ", protected";
  }
  const std::string name = redacted(resource.name);
  return note.empty() ? name : name + " (" + note + ")";
}

std::string destroyed(const Power& power) {
  std::string text;
  for (std::size_t i = 0; i < power.destroys.size(); ++i) {
    if (i > 0) text += i + 1 == power.destroys.size() ? " and " : ", ";
    text += power.destroys[i];
  }
  return text;
}

std::optional<bool> protection(const Power& power) {
  const auto all_are = [&power](bool is_protected) {
    return std::all_of(power.resources.begin(), power.resources.end(),
                       [is_protected](const Resource& resource) {
                         return resource.is_protected == is_protected;
                       });
  };
  if (power.resources.empty()) return std::nullopt;
  if (all_are(false)) return false;
  return all_are(true) ? std::optional(true) : std::nullopt;
}

std::string summary(const Power& power, const Redactor& redacted) {
  std::string text = redacted(power.operation);
  const bool is_one = power.resources.size() == 1;
  if (!power.resources.empty()) {
    const Resource& first = *ordered(power.resources).front();
    text += " on ";
    if (is_one) {
      text += first.kind.empty() ? "" : first.kind + " ";
    } else {
      text += counted_resources(power) + " incl. ";
    }
    text += named(first, power, redacted);
  }
  if (power.destroys.empty()) return text;
  const bool takes_backups =
      destroys(power, "backups") && power.destroys.size() > 1;
  if (power.resources.empty()) {
    return text + ", which destroys " + destroyed(power);
  }
  if (takes_backups) {
    text +=
        is_one ? "; its backups go with it" : "; their backups go with them";
  }
  if (protection(power) == true) text += "; protected from deletion";
  return text;
}

void write_powers(JsonWriter& json, const std::vector<Power>& powers,
                  const Redactor& redacted) {
  json.array("powers", [&] {
    for (const Power& power : powers) {
      json.object([&] {
        json.member("operation", redacted(power.operation));
        json.array("destroys", [&] {
          for (const std::string& what : power.destroys) json.value(what);
        });
        json.member("evidence", to_string(power.evidence));
        json.array("resources", [&] {
          for (const Resource& resource : power.resources) {
            write_resource(json, resource, redacted);
          }
        });
      });
    }
  });
}

}  // namespace overreach
