// What a command acts on that does not say on what: it is in the person's
// settings, in a file that links the folder to a project, or in a variable.

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>
#include <utility>

#include "scanner/base/path_pattern.h"
#include "scanner/core/environment.h"
#include "scanner/reach/paths.h"
#include "scanner/reach/reach.h"

namespace overreach {
namespace {

enum class Names : std::uint8_t { anything, environments };

// A value of a file; of several rows of one tool the first in a file counts.
struct EntryRow {
  std::string_view tool, what;
  std::string_view file;  // pattern of the path
  std::string_view key;   // pattern of the key path
  Extent extent;
  Names names = Names::anything;
};

constexpr EntryRow kEntries[] = {
    {"Argo CD", "context", "argocd/config", ".current-context",
     Extent::organization},
    {"DigitalOcean", "context", "doctl/config.yaml", ".context",
     Extent::account},
    {"Docker", "context", ".docker/config.json", ".currentContext",
     Extent::machine},
    {"Doppler", "config", ".doppler/.doppler.yaml", "enclave.config",
     Extent::environment, Names::environments},
    {"Firebase", "project", ".firebaserc", ".projects.default",
     Extent::project},
    {"Fly.io", "app", "fly.toml", ".app", Extent::project},
    {"Hetzner Cloud", "context", "hcloud/cli.toml", ".active_context",
     Extent::project},
    {"Netlify", "site", ".netlify/state.json", ".siteId", Extent::project},
    {"Supabase", "project", "supabase/.temp/project-ref", ".0",
     Extent::project},
    {"Terraform", "workspace", ".terraform/environment", ".0",
     Extent::environment, Names::environments},
    {"Vercel", "project", ".vercel/project.json", ".projectName",
     Extent::project},
    {"Vercel", "project", ".vercel/project.json", ".projectId",
     Extent::project},
};

struct VariableRow {
  std::string_view tool, what, name;
  Extent extent;
  Names names = Names::anything;
};

constexpr VariableRow kVariables[] = {
    {"Argo CD", "server", "ARGOCD_SERVER", Extent::organization},
    {"Databricks", "profile", "DATABRICKS_CONFIG_PROFILE",
     Extent::organization},
    {"Docker", "context", "DOCKER_CONTEXT", Extent::machine},
    {"Doppler", "config", "DOPPLER_CONFIG", Extent::environment,
     Names::environments},
    {"Fly.io", "app", "FLY_APP", Extent::project},
    {"Google Cloud", "project", "CLOUDSDK_CORE_PROJECT", Extent::project},
    {"Google Cloud", "project", "GOOGLE_CLOUD_PROJECT", Extent::project},
    {"Helm", "context", "HELM_KUBECONTEXT", Extent::organization},
    {"Heroku", "app", "HEROKU_APP", Extent::project},
    {"Nomad", "server", "NOMAD_ADDR", Extent::organization},
    {"PostgreSQL", "host", "PGHOST", Extent::environment},
    {"PostgreSQL", "service", "PGSERVICE", Extent::environment},
    {"Pulumi", "stack", "PULUMI_STACK", Extent::environment,
     Names::environments},
    {"Railway", "environment", "RAILWAY_ENVIRONMENT_NAME", Extent::environment,
     Names::environments},
    {"Terraform", "workspace", "TF_WORKSPACE", Extent::environment,
     Names::environments},
    {"Vault", "server", "VAULT_ADDR", Extent::organization},
};

EnvironmentClass class_of(std::string_view name, Names names) {
  const EnvironmentLabel label = names == Names::environments
                                     ? label_of_environment(name)
                                     : label_of_name(name);
  return label.strength >= kGoodWord ? label.value : EnvironmentClass::unknown;
}

// The first line of a small file, without following links.
std::string first_line(const std::string& path) {
  const int file =
      ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (file < 0) return {};
  struct stat status;
  std::array<char, 256> buffer{};
  ssize_t size = -1;
  if (::fstat(file, &status) == 0 && S_ISREG(status.st_mode)) {
    size = ::read(file, buffer.data(), buffer.size());
  }
  ::close(file);
  if (size <= 0) return {};
  const std::string_view text(buffer.data(), static_cast<std::size_t>(size));
  return std::string(text.substr(0, text.find_first_of("\r\n")));
}

bool is_socket(const std::string& path) {
  struct stat status;
  return ::stat(path.c_str(), &status) == 0 && S_ISSOCK(status.st_mode);
}

class TargetFinder {
 public:
  TargetFinder(const Standpoint& standpoint,
               const std::vector<LabelledFile>& files)
      : standpoint_(standpoint), files_(files) {}

