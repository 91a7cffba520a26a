#!/usr/bin/env python3
"""Compares what the program says of logins with what they can really do.

    databases.py OVERREACH [SERVER[=FOLDER]...]

For each server: accounts with all kinds of rights are made, `overreach check`
is asked about each, then each tries everything on throw-away data.  Also
checked: asking changed nothing, the servers' own logs show only statements that
read, and no password is printed.

FOLDER has a server's programs, where it is not Debian's.  A server whose Debian package is missing is skipped, loudly; with CI in the
environment that is a failure.
"""

import importlib
import os
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from common import Comparison  # noqa: E402
from servers import Missing  # noqa: E402

SERVERS = ["postgres", "mariadb", "redis", "rabbitmq", "etcd", "nats"]


def main():
    program, wanted = sys.argv[1], sys.argv[2:] or SERVERS
    failed = False
    for each in wanted:
        name, _, binaries = each.partition("=")
        comparison, start = Comparison(program), time.monotonic()
        try:
            importlib.import_module(name).run(
                comparison, *([binaries] if binaries else []))
        except Missing as missing:
            print(f"!!! {name}: SKIPPED, {missing} is not installed")
            failed |= "CI" in os.environ
            continue
        for problem in comparison.problems:
            print(f"{name}: {problem}")
        failed |= bool(comparison.problems)
        seconds = time.monotonic() - start
        print(
            f"{name}: {comparison.compared} compared,"
            f" {len(comparison.problems)} differ, {seconds:.1f} s"
        )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
