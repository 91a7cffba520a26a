"""etcd: users whose roles reach from everything to nothing."""

import base64
import json
import subprocess
import urllib.error
import urllib.request

from common import highest
from servers import PASSWORD, as_nobody, free_port, program, running, wait_until

EVERYTHING = ("\0", "\0")
APP = ("app/", "app0")  # the prefix app/
# The permissions of a role of the same name: type, first key, end.
USERS = {
    "root": None,  # the role root has them all
    "t_all": [("READWRITE", *EVERYTHING)],
    "t_prefix": [("READWRITE", *APP)],
    "t_write_only": [("WRITE", *APP)],
    "t_one_key": [("WRITE", "app/k", "")],
    "t_mixed": [("READ", *EVERYTHING), ("WRITE", "other", "")],
    "t_read": [("READ", *EVERYTHING)],
    "t_none": [],
}


def encoded(text):
    return base64.b64encode(text.encode()).decode()


class Etcd:
    def __init__(self, path):
        self.port, peers = free_port(), f"http://127.0.0.1:{free_port()}"
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen(
            [*as_nobody(path), program("etcd"), "--data-dir", path / "data"]
            + ["--unsafe-no-fsync", "--listen-client-urls", self.url]
            + ["--advertise-client-urls", self.url, "--listen-peer-urls", peers]
            + ["--initial-advertise-peer-urls", peers]
            + ["--initial-cluster", f"default={peers}"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_until(lambda: self.call("maintenance/status", {})[0] == 200, "etcd")

    def call(self, method, body, token=None):
        """The status, 0 without an answer, and the reply."""
        request = urllib.request.Request(
            f"{self.url}/v3/{method}",
            data=json.dumps(body).encode(),
            headers={"Authorization": token} if token else {},
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as reply:
                return reply.status, json.load(reply)
        except urllib.error.HTTPError as error:
            return error.code, {}
        except OSError:
            return 0, {}

    def revision(self):
        """It grows with every change of a key, a user or a role."""
        body = {"name": "root", "password": PASSWORD}
        token = self.call("auth/authenticate", body)[1].get("token")
        headers = [
            self.call("maintenance/status", {}, token)[1]["header"],
            self.call("auth/user/list", {}, token)[1],
            self.call("auth/role/list", {}, token)[1],
        ]
        return [headers[0]["revision"], headers[1].get("users"), headers[2].get("roles")]


def make_users(server):
    for user, permissions in USERS.items():
        server.call("auth/user/add", {"name": user, "password": PASSWORD})
        server.call("auth/role/add", {"name": user})
        server.call("auth/user/grant", {"user": user, "role": user})
        for kind, key, end in permissions or []:
            permission = {"permType": kind, "key": encoded(key)}
            if end:
                permission["range_end"] = encoded(end)
            server.call("auth/role/grant", {"name": user, "perm": permission})
    server.call("auth/enable", {})


def try_all(server, user):
    login = {"name": user, "password": PASSWORD}
    token = server.call("auth/authenticate", login)[1].get("token")
    root = server.call(
        "auth/authenticate", {"name": "root", "password": PASSWORD})[1]["token"]  # fmt: skip
    for key in ("app/k", "other"):
        pair = {"key": encoded(key), "value": encoded("v")}
        server.call("kv/put", pair, root)
    attempts = [("root", "auth/user/add", {"name": "t_new", "password": "x"})]
    for key in ("app/k", "other"):
        attempts += [
            ("read", "kv/range", {"key": encoded(key)}),
            ("write", "kv/put", {"key": encoded(key), "value": encoded("w")}),
            ("destructive", "kv/deleterange", {"key": encoded(key)}),
        ]
    done = [
        level for level, what, body in attempts
        if server.call(what, body, token)[0] == 200
    ]  # fmt: skip
    server.call("auth/user/delete", {"name": "t_new"}, root)
    return highest(done)


def ask(server, comparison, user, password=PASSWORD):
    return comparison.ask(
        "etcd",
        f"etcd://{user}:{password}@127.0.0.1:{server.port}",
        "--endpoint",
        f"etcd={server.url}",
    )


def run(comparison):
    with running(Etcd) as server:
        said = ask(server, comparison, "root")
        comparison.compare("authentication is off", said, "root")
        make_users(server)
        before = server.revision()
        said = {user: ask(server, comparison, user) for user in USERS}
        comparison.expect(server.revision() == before, "etcd: asking changed it")
        for user in USERS:
            comparison.compare(user, said[user], try_all(server, user))
        names = {"t_prefix": ["app/*"], "t_one_key": ["app/k"], "t_mixed": ["other"]}
        for user, keys in names.items():
            comparison.compare_names(user, said[user], "POST /v3/kv/deleterange", keys)
        for user in ("root", "t_nobody"):
            wrong = ask(server, comparison, user, "k7Tq2mVx9Zp5")
            comparison.expect(
                wrong["live"] is False, f"etcd: a wrong log-in of {user} is not dead"
            )
