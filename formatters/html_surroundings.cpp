#include "formatters/html_surroundings.h"

#include "formatters/numbers.h"
#include "formatters/text_surroundings.h"

namespace overreach {
namespace {

constexpr std::size_t kReasons = 4, kTargets = 8, kStores = 12;

Markup asks_row(const HtmlPage& page, const Surroundings& around) {
  Markup line;
  switch (around.asks) {
    case Asks::no:
      line = tag("strong", "No", {{"class", "critical"}});
      break;
    case Asks::yes:
      line = tag("strong", "Yes", {{"class", "good"}});
      break;
    case Asks::unknown:
      line.add(
          "No agent has settings here: each does what it does by default.");
      break;
  }
  line.add(long_list(page, around.why.size(), kReasons, [&](std::size_t i) {
    return Markup(page.redacted(around.why[i]));
  }));
  return row("Anything asks first?", line);
}

Markup target_item(const HtmlPage& page, const AmbientTarget& target) {
  Markup item;
  item.add(target.tool + " " + target.what + " ");
  item.add(tag("code", page.redacted(target.name)));
  if (target.environment == EnvironmentClass::production) {
    item.add(" ").add(tag("strong", "production", {{"class", "critical"}}));
  } else if (target.environment != EnvironmentClass::unknown) {
    item.add(" (" + std::string(to_string(target.environment)) + ")");
  } else if (target.extent == Extent::machine) {
    item.add(" (this machine)");
  }
  return item.add(", by ").add(position_code(page, target.place, nullptr));
}

Markup store_item(const HtmlPage& page, const CredentialStore& store) {
  Markup item =
      tag("code", page.redacted.name(store.path), {{"class", "place"}});
  item.add(" " + store.tool + ": " + store.holds + "; ");
  item.add(extent_of(store.extent));
  if (!store.credentials.empty()) {
    item.add(", ").add(
        tag("strong", counted(store.credentials.size(), "credential")));
  }
  if (!store.denied_by.empty()) {
    item.add("; kept from an agent's file tools, not from its commands, by ");
    item.add(tag("code", page.redacted(store.denied_by)));
  }
  return item;
}

}  // namespace

Markup surroundings_section(const HtmlPage& page) {
  if (!page.report.surroundings) return {};
  const Surroundings& around = *page.report.surroundings;
  std::vector<const CredentialStore*> stores;
  for (const CredentialStore& store : around.stores) {
    if (!store.credentials.empty() || page.options.verbose) {
      stores.push_back(&store);
    }
  }
  Markup rows = asks_row(page, around);
  rows.add(row("In reach", Markup(counted_in_reach(page.report))));
  rows.add(
      row("Commands act on",
          long_list(page, around.targets.size(), kTargets, [&](std::size_t i) {
            return target_item(page, around.targets[i]);
          })));
  rows.add(row("Log-ins of tools",
               long_list(page, stores.size(), kStores, [&](std::size_t i) {
                 return store_item(page, *stores[i]);
               })));
  return tag(
      "section",
      tag("h2", "What a program started here can use", {{"id", "surroundings"}})
          .add(tag("dl", rows)),
      {{"class", "card"}, {"aria-labelledby", "surroundings"}});
}

}  // namespace overreach
