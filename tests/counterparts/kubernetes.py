#!/usr/bin/env python3
"""kubernetes.py OVERREACH FOLDER

Starts etcd, kube-apiserver with RBAC and the controller that fills in the
default roles, makes a service account for each kind of role, asks `overreach
check` about a kubeconfig with its token, and lets each try on throw-away things
what the verdict is about.
"""

import base64
import pathlib
import ssl
import subprocess
import sys
import time

from counterpart import Server, WebComparison, free_port, highest

RBAC = "/apis/rbac.authorization.k8s.io/v1"
NAMESPACE = "/api/v1/namespaces/default"
ADMIN = {"Authorization": "Bearer admintoken"}
RULES = {
    "secrets": [{"apiGroups": [""], "resources": ["secrets"], "verbs": ["list"]}],
    "configures": [{"apiGroups": [""], "resources": ["configmaps"],
                    "verbs": ["get", "update", "patch"]}],
    "deletes": [{"apiGroups": [""], "resources": ["configmaps"],
                 "verbs": ["get", "delete"]}],
    "binds": [{"apiGroups": ["rbac.authorization.k8s.io"],
               "resources": ["clusterrolebindings"], "verbs": ["create"]},
              {"apiGroups": ["rbac.authorization.k8s.io"],
               "resources": ["clusterroles"], "verbs": ["bind"]}],
}  # fmt: skip
# name -> role, and whether it is bound in one namespace only
ACCOUNTS = {
    "cluster-admin": ("cluster-admin", False),
    "admin-of-one": ("admin", True),
    "edit": ("edit", False),
    "edit-of-one": ("edit", True),
    "view": ("view", False),
    "none": (None, False),
    **{name: (name, False) for name in RULES},
}


class Cluster(Server):
    def __init__(self, tools):
        super().__init__("/readyz", 120)
        self.tools, self.more = tools, []
        self.url = f"https://127.0.0.1:{self.port}"
        self.certificate = self.folder / "tls.crt"
        self.openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout",
                     "tls.key", "-out", "tls.crt", "-days", "2", "-subj",
                     "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1")
        self.openssl("genrsa", "-out", "sa.key", "2048")
        self.write("tokens.csv", 'admintoken,admin,1,"system:masters"\n')
        self.context = ssl.create_default_context(cafile=self.certificate)

    def openssl(self, *words):
        subprocess.run(["openssl", *words], cwd=self.folder, check=True,
                       capture_output=True)

    def write(self, name, text):
        (self.folder / name).write_text(text)

    def beside(self, *command):
        self.more.append(subprocess.Popen(
            [str(word) for word in command], cwd=self.folder,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))

    def command(self):
        clients, peers = free_port(), free_port()
        here = "http://127.0.0.1:"
        self.beside(
            self.tools / "etcd/usr/bin/etcd", "--data-dir", "etcd",
            "--unsafe-no-fsync", "--listen-client-urls", f"{here}{clients}",
            "--advertise-client-urls", f"{here}{clients}",
            "--listen-peer-urls", f"{here}{peers}",
            "--initial-advertise-peer-urls", f"{here}{peers}",
            "--initial-cluster", f"default={here}{peers}")
        return [
            str(self.tools / "kube-apiserver"), f"--etcd-servers={here}{clients}",
            "--bind-address=127.0.0.1", "--advertise-address=127.0.0.1",
            f"--secure-port={self.port}", "--tls-cert-file=tls.crt",
            "--tls-private-key-file=tls.key", "--cert-dir=certificates",
            "--service-account-issuer=https://kubernetes.default.svc",
            "--service-account-signing-key-file=sa.key",
            "--service-account-key-file=sa.key", "--authorization-mode=RBAC",
            "--token-auth-file=tokens.csv",
            "--service-cluster-ip-range=10.0.0.0/24",
            "--disable-admission-plugins=ServiceAccount"]

    def is_ready(self):
        return self.request("GET", "/readyz", ADMIN)[0] == 200

    def __exit__(self, *_):
        for process in self.more[1:]:
            process.terminate()
        self.process.terminate()
        self.process.wait(60)
        self.more[0].terminate()  # etcd last, or the server waits for it
        for process in self.more:
            process.wait(30)
        self.log.close()
        self.held.cleanup()

    def kubeconfig(self, token):
        authority = base64.b64encode(self.certificate.read_bytes()).decode()
        return f"""apiVersion: v1
kind: Config
clusters:
- name: here
  cluster:
    server: {self.url}
    certificate-authority-data: {authority}
users:
- name: me
  user:
    token: {token}
contexts:
- name: me@here
  context:
    cluster: here
    user: me
current-context: me@here
"""

    def admin(self, method, path, body=None):
        return self.request(method, path, ADMIN, body)

    def wait_for_roles(self):
        self.write("kubeconfig", self.kubeconfig("admintoken"))
        self.beside(
            self.tools / "kube-controller-manager", "--kubeconfig=kubeconfig",
            "--controllers=clusterrole-aggregation-controller",
            "--bind-address=127.0.0.1", "--secure-port=0",
            "--leader-elect=false")
        for _ in range(120):
            roles = [self.admin("GET", f"{RBAC}/clusterroles/{name}")[1]
                     for name in ("admin", "edit", "view")]
            if all(role.get("rules") for role in roles):
                return
            time.sleep(0.5)
        raise SystemExit("the default roles stay empty")

    def account(self, name, role, in_one_namespace):
        self.admin("POST", f"{NAMESPACE}/serviceaccounts",
                   {"metadata": {"name": name}})
        if role:
            place = RBAC + ("/namespaces/default/rolebindings" if in_one_namespace
                            else "/clusterrolebindings")
            status, answer = self.admin("POST", place, {
                "metadata": {"name": "of-" + name},
                "roleRef": {"apiGroup": "rbac.authorization.k8s.io",
                            "kind": "ClusterRole", "name": role},
                "subjects": [{"kind": "ServiceAccount", "name": name,
                              "namespace": "default"}]})
            if status != 201:
                raise SystemExit(f"{name}: {answer}")
        _, answer = self.admin(
            "POST", f"{NAMESPACE}/serviceaccounts/{name}/token",
            {"spec": {"expirationSeconds": 3600}})
        return answer["status"]["token"]


