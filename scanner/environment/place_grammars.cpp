// Where each convention comes from: the documentation of the tool that loads
// the file (dotenv, Next.js, Vite, Rails, Symfony, Spring, ASP.NET,
// node-config, Compose, Helm, kustomize, Terraform, Terragrunt, Pulumi, Fly,
// Wrangler, Netlify, Railway, Vercel, EAS, Ansible, Serverless, GitHub,
// GitLab).

#include "scanner/environment/place_grammars.h"

namespace overreach {
namespace {

using Class = EnvironmentClass;

constexpr PlaceNames kAny = PlaceNames::of_anything;
constexpr PlaceNames kExact = PlaceNames::of_environments;
constexpr LoadedBy kTold = LoadedBy::those_told;
constexpr LoadedBy kEvery = LoadedBy::every_process;
constexpr LoadedBy kOutside = LoadedBy::outside_production;
constexpr LoadedBy kBase = LoadedBy::every_environment;

constexpr PlaceGrammar kPlaces[] = {
    {"Vercel", ".vercel/.env.@.local"},
    {"dotenv", ".env.local", kExact, kOutside, Class::local},
    {"dotenv", ".env.@.local", kExact, kOutside},
    {"dotenv", ".env.(development|dev|test|testing)", kExact, kOutside},
    {"dotenv", ".env.@"},
    {"dotenv", ".env", kExact, kEvery},
    {"dotenv", ".env(-|_)@"},
    {"direnv", ".envrc", kExact, kEvery},
    {"direnv", ".envrc.@"},
    {"dotenv", "(env|envs|environments)/@.env"},
    {"dotenv", "@.env", kAny},
    {"Wrangler", ".dev.vars", kExact, kOutside, Class::development},
    {"Wrangler", ".dev.vars.@", kExact, kOutside},
    {"Rails", "config/environments/@.rb"},
    {"Rails", "config/credentials/@.(yml.enc|key|yml)"},
    {"Django", "settings/@.py", kAny},
    {"Django", "settings(-|_)@.py"},
    {"Django", "@_settings.py", kAny},
    {"Spring", "(application|bootstrap)-@.(yml|yaml|properties)"},
    {"Maven", "src/test/resources/**", kExact, kTold, Class::test},
    {"Spring", "(application|bootstrap).(yml|yaml|properties)", kExact, kBase},
    {"ASP.NET", "(app|common|global|host|shared|web)(s|S)ettings.@.json"},
    {"ASP.NET", "appsettings.json", kExact, kBase},
    {"ASP.NET", "(W|w)eb.@.config", kAny},
    {"Sails", "config/env/@.(js|cjs|ts)"},
    {"node-config",
     "config/default.(json|jsonc|json5|yaml|yml|toml|js|cjs|ts|hjson)", kExact,
     kBase},
    {"node-config", "config/env/@.(json|jsonc|json5|yaml|yml|toml|hjson)"},
    {"node-config", "config/@.(json|jsonc|json5|yaml|yml|toml|js|cjs|ts|hjson)",
     kAny},
    {"node-config",
     "config/(environments|environment)/@.(json|yaml|yml|toml|js|cjs|ts)"},
    {"Angular", "environments/environment.@.ts"},
    {"Compose", "(docker-compose|compose)(.|-|_)@.(yml|yaml)", kAny},
    {"Helm", "values(.|-|_)@.(yml|yaml)", kAny},
    {"Helm", "(values|environments)/@.(yml|yaml)"},
    {"Terraform", "@(.auto|).(tfvars|tfvars.json)", kAny},
    {"Terraform", "(|*.)@.tfbackend", kAny},
    {"kustomize", "overlays/@/**"},
    {"convention", "(environments|envs|env)/@/**"},
    {"Terragrunt", "(live|stacks|stages|accounts)/@/**"},
    {"Terragrunt", "live/*/*/@/**"},
    {"Terragrunt", "live/*/@/**"},
    {"Pulumi", "(P|p)ulumi.@.(yml|yaml|json)"},
    {"Fly", "fly.@.toml", kAny},
    {"Wrangler", "wrangler.@.(toml|json|jsonc)", kAny},
    {"Ansible", "(inventory|inventories)/@/**"},
    {"Ansible", "(inventory|inventories)/@(|.ini|.yml|.yaml)"},
    {"Ansible", "group_vars/@(|.yml|.yaml)"},
    {"Ansible", "group_vars/@/**"},
    {"deployment",
     "(deploy|deployment|deployments|docker|k8s|kubernetes|manifests)/@/**"},
    {"Symfony", "config/packages/@/*"},
    {"Firebase", "(google-services|GoogleService-Info)-@.(json|plist)", kAny},
    {"PHPUnit", "phpunit.(xml|xml.dist|dist.xml)", kExact, kTold, Class::test},
    {"GitHub Actions", ".github/workflows/@.(yml|yaml)", kAny},
};

constexpr SectionGrammar kSections[] = {
    {"Wrangler", "wrangler(|.*).(toml|json|jsonc)", ".env.@.**"},
    {"Netlify", "netlify.toml", ".context.@.**"},
    {"Railway", "railway(|.*).(toml|json)", ".environments.@.**"},
    {"EAS", "eas.json", ".build.@.**"},
    {"Heroku", "app.json", ".environments.@.**"},
    {"Serverless", "serverless*.(yml|yaml)", ".params.@.**"},
    {"Serverless", "serverless*.(yml|yaml)", ".custom.@.**"},
    {"Serverless", "serverless*.(yml|yaml)", ".custom.*.@.**"},
    {"Helmfile", "helmfile*.(yml|yaml)", ".environments.@.**"},
    {"Firebase", ".firebaserc", ".projects.@"},
    {"GitHub Actions", ".github/workflows/*.(yml|yaml)", ".jobs.@.**", kAny},
    {"GitLab CI", "(|.)*gitlab-ci*.yml", ".@.**", kAny},
    {"CircleCI", ".circleci/config.yml", ".jobs.@.**", kAny},
    {"Compose", "(docker-compose|compose)*.(yml|yaml)", ".services.@.**", kAny},
    {"Bitbucket", "bitbucket-pipelines.yml", ".pipelines.branches.@.**", kAny},
    {"AWS", ".aws/(config|credentials)", ".profile @.**", kAny},
    {"AWS", ".aws/credentials", ".@.**", kAny},
    {"npm", "package.json", ".scripts.@.**", kAny},
    {"Liquibase", "liquibase*.properties", ".@.**"},
};

}  // namespace

std::span<const PlaceGrammar> place_grammars() { return kPlaces; }
std::span<const SectionGrammar> section_grammars() { return kSections; }

}  // namespace overreach