  std::vector<AmbientTarget> find() {
    for (const LabelledFile& file : files_) {
      if (file.is_template) continue;
      add_rows(file);
      add_kubernetes(file);
      add_railway(file);
      add_azure(file);
      add_heroku(file);
    }
    for (const VariableRow& row : kVariables) {
      add_variable(row.tool, row.what, row.name, row.extent, row.names);
    }
    add_aws();
    add_google_cloud();
    add_sockets();
    std::sort(found_.begin(), found_.end(), comes_first);
    return std::move(found_);
  }

 private:
  static bool comes_first(const AmbientTarget& a, const AmbientTarget& b) {
    if (a.environment != b.environment) return a.environment > b.environment;
    return std::tie(a.tool, a.what, a.name, a.place.path) <
           std::tie(b.tool, b.what, b.name, b.place.path);
  }

  void add(std::string_view tool, std::string_view what, std::string_view name,
           Extent extent, Names names, Place place) {
    if (name.empty()) return;
    AmbientTarget target;
    target.tool = tool;
    target.what = what;
    target.name = name;
    target.environment = class_of(name, names);
    if (target.environment == EnvironmentClass::unknown) {
      if (const LabelledFile* const file = production_naming(files_, name)) {
        target.environment = EnvironmentClass::production;
        target.known_by = file->path;
      }
    }
    target.extent = extent;
    target.place = std::move(place);
    found_.push_back(std::move(target));
  }

  void add_rows(const LabelledFile& file) {
    std::string_view done;  // the tool
    for (const EntryRow& row : kEntries) {
      if (row.tool == done || !match_path(row.file, file.path)) continue;
      for (std::size_t i = 0; i < file.entries().size(); ++i) {
        const Entry& entry = file.entries()[i];
        // Keys with dots in them stand for themselves.
        if (entry.key != row.key && !match_path(row.key, entry.path, '.')) {
          continue;
        }
        add(row.tool, row.what, entry.value.reveal(), row.extent, row.names,
            place_of(file, i));
        done = row.tool;
      }
    }
  }

  // The first file of KUBECONFIG that says which.
  void add_kubernetes(const LabelledFile& file) {
    std::string_view list = variable(standpoint_, "KUBECONFIG");
    if (list.empty()) {
      if (file.path != "~/.kube/config") return;
    } else {
      bool is_named = false;
      while (!list.empty()) {
        const std::size_t colon = std::min(list.find(':'), list.size());
        is_named |= shown_path(standpoint_, list.substr(0, colon)) == file.path;
        list.remove_prefix(std::min(colon + 1, list.size()));
      }
      if (!is_named) return;
    }
    for (std::size_t i = 0; i < file.entries().size(); ++i) {
      const Entry& entry = file.entries()[i];
      if (entry.path != "current-context") continue;
      add("Kubernetes", "context", entry.value.reveal(), Extent::organization,
          Names::anything, place_of(file, i));
    }
  }

  // The project and environment that this folder, or one above it, is linked
  // to.
  void add_railway(const LabelledFile& file) {
    if (!match_path(".railway/config*.json", file.path)) return;
    std::size_t best = file.entries().size(), best_size = 0;
    for (std::size_t i = 0; i < file.entries().size(); ++i) {
      const Entry& entry = file.entries()[i];
      if (entry.key != "environmentName") continue;
      const auto segments = segments_of(entry.path);
      if (segments.size() != 3 || segments[0] != "projects" ||
          segments[1].size() < best_size ||
          !lies_in(standpoint_.folder, segments[1])) {
        continue;
      }
      best = i;
      best_size = segments[1].size();
    }
    if (best == file.entries().size()) return;
    add("Railway", "environment", file.entries()[best].value.reveal(),
        Extent::environment, Names::environments, place_of(file, best));
  }

  // The subscription that is marked as the default.
  void add_azure(const LabelledFile& file) {
    if (!match_path(".azure/azureProfile.json", file.path)) return;
    for (const Entry& flag : file.entries()) {
      if (flag.key != "isDefault" || flag.value.reveal() != "true") continue;
      for (std::size_t i = 0; i < file.entries().size(); ++i) {
        const Entry& entry = file.entries()[i];
        if (entry.key != "name" || entry.section() != flag.section()) continue;
        add("Azure", "subscription", entry.value.reveal(), Extent::project,
            Names::anything, place_of(file, i));
      }
    }
  }

