#include "scanner/reach/stores.h"

namespace overreach {
namespace {

constexpr Extent kEnvironment = Extent::environment;
constexpr Extent kProject = Extent::project;
constexpr Extent kOrganization = Extent::organization;
constexpr Extent kAccount = Extent::account;
constexpr Extent kMachine = Extent::machine;

constexpr std::string_view kLogin = "the log-in of the person";
constexpr std::string_view kKeys = "API keys";
constexpr std::string_view kTyped = "commands as they were typed";
constexpr std::string_view kShell = "variables of every shell";
constexpr std::string_view kTalk = "what was said to an agent";
constexpr std::string_view kServers = "tool servers of agents";
constexpr std::string_view kPublish = "the right to publish packages";
constexpr std::string_view kDatabase = "passwords of databases";

// By what the tools are for; what falls with them is in the last column.
// clang-format off
constexpr Store kStores[] = {
    // Hosting
    {"Railway CLI", "~/.railway/", "config*.json", "", kLogin, kAccount},
    {"Fly.io CLI", "~/.fly/", "config.yml", "FLY_CONFIG_DIR/", kLogin, kAccount},
    {"Vercel CLI", "{data}/com.vercel.cli/", "auth.json", "", kLogin, kAccount},
    {"Vercel CLI", "{config}/com.vercel.cli/", "auth.json", "", kLogin, kAccount},
    {"Vercel CLI", "~/.now/", "auth.json", "", kLogin, kAccount},
    {"Netlify CLI", "{config}/netlify/", "config.json", "", kLogin, kAccount},
    {"Netlify CLI", "~/.netlify/", "config.json", "", kLogin, kAccount},
    {"Render CLI", "~/.render/", "cli.yaml", "RENDER_CLI_CONFIG_PATH", kLogin, kAccount},
    {"Wrangler", "~/.wrangler/config/", "*.toml", "", kLogin, kAccount},
    {"Wrangler", "{config}/.wrangler/config/", "*.toml", "", kLogin, kAccount},
    {"Supabase CLI", "~/.supabase/", "access-token", "", kLogin, kAccount},
    {"Neon CLI", "{config}/neonctl/", "credentials.json", "", kLogin, kAccount},
    {"PlanetScale CLI", "{config}/planetscale/", "access-token pscale.yml", "", kLogin, kOrganization},
    {"Turso CLI", "{config}/turso/", "settings.json", "", kLogin, kAccount},
    {"DigitalOcean CLI", "{config}/doctl/", "config.yaml", "", kLogin, kAccount},
    {"Hetzner Cloud CLI", "{config}/hcloud/", "cli.toml", "HCLOUD_CONFIG", "tokens of projects", kProject},
    {"Linode CLI", "{config}/", "linode-cli", "", kLogin, kAccount},
    {"Vultr CLI", "~/", ".vultr-cli.yaml", "", kKeys, kAccount},
    {"Scaleway CLI", "{config}/scw/", "config.yaml", "SCW_CONFIG_PATH", kKeys, kAccount},
    {"Civo CLI", "~/", ".civo.json", "", kKeys, kAccount},
    {"Firebase CLI", "{config}/configstore/", "firebase-tools.json", "", kLogin, kAccount},
    {"Expo CLI", "~/.expo/", "state.json", "", kLogin, kAccount},
    {"Fastly CLI", "{config}/fastly/", "config.toml", "", kLogin, kAccount},

    // Clouds and clusters
    {"AWS CLI", "~/.aws/", "credentials", "AWS_SHARED_CREDENTIALS_FILE", "keys of IAM users", kAccount},
    {"AWS CLI", "~/.aws/", "config", "AWS_CONFIG_FILE", "profiles", kAccount},
    {"AWS CLI", "~/.aws/", "sso/cache/*.json cli/cache/*.json", "", "sessions of the person", kAccount},
    {"Google Cloud CLI", "{config}/gcloud/", "application_default_credentials.json credentials.db access_tokens.db legacy_credentials/*/* configurations/config_* active_config", "CLOUDSDK_CONFIG/", "the person's rights in every project", kAccount},
    {"Google Cloud", "", "", "GOOGLE_APPLICATION_CREDENTIALS", "a service account", kProject},
    {"Azure CLI", "~/.azure/", "msal_token_cache.json service_principal_entries.json accessTokens.json azureProfile.json", "AZURE_CONFIG_DIR/", "the person's rights in every subscription", kAccount},
    {"Oracle Cloud CLI", "~/.oci/", "config *.pem", "OCI_CLI_CONFIG_FILE", "keys of a user", kAccount},
    {"Akamai CLI", "~/", ".edgerc", "", kKeys, kAccount},
    {"rclone", "{config}/rclone/", "rclone.conf", "RCLONE_CONFIG", "log-ins to storage", kAccount},
    {"s3cmd", "~/", ".s3cfg", "", kKeys, kAccount},
    {"Kubernetes", "~/.kube/", "config", "KUBECONFIG", "log-ins to clusters", kOrganization},
    {"k3s", "/etc/rancher/k3s/", "k3s.yaml", "", "the administrator of the cluster", kOrganization},
    {"Kubernetes pod", "/var/run/secrets/kubernetes.io/serviceaccount/", "token", "", "the service account of this pod", kProject},
    {"Docker", "~/.docker/", "config.json", "DOCKER_CONFIG/", "log-ins to registries", kOrganization},
    {"Podman", "{runtime}/containers/", "auth.json", "REGISTRY_AUTH_FILE", "log-ins to registries", kOrganization},
    {"Podman", "{config}/containers/", "auth.json", "", "log-ins to registries", kOrganization},
    {"Argo CD CLI", "{config}/argocd/", "config", "", kLogin, kOrganization},

    // Infrastructure and secrets
    {"Terraform", "~/.terraform.d/", "credentials.tfrc.json", "", "tokens of an organization", kOrganization},
    {"Terraform", "~/", ".terraformrc .tofurc", "TF_CLI_CONFIG_FILE", "tokens of an organization", kOrganization},
    {"Pulumi", "~/.pulumi/", "credentials.json", "PULUMI_HOME/", kLogin, kAccount},
    {"Vault", "~/", ".vault-token", "", "a token, as wide as its policies", kOrganization},
    {"Doppler CLI", "~/.doppler/", ".doppler.yaml", "", kLogin, kOrganization},
    {"Infisical CLI", "~/.infisical/", "infisical-config.json", "", kLogin, kOrganization},
    {"age", "{config}/sops/age/", "keys.txt", "SOPS_AGE_KEY_FILE", "the key to every secret that is committed encrypted", kOrganization},

    // Code and packages
    {"GitHub CLI", "{config}/gh/", "hosts.yml", "GH_CONFIG_DIR/", "the right to write to every repository of the person", kAccount},
    {"hub", "{config}/", "hub", "HUB_CONFIG", kLogin, kAccount},
    {"GitHub Copilot", "{config}/github-copilot/", "hosts.json apps.json", "", kLogin, kAccount},
    {"GitLab CLI", "{config}/glab-cli/", "config.yml", "GLAB_CONFIG_DIR/", kLogin, kAccount},
    {"Git", "~/", ".git-credentials .gitconfig", "", "log-ins to servers", kAccount},
    {"Git", "{config}/git/", "credentials config", "", "log-ins to servers", kAccount},
    {"Git", "./", ".git/config", "", "addresses of remotes", kProject},
    {"netrc", "~/", ".netrc _netrc", "NETRC", "log-ins by host, also of Heroku", kAccount},
    {"npm", "~/", ".npmrc", "NPM_CONFIG_USERCONFIG", kPublish, kAccount},
    {"pnpm", "{config}/pnpm/", "rc auth.ini", "", kPublish, kAccount},
    {"Yarn", "~/", ".yarnrc.yml .yarnrc", "", kPublish, kAccount},
    {"Python packages", "~/", ".pypirc", "", kPublish, kAccount},
    {"pip", "{config}/pip/", "pip.conf", "PIP_CONFIG_FILE", "log-ins to indexes", kOrganization},
    {"Poetry", "{config}/pypoetry/", "auth.toml", "", kPublish, kAccount},
    {"Cargo", "~/.cargo/", "credentials.toml credentials", "CARGO_HOME/", kPublish, kAccount},
    {"RubyGems", "~/.gem/", "credentials", "", kPublish, kAccount},
    {"RubyGems", "{data}/gem/", "credentials", "", kPublish, kAccount},
    {"Bundler", "~/.bundle/", "config", "", "log-ins to gem servers", kOrganization},
    {"NuGet", "~/.nuget/NuGet/", "NuGet.Config", "", kPublish, kAccount},
    {"Maven", "~/.m2/", "settings.xml settings-security.xml", "", kPublish, kOrganization},
    {"Gradle", "~/.gradle/", "gradle.properties", "GRADLE_USER_HOME/", kPublish, kOrganization},
    {"Composer", "~/.composer/", "auth.json", "COMPOSER_HOME/", kPublish, kAccount},
    {"Composer", "{config}/composer/", "auth.json", "", kPublish, kAccount},
    {"Hex", "~/.hex/", "hex.config", "HEX_HOME/", kPublish, kAccount},
    {"Conan", "~/.conan2/", "credentials.json", "CONAN_HOME/", kPublish, kOrganization},
    {"Hugging Face", "{cache}/huggingface/", "token stored_tokens", "HF_HOME/", kLogin, kAccount},
    {"Kaggle", "~/.kaggle/", "kaggle.json", "KAGGLE_CONFIG_DIR/", kKeys, kAccount},

    // Services
    {"Stripe CLI", "{config}/stripe/", "config.toml credentials.json", "", "keys of a business", kAccount},
    {"Sentry CLI", "~/", ".sentryclirc", "", kLogin, kOrganization},
    {"Datadog", "~/", ".dogrc", "", kKeys, kOrganization},
    {"Snyk CLI", "{config}/configstore/", "snyk.json", "", kLogin, kAccount},
    {"Databricks CLI", "~/", ".databrickscfg", "DATABRICKS_CONFIG_FILE", kLogin, kOrganization},
    {"Snowflake CLI", "~/.snowsql/", "config", "", kDatabase, kOrganization},
    {"Snowflake CLI", "~/.snowflake/", "config.toml connections.toml", "SNOWFLAKE_HOME/", kDatabase, kOrganization},
    {"Twilio CLI", "~/.twilio-cli/", "config.json", "", kKeys, kAccount},
    {"CircleCI CLI", "~/.circleci/", "cli.yml", "", kLogin, kAccount},
    {"Confluent CLI", "~/.confluent/", "config.json", "", kLogin, kOrganization},
    {"ngrok", "{config}/ngrok/", "ngrok.yml", "", kLogin, kAccount},
    {"Actions runner", "{config}/actions-runner/", ".credentials .credentials_rsaparams", "", "the log-in of the runner", kOrganization},

    // Databases
    {"PostgreSQL", "~/", ".pgpass", "PGPASSFILE", kDatabase, kEnvironment},
    {"PostgreSQL", "~/", ".pg_service.conf", "PGSERVICEFILE", kDatabase, kEnvironment},
    {"MySQL", "~/", ".my.cnf .mylogin.cnf", "", kDatabase, kEnvironment},
    {"MongoDB", "~/", ".mongorc.js .mongoshrc.js", "", kDatabase, kEnvironment},
    {"DBeaver", "{data}/DBeaverData/workspace6/", "**/credentials-config.json", "", kDatabase, kEnvironment},
    {"database shells", "~/", ".psql_history .mysql_history .rediscli_history .sqlite_history .mongodb/mongosh/mongosh_repl_history", "", kTyped, kEnvironment},

    // The person's own
    {"SSH", "~/.ssh/", "id_* *.pem *.key config", "", "keys to servers and code", kAccount},
    {"shell history", "~/", ".bash_history .zsh_history .ash_history .python_history .node_repl_history", "HISTFILE", kTyped, kAccount},
    {"shell history", "{data}/", "fish/fish_history powershell/PSReadLine/*_history.txt", "", kTyped, kAccount},
    {"shell settings", "~/", ".bashrc .bash_profile .bash_login .bash_aliases .profile .zshrc .zshenv .zprofile .envrc .env", "", kShell, kAccount},
    {"shell settings", "{config}/", "fish/config.fish fish/conf.d/*.fish environment.d/*.conf", "", kShell, kAccount},

    // Agents: settings, tool servers, state
    {"Claude Code", "~/.claude/", "settings.json settings.local.json .mcp.json", "CLAUDE_CONFIG_DIR/", "what an agent may do unasked", kAccount},
    {"Claude Code", "~/.claude/", ".credentials.json", "CLAUDE_CONFIG_DIR/", "the log-in to the model", kAccount},
    {"Claude Code", "~/", ".claude.json", "", kServers, kAccount},
    {"Claude Code", "~/.claude/", "history.jsonl projects/**/*.jsonl", "CLAUDE_CONFIG_DIR/", kTalk, kAccount},
    {"Claude Code", "~/.claude/", "CLAUDE.md commands/**/*.md plugins/cache/**/.mcp.json", "CLAUDE_CONFIG_DIR/", "instructions and tool servers", kAccount},
    {"Claude Code", "/etc/claude-code/", "managed-settings.json managed-mcp.json", "", "what an agent may do unasked", kMachine},
    {"Claude Desktop", "{config}/Claude/", "claude_desktop_config.json", "", kServers, kAccount},
    {"Codex", "~/.codex/", "config.toml *.config.toml AGENTS.md", "CODEX_HOME/", "what an agent may do unasked", kAccount},
    {"Codex", "~/.codex/", "auth.json", "CODEX_HOME/", "the log-in to the model", kAccount},
    {"Codex", "~/.codex/", "history.jsonl sessions/**/*.jsonl", "CODEX_HOME/", kTalk, kAccount},
    {"Codex", "/etc/codex/", "config.toml", "", "what an agent may do unasked", kMachine},
    {"Gemini CLI", "~/.gemini/", "settings.json GEMINI.md extensions/*/gemini-extension.json", "", "what an agent may do unasked", kAccount},
    {"Gemini CLI", "~/.gemini/", "oauth_creds.json mcp-oauth-tokens.json .env", "", "the log-in to the model", kAccount},
    {"Gemini CLI", "~/.gemini/", "tmp/*/shell_history tmp/*/logs.json", "", kTyped, kAccount},
    {"Cursor", "~/.cursor/", "cli-config.json permissions.json", "", "what an agent may do unasked", kAccount},
    {"Cursor", "~/.cursor/", "mcp.json", "", kServers, kAccount},
    {"Cursor", "{config}/Cursor/User/", "settings.json globalStorage/state.vscdb", "", "the log-in to the model", kAccount},
    {"VS Code", "{config}/Code/User/", "mcp.json settings.json globalStorage/*/settings/*mcp_settings.json", "", kServers, kAccount},
    {"Windsurf", "~/.codeium/windsurf/", "mcp_config.json", "", kServers, kAccount},
    {"opencode", "{config}/opencode/", "opencode.json opencode.jsonc", "", "what an agent may do unasked", kAccount},
    {"opencode", "{data}/opencode/", "auth.json", "", "the log-in to the model", kAccount},
    {"Amazon Q", "~/.aws/amazonq/", "mcp.json agents/*.json", "", kServers, kAccount},
    {"Kiro", "~/.kiro/settings/", "mcp.json", "", kServers, kAccount},
    {"Zed", "{config}/zed/", "settings.json", "", kServers, kAccount},
    {"Amp", "{config}/amp/", "settings.json", "", "what an agent may do unasked", kAccount},
    {"goose", "{config}/goose/", "config.yaml secrets.yaml", "", "what an agent may do unasked", kAccount},
    {"Qwen Code", "~/.qwen/", "settings.json oauth_creds.json", "", "what an agent may do unasked", kAccount},
    {"Crush", "{config}/crush/", "crush.json", "", "what an agent may do unasked", kAccount},
    {"aider", "~/", ".aider.conf.yml .aider.chat.history.md .aider.input.history", "", kTalk, kAccount},

    // The same tools in a home folder of macOS or Windows, where they keep it
    // elsewhere; behind each who says so.
    {"Vercel CLI", "~/Library/Application Support/com.vercel.cli/", "auth.json", "", kLogin, kAccount},  // vercel.com/docs/project-configuration/global-configuration
    {"Vercel CLI", "~/AppData/Roaming/xdg.data/com.vercel.cli/", "auth.json", "", kLogin, kAccount},
    {"Netlify CLI", "~/Library/Preferences/netlify/", "config.json", "", kLogin, kAccount},  // netlify/cli: env-paths
    {"Netlify CLI", "~/AppData/Roaming/netlify/Config/", "config.json", "", kLogin, kAccount},
    {"Wrangler", "~/Library/Preferences/.wrangler/config/", "*.toml", "", kLogin, kAccount},  // cloudflare/workers-sdk: xdg-app-paths
    {"Wrangler", "~/AppData/Roaming/xdg.config/.wrangler/config/", "*.toml", "", kLogin, kAccount},
    {"Turso CLI", "~/Library/Application Support/turso/", "settings.json", "", kLogin, kAccount},  // tursodatabase/turso-cli: configdir
    {"DigitalOcean CLI", "~/Library/Application Support/doctl/", "config.yaml", "", kLogin, kAccount},  // digitalocean/doctl: README
    {"DigitalOcean CLI", "~/AppData/Roaming/doctl/", "config.yaml", "", kLogin, kAccount},
    {"Hetzner Cloud CLI", "~/AppData/Roaming/hcloud/", "cli.toml", "", "tokens of projects", kProject},  // hetznercloud/cli: docs
    {"Fastly CLI", "~/Library/Application Support/fastly/", "config.toml", "", kLogin, kAccount},  // fastly/cli: os.UserConfigDir
    {"Fastly CLI", "~/AppData/Roaming/fastly/", "config.toml", "", kLogin, kAccount},
    {"Google Cloud CLI", "~/AppData/Roaming/gcloud/", "application_default_credentials.json credentials.db access_tokens.db legacy_credentials/*/* configurations/config_* active_config", "", "the person's rights in every project", kAccount},  // cloud.google.com/sdk/docs/configurations
    {"rclone", "~/AppData/Roaming/rclone/", "rclone.conf", "", "log-ins to storage", kAccount},  // rclone.org/docs
    {"Terraform", "~/AppData/Roaming/", "terraform.rc terraform.d/credentials.tfrc.json", "", "tokens of an organization", kOrganization},  // developer.hashicorp.com/terraform/cli/config/config-file
    {"age", "~/Library/Application Support/sops/age/", "keys.txt", "", "the key to every secret that is committed encrypted", kOrganization},  // getsops.io/docs/usage/identities/age
    {"age", "~/AppData/Roaming/sops/age/", "keys.txt", "", "the key to every secret that is committed encrypted", kOrganization},
    {"GitHub CLI", "~/AppData/Roaming/GitHub CLI/", "hosts.yml", "", "the right to write to every repository of the person", kAccount},  // cli.github.com/manual/gh_help_environment
    {"GitLab CLI", "~/Library/Application Support/glab-cli/", "config.yml", "", kLogin, kAccount},  // gitlab.com/gitlab-org/cli/-/merge_requests/3730
    {"pnpm", "~/Library/Preferences/pnpm/", "rc auth.ini", "", kPublish, kAccount},  // pnpm.io/cli/config
    {"pnpm", "~/AppData/Local/pnpm/config/", "rc auth.ini", "", kPublish, kAccount},
    {"pip", "~/Library/Application Support/pip/", "pip.conf", "", "log-ins to indexes", kOrganization},  // pip.pypa.io/en/stable/topics/configuration
    {"pip", "~/AppData/Roaming/pip/", "pip.ini", "", "log-ins to indexes", kOrganization},
    {"Poetry", "~/Library/Application Support/pypoetry/", "auth.toml", "", kPublish, kAccount},  // python-poetry.org/docs/configuration
    {"Poetry", "~/AppData/Roaming/pypoetry/", "auth.toml", "", kPublish, kAccount},
    {"NuGet", "~/AppData/Roaming/NuGet/", "NuGet.Config", "", kPublish, kAccount},  // learn.microsoft.com/nuget/consume-packages/configuring-nuget-behavior
    {"Composer", "~/AppData/Roaming/Composer/", "auth.json", "", kPublish, kAccount},  // getcomposer.org/doc/03-cli.md
    {"Snowflake CLI", "~/Library/Application Support/snowflake/", "config.toml connections.toml", "", kDatabase, kOrganization},  // docs.snowflake.com/developer-guide/snowflake-cli/connecting/configure-cli
    {"Snowflake CLI", "~/AppData/Local/snowflake/", "config.toml connections.toml", "", kDatabase, kOrganization},
    {"ngrok", "~/Library/Application Support/ngrok/", "ngrok.yml", "", kLogin, kAccount},  // ngrok.com/docs/agent/config
    {"ngrok", "~/AppData/Local/ngrok/", "ngrok.yml", "", kLogin, kAccount},
    {"PostgreSQL", "~/AppData/Roaming/postgresql/", "pgpass.conf .pg_service.conf", "", kDatabase, kEnvironment},  // postgresql.org/docs/current/libpq-pgpass.html
    {"MySQL", "~/AppData/Roaming/MySQL/", ".mylogin.cnf", "", kDatabase, kEnvironment},  // dev.mysql.com/doc/refman/8.4/en/mysql-config-editor.html
    {"DBeaver", "~/Library/DBeaverData/workspace6/", "**/credentials-config.json", "", kDatabase, kEnvironment},  // dbeaver.com/docs/dbeaver/Workspace-Location
    {"DBeaver", "~/AppData/Roaming/DBeaverData/workspace6/", "**/credentials-config.json", "", kDatabase, kEnvironment},
    {"shell history", "~/AppData/Roaming/Microsoft/Windows/PowerShell/PSReadLine/", "*_history.txt", "", kTyped, kAccount},  // learn.microsoft.com/powershell/module/psreadline
    {"Claude Desktop", "~/Library/Application Support/Claude/", "claude_desktop_config.json", "", kServers, kAccount},  // modelcontextprotocol.io/docs
    {"Claude Desktop", "~/AppData/Roaming/Claude/", "claude_desktop_config.json", "", kServers, kAccount},
    {"Cursor", "~/Library/Application Support/Cursor/User/", "settings.json globalStorage/state.vscdb", "", "the log-in to the model", kAccount},  // as VS Code
    {"Cursor", "~/AppData/Roaming/Cursor/User/", "settings.json globalStorage/state.vscdb", "", "the log-in to the model", kAccount},
    {"VS Code", "~/Library/Application Support/Code/User/", "mcp.json settings.json globalStorage/*/settings/*mcp_settings.json", "", kServers, kAccount},  // code.visualstudio.com/docs/configure/settings
    {"VS Code", "~/AppData/Roaming/Code/User/", "mcp.json settings.json globalStorage/*/settings/*mcp_settings.json", "", kServers, kAccount},
    {"Zed", "~/AppData/Roaming/Zed/", "settings.json", "", kServers, kAccount},  // zed.dev/docs/configuring-zed
    {"Amp", "~/AppData/Roaming/amp/", "settings.json", "", "what an agent may do unasked", kAccount},  // ampcode.com/manual
    {"goose", "~/AppData/Roaming/Block/goose/config/", "config.yaml secrets.yaml", "", "what an agent may do unasked", kAccount},  // block.github.io/goose/docs/guides/config-files
    {"Crush", "~/AppData/Local/crush/", "crush.json", "", "what an agent may do unasked", kAccount},  // charmbracelet/crush: README
};
// clang-format on

}  // namespace

std::span<const Store> stores() { return kStores; }

}  // namespace overreach
