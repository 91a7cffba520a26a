#include "scanner/privilege/google_role.h"

#include <algorithm>

#include "scanner/privilege/reply.h"
#include "scanner/privilege/tables/google_roles.h"

namespace overreach {
namespace {

constexpr std::string_view kPrefix = "roles/";

std::string_view text_of(std::span<const GoogleService> services,
                         std::string_view name) {
  const auto at =
      std::lower_bound(services.begin(), services.end(), name,
                       [](const GoogleService& row, std::string_view it) {
                         return row.name < it;
                       });
  return at != services.end() && at->name == name ? at->text
                                                  : std::string_view();
}

// Of "storage:buckets.delete,objects.delete" or "redis:*".
void add_permissions(std::string_view group, std::vector<std::string>& names) {
  const std::size_t colon = group.find(':');
  const std::string service(group.substr(0, colon));
  const std::string_view held = group.substr(colon + 1);
  const auto list =
      held == "*" ? split_text(text_of(google_permissions(), service), " \n")
                  : split_text(held, ",");
  for (const std::string& name : list) names.push_back(service + "." + name);
}

}  // namespace

std::optional<GoogleRole> google_role(std::string_view name) {
  if (!name.starts_with(kPrefix)) return std::nullopt;
  name.remove_prefix(kPrefix.size());
  const std::size_t dot = name.find('.');
  if (dot == 0) return std::nullopt;
  const bool is_basic = dot == name.npos;
  const std::string_view service = is_basic ? "" : name.substr(0, dot);
  const std::string_view own = is_basic ? name : name.substr(dot + 1);
  for (const std::string& line :
       split_text(text_of(google_roles(), service), "\n")) {
    const auto words = split_text(line, " ");
    if (words.empty() || words.front() != own) continue;
    GoogleRole role;
    role.writes = words.size() > 1;
    for (std::size_t i = 2; i < words.size(); ++i) {
      add_permissions(words[i], role.permissions);
    }
    return role;
  }
  return std::nullopt;
}

bool is_google_permission(std::string_view name) {
  const std::size_t dot = std::min(name.find('.'), name.size());
  const auto known =
      split_text(text_of(google_permissions(), name.substr(0, dot)), " \n");
  return dot < name.size() && std::find(known.begin(), known.end(),
                                        name.substr(dot + 1)) != known.end();
}

}  // namespace overreach