  // `git push heroku` deploys; other commands take the app from the remote too.
  void add_heroku(const LabelledFile& file) {
    if (file.path != ".git/config") return;
    for (std::size_t i = 0; i < file.entries().size(); ++i) {
      const Entry& entry = file.entries()[i];
      std::string_view url = entry.value.reveal();
      if (entry.key != "url" || (url.find("git.heroku.com/") == url.npos &&
                                 !url.starts_with("git@heroku.com:"))) {
        continue;
      }
      url.remove_prefix(url.find_last_of("/:") + 1);
      add("Heroku", "app", url.substr(0, url.rfind(".git")), Extent::project,
          Names::anything, place_of(file, i));
    }
  }

  // Where a variable stands in the text of the environment.
  Place place_of_variable(std::string_view name) const {
    for (const LabelledFile& file : files_) {
      if (file.path != kProcessEnvironment) continue;
      for (std::size_t i = 0; i < file.entries().size(); ++i) {
        if (file.entries()[i].key == name) return overreach::place_of(file, i);
      }
    }
    Place place;
    place.path = kProcessEnvironment;
    place.key = name;
    place.source = "process";
    place.exposure = Exposure::process;
    return place;
  }

  bool add_variable(std::string_view tool, std::string_view what,
                    std::string_view name, Extent extent,
                    Names names = Names::anything) {
    const std::string_view value = variable(standpoint_, name);
    if (value.empty()) return false;
    add(tool, what, value, extent, names, place_of_variable(name));
    return true;
  }

  void add_aws() {
    if (add_variable("AWS", "profile", "AWS_PROFILE", Extent::account) ||
        add_variable("AWS", "profile", "AWS_DEFAULT_PROFILE",
                     Extent::account) ||
        !variable(standpoint_, "AWS_ACCESS_KEY_ID").empty()) {
      return;
    }
    for (const LabelledFile& file : files_) {
      if (file.path != "~/.aws/credentials") continue;
      for (std::size_t i = 0; i < file.entries().size(); ++i) {
        if (file.entries()[i].path != "default.aws_access_key_id") continue;
        add("AWS", "profile", "default", Extent::account, Names::anything,
            place_of(file, i));
      }
    }
  }

  void add_google_cloud() {
    std::string active(variable(standpoint_, "CLOUDSDK_ACTIVE_CONFIG_NAME"));
    if (active.empty()) {
      active = first_line(standpoint_.home + "/.config/gcloud/active_config");
    }
    const std::string name =
        "gcloud/configurations/config_" + (active.empty() ? "default" : active);
    for (const LabelledFile& file : files_) {
      if (!file.path.ends_with(name)) continue;
      for (std::size_t i = 0; i < file.entries().size(); ++i) {
        const Entry& entry = file.entries()[i];
        if (entry.path != "core.project") continue;
        add("Google Cloud", "project", entry.value.reveal(), Extent::project,
            Names::anything, place_of(file, i));
      }
    }
  }

  void add_sockets() {
    constexpr std::string_view kUnix = "unix://";
    const std::string_view host = variable(standpoint_, "DOCKER_HOST");
    if (!host.empty() && !host.starts_with(kUnix)) {
      add_variable("Docker", "host", "DOCKER_HOST", Extent::machine);
    } else {
      const std::string path(host.empty() ? "/var/run/docker.sock"
                                          : host.substr(kUnix.size()));
      if (::access(path.c_str(), W_OK) == 0) {
        add_socket("Docker", path, Extent::machine);
      }
    }
    add_socket("SSH agent", std::string(variable(standpoint_, "SSH_AUTH_SOCK")),
               Extent::account);
  }

  // Of a path nothing is said about its environment.
  void add_socket(std::string_view tool, const std::string& path,
                  Extent extent) {
    if (path.empty() || !is_socket(path)) return;
    Place place;
    place.path = shown_path(standpoint_, path);
    place.source = "home";
    place.exposure = Exposure::home;
    AmbientTarget target;
    target.tool = tool;
    target.what = "socket";
    target.name = place.path;
    target.extent = extent;
    target.place = std::move(place);
    found_.push_back(std::move(target));
  }

  const Standpoint& standpoint_;
  const std::vector<LabelledFile>& files_;
  std::vector<AmbientTarget> found_;
};

}  // namespace

std::vector<AmbientTarget> ambient_targets(
    const Standpoint& standpoint, const std::vector<LabelledFile>& files) {
  return TargetFinder(standpoint, files).find();
}

}  // namespace overreach
