#include "formatters/html_parts.h"

#include <algorithm>
#include <array>

#include "formatters/numbers.h"
#include "formatters/powers.h"
#include "formatters/text_entry.h"
#include "formatters/utf8.h"

namespace overreach {
namespace {

constexpr std::size_t kFolded = 200;  // items in <details> without `verbose`
constexpr std::size_t kKeyColumns = 80;

// In the order of the enum.
constexpr std::array<std::string_view, 4> kSeverities = {"Low", "Medium",
                                                         "High", "Critical"};
constexpr std::array<std::string_view, 4> kEvidence = {
    "assumed: the default of its kind", "inferred from the token itself",
    "declared by the provider", "observed: the provider was asked"};

Markup items(std::size_t first, std::size_t last,
             const std::function<Markup(std::size_t)>& item) {
  Markup list;
  for (std::size_t i = first; i < last; ++i) list.add(tag("li", item(i)));
  return tag("ul", list);
}

}  // namespace

Markup badge(Severity severity) {
  return tag("span", kSeverities[static_cast<std::size_t>(severity)],
             {{"class", "badge " + std::string(to_string(severity))}});
}

Markup row(std::string_view label, const Markup& inside) {
  if (inside.empty()) return {};
  return tag("div", tag("dt", label).add(tag("dd", inside)));
}

Markup long_list(const HtmlPage& page, std::size_t size, std::size_t open,
                 const std::function<Markup(std::size_t)>& item) {
  if (size == 0) return {};
  // "and 1 more" takes the same room as the one.
  if (size <= open + 1) return items(0, size, item);
  const std::size_t last =
      page.options.verbose ? size : std::min(size, open + kFolded);
  Markup folded = tag("summary", "and " + grouped(size - open) + " more");
  folded.add(items(open, last, item));
  if (last < size) {
    folded.add(tag(
        "p", grouped(size - last) + " of them are not here (-v writes all)"));
  }
  return items(0, open, item).add(tag("details", folded));
}

Markup position_code(const HtmlPage& page, const Place& place,
                     const Credential* owner) {
  const std::string path = page.redacted.name(place.path, owner);
  return tag("code", path + ":" + std::to_string(place.line),
             {{"class", "place"}});
}

Markup place_item(const HtmlPage& page, const Place& place,
                  const Credential* owner) {
  Markup item = position_code(page, place, owner);
  const std::string key = page.redacted.name(place.key, owner);
  if (!key.empty()) {
    item.add(" ").add(tag("code", shortened(key, kKeyColumns)));
  }
  const std::vector<std::string> notes = notes_of(place, page.redacted);
  Markup list;
  for (std::size_t i = 0; i < notes.size(); ++i) {
    if (i > 0) list.add(", ");
    list.add(tag("span", notes[i]));
  }
  if (!list.empty()) {
    item.add(" ").add(tag("span", list, {{"class", "notes"}}));
  }
  if (!place.note.empty()) {
    item.add(": ").add(page.redacted(place.note));
  }
  return item;
}

Markup power_item(const HtmlPage& page, const Power& power, Evidence of,
                  std::size_t most) {
  Markup item = tag("code", page.redacted(power.operation));
  const auto resources = ordered(power.resources);
  if (!resources.empty()) item.add(" on " + counted_resources(power));
  const bool all = page.options.verbose || resources.size() <= most + 1;
  const std::size_t shown = all ? resources.size() : most;
  for (std::size_t i = 0; i < shown; ++i) {
    item.add(i == 0 ? ": " : ", ");
    item.add(
        tag("span", named(*resources[i], power, page.redacted),
            {{"class", resources[i]->environment == EnvironmentClass::production
                           ? "name production"
                           : "name"}}));
  }
  if (!all) item.add(" and " + grouped(resources.size() - shown) + " more");
  if (!power.destroys.empty()) {
    item.add(resources.empty() ? ": " : "; ");
    item.add("destroys ").add(tag("strong", destroyed(power)));
  }
  if (protection(power) == true) item.add(", protected");
  if (protection(power) == false) item.add(", with no deletion protection");
  if (power.evidence != of) {
    item.add(" (" + std::string(to_string(power.evidence)) + ")");
  }
  return item;
}

Markup reach_line(const Credential& credential) {
  const Reach& reach = credential.reach;
  Markup line = tag("strong", reach_text(credential),
                    {{"class", to_string(credential.severity)}});
  if (reach.level == Level::unknown && reach.why.empty()) return line;
  return line.add(" ").add(tag(
      "span",
      "(" + std::string(kEvidence[static_cast<std::size_t>(reach.evidence)]) +
          ")",
      {{"class", "notes"}}));
}

Markup revoke_step(const HtmlPage& page, const Remedy& remedy) {
  Markup step;
  if (begins_with_address(remedy.revoke)) step.add("Revoke it at ");
  return step.add(linked(page.redacted(remedy.revoke)));
}

std::string anchor_of(std::size_t finding) {
  return "finding-" + std::to_string(finding + 1);
}

Markup link_to(std::size_t finding, std::string_view text) {
  return tag("a", text, {{"href", "#" + anchor_of(finding)}});
}

}  // namespace overreach
