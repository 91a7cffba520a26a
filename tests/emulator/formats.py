#!/usr/bin/env python3
"""Formats with room for it say what the provider said: formats.py PROGRAM TREE

Scans the tree with the answers of fixtures/replies/railway/account.json in all
formats at once, and looks for identity, powers, resources with environment and
protection, what to do now and what to use instead in each.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

from demo import replies
from emulator import Emulator

WORDS = (
    "ada@shop.example",  # identity
    "volumeDelete",
    "postgres-data",
    "production",
    "backups",
    "https://railway.com/account/tokens",
    "bound to one environment of one project",
)
FORMATS = ("text", "json", "jsonl", "sarif", "html", "junit", "gitlab")


def only_power(powers):
    return next(p for p in powers if p["operation"] == "volumeDelete")


def check_structure(problems, name, powers):
    power = only_power(powers)
    expected = {"name": "postgres-data", "kind": "volume",
                "environment": "production", "protected": False}
    if expected not in power["resources"]:
        problems.append(f"{name}: {power['resources']}")
    if power["destroys"] != ["data", "backups"]:
        problems.append(f"{name}: destroys {power['destroys']}")


def main():
    program, tree = sys.argv[1:]
    problems = []
    with tempfile.TemporaryDirectory() as folder, Emulator(replies()) as emulator:
        files = [pathlib.Path(folder, name) for name in FORMATS]
        outputs = [word for name, file in zip(FORMATS, files)
                   for word in ("-f", name, "-o", str(file))]
        done = subprocess.run(
            [program, "scan", tree, "--privileges", "--only", "railway-*",
             "--endpoint", f"railway={emulator.url}", *outputs], check=False)
        if done.returncode != 1:
            problems.append(f"exit status {done.returncode}")
        said = {name: file.read_text() for name, file in zip(FORMATS, files)}
    for name, text in said.items():
        squeezed = " ".join(text.split())
        problems += [f"{name}: no {w}" for w in WORDS if w not in squeezed]
    if "with no deletion protection" not in " ".join(said["text"].split()):
        problems.append("text: nothing about protection")
    credential = json.loads(said["json"])["credentials"][0]
    check_structure(problems, "json", credential["reach"]["powers"])
    line = json.loads(said["jsonl"].splitlines()[1])
    check_structure(problems, "jsonl", line["reach"]["powers"])
    result = json.loads(said["sarif"])["runs"][0]["results"][0]
    check_structure(problems, "sarif", result["properties"]["powers"])
    for what, value in (("level", result["level"]),
                        ("security-severity",
                         result["properties"]["security-severity"])):
        if value != {"level": "error", "security-severity": "9.5"}[what]:
            problems.append(f"sarif: {what} {value}")
    vulnerability = json.loads(said["gitlab"])["vulnerabilities"][0]
    if vulnerability["severity"] != "Critical":
        problems.append(f"gitlab: severity {vulnerability['severity']}")
    print("\n".join(problems) or "every format says it")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
