#!/usr/bin/env python3
"""Every kind of credential that would be asked about over HTTP has a case:
kinds.py PROGRAM

A kind is asked when a probe names it, or when --plan has a request for a generated
example of it; a part of a pair that another part leads counts with it.  (What
databases are asked in their own protocol is compared with real servers,
tests/databases.)
"""

import re
import subprocess
import sys
import tomllib
from fnmatch import fnmatchcase as fnmatch

from cases import ROOT, cases_of
from verdicts import TABLE

KIND_OF_ROW = re.compile(r"^\| \[.*?\]\(replies/\S+\) \| ([a-z0-9-]+) \|", re.M)


def kinds_with_cases():
    found = set(KIND_OF_ROW.findall(TABLE.read_text()))
    for path in (ROOT / "fixtures/replies").rglob("*.json"):
        for case in cases_of(path):
            found.update(
                value for value in case["values"].values() if isinstance(value, str)
            )
    return found


def kinds_of_asking_providers():
    """(provider, kind, whether a probe names it)"""
    for path in sorted((ROOT / "rules").glob("*.toml")):
        rules = tomllib.loads(path.read_text())
        probes = [p for p in rules.get("probe", []) if "statement" not in p]
        named = [glob for probe in probes for glob in probe.get("only", [])]
        for token in rules["token"] if probes else []:
            if not token.get("public"):
                is_named = any(fnmatch(token["id"], glob) for glob in named)
                yield path.stem, token["id"], is_named


def is_asked(program, provider, kind):
    def run(*arguments, text=None):
        return subprocess.run([program, *arguments], input=text, text=True,
                              capture_output=True).stdout  # fmt: skip

    _, _, example = run("rules", "show", kind).partition("\nexample    ")
    plan = run("check", provider, "--plan", text=example)
    # Of a self-hosted one nobody named the host: only that keeps it from being sent.
    return re.search(r"^  (GET|HEAD|POST|not sent:) ", plan, re.M)


def main():
    program = sys.argv[1]
    known = kinds_with_cases()
    kinds = list(kinds_of_asking_providers())
    missing = [
        kind
        for provider, kind, is_named in kinds
        if kind not in known and (is_named or is_asked(program, provider, kind))
    ]
    for kind in missing:
        print(f"{kind} is asked and has no case in fixtures/replies")
    print(f"{len(kinds)} kinds, {len(missing)} asked without a case")
    return 1 if missing or not kinds else 0


if __name__ == "__main__":
    sys.exit(main())
