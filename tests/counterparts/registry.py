#!/usr/bin/env python3
"""registry.py OVERREACH

Starts a Docker registry that trusts our key, signs tokens with all kinds of
access, and compares what `overreach check` reads in each (no request tells
pushing from deleting) with what the registry lets it do.  Then one of users and
passwords, with deleting switched on and off: it tells nobody what they may do,
so the verdict is assumed and must not be lower than the truth.
"""

import base64
import hashlib
import json
import subprocess
import sys
import time
import urllib.error
import urllib.request

from counterpart import LEVELS, Server, WebComparison, highest

KIND = "application/vnd.docker.distribution.manifest.v2+json"
PASSWORD = "throw-away-2381"
DIGEST = "$2b$05$abcdefghij.abcdefghij.chOCcEzt1NbWXP5.4JoR0hdvYuRPyrC"  # its bcrypt


def on_app(*actions):
    return {"type": "repository", "name": "app", "actions": list(actions)}


TOKENS = {
    "deletes": [on_app("pull", "push", "delete")],
    "only_deletes": [on_app("delete")],
    "everything": [on_app("*")],
    "pushes": [on_app("pull", "push")],
    "pulls": [on_app("pull")],
    "lists": [{"type": "registry", "name": "catalog", "actions": ["*"]}],
    "nothing": [],
    "two": [on_app("pull"),
            {"type": "repository", "name": "other", "actions": ["push", "pull"]}],
}  # fmt: skip


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Registry(Server):
    word = "Bearer"

    def __init__(self):
        super().__init__("/v2/")
        self.key = self.folder / "key.pem"
        certificate = self.folder / "certificate.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes",
             "-keyout", self.key, "-out", certificate, "-days", "2",
             "-subj", "/CN=issuer"], check=True, capture_output=True)
        self.x5c = "".join(certificate.read_text().splitlines()[1:-1])
        (self.folder / "config.yml").write_text(f"""
version: 0.1
storage:
  filesystem: {{rootdirectory: {self.folder}/data}}
  delete: {{enabled: true}}
http: {{addr: "127.0.0.1:{self.port}"}}
auth:
  token: {{realm: "http://127.0.0.1/token", service: registry, issuer: issuer,
          rootcertbundle: {certificate}}}
""")

    def command(self):
        return ["docker-registry", "serve", str(self.folder / "config.yml")]

    def token(self, access):
        now = int(time.time())
        header = {"alg": "RS256", "typ": "JWT", "x5c": [self.x5c]}
        claims = {"iss": "issuer", "aud": "registry", "sub": "ci",
                  "nbf": now - 60, "iat": now - 60, "exp": now + 3600,
                  "jti": "1", "access": access}
        text = ".".join(base64url(json.dumps(part).encode())
                        for part in (header, claims))
        signed = subprocess.run(
            ["openssl", "dgst", "-sha256", "-sign", self.key],
            input=text.encode(), check=True, capture_output=True).stdout
        return text + "." + base64url(signed)

    def send(self, token, method, path, data=None, kind="application/json"):
        """(status, headers)"""
        target = path if path.startswith("http") else self.url + path
        request = urllib.request.Request(target, data, method=method, headers={
            "Authorization": f"{self.word} {token}", "Content-Type": kind,
            "Accept": KIND})
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, answer.headers
        except urllib.error.HTTPError as error:
            return error.code, error.headers


class PasswordRegistry(Registry):
    """Of users and passwords: "ci" has PASSWORD."""

    word = "Basic"

    def __init__(self, deletes):
        Server.__init__(self, "/v2/")
        self.login = basic("ci", PASSWORD)
        (self.folder / "htpasswd").write_text(f"ci:{DIGEST}\n")
        (self.folder / "config.yml").write_text(f"""
version: 0.1
storage:
  filesystem: {{rootdirectory: {self.folder}/data}}
  delete: {{enabled: {str(deletes).lower()}}}
http: {{addr: "127.0.0.1:{self.port}"}}
auth:
  htpasswd: {{realm: registry, path: {self.folder}/htpasswd}}
""")


def basic(user, password):
    return base64.b64encode(f"{user}:{password}".encode()).decode()


def push_blob(server, token, repository, data):
    status, headers = server.send(token, "POST", f"/v2/{repository}/blobs/uploads/",
                                  b"")
    if status != 202:
        return None
    digest = "sha256:" + hashlib.sha256(data).hexdigest()
    place = headers["Location"] + "&digest=" + digest
    server.send(token, "PUT", place, data, "application/octet-stream")
    return {"size": len(data), "digest": digest}


def push(server, token, repository):
    """The digest of a new image; None when it is refused."""
    config = push_blob(server, token, repository, b"{}")
    layer = push_blob(server, token, repository, b"layer")
    if not config or not layer:
        return None
    config["mediaType"] = "application/vnd.docker.container.image.v1+json"
    layer["mediaType"] = "application/vnd.docker.image.rootfs.diff.tar.gzip"
    manifest = json.dumps({"schemaVersion": 2, "mediaType": KIND,
                           "config": config, "layers": [layer]}).encode()
    status, headers = server.send(
        token, "PUT", f"/v2/{repository}/manifests/latest", manifest, KIND)
    return headers["Docker-Content-Digest"] if status == 201 else None


def may(server, owner, token):
    levels = []
    for repository in ("app", "other"):
        digest = push(server, owner, repository)
        path = f"/v2/{repository}/manifests/"
        if server.send(token, "GET", path + "latest")[0] == 200:
            levels.append("read")
        if push(server, token, repository):
            levels.append("write")
        if server.send(token, "DELETE", path + digest)[0] == 202:
            levels.append("destructive")
    if server.send(token, "GET", "/v2/_catalog")[0] == 200:
        levels.append("read")
    return highest(levels)


def compare_passwords(comparison, deletes):
    with PasswordRegistry(deletes) as server:
        truth = may(server, server.login, server.login)
        for name, login in (("right", server.login), ("wrong", basic("ci", "2381"))):
            text = json.dumps({"auths": {"registry.internal": {"auth": login}}})
            told = comparison.ask_about("docker", text, server)
            level = told["reach"]["level"]
            holds = told["live"] is (name == "right") and (
                level == "none" if name == "wrong"
                else LEVELS.index(level) >= LEVELS.index(truth)
                and told["reach"]["evidence"] == "assumed")
            comparison.expect(
                holds, f"{name} password: says {level}, live {told['live']};"
                f" it is {truth}")


def main():
    comparison = WebComparison(sys.argv[1])
    for deletes in (True, False):
        compare_passwords(comparison, deletes)
    with Registry() as server:
        owner = server.token([
            dict(on_app("pull", "push", "delete"), name=name)
            for name in ("app", "other")])
        for name, access in TOKENS.items():
            token = server.token(access)
            run = subprocess.run(
                [comparison.program, "check", "--offline", "--format", "json"],
                input=f"REGISTRY_TOKEN={token}\n", capture_output=True, text=True)
            reach = json.loads(run.stdout)["credentials"][0]["reach"]
            truth = (may(server, owner, token), "inferred")
            if truth[0] == "none":
                truth = ("unknown", "assumed")  # it names no image
            comparison.expect(
                (reach["level"], reach["evidence"]) == truth,
                f"{name}: says {reach['level']} ({reach['why']}); it is {truth}")
    return comparison.finish("registry")


if __name__ == "__main__":
    sys.exit(main())
