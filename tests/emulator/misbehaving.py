#!/usr/bin/env python3
"""Every provider, played by a server that misbehaves: misbehaving.py PROGRAM

A folder has a credential of every kind in fixtures/replies.  It is scanned
without asking, and then once for each way to misbehave, with that server behind
every provider.  Nothing may come of it but "cannot tell", with a reason: no
verdict changes, no credential is proven alive or dead, and the scan says that
it is not complete.
"""

import concurrent.futures
import json
import pathlib
import socket
import subprocess
import sys
import tempfile
import threading

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import cases  # noqa: E402

PAGE = b"<!doctype html><html><title>Sign in</title><p>Please sign in</html>"
DEEP = 100_000  # brackets: more than a parser that calls itself survives


def answer(status, body=b"{}", kind="application/json", more=""):
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}"
    head += f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    return head.encode() + body


def page(status, kind="text/html"):
    return answer(status, PAGE, kind)


WAYS = {
    "closes at once": b"",
    "speaks another protocol": b"SSH-2.0-OpenSSH_9.2\r\n",
    "a page": page("200 OK"),
    "a page that is called JSON": page("200 OK", "application/json"),
    "a page that forbids": page("403 Forbidden"),
    "a page that finds nothing": page("404 Not Found"),
    "a page of an outage": page("500 Internal Server Error"),
    "nothing": answer("200 OK", b""),
    "less than it says": answer("200 OK", b'{"a": 1}')[:-4],
    "half of a text": answer("200 OK", b'{"data": {"me": {"name": "ki'),
    "no UTF-8": answer("200 OK", b'{"data":"\xff\xfe\x00"}'),
    "null": answer("200 OK", b"null"),
    "a number": answer("200 OK", b"7"),
    "too deep": answer("200 OK", b"[" * DEEP),
    "too big": answer("200 OK", b"[" + b"0," * 5_000_000 + b"0]"),
    "a redirect to itself": answer("302 Found", more="Location: /again\r\n"),
    "a redirect elsewhere": answer(
        "302 Found", more="Location: https://elsewhere.example/\r\n"
    ),
    "a limit": answer("429 Too Many Requests", more="Retry-After: 3600\r\n"),
    "an error": answer("500 Internal Server Error"),
    "a method that is not allowed": answer("405 Method Not Allowed"),
    "nothing there": answer("410 Gone"),
}
# A host that gives no whole answer is soon left alone.
WHOLE = WAYS.keys() - {"closes at once", "less than it says"}


class Server:
    """Reads a request and gives the same answer to each; loopback only."""

    def __init__(self, reply):
        self.reply, self.requests = reply, 0
        self.lock = threading.Lock()  # guards requests
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def __enter__(self):
        threading.Thread(target=self.serve, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.listener.close()

    def serve(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.speak, args=(client,), daemon=True).start()

    def speak(self, client):
        with client, client.makefile("rb") as request:
            length = 0
            try:
                for line in iter(request.readline, b"\r\n"):
                    if not line:
                        return
                    name, _, value = line.partition(b":")
                    if name.lower() == b"content-length":
                        length = int(value)
                request.read(length)
                with self.lock:
                    self.requests += 1
                client.sendall(self.reply)
            except OSError:
                pass  # it had read enough


def write_credentials(program, folder):
    """One file for each kind of credential; the ids of their providers."""
    written = {}
    for path in sorted((cases.ROOT / "fixtures/replies").rglob("*.json")):
        case = json.loads(path.read_text())
        kind = case.get("values", {}).get("secret")
        if not isinstance(kind, str) or kind in written or "login" in case:
            continue
        values = {}
        for name, rule in case["values"].items():
            values[name] = cases.value_of(program, rule, 1 + len(values))
        written[kind] = path.parent.name
        text = cases.fill(case["input"], values)
        (folder / f"{len(written)}.env").write_text(text)
    return sorted(set(written.values()))


def scan(program, folder, *options):
    run = subprocess.run(
        [program, "scan", "--confidence", "low", "--fail-crossings", "never"]
        + ["-f", "json", *options, folder],
        capture_output=True,
        text=True,
    )
    if run.returncode not in (0, 1, 3):
        return run.stderr.strip() or f"exit {run.returncode}", {}
    report = json.loads(run.stdout)
    return report, {each["id"]: each for each in report["credentials"]}


def differences(before, after):
    """What an answer that says nothing has changed."""
    for name, old in before.items():
        new = after.get(name)
        if not new:
            yield f"{old['rule']} is gone"
            continue
        if new["live"] != old["live"]:
            yield f"{new['rule']}: live is {new['live']}: {new['reach']['why']}"
        elif new["reach"]["level"] != old["reach"]["level"]:
            levels = f"{old['reach']['level']}, then {new['reach']['level']}"
            yield f"{new['rule']}: {levels}: {new['reach']['why']}"


def check(program, folder, providers, way, before):
    with Server(WAYS[way]) as server:
        ends = [f"--endpoint={provider}={server.url}" for provider in providers]
        report, after = scan(program, folder, "--privileges", *ends)
        if isinstance(report, str):
            return [report]
        problems = list(differences(before, after))
        if report["complete"] or not report["problems"]:
            problems.append("the scan calls itself complete")
        if server.requests < (len(providers) if way in WHOLE else 1):
            problems.append(f"only {server.requests} requests")
        hosts = {contact["host"].split(":")[0] for contact in report["contacted"]}
        if hosts != {"127.0.0.1"}:
            problems.append(f"contacted {sorted(hosts)}")
        return problems


def main():
    program = sys.argv[1]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        providers = write_credentials(program, folder)
        report, before = scan(program, folder)
        if not before:
            sys.exit(f"nothing is found: {report}")
        print(f"{len(before)} credentials of {len(providers)} providers")
        failed = 0
        with concurrent.futures.ThreadPoolExecutor(2) as workers:
            asked = {
                way: workers.submit(check, program, folder, providers, way, before)
                for way in WAYS
            }
            for way, result in asked.items():
                problems = result.result()
                failed += bool(problems)
                for problem in problems:
                    print(f"{way}: {problem}")
        print(f"{len(WAYS) - failed} of {len(WAYS)} ways to misbehave change nothing")
        return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
