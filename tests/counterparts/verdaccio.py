#!/usr/bin/env python3
"""verdaccio.py OVERREACH VERDACCIO

Starts Verdaccio, a registry of npm packages, asks `overreach check npm` about
tokens of two users and a wrong one, and lets each try to read, publish and
unpublish.  No request of its API tells what may be published, so that the
verdict is the default of the kind: it must not be lower than the truth.
"""

import base64
import sys

from counterpart import Server, WebComparison, highest

SETTINGS = """
storage: ./storage
auth: { htpasswd: { file: ./htpasswd, max_users: 100, algorithm: bcrypt } }
security: { api: { jwt: { sign: { expiresIn: 7d } } } }
uplinks: {}
packages:
  'secret-*': { access: alice, publish: alice, unpublish: alice }
  'open-*': { access: $all, publish: alice, unpublish: alice }
web: { enable: false }
log: { type: stdout, level: error }
"""
PACKAGE = "open-door"


class Verdaccio(Server):
    def __init__(self, program):
        super().__init__("/-/ping")
        self.program = program
        (self.folder / "config.yaml").write_text(SETTINGS)

    def command(self):
        return ["node", self.program, "-c", str(self.folder / "config.yaml"),
                "-l", f"127.0.0.1:{self.port}"]

    def token(self, name):
        status, answer = self.request(
            "PUT", f"/-/user/org.couchdb.user:{name}",
            body={"name": name, "password": f"pw-{name}-2381"})
        if status != 201:
            raise SystemExit(f"no user {name}: {status} {answer}")
        return answer["token"]

    def api(self, token, method, path, body=None):
        return self.request(method, path, {"Authorization": "Bearer " + token},
                            body)


def document(version):
    name = f"{PACKAGE}-{version}.tgz"
    return {
        "_id": PACKAGE, "name": PACKAGE, "dist-tags": {"latest": version},
        "versions": {version: {"name": PACKAGE, "version": version, "dist": {
            "tarball": f"http://127.0.0.1/{PACKAGE}/-/{name}"}}},
        "_attachments": {name: {
            "content_type": "application/octet-stream", "length": 4,
            "data": base64.b64encode(b"none").decode()}},
    }


def may(server, token):
    """The highest level of what it can really do."""
    levels = []
    if server.api(token, "GET", f"/{PACKAGE}")[0] == 200:
        levels.append("read")
    if server.api(token, "PUT", f"/{PACKAGE}", document("2.0.0"))[0] == 201:
        levels.append("write")
    _, now = server.request("GET", f"/{PACKAGE}")
    path = f"/{PACKAGE}/-rev/{now.get('_rev')}"
    if server.api(token, "DELETE", path)[0] in (200, 201):
        levels.append("destructive")
    return highest(levels)


def main():
    program, verdaccio = sys.argv[1:]
    comparison = WebComparison(program)
    with Verdaccio(verdaccio) as server:
        tokens = {name: server.token(name) for name in ("alice", "bob")}
        server.api(tokens["alice"], "PUT", f"/{PACKAGE}", document("1.0.0"))
        for name in ("bob", "alice"):
            text = f"//127.0.0.1:{server.port}/:_authToken={tokens[name]}\n"
            said = comparison.ask_about("npm", text, server)
            comparison.compare(name, said, may(server, tokens[name]),
                               untellable=True)
            if said:
                comparison.expect(said["reach"]["identity"] == name,
                                  f"{name} is {said['reach']['identity']}")
        # Answered with 200 and nobody's name.
        wrong = f"//127.0.0.1:{server.port}/:_authToken={'k7Tq2mVx' * 6}\n"
        said = comparison.ask_about("npm", wrong, server)
        comparison.expect(said and said["live"] is False,
                          f"a wrong token: {said and said['live']}")
    return comparison.finish("verdaccio")


if __name__ == "__main__":
    sys.exit(main())
