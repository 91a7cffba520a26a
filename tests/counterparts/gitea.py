#!/usr/bin/env python3
"""gitea.py OVERREACH GITEA SOURCE

Starts Gitea, makes users and tokens of all kinds, asks `overreach check` about
each, and lets each try on throw-away repositories what the verdict is about.
"""

import subprocess
import sys

from counterpart import Server, WebComparison, highest

PASSWORD = "Harbour-2381-Lantern"
# token -> (user, scopes)
TOKENS = {
    "admin_all": ("root0", "all"),
    "admin_writes": ("root0", "write:admin"),
    "admin_looks": ("root0", "read:admin"),
    "admin_reads_user": ("root0", "read:user"),
    "admin_writes_code": ("root0", "write:repository,read:user"),
    "all": ("alice", "all"),
    "reads_all": ("alice", "read:activitypub,read:admin,read:issue,read:misc,"
                  "read:notification,read:organization,read:package,"
                  "read:repository,read:user"),
    "user": ("alice", "write:user"),
    "writes": ("alice", "write:repository,read:user"),
    "writes_unnamed": ("alice", "write:repository"),
    "writes_public": ("alice", "public-only,write:repository,read:user"),
    "pushes": ("carol", "write:repository,read:user"),
    "reads": ("alice", "read:repository,read:user"),
    "issues": ("alice", "write:issue,read:repository"),
    "nothing": ("bob", "read:misc"),
}
# Refused nothing for reading: nobody can tell whether they may do more.
UNTELLABLE = {"admin_all", "all", "reads_all"}
KEY = ("ssh-ed25519 "
       "AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f")
ATTEMPTS = [
    ("root", "POST", "/admin/users",
     {"username": "made", "email": "made@example.test", "password": PASSWORD}),
    ("root", "POST", "/user/keys", {"title": "made", "key": KEY}),
    ("destructive", "DELETE", "/repos/alice/doomed", None),
    ("destructive", "DELETE", "/repos/root0/shared/branches/spare", None),
    ("write", "POST", "/repos/alice/own/issues", {"title": "made"}),
    ("read", "GET", "/repos/alice/own", None),
    ("read", "GET", "/user", None),
]


class Gitea(Server):
    def __init__(self, program, source):
        super().__init__("/api/v1/version", 120)
        self.program = program
        settings = self.folder / "app.ini"
        settings.write_text(f"""
I_AM_BEING_UNSAFE_RUNNING_AS_ROOT = true
RUN_MODE = prod
WORK_PATH = {self.folder}/data
[database]
DB_TYPE = sqlite3
PATH = {self.folder}/data/gitea.db
[server]
HTTP_ADDR = 127.0.0.1
HTTP_PORT = {self.port}
STATIC_ROOT_PATH = {source}
DISABLE_SSH = true
OFFLINE_MODE = true
[security]
INSTALL_LOCK = true
SECRET_KEY = test
[log]
LEVEL = Error
""")
        self.settings = str(settings)

    def command(self):
        return [self.program, "--config", self.settings, "web"]

    def user(self, *words):
        run = subprocess.run(
            [self.program, "--config", self.settings, "admin", "user", *words],
            capture_output=True, text=True)
        if run.returncode:
            raise SystemExit(f"gitea admin user {words[0]}: {run.stderr}")
        return run.stdout.strip().splitlines()[-1]

    def api(self, token, method, path, body=None):
        headers = {"Authorization": "token " + token}
        return self.request(method, "/api/v1" + path, headers, body)[0]


def renew(server, admin, alice):
    """Everything that an attempt may have taken, made or changed."""
    def repository(token, name, private=True):
        server.api(token, "POST", "/user/repos",
                   {"name": name, "auto_init": True, "private": private})

    server.api(admin, "DELETE", "/admin/users/made?purge=true")
    _, keys = server.request("GET", "/api/v1/user/keys",
                             {"Authorization": "token " + alice})
    for key in keys:
        server.api(alice, "DELETE", f"/user/keys/{key['id']}")
    _, keys = server.request("GET", "/api/v1/user/keys",
                             {"Authorization": "token " + admin})
    for key in keys:
        server.api(admin, "DELETE", f"/user/keys/{key['id']}")
    repository(alice, "own", private=False)
    repository(alice, "doomed", private=False)
    repository(admin, "shared")
    server.api(admin, "PUT", "/repos/root0/shared/collaborators/carol",
               {"permission": "write"})
    server.api(admin, "POST", "/repos/root0/shared/branches",
               {"new_branch_name": "spare"})


def main():
    program, gitea, source = sys.argv[1:]
    comparison = WebComparison(program)
    with Gitea(gitea, source) as server:
        for name, *more in (("root0", "--admin"), ("alice",), ("bob",), ("carol",)):
            server.user("create", "--username", name, "--password", PASSWORD,
                        "--email", f"{name}@example.test",
                        "--must-change-password=false", *more)

        def token(user, name, scopes):
            return server.user(
                "generate-access-token", "--username", user, "--token-name",
                name, "--scopes", scopes, "--raw")

        admin, alice = token("root0", "own", "all"), token("alice", "own", "all")
        renew(server, admin, alice)
        tokens = {name: token(user, name, scopes)
                  for name, (user, scopes) in TOKENS.items()}
        said = {name: comparison.ask_about("gitea", f"GITEA_TOKEN={text}\n", server)
                for name, text in tokens.items()}
        for name, text in tokens.items():
            renew(server, admin, alice)
            levels = [level for level, method, path, body in ATTEMPTS
                      if (server.api(text, method, path, body) or 500) < 300]
            comparison.compare(name, said[name], highest(levels),
                               name in UNTELLABLE)
        for name, answers in (("admin_reads_user", 200), ("writes", 403)):
            status = server.api(tokens[name], "GET", "/user?sudo=carol")
            comparison.expect(status == answers, f"{name} as carol: {status}")
        renew(server, admin, alice)
        status = server.api(tokens["admin_writes_code"], "DELETE",
                            "/repos/alice/doomed?sudo=alice")
        comparison.expect(status == 204, f"root0 as alice: {status}")
        comparison.compare_names("writes", said["writes"],
                                 "DELETE /repos/{owner}/{repo}",
                                 ["alice/own", "alice/doomed"])
        comparison.compare_names("pushes", said["pushes"],
                                 "DELETE /repos/{owner}/{repo}/branches/{branch}",
                                 ["root0/shared"])
        wrong = comparison.ask_about("gitea", f"GITEA_TOKEN={'3f0c91be7d' * 4}\n",
                                     server)
        comparison.expect(wrong["live"] is False, f"a wrong token: {wrong}")
    return comparison.finish("gitea")


if __name__ == "__main__":
    sys.exit(main())
