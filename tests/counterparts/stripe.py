#!/usr/bin/env python3
"""stripe.py OVERREACH STRIPE_MOCK"""

import subprocess
import sys

from counterpart import Server, WebComparison


class StripeMock(Server):
    def __init__(self, program):
        super().__init__("/v1/account")
        self.program = program

    def command(self):
        return [self.program, "-http-addr", f"127.0.0.1:{self.port}"]


def main():
    program, mock = sys.argv[1:]
    comparison = WebComparison(program)
    with StripeMock(mock) as server:
        for seed in range(1, 5):  # sk_test_ and rk_test_; it takes no live key
            key = subprocess.run(
                [program, "rules", "show", "stripe-secret-key-test",
                 "--example", str(seed)],
                capture_output=True, text=True, check=True).stdout
            said = comparison.ask_about("stripe", key, server)
            comparison.expect(
                said and said["live"] is True and not said["problems"],
                f"{seed}: {said and (said['live'], said['problems'])}")
            comparison.expect(
                said and (said["reach"]["identity"] or "").startswith("acct_"),
                f"{seed}: who it is: {said and said['reach']['identity']}")
        status, answer = server.request(
            "GET", "/v1/nosuch", {"Authorization": "Bearer " + key.strip()})
        comparison.expect(status == 404, f"the mock takes anything: {status}")
    return comparison.finish("stripe")


if __name__ == "__main__":
    sys.exit(main())
