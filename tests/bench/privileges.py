"""What bench.py needs to measure the asking of many providers: each is played by
tests/emulator on loopback, with its answers after LATENCY."""
import contextlib
import json
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "emulator"))
import certificates  # noqa: E402
from cases import example, fill  # noqa: E402
from emulator import Emulator, Handler  # noqa: E402

PROVIDERS = 40
CREDENTIALS = 500
LATENCY = 0.1  # seconds


def is_rule(text):
    """Not a text of its own, nor a key that is made for the run."""
    return (re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", text)
            and text not in certificates.VALUES and text != "rsa-key")


def is_plain(case):
    """One generated secret in a text, answered over HTTP as often as asked."""
    return ("login" not in case and not case.get("arguments")
            and list(case["values"]) == ["secret"]
            and isinstance(case["values"]["secret"], str)
            and is_rule(case["values"]["secret"])
            and case["expect"].get("live")
            and not any(reply.get("repeat") is False
                        for reply in case["replies"]))


def plain_cases():
    """[(provider, its first plain case)], by name."""
    for folder in sorted((ROOT / "fixtures" / "replies").iterdir()):
        for path in sorted(folder.glob("*.json")):
            case = json.loads(path.read_text(encoding="utf-8"))
            if is_plain(case) and case.get("check", folder.name) == folder.name:
                yield folder.name, case
                break


def for_any_secret(replies):
    """The replies without what they demand of the secret they are given."""
    return [dict(reply, when=[text for text in reply.get("when", [])
                              if "{secret}" not in text])
            for reply in replies if "{secret}" not in reply["request"]]


class Meter:
    """How many requests a provider got, and how many at once at most."""

    def __init__(self):
        self.lock = threading.Lock()
        self.now = self.most = self.count = 0

    def __enter__(self):
        with self.lock:
            self.now += 1
            self.count += 1
            self.most = max(self.most, self.now)

    def __exit__(self, *_):
        with self.lock:
            self.now -= 1


def slow_handler(meter):
    class SlowHandler(Handler):
        def handle_any(self):
            with meter:
                time.sleep(LATENCY)
            super().handle_any()

        do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any

    return SlowHandler


def write_credentials(binary, cases, folder):
    """A file a provider, CREDENTIALS altogether."""
    for index, (provider, case) in enumerate(cases):
        count = (CREDENTIALS + len(cases) - 1 - index) // len(cases)
        lines = [fill(case["input"],
                      {"secret": example(binary, case["values"]["secret"],
                                         1000 + seed)})
                 for seed in range(count)]
        (folder / f"{provider}.env").write_text("\n".join(lines),
                                                encoding="utf-8")


def measure(binary, runs):
    """Prints one table."""
    cases = list(plain_cases())[:PROVIDERS]
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        folder = pathlib.Path(name)
        write_credentials(binary, cases, folder)
        meters, endpoints = {}, []
        for provider, case in cases:
            meters[provider] = Meter()
            emulator = stack.enter_context(
                Emulator(for_any_secret(case["replies"]),
                         slow_handler(meters[provider])))
            endpoints += ["--endpoint", f"{provider}={emulator.url}"]
        seconds, report = [], {}
        for _ in range(runs):
            start = time.monotonic()
            done = subprocess.run(
                [binary, "scan", "--privileges", "-f", "json", *endpoints,
                 name], capture_output=True, text=True, check=False)
            seconds.append(time.monotonic() - start)
            report = json.loads(done.stdout)
    asked = [c for c in report["credentials"] if c["live"]]
    requests = sum(meter.count for meter in meters.values()) // runs
    print(f"\n### {len(report['credentials'])} credentials of {len(cases)} "
          f"providers, each answer after {LATENCY * 1000:.0f} ms\n")
    print("| seconds | live | requests | a credential | at once at one "
          "provider, at most |\n|---:|---:|---:|---:|---:|")
    print(f"| {statistics.median(seconds):.1f} | {len(asked)} | {requests} | "
          f"{requests / len(report['credentials']):.1f} | "
          f"{max(meter.most for meter in meters.values())} |")
