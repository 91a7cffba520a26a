#!/usr/bin/env python3
"""minio_keys.py OVERREACH MINIO

Starts MinIO, makes users and keys with all kinds of policies, asks `overreach
check` about each, and lets each try on throw-away buckets what the verdict is
about.
"""

import io
import json
import sys

from counterpart import Server, WebComparison, highest
from minio import Minio, MinioAdmin
from minio.credentials import StaticProvider
from minio.error import MinioAdminException, S3Error

ROOT = "t_rootuser"
SECRET = "k7Tq2mVx9Zp4Wd3R"  # of every account
BUCKETS = ("buck-a", "buck-b", "spare")


def allow(actions, *resources):
    statement = {"Effect": "Allow", "Action": actions}
    if resources:
        statement["Resource"] = [f"arn:aws:s3:::{name}" for name in resources]
    return statement


def policy(*statements):
    return {"Version": "2012-10-17", "Statement": list(statements)}


EVERYTHING = allow(["s3:*"], "*")
# user -> a policy, the name of one that MinIO has, or nothing
USERS = {
    "t_console": "consoleAdmin",
    "t_readwrite": "readwrite",
    "t_readonly": "readonly",
    "t_writeonly": "writeonly",
    "t_diagnostics": "diagnostics",
    "t_user_admin": policy(
        allow(["admin:CreateUser", "admin:AttachUserOrGroupPolicy"])),
    "t_deny_delete": policy(
        EVERYTHING,
        {"Effect": "Deny", "Action": ["s3:Delete*", "s3:ForceDelete*",
                                      "s3:PutLifecycle*"],
         "Resource": ["arn:aws:s3:::*"]}),
    "t_delete": policy(allow(["s3:DeleteObject", "s3:ListBucket"],
                             "buck-a", "buck-a/*")),
    # About the bucket only: an object is another resource.
    "t_delete_nothing": policy(allow(["s3:DeleteObject"], "buck-a"),
                               allow(["s3:GetObject"], "buck-a/*")),
    "t_write": policy(allow(["s3:PutObject"], "buck-a/*")),
    "t_read": policy(allow(["s3:GetObject", "s3:ListBucket"],
                           "buck-a", "buck-a/*")),
    "t_no_policy": None,
}  # fmt: skip
# key -> (its user, a policy of its own)
KEYS = {
    "t_key_of_root": (ROOT, None),
    "t_key_of_root_reads": (ROOT, policy(allow(["s3:GetObject"], "buck-a/*"))),
    "t_key_of_delete": ("t_delete", None),
}


class MinioServer(Server):
    def __init__(self, program):
        super().__init__("/minio/health/ready", 60)
        self.program = program

    def command(self):
        return [self.program, "server", "--quiet", "--address",
                f"127.0.0.1:{self.port}", str(self.folder / "data")]

    def start(self, command, **_):
        super().start(command, HOME=str(self.folder), MINIO_ROOT_USER=ROOT,
                      MINIO_ROOT_PASSWORD=SECRET, MINIO_BROWSER="off",
                      MINIO_UPDATE="off", MINIO_CI_CD="1")

    def is_ready(self):
        return self.request("GET", self.ready)[0] == 200

    def admin(self, user):
        return MinioAdmin(endpoint=f"127.0.0.1:{self.port}", secure=False,
                          credentials=StaticProvider(user, SECRET))

    def client(self, user):
        return Minio(f"127.0.0.1:{self.port}", secure=False, access_key=user,
                     secret_key=SECRET, region="us-east-1")


def renew(server):
    client = server.client(ROOT)
    for name in BUCKETS:
        if not client.bucket_exists(name):
            client.make_bucket(name)
    client.put_object("buck-a", "doomed", io.BytesIO(b"x"), 1)


def make_accounts(server):
    admin = server.admin(ROOT)
    for user, rights in USERS.items():
        admin.user_add(user, SECRET)
        if isinstance(rights, dict):
            admin.policy_add(f"p-{user}", policy=rights)
            rights = f"p-{user}"
        if rights:
            admin.policy_set(rights, user=user)
    for key, (user, own) in KEYS.items():
        server.admin(user).add_service_account(
            access_key=key, secret_key=SECRET, name=key, policy=own)
    admin.user_add("t_disabled", SECRET)
    admin.user_disable("t_disabled")


def attempts(server, user):
    client, admin = server.client(user), server.admin(user)
    return [
        ("root", lambda: admin.user_add("t_made", SECRET)),
        ("destructive", lambda: client.remove_object("buck-a", "doomed")),
        ("destructive", lambda: client.remove_bucket("spare")),
        ("write", lambda: client.put_object("buck-a", "new", io.BytesIO(b"x"), 1)),
        ("read", lambda: client.get_object("buck-a", "doomed").read()),
        ("read", lambda: list(client.list_objects("buck-a"))),
        ("read", lambda: admin.info()),
    ]


def try_all(server, user):
    levels = []
    for level, attempt in attempts(server, user):
        renew(server)
        try:
            attempt()
            levels.append(level)
        except (S3Error, MinioAdminException):
            pass
    return highest(levels)


def state(server):
    admin = server.admin(ROOT)
    objects = [[each.object_name for each in server.client(ROOT).list_objects(name)]
               for name in BUCKETS]
    return [objects, json.loads(admin.user_list()), sorted(json.loads(admin.policy_list()))]


def main():
    program, minio = sys.argv[1:]
    comparison = WebComparison(program)
    with MinioServer(minio) as server:
        def ask(user, secret=SECRET):
            text = f"MINIO_ACCESS_KEY={user}\nMINIO_SECRET_KEY={secret}\n"
            return comparison.ask_about("minio", text, server)

        renew(server)
        make_accounts(server)
        before = state(server)
        said = {user: ask(user) for user in [ROOT, *USERS, *KEYS]}
        comparison.expect(state(server) == before, "asking changed something")
        for user, credential in said.items():
            truth = try_all(server, user)
            if truth == "none":
                comparison.expect(
                    credential["live"] is True
                    and credential["reach"]["level"] == "none",
                    f"{user}: {credential['live']} {credential['reach']}")
                continue
            comparison.compare(user, credential, truth, user in KEYS)
        comparison.compare_names("t_delete", said["t_delete"],
                                 "s3:DeleteObject", ["buck-a"])
        for user, secret in (("t_disabled", SECRET), ("t_nobody", SECRET),
                             (ROOT, "k7Tq2mVx9Zp4Wd3S")):
            comparison.expect(ask(user, secret)["live"] is False,
                              f"{user}: not dead")
    return comparison.finish("minio")


if __name__ == "__main__":
    sys.exit(main())
