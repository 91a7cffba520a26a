#include "scanner/history/clone.h"

#include <array>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include "scanner/git/libgit2.h"
#include "scanner/history/temporary_folder.h"

namespace overreach {
namespace {

using Remote =
    std::unique_ptr<git_remote, GitDeleter<git_remote, git_remote_free>>;

// What a server that forges nothing has to offer; pull requests are not asked
// for: anybody may put anything there.
constexpr std::array<const char*, 3> kWanted = {"+refs/heads/*:refs/heads/*",
                                                "+refs/tags/*:refs/tags/*",
                                                "+refs/notes/*:refs/notes/*"};

// Begins with a scheme, or is "user@host:path".
std::size_t scheme_end(std::string_view target) {
  const std::size_t end = target.find("://");
  return end == target.npos || target.find('/') < end ? 0 : end;
}

class FetchedClone : public Clone {
 public:
  explicit FetchedClone(std::unique_ptr<TemporaryFolder> folder)
      : folder_(std::move(folder)) {}
  const std::string& folder() const override { return folder_->path(); }

 private:
  const std::unique_ptr<TemporaryFolder> folder_;
};

// Each way is tried once; libgit2 asks again after each that was refused.
struct Login {
  std::size_t tried = 0;
};

std::string environment(const char* name) {
  const char* const value = std::getenv(name);
  return value ? value : "";
}

int login_by_ssh(git_credential** out, const char* user, Login& login) {
  constexpr std::array<const char*, 3> kKeys = {"id_ed25519", "id_ecdsa",
                                                "id_rsa"};
  if (login.tried == 0) {
    ++login.tried;
    if (git_credential_ssh_key_from_agent(out, user) == 0) return 0;
  }
  while (login.tried <= kKeys.size()) {
    const std::string key =
        environment("HOME") + "/.ssh/" + kKeys[login.tried++ - 1];
    std::error_code error;
    if (!std::filesystem::exists(key, error)) continue;
    return git_credential_ssh_key_new(out, user, nullptr, key.c_str(), nullptr);
  }
  return GIT_EAUTH;
}

int log_in(git_credential** out, const char*, const char* user_of_url,
           unsigned allowed, void* payload) {
  Login& login = *static_cast<Login*>(payload);
  const char* const user = user_of_url && *user_of_url ? user_of_url : "git";
  if (allowed & GIT_CREDENTIAL_USERNAME) {
    return git_credential_username_new(out, user);
  }
  if (allowed & GIT_CREDENTIAL_SSH_KEY) return login_by_ssh(out, user, login);
  const std::string token = environment("OVERREACH_GIT_TOKEN");
  if ((allowed & GIT_CREDENTIAL_USERPASS_PLAINTEXT) && !token.empty() &&
      login.tried++ == 0) {
    return git_credential_userpass_plaintext_new(out, user, token.c_str());
  }
  git_error_set_str(GIT_ERROR_NET,
                    "the server wants to know who asks, and nothing given "
                    "satisfies it (see OVERREACH_GIT_TOKEN in --help)");
  return GIT_EAUTH;
}

Status fetch(git_repository* repository, const std::string& url) {
  git_remote* created = nullptr;
  if (git_remote_create_anonymous(&created, repository, url.c_str()) != 0) {
    return fail(git_error_text());
  }
  const Remote remote(created);
  git_fetch_options options;
  git_fetch_options_init(&options, GIT_FETCH_OPTIONS_VERSION);
  options.download_tags = GIT_REMOTE_DOWNLOAD_TAGS_NONE;  // as in kWanted
  options.proxy_opts.type = GIT_PROXY_AUTO;
  Login login;
  options.callbacks.credentials = log_in;
  options.callbacks.payload = &login;
  std::array<char*, kWanted.size()> wanted{};
  for (std::size_t i = 0; i < kWanted.size(); ++i) {
    wanted[i] = const_cast<char*>(kWanted[i]);  // libgit2 only reads them
  }
  const git_strarray specs = {wanted.data(), wanted.size()};
  if (git_remote_fetch(remote.get(), &specs, &options, nullptr) != 0) {
    return fail(git_error_text());
  }
  git_buf branch = GIT_BUF_INIT;
  if (git_remote_default_branch(&branch, remote.get()) == 0) {
    git_repository_set_head(repository, branch.ptr);
  }
  git_buf_dispose(&branch);
  return {};
}

}  // namespace

bool is_repository_url(std::string_view target) {
  if (scheme_end(target) > 0) return true;
  const std::size_t at = target.find('@'), colon = target.find(':');
  return at != target.npos && colon != target.npos && at < colon &&
         target.find('/') > colon;
}

std::string shown_url(const std::string& url) {
  const std::size_t scheme = scheme_end(url);
  if (scheme == 0) return url;  // git@host:path holds no password
  const std::size_t host = scheme + 3;
  const std::size_t end = std::min(url.find('/', host), url.size());
  const std::size_t at = url.rfind('@', end);
  if (at == url.npos || at < host) return url;
  return url.substr(0, host) + url.substr(at + 1);
}

Result<std::unique_ptr<Clone>> clone_repository(const std::string& url) {
  const std::string shown = shown_url(url);
  const std::string_view scheme =
      std::string_view(url).substr(0, scheme_end(url));
  if (!scheme.empty() && scheme != "https" && scheme != "ssh" &&
      scheme != "file") {
    return fail(shown + ": only https, ssh and file are read");
  }
  TRY_ASSIGN(auto folder, TemporaryFolder::make());
  const GitLibrary library(GitUse::network);
  git_repository* made = nullptr;
  if (git_repository_init(&made, folder->path().c_str(), 1) != 0) {
    return fail(folder->path() + ": " + git_error_text());
  }
  const GitRepository repository(made);
  if (const Status fetched = fetch(repository.get(), url); !fetched) {
    return fail(shown + ": cannot be cloned: " + fetched.error().text);
  }
  return std::make_unique<FetchedClone>(std::move(folder));
}

}  // namespace overreach
