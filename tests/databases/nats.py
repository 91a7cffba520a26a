"""NATS: users of the system account, of one with streams and of one without."""

import base64
import json
import re
import socket
import subprocess

from common import highest
from nats_keys import ACCOUNT, OPERATOR, USER, Key
from servers import (PASSWORD, as_nobody, certificate, free_port, program,
                     running, wait_until)  # fmt: skip

ASKING = ["$SYS.REQ.USER.INFO", "$SYS.REQ.SERVER.PING", "$JS.API.INFO",
          "$JS.API.STREAM.NAMES"]  # fmt: skip
# account -> user -> what it may publish and subscribe to; None: everything
ACCOUNTS = {
    "SYS": {
        "sys": None,
        "sys_looks": {"publish": ASKING, "subscribe": "_INBOX.>"},
        "sys_reloads": {"publish": [*ASKING, "$SYS.REQ.SERVER.*.RELOAD"]},
    },
    "APP": {
        "all": None,
        "no_delete": {"publish": {"allow": ">", "deny": "$JS.API.STREAM.DELETE.>"}},
        "no_api": {"publish": {"deny": ["$JS.API.STREAM.>", "$KV.>"]}},
        "purges_one": {"publish": [*ASKING, "$JS.API.STREAM.PURGE.orders"]},
        "deletes_messages": {"publish": [*ASKING, "$JS.API.STREAM.MSG.DELETE.*"]},
        "settings": {"publish": [*ASKING, "$KV.settings.>"]},
        "other_settings": {"publish": [*ASKING, "$KV.others.>"]},
        "writes": {"publish": [*ASKING, "app.>"], "subscribe": "_INBOX.>"},
        "reads": {"publish": ASKING, "subscribe": ["app.>", "_INBOX.>"]},
        "reads_streams": {"publish": [*ASKING, "$JS.API.DIRECT.GET.>"],
                          "subscribe": "_INBOX.>"},
        "no_inbox": {"publish": "app.>", "subscribe": "app.>"},
        "no_request": {"publish": "app.>", "subscribe": "_INBOX.>"},
    },
    "PLAIN": {"plain": None, "silent": {"publish": {"deny": ">"}}},
}  # fmt: skip
USERS = {user: account for account, users in ACCOUNTS.items() for user in users}
# May not ask for what it may.
UNTELLABLE = {"no_inbox", "no_request", "silent"}
STREAMS = {
    "orders": {"subjects": ["orders.>"], "allow_direct": True},
    "spare": {"subjects": ["spare.>"]},
    "KV_settings": {"subjects": ["$KV.settings.>"], "allow_rollup_hdrs": True,
                    "max_msgs_per_subject": 1, "deny_delete": False},
}  # fmt: skip


