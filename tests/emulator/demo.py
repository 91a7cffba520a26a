#!/usr/bin/env python3
"""The motivating incident with the provider's answers: ./dev demo.

    demo.py PROGRAM TREE

Plays Railway (fixtures/replies/railway/account.json, replies as its
documentation shows them) on loopback, scans the tree with --privileges, and
says what was asked.  Nothing leaves this machine.
"""

import json
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from emulator import Emulator  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]


def replies():
    """Those of the case, for whatever token the tree holds."""
    path = ROOT / "fixtures/replies/railway/account.json"
    found = json.loads(path.read_text())["replies"]
    for reply in found:
        reply["when"] = [t for t in reply.get("when", []) if "{secret}" not in t]
    return found


STORY = """\
An agent working in staging found a token in scripts/dns/point-domain.sh, made
once for custom domains. What could it do with it? (Railway is played by a
stand-in on this machine; nothing leaves it.)
"""


def question(body):
    """A GraphQL document on one line that is not too long."""
    text = " ".join(json.loads(body)["query"].split()) if body else ""
    return text if len(text) <= 70 else text[:67] + "..."


def main():
    program, tree, *arguments = sys.argv[1:]
    print(STORY, flush=True)
    with Emulator(replies()) as emulator:
        done = subprocess.run(
            [program, "scan", tree, "--privileges", "--only", "railway-*",
             "--endpoint", f"railway={emulator.url}", *arguments],
            check=False,
        )
        print("\nWhat the stand-in was asked, all of it queries:")
        for method, _, _, body in emulator.case.requests:
            print(f"  {method}  {question(body)}")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
