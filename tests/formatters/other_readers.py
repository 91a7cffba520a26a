#!/usr/bin/env python3
"""Compares reports of one scan with its JSON report: other_readers.py FOLDER

FOLDER has a file for each of json, csv, junit, gitlab and github.  They are
read by Python's csv and json and by junitparser.
"""

import collections
import csv
import json
import pathlib
import re
import sys

import junitparser

FORMULA = "=+-@\t\r"
LEVELS = {"critical": "error", "high": "error", "medium": "warning",
          "low": "notice"}


def check(problems, what, expected, actual):
    if expected != actual:
        problems.append(f"{what}: {actual!r}, not {expected!r}")


def plain(path):
    """The path if no format has to escape anything in it."""
    return path if re.fullmatch(r"[\w. /-]+", path, re.ASCII) \
        and path[0] not in FORMULA else "escaped"


def check_csv(problems, report, path):
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    for row in rows:
        if None in row or None in row.values():
            problems.append(f"csv: columns of {row}")
        problems += [f"csv: {cell!r} is a formula" for cell in row.values()
                     if cell and cell[0] in FORMULA]
    numbers = ("line", "column", "end_line", "end_column")
    expected = collections.Counter()
    for kind, rule in (("credential", "rule"), ("crossing", "kind")):
        for found in report[f"{kind}s"]:
            for place in found["places"]:
                expected[(kind, found["id"], found[rule], found["severity"],
                          plain(place["path"]),
                          *(str(place[name]) for name in numbers))] += 1
    for problem in report["problems"]:
        kind = "left-out" if problem.get("left_out") else "problem"
        expected[(kind, "", "", "", plain(problem["path"])) + ("",) * 4] += 1
    actual = collections.Counter(
        (row["type"], row["id"], row["rule"], row["severity"],
         plain(row["path"]), *(row[name] for name in numbers)) for row in rows)
    check(problems, "csv: rows", expected, actual)
    danger = [row["severity"] for row in rows if row["severity"]]
    check(problems, "csv: order",
          sorted(danger, key=list(LEVELS).index), danger)


def check_junit(problems, report, path):
    suites = {suite.name: suite
              for suite in junitparser.JUnitXml.fromfile(str(path))}
    unread = [p for p in report["problems"] if not p.get("left_out")]
    left_out = len(report["problems"]) - len(unread)
    expected = {
        "overreach credentials": (len(report["credentials"]), 0, 0),
        "overreach crossings": (len(report["crossings"]), 0, 0),
        "overreach scan": (0, len(unread), left_out)}
    check(problems, "junit: suites", set(expected), set(suites))
    for name, counts in expected.items():
        suite = suites[name]
        said = (suite.failures, suite.errors, suite.skipped)
        check(problems, f"junit: {name} says", counts, said)
        check(problems, f"junit: {name} tests", max(1, sum(counts)),
              suite.tests)
        suite.update_statistics()  # counts for itself
        check(problems, f"junit: {name} has", counts,
              (suite.failures, suite.errors, suite.skipped))
        names = [(case.classname, case.name) for case in suite]
        check(problems, f"junit: {name} names", len(names), len(set(names)))


def check_gitlab(problems, report, path):
    document = json.loads(path.read_text(encoding="utf-8"))
    expected = collections.Counter(
        (found["severity"].capitalize(), found["places"][0]["path"],
         found["places"][0]["line"])
        for found in report["credentials"] + report["crossings"])
    actual = collections.Counter(
        (each["severity"], each["location"]["file"],
         each["location"]["start_line"])
        for each in document["vulnerabilities"])
    check(problems, "gitlab: vulnerabilities", expected, actual)
    check(problems, "gitlab: status",
          "success" if report["complete"] else "failure",
          document["scan"]["status"])
    check(problems, "gitlab: start",
          True, bool(re.match("20[0-9]{2}-", document["scan"]["start_time"])))


def check_github(problems, report, path):
    lines = path.read_text(encoding="utf-8").split("\n")
    check(problems, "github: end of the last line", "", lines.pop())
    expected = collections.Counter(
        LEVELS[found["severity"]]
        for found in report["credentials"] + report["crossings"])
    expected["notice" if report["complete"] else "warning"] += 1
    actual = collections.Counter(
        match[1] if match else line for line in lines
        for match in [re.match("::([a-z]+) [^:]*::", line)])
    check(problems, "github: commands", expected, actual)


def main():
    folder = pathlib.Path(sys.argv[1])
    report = json.loads((folder / "json").read_text(encoding="utf-8"))
    problems = []
    for name, function in (("csv", check_csv), ("junit", check_junit),
                           ("gitlab", check_gitlab), ("github", check_github)):
        function(problems, report, folder / name)
    print("\n".join(f"{folder.name}: {problem}" for problem in problems)
          or f"{folder.name}: all agree")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