class Nats:
    """With the users of ACCOUNTS, or with these `settings` instead."""

    def __init__(self, path, binaries=None, tls=False, settings=None):
        self.port = free_port()
        accounts = {
            name: {
                "jetstream": "enabled" if name == "APP" else "disabled",
                "users": [
                    {"user": user, "password": PASSWORD,
                     **({"permissions": may} if may else {})}
                    for user, may in users.items()
                ],
            }
            for name, users in ACCOUNTS.items()
        }  # fmt: skip
        del accounts["SYS"]["jetstream"]
        settings = {
            "port": self.port,
            "host": "127.0.0.1",
            "jetstream": {"store_dir": f"{path}/streams"},
            **(settings or {"system_account": "SYS", "accounts": accounts}),
        }
        if tls:
            public, private = certificate(path)
            settings["tls"] = {"cert_file": f"{public}", "key_file": f"{private}"}
        (path / "nats.conf").write_text(json.dumps(settings))
        self.log = path / "log"
        server = f"{binaries}/nats-server" if binaries else program("nats-server")
        self.process = subprocess.Popen(
            [*as_nobody(path), server, "-c", path / "nats.conf", "-V"]
            + ["-l", self.log],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_until(self.is_up, "NATS")

    def is_up(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


class Client:
    """Speaks the protocol as far as the attempts need it."""

    def __init__(self, server, user):
        self.socket = socket.create_connection(("127.0.0.1", server.port), 3)
        self.lines = self.socket.makefile("rb")
        self.info = json.loads(self.lines.readline().split(b" ", 1)[1])
        options = {"verbose": False, "headers": True, "no_responders": True,
                   "user": user, "pass": PASSWORD}  # fmt: skip
        self.send(f"CONNECT {json.dumps(options)}\r\n")
        assert not self.settle()[0], user

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, text):
        self.socket.sendall(text.encode())

    def settle(self, inbox=None):
        """(errors, payload at the inbox) until all that was sent is dealt with;
        an answer may come behind the PONG."""
        self.send("PING\r\n")
        errors, payload, has_pong = [], None, False
        while True:
            try:
                line = self.lines.readline().decode()
            except TimeoutError:
                return ["no answer", *errors], payload
            if not line:
                return ["closed", *errors], payload
            words = line.split()
            if words[0] in ("MSG", "HMSG"):
                body = self.lines.read(int(words[-1]) + 2)
                if words[1] == inbox:
                    payload = b"" if b"NATS/1.0 503" in body else body
            elif words[0] == "-ERR":
                errors.append(line.strip())
            has_pong = has_pong or words[0] == "PONG"
            if has_pong and (errors or not inbox or payload is not None):
                return errors, payload

    def publish(self, subject, text="x"):
        self.send(f"PUB {subject} {len(text)}\r\n{text}\r\n")
        return not self.settle()[0]

    def request(self, subject, text="", headers=""):
        """The answer of an API as JSON; None when it was not allowed."""
        inbox = "_INBOX.attempt"
        head = f"NATS/1.0\r\n{headers}\r\n\r\n"
        self.send(
            f"SUB {inbox} 1\r\nHPUB {subject} {inbox} {len(head)}"
            f" {len(head) + len(text)}\r\n{head}{text}\r\n"
        )
        errors, payload = self.settle(inbox)
        self.send("UNSUB 1\r\n")
        if errors or not payload:
            return None
        try:
            answer = json.loads(payload[payload.find(b"{"):])
        except ValueError:
            return {"text": payload}
        return None if "error" in answer else answer


def renew(server):
    """The streams as they were; how many messages each has."""
    with Client(server, "all") as client:
        for name, more in STREAMS.items():
            client.request(f"$JS.API.STREAM.DELETE.{name}")
            settings = {"name": name, "storage": "memory", **more}
            assert client.request(f"$JS.API.STREAM.CREATE.{name}", json.dumps(settings))
        for subject in ("orders.1", "orders.2", "spare.1", "$KV.settings.color"):
            assert client.request(subject, "x"), subject


def lost(server):
    """Whether a message of a stream is gone."""
    with Client(server, "all") as client:
        kept = [client.request(f"$JS.API.STREAM.INFO.{name}") for name in STREAMS]
        color = client.request(
            "$JS.API.STREAM.MSG.GET.KV_settings",
            json.dumps({"last_by_subj": "$KV.settings.color"}),
        )
    counts = [each and each["state"]["messages"] for each in kept]
    return counts != [2, 1, 1] or "KV-Operation" in decoded(color)


def decoded(message):
    headers = (message or {}).get("message", {}).get("hdrs", "")
    return base64.b64decode(headers).decode()


def destroys(server, user):
    attempts = [
        ("$JS.API.STREAM.PURGE.orders", "", ""),
        ("$JS.API.STREAM.DELETE.spare", "", ""),
        ("$JS.API.STREAM.MSG.DELETE.orders", '{"seq": 1}', ""),
        ("$KV.settings.color", "", "KV-Operation: PURGE\r\nNats-Rollup: sub"),
    ]
    for attempt in attempts:
        with Client(server, user) as client:
            client.request(*attempt)
        if lost(server):
            renew(server)
            return True
    return False


def try_all(server, user):
    levels = []
    with Client(server, user) as client:
        server_id = client.info["server_id"]
        if client.request(f"$SYS.REQ.SERVER.{server_id}.RELOAD"):
            levels.append("root")
    with Client(server, user) as client:
        if client.request("$JS.API.DIRECT.GET.orders", '{"seq": 1}'):
            levels.append("read")
    if USERS[user] == "APP" and destroys(server, user):
        levels.append("destructive")
    if may_publish(server, user):
        levels.append("write")
    return levels


def may_publish(server, user):
    with Client(server, user) as client:
        return any([client.publish("app.x"), client.publish("$KV.others.x")])


def ask(server, comparison, user, password=PASSWORD):
    return comparison.ask(
        "nats",
        f"nats://{user}:{password}@127.0.0.1:{server.port}",
        "--allow-host",
        "127.0.0.1",
    )


def ask_with_key(server, comparison, key, token=""):
    """As an environment and a file of credentials have them."""
    text = f"NATS_URL=nats://127.0.0.1:{server.port}\n"
    if token:
        text += f"-----BEGIN NATS USER JWT-----\n{token}\n"
    return comparison.ask_text("nats", f"{text}NATS_SEED={key.seed}\n",
                               "--allow-host", "127.0.0.1")  # fmt: skip


def compare_keys(comparison, binaries):
    """Users of a configuration that are known by their keys."""
    unlimited, writing, unknown = Key(USER), Key(USER), Key(USER)
    users = [
        {"nkey": unlimited.public},
        {"nkey": writing.public, "permissions": ACCOUNTS["APP"]["writes"]},
    ]
    accounts = {"APP": {"jetstream": "enabled", "users": users}}
    with running(Nats, binaries, settings={"accounts": accounts}) as server:
        said = ask_with_key(server, comparison, unlimited)
        comparison.compare("a key", said, "destructive")
        said = ask_with_key(server, comparison, writing)
        comparison.compare("a key that writes", said, "write")
        said = ask_with_key(server, comparison, unknown)
        comparison.expect(said and said["live"] is False, "NATS: an unknown key")


def compare_tokens(comparison, binaries):
    """Users whom an account has signed, and accounts an operator."""
    operator, account, system = Key(OPERATOR), Key(ACCOUNT), Key(ACCOUNT)
    limits = {"subs": -1, "data": -1, "payload": -1, "imports": -1, "exports": -1,
              "wildcards": True, "conn": -1, "leaf": -1}  # fmt: skip
    streams = {"mem_storage": -1, "disk_storage": -1, "streams": -1, "consumer": -1}
    settings = {
        "operator": operator.signed("op", operator.public, {"type": "operator"}),
        "system_account": system.public,
        "resolver": "MEMORY",
        "resolver_preload": {
            account.public: operator.signed("app", account.public, {
                "type": "account", "limits": {**limits, **streams}}),
            system.public: operator.signed("sys", system.public, {
                "type": "account", "limits": limits}),
        },
    }
    users = {
        "token": (account, {}, "destructive"),
        "token that writes": (account, {"pub": {"allow": [*ASKING, "app.>"]}}, "write"),
        "token of the system": (system, {}, "root"),
    }
    with running(Nats, binaries, settings=settings) as server:
        for name, (signer, may, truth) in users.items():
            key = Key(USER)
            token = signer.signed(name, key.public, {
                "type": "user", "subs": -1, "data": -1, "payload": -1, **may})  # fmt: skip
            said = ask_with_key(server, comparison, key, token)
            comparison.compare(name, said, truth)
            said = ask_with_key(server, comparison, Key(USER), token)
            comparison.expect(
                said and said["live"] is False, f"NATS: a {name} of another key"
            )


def check_requests(server, comparison, before):
    said = server.log.read_text()[before:]
    by_clients = r"127\.0\.0\.1:\d+ - cid:\d+ .*<<- \[H?PUB (\S+)"
    sent = set(re.findall(by_clients, said))
    comparison.expect(sent and sent <= set(ASKING), f"NATS: it sent {sorted(sent)}")


def run(comparison, binaries=None):
    with running(Nats, binaries) as server:
        renew(server)
        with Client(server, "all") as client:
            tells = client.request(ASKING[0]) is not None
        before = len(server.log.read_text())
        said = {user: ask(server, comparison, user) for user in USERS}
        check_requests(server, comparison, before)
        comparison.expect(not lost(server), "NATS: asking lost a message")
        for user in USERS:
            comparison.compare(
                user, said[user], highest(try_all(server, user)),
                not tells or user in UNTELLABLE)  # fmt: skip
        if tells:
            comparison.compare_names(
                "purges_one", said["purges_one"], "$JS.API.STREAM.PURGE.{stream}",
                ["orders"])  # fmt: skip
        wrong = ask(server, comparison, "all", password="k7Tq2mVx9Zp5")
        comparison.expect(
            wrong and wrong["live"] is False, "NATS: a wrong password is not dead"
        )
    with running(Nats, binaries, tls=True) as server:
        said = ask(server, comparison, "all")
        comparison.compare("TLS", said, "destructive", not tells)
    if tells:
        compare_keys(comparison, binaries)
        compare_tokens(comparison, binaries)