CONTAINER = {"name": "c", "image": "none.example/none"}
BINDING = {
    "metadata": {"name": "made"},
    "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole",
                "name": "cluster-admin"},
    "subjects": [{"kind": "User", "apiGroup": "rbac.authorization.k8s.io",
                  "name": "nobody"}]}  # fmt: skip
DEPLOYMENT = {
    "metadata": {"name": "made"},
    "spec": {"selector": {"matchLabels": {"a": "b"}}, "template": {
        "metadata": {"labels": {"a": "b"}}, "spec": {"containers": [CONTAINER]}}}}
# To run as any account of the cluster is to have its rights.
AS_ADMIN = {"Impersonate-User": "system:serviceaccount:kube-system:strong"}
ATTEMPTS = [
    ("root", "POST", RBAC + "/clusterrolebindings", BINDING, {}),
    ("root", "POST", RBAC + "/clusterrolebindings", BINDING, AS_ADMIN),
    ("destructive", "DELETE", NAMESPACE + "/configmaps/doomed", None, {}),
    ("destructive", "DELETE", NAMESPACE + "/persistentvolumeclaims/doomed", None,
     {}),
    ("write", "POST", "/apis/apps/v1/namespaces/default/deployments", DEPLOYMENT,
     {}),
    ("write", "PUT", NAMESPACE + "/configmaps/doomed",
     {"metadata": {"name": "doomed"}, "data": {"a": "b"}}, {}),
    ("read", "GET", NAMESPACE + "/secrets", None, {}),
    ("read", "GET", NAMESPACE + "/configmaps/doomed", None, {}),
]  # fmt: skip


def renew(cluster):
    cluster.admin("DELETE", RBAC + "/clusterrolebindings/made")
    cluster.admin("DELETE", "/apis/apps/v1/namespaces/default/deployments/made")
    cluster.admin("POST", NAMESPACE + "/configmaps",
                  {"metadata": {"name": "doomed"}})
    cluster.admin("POST", NAMESPACE + "/persistentvolumeclaims", {
        "metadata": {"name": "doomed"},
        "spec": {"accessModes": ["ReadWriteOnce"],
                 "resources": {"requests": {"storage": "1Gi"}}}})


def takes_a_stored_login(cluster, token):
    """Whether it reads the administrator's token that is kept in kube-system."""
    _, answer = cluster.request("GET", "/api/v1/secrets",
                                {"Authorization": "Bearer " + token})
    items = answer.get("items", []) if isinstance(answer, dict) else []
    return any("token" in item.get("data", {}) for item in items)


def may(cluster, token):
    levels = ["root"] if takes_a_stored_login(cluster, token) else []
    for level, method, path, body, more in ATTEMPTS:
        renew(cluster)
        headers = {"Authorization": "Bearer " + token, **more}
        if (cluster.request(method, path, headers, body)[0] or 500) < 300:
            levels.append(level)
    return highest(levels)


def prepare(cluster):
    for name, rules in RULES.items():
        cluster.admin("POST", RBAC + "/clusterroles",
                      {"metadata": {"name": name}, "rules": rules})
    cluster.admin("POST", "/api/v1/namespaces", {"metadata": {"name": "kube-system"}})
    there = "/api/v1/namespaces/kube-system"
    cluster.admin("POST", there + "/serviceaccounts",
                  {"metadata": {"name": "strong"}})
    cluster.admin("POST", RBAC + "/clusterrolebindings", dict(
        BINDING, metadata={"name": "strong"},
        subjects=[{"kind": "ServiceAccount", "name": "strong",
                   "namespace": "kube-system"}]))
    cluster.admin("POST", there + "/secrets", {
        "metadata": {"name": "stored"}, "stringData": {"token": "admintoken"}})


def main():
    program, tools = sys.argv[1], pathlib.Path(sys.argv[2])
    comparison = WebComparison(program)
    with Cluster(tools) as cluster:
        cluster.wait_for_roles()
        prepare(cluster)
        tokens = {name: cluster.account(name, *how)
                  for name, how in ACCOUNTS.items()}
        for name, token in tokens.items():
            said = comparison.ask_about("kubernetes", cluster.kubeconfig(token),
                                        cluster)
            truth = may(cluster, token)
            if truth == "none":  # unlike a database, nothing is everybody's
                comparison.expect(
                    said and said["live"] and said["reach"]["level"] == "none",
                    f"{name}: says {said and said['reach']}; it is none")
            else:
                comparison.compare(name, said, truth)
        wrong = comparison.ask_about(
            "kubernetes", cluster.kubeconfig("k7Tq2mVx9Zp5Lw4Rb8Nc"), cluster)
        comparison.expect(wrong and wrong["live"] is False, f"wrong: {wrong}")
    return comparison.finish("kubernetes")


if __name__ == "__main__":
    sys.exit(main())
