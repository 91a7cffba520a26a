"""What the comparisons with real servers of the web share."""

import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "databases"))
from common import LEVELS, Comparison, highest  # noqa: E402, F401


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


class Server:
    """A program that answers HTTP on loopback; in a folder of its own that goes
    with it.  `ready` is a path that answers once it is up."""

    def __init__(self, ready, seconds=60):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.ready, self.seconds = ready, seconds
        self.held = tempfile.TemporaryDirectory(prefix="counterpart.")
        self.folder = pathlib.Path(self.held.name)
        self.process = None
        self.context = None  # for TLS

    def start(self, command, **environment):
        self.log = open(self.folder / "log", "wb")
        self.process = subprocess.Popen(
            command, cwd=self.folder, stdout=self.log, stderr=self.log,
            env=dict(os.environ, **environment))

    def __enter__(self):
        self.start(self.command())
        deadline = time.monotonic() + self.seconds
        while time.monotonic() < deadline and self.process.poll() is None:
            if self.is_ready():
                return self
            time.sleep(0.2)
        self.__exit__()
        raise SystemExit(f"{type(self).__name__} does not answer")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(30)
        self.log.close()
        self.held.cleanup()

    def is_ready(self):
        return self.request("GET", self.ready)[0] is not None

    def request(self, method, path, headers=(), body=None):
        """(status, parsed JSON or text); status is None without an answer."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            self.url + path, data, dict(headers), method=method)
        if data:
            request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(
                    request, timeout=20, context=self.context) as answer:
                status, text = answer.status, answer.read()
        except urllib.error.HTTPError as error:
            status, text = error.code, error.read()
        except OSError:
            return None, ""
        try:
            return status, json.loads(text)
        except ValueError:
            return status, text.decode("utf-8", "replace")


class WebComparison(Comparison):
    def ask_about(self, provider, text, server):
        """The one credential of `overreach check` for a text."""
        run = subprocess.run(
            [self.program, "check", provider, "--format", "json",
             "--endpoint", f"{provider}={server.url}"],
            input=text, capture_output=True, text=True)
        if run.returncode not in (0, 1, 3):
            self.problems.append(f"exit {run.returncode}: {run.stderr}")
            return None
        report = json.loads(run.stdout)
        credential = report["credentials"][0]
        credential["problems"] = report["problems"]
        return credential

    def finish(self, name):
        for problem in self.problems:
            print(f"{name}: {problem}")
        print(f"{name}: {self.compared} compared, {len(self.problems)} differ")
        return 1 if self.problems else 0
