"""What the comparisons share: asking the program, and telling differences."""

import json
import subprocess

from servers import PASSWORD

LEVELS = ["none", "unknown", "read", "write", "destructive", "root"]


class Comparison:
    """Counts what was compared; `problems` are lines."""

    def __init__(self, program):
        self.program, self.problems, self.compared = program, [], 0

    def ask(self, provider, url, *options):
        """The one credential of `overreach check` for a URL with PASSWORD."""
        return self.ask_text(provider, f"DATABASE_URL={url}\n", *options)

    def ask_text(self, provider, text, *options):
        run = subprocess.run(
            [self.program, "check", provider, "--format", "json", *options],
            input=text,
            capture_output=True,
            text=True,
        )
        if PASSWORD in run.stdout or PASSWORD in run.stderr:
            self.problems.append(f"{text}: the password stands in the output")
        if run.returncode not in (0, 1, 3):
            self.problems.append(f"{text}: exit {run.returncode}: {run.stderr}")
            return None
        report = json.loads(run.stdout)
        credential = report["credentials"][0]
        credential["problems"] = report["problems"]
        return credential

    def compare(self, name, said, truth, untellable=False):
        """`truth` is what the login could really do when it tried."""
        self.compared += 1
        if truth == "none":
            truth = "read"  # a login that works sees at least the catalogue
        if said is None:
            return
        reach = said["reach"]
        level, evidence = reach["level"], reach["evidence"]
        told = f"{name}: says {level} ({evidence}: {reach['why']})"
        if said["live"] is not True:
            self.problems.append(f"{told}, live {said['live']} {said['problems']}")
        elif evidence == "assumed":
            too_low = LEVELS.index(level) < LEVELS.index(truth)
            if not untellable or too_low:
                self.problems.append(f"{told} without knowing; it is {truth}")
        elif level != truth:
            self.problems.append(f"{told}; it is {truth}")

    def compare_names(self, name, said, operation, truth):
        """The resources of a power are exactly those."""
        names = {
            resource["name"].split(" (")[0]
            for power in said["reach"]["powers"]
            if power["operation"] == operation
            for resource in power["resources"]
        }
        if names != set(truth):
            self.problems.append(
                f"{name}: {operation}: says {sorted(names)}, it is {sorted(truth)}"
            )

    def expect(self, condition, text):
        self.compared += 1
        if not condition:
            self.problems.append(text)


def highest(levels):
    return max(levels, key=LEVELS.index, default="none")
