"""Redis: ACL users from everything to nothing, one password, none at all."""

import re

from common import highest
from servers import PASSWORD, Redis, running

USERS = {
    "t_all": "~* &* +@all",
    "t_nodanger": "~* &* +@all -@dangerous",
    "t_noadmin": "~* &* +@all -@admin",
    "t_danger_acl": "~* &* +@all -@dangerous +acl|getuser +acl|whoami",
    "t_rw": "~app:* resetchannels +@read +@write +@connection",
    "t_append": "~app:* resetchannels +set +get +ping",
    "t_ro": "%R~* resetchannels +@read",
    "t_rw_acl": "~app:* +@read +@write +acl|getuser +acl|whoami",
    "t_set_acl": "~app:* +get +set +acl|getuser +acl|whoami",
    "t_del_acl": "~app:* +del +acl|getuser +acl|whoami",
    "t_getuser": "~* +@read +acl|getuser +acl|whoami +command",
    "t_dryrun": "~* +flushall +acl|dryrun +acl|whoami",
    "t_none": "",
}
# Without a right to ACL commands a user learns nothing about itself.
UNTELLABLE = {"t_nodanger", "t_noadmin", "t_rw", "t_append", "t_ro", "t_none"}
ATTEMPTS = [
    ("root", ["CONFIG", "SET", "hz", "11"]),
    ("root", ["ACL", "SETUSER", "t_new"]),
    ("write", ["SET", "app:k", "v"]),
    ("write", ["APPEND", "app:k", "v"]),
    ("read", ["GET", "app:k"]),
    ("destructive", ["DEL", "app:k"]),
    ("destructive", ["FLUSHDB"]),
    ("destructive", ["FLUSHALL"]),
]
READING = {
    "auth", "hello", "acl|whoami", "acl|getuser", "acl|dryrun", "client|info",
    "info", "ping", "dbsize",
}  # fmt: skip


def try_all(server, user):
    levels = []
    for level, words in ATTEMPTS:
        server.command("t_admin", "SET", "app:k", "v")
        answer = server.command(user, *words)
        if not re.match(r"NOPERM|NOAUTH|WRONGPASS|ERR|AUTH failed", answer):
            levels.append(level)
    return levels


def url(server, user, password=PASSWORD):
    return f"redis://{user}:{password}@127.0.0.1:{server.port}/0"


def ask(server, comparison, user, **more):
    return comparison.ask(
        "redis", url(server, user, **more), "--allow-host", "127.0.0.1"
    )


def check_commands(server, comparison, user):
    stats = server.command(user, "INFO", "commandstats")
    sent = set(re.findall(r"cmdstat_([^:]+):", stats)) - {"config|resetstat"}
    comparison.expect(sent and sent <= READING, f"Redis: it sent {sorted(sent)}")


def compare_users(comparison):
    lines = ["user default off", f"user t_admin on >{PASSWORD} ~* &* +@all"]
    lines += [f"user {u} on >{PASSWORD} {rules}" for u, rules in USERS.items()]
    with running(Redis, lines) as server:
        server.command("t_admin", "SET", "app:k", "v")
        server.command("t_admin", "CONFIG", "RESETSTAT")
        said = {user: ask(server, comparison, user) for user in USERS}
        check_commands(server, comparison, "t_admin")
        for user in USERS:
            truth = highest(try_all(server, user))
            comparison.compare(user, said[user], truth, user in UNTELLABLE)
        wrong = ask(server, comparison, "t_all", password="k7Tq2mVx9Zp5")
        comparison.expect(
            wrong and wrong["live"] is False, "Redis: a wrong password is not dead"
        )
        unknown = ask(server, comparison, "t_nobody")
        comparison.expect(
            unknown and unknown["live"] is False, "Redis: an unknown user is not dead"
        )


def run(comparison):
    compare_users(comparison)
    with running(Redis, options=["--requirepass", PASSWORD]) as server:
        for user in ("", "default"):
            said = ask(server, comparison, user)
            comparison.compare(f"requirepass, user '{user}'", said, "root")
        wrong = ask(server, comparison, "", password="k7Tq2mVx9Zp5")
        comparison.expect(
            wrong and wrong["live"] is False, "Redis: a wrong requirepass is not dead"
        )
    with running(Redis, options=["--requirepass", PASSWORD], tls=True) as server:
        said = comparison.ask(
            "redis",
            f"rediss://:{PASSWORD}@127.0.0.1:{server.tls_port}",
            "--allow-host",
            "127.0.0.1",
        )
        comparison.compare("TLS", said, "root")
    with running(Redis) as server:
        said = ask(server, comparison, "")
        comparison.compare("no password needed", said, "root")
