// Reports for the tests of the formats: a realistic one, a hostile one, and
// random ones full of planted secrets.  All secrets are made up.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

#include "formatters/formatter.h"
#include "scanner/core/report.h"

namespace overreach {

using WriteFunction = void(const Report&, const OutputOptions&, std::ostream&);

inline std::string written(WriteFunction* write, const Report& report,
                           const OutputOptions& options = {}) {
  std::ostringstream out;
  write(report, options, out);
  return out.str();
}

inline Place place_at(std::string_view path, std::uint32_t line,
                      std::string_view key = "",
                      EnvironmentClass environment = EnvironmentClass::unknown,
                      Exposure exposure = Exposure::tracked) {
  Place place;
  place.path = path;
  place.line = place.end_line = line;
  place.column = 7;
  place.end_column = 43;
  place.key = key;
  place.source = "tree";
  place.exposure = exposure;
  place.environment = environment;
  return place;
}

inline Credential railway_token() {
  Credential token;
  token.id = "b7c1f0a96d2e4f31";
  token.rule = "railway-account-token";
  token.provider = "railway";
  token.name = "Railway account token";
  token.secret = Secret("3f0c7a52-1b9e-4d6a-8c21-77e0d5a4f9b3");
  token.confidence = Confidence::high;
  token.reasons = {"a UUID under a name that only Railway uses"};
  token.severity = Severity::critical;
  token.reach.level = Level::root;
  token.reach.why =
      "it acts on every project, volume and backup of the account";
  token.reach.powers = {
      {"volumeDelete",
       {"data", "backups"},
       Evidence::assumed,
       {{"pg-data", "volume", EnvironmentClass::production, false}}}};
  token.environment = {EnvironmentClass::production,
                       EnvironmentSource::place,
                       {"RAILWAY_ENVIRONMENT=production beside it"}};
  token.remedy = {"https://railway.com/account/tokens",
                  "a project token, limited to one environment"};
  token.places = {place_at("infra/dns/point-domain.sh", 9, "RAILWAY_TOKEN",
                           EnvironmentClass::staging),
                  place_at("deploy/production.env", 12, "RAILWAY_API_TOKEN",
                           EnvironmentClass::production),
                  place_at("docs/custom domains/add a domain.md", 141),
                  place_at("scripts/old/dns.sh", 4),
                  place_at(".env", 3, "RAILWAY_TOKEN", EnvironmentClass::local,
                           Exposure::ignored)};
  return token;
}

inline Credential stripe_key() {
  Credential key;
  key.id = "04fd1c22ab3e9d10";
  key.rule = "stripe-secret-key";
  key.provider = "stripe";
  key.name = "Stripe live secret key";
  // In two parts, so that no scanner takes this file for a find.
  key.secret = Secret(std::string("sk_") + "live_51Mx7QpL2vR8sTzYw4KdNbHcE");
  key.public_prefix = 8;
  key.confidence = Confidence::high;
  key.severity = Severity::high;
  key.live = true;
  key.reach.level = Level::destructive;
  key.reach.evidence = Evidence::inferred;
  key.environment = {
      EnvironmentClass::production, EnvironmentSource::form, {"live mode"}};
  key.facts = {{"mode", "live"}, {"scope", "read"}, {"scope", "write"}};
  key.places = {place_at("services/billing/config.rb", 27, "api_key")};
  return key;
}

inline Credential weak_password() {
  Credential password;
  password.id = "5a00be91c04d7e66";
  password.rule = "password-assignment";
  password.name = "Password";
  password.secret = Secret("changeme123");
  password.confidence = Confidence::low;
  password.reasons = {"a conventional value"};
  password.places = {place_at("examples/settings.yml", 7, "password")};
  return password;
}

inline Report empty_report() {
  Report report;
  report.version = "0.1.0";
  report.rules = "412 rules, 9c1d3a77";
  report.target = ".";
  report.scanned.files = 78579;
  report.scanned.bytes = 1300000000;
  report.scanned.seconds = 0.6;
  return report;
}

inline Report realistic_report() {
  Report report = empty_report();
  report.credentials = {railway_token(), stripe_key(), weak_password()};
  for (const auto& [id, name, docs] :
       std::initializer_list<std::array<const char*, 3>>{
           {"password-assignment", "Password", ""},
           {"railway-account-token", "Railway account token",
            "https://docs.railway.com/reference/public-api"},
           {"stripe-secret-key", "Stripe live secret key",
            "https://docs.stripe.com/keys"}}) {
    report.rule_infos.push_back({id, name, "", docs, "", ""});
  }
  Crossing crossing;
  crossing.id = "c1";
  crossing.kind = "environment";
  crossing.message = "a staging place holds a production credential";
  crossing.severity = Severity::high;
  crossing.places = {place_at("infra/dns/point-domain.sh", 9)};
  crossing.credentials = {report.credentials[0].id};
  report.crossings = {crossing};
  report.crossing_infos = {
      {"environment", "Wrong environment", "It can go wrong.", "move it"}};
  report.complete = false;
  report.problems = {{"deploy/prod.pem", "permission denied"},
                     {"a.sock", "socket", Problem::Kind::left_out},
                     {"b.sock", "socket", Problem::Kind::left_out}};
  return report;
}

// What `reach` reports: a token in a store, a key in the environment.
inline Report reach_report() {
  Report report = realistic_report();
  report.target = "what a program can reach from shop";
  const auto at = [](std::string_view path, std::string_view source,
                     Exposure exposure) {
    Place place = place_at(path, 3, "token");
    place.source = source;
    place.exposure = exposure;
    return place;
  };
  report.credentials[0].places = {
      at("~/.railway/config.json", "home", Exposure::home)};
  report.credentials[1].places = {
      at(kProcessEnvironment, "process", Exposure::process)};
  Surroundings around;
  around.folder = "/home/kim/shop";
  around.home = "/home/kim";
  around.variables = 41;
  around.asks = Asks::no;
  around.why = {"defaultMode bypassPermissions in .claude/settings.json:3"};
  around.stores = {{"Railway CLI",
                    "~/.railway/config.json",
                    "the log-in of the person",
                    Extent::account,
                    {report.credentials[0].id},
                    ""},
                   {"AWS CLI",
                    "~/.aws/config",
                    "profiles",
                    Extent::account,
                    {},
                    "Read(~/.aws/**) in ~/.claude/settings.json"}};
  around.targets = {
      {"Kubernetes", "context", "acme-prod", EnvironmentClass::production,
       "its name", Extent::organization,
       at("~/.kube/config", "home", Exposure::home)},
      {"Docker", "socket", "/var/run/docker.sock", EnvironmentClass::unknown,
       "its name", Extent::machine,
       at("/var/run/docker.sock", "home", Exposure::home)}};
  report.surroundings = std::move(around);
  return report;
}

// Names that attack a terminal, a JSON parser or a URI.
inline Report hostile_report() {
  Report report = reach_report();
  const std::string_view names[] = {"\x1b]0;owned\x07\x1b[2J.env",
                                    "-rf\n/\r\t",
                                    "bad\xff\xfe.key",
                                    "c1\xc2\x9b"
                                    "31m",
                                    "rtl\xe2\x80\xae"
                                    "vne.",
                                    "a:b/c d.env",
                                    "#f?q=%41{0}<b>\"'\\",
                                    "x.zip!in/\xc3\xa9.env"};
  for (Credential& credential : report.credentials) {
    for (const std::string_view name : names) {
      credential.places.push_back(place_at(name, 1, name));
    }
    credential.facts.emplace_back("user", names[0]);
    credential.reach.identity = names[3];
    credential.reasons.emplace_back(names[0]);
  }
  for (const std::string_view name : names) {
    report.problems.push_back({std::string(name), "\x1b[31mred\xff"});
    report.surroundings->why.emplace_back(name);
    report.surroundings->stores.push_back({"tool",
                                           std::string(name),
                                           "keys",
                                           Extent::account,
                                           {"id"},
                                           std::string(name)});
    report.surroundings->targets.insert(
        report.surroundings->targets.begin(),
        {"tool", "context", std::string(name), EnvironmentClass::production,
         "its name", Extent::account, place_at(name, 1)});
  }
  report.target = names[0];
  return report;
}

}  // namespace overreach
