#!/usr/bin/env python3
"""Scores a scanner on our labelled lines (README.md beside this file).

    score.py LABELS.tsv SCOPE.tsv TREES [--tool overreach|gitleaks|...] [--binary PATH]
             [--errors FILE] [--skip SKIP.tsv]

TREES holds each repository as <owner>__<name>.  Labels added by pooling are read
from LABELS-pooled.tsv, when it stands beside LABELS.tsv.  A finding on a line
labelled T is right; on one labelled W, or named in SKIP, it counts for nothing;
on any other line of the scope it is wrong, labelled or not.  Binary files were
not labelled and do not count.  Recall is the share of T lines found.
"""
import argparse
import collections
import csv
import json
import os
import re
import subprocess
import sys
import tempfile


def rows(path):
    with open(path, encoding="utf-8") as f:
        return list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))


def label_rows(path):
    """LABELS and, when it stands beside it, LABELS-pooled."""
    pooled = path.removesuffix(".tsv") + "-pooled.tsv"
    return rows(path) + (rows(pooled) if os.path.isfile(pooled) else [])


def tree_of(trees, repo):
    return os.path.join(trees, repo.replace("/", "__"))


CONFIDENCE = os.environ.get("CONFIDENCE", "medium")


def overreach(binary, tree):
    """Lines found: {(path, line)} and what was said of each."""
    with tempfile.NamedTemporaryFile() as out:
        subprocess.run([binary, "scan", tree, "--format", "jsonl", "--output",
                        out.name, "--show-secrets", "--confidence",
                        CONFIDENCE], check=False,
                       stderr=subprocess.DEVNULL)
        found = {}
        for line in open(out.name, encoding="utf-8"):
            record = json.loads(line)
            if "rule" not in record:
                continue  # the run itself, or a crossing
            for place in record["places"]:
                found[place["path"], place["line"]] = (
                    record["rule"], place.get("key"))
    return found


def gitleaks(binary, tree):
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        subprocess.run([binary, "dir", tree, "-f", "json", "-r", out.name,
                        "--no-banner", "--exit-code", "0"], check=False,
                       stderr=subprocess.DEVNULL)
        text = open(out.name, encoding="utf-8").read() or "[]"
    return {(os.path.relpath(r["File"], tree), r["StartLine"]):
            (r["RuleID"], None) for r in json.loads(text)}


def detect_secrets(binary, tree):
    done = subprocess.run([binary, "-C", tree, "scan", "--all-files",
                           "--no-verify", "."], capture_output=True,
                          check=False)
    results = json.loads(done.stdout or b"{}").get("results", {})
    return {(path.removeprefix("./"), r["line_number"]): (r["type"], None)
            for path, list_ in results.items() for r in list_}


def credsweeper(binary, tree):
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        subprocess.run([binary, "--path", tree, "--save-json", out.name],
                       check=False, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
        text = open(out.name, encoding="utf-8").read() or "[]"
    # it lists every line of a key in PEM: only the first counts
    return {(os.path.relpath(d["path"], tree), d["line_num"]):
            (r["rule"], None) for r in json.loads(text)
            for d in r["line_data_list"][:1 if "PEM" in r["rule"] else None]}


def kingfisher(binary, tree):
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as out:
        subprocess.run([binary, "scan", tree, "--no-validate", "--format",
                        "jsonl", "--output", out.name, "--git-history", "none",
                        "--no-update-check"], check=False,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        found = {}
        for line in open(out.name, encoding="utf-8"):
            record = json.loads(line)
            if "finding" in record:
                f = record["finding"]
                path = os.path.relpath(f["path"], tree)
                found[path, f["line"]] = (record["rule"]["id"], None)
    return found


TOOLS = {"overreach": overreach, "gitleaks": gitleaks,
         "detect-secrets": detect_secrets, "credsweeper": credsweeper,
         "kingfisher": kingfisher}


def in_scope(scope, path):
    """Folder prefixes or *, and what is left out of them."""
    text = scope.get("included") or scope["scope"]
    include, _, left_out = text.partition(" except ")
    included = include.replace(",", " ").split()
    excluded = (scope.get("excluded_regex") or "").split()
    return (any(p == "*" or path.startswith(p) for p in included) and
            not any(path.startswith(p.strip()) for p in left_out.split(",")
                    if p.strip()) and
            not any(re.search(p, path) for p in excluded))


def is_binary(tree, path):
    if not os.path.isfile(os.path.join(tree, path)):
        return True  # a member of an archive, which some tools read
    with open(os.path.join(tree, path), "rb") as f:
        return b"\0" in f.read(8192)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("labels")
    parser.add_argument("scope")
    parser.add_argument("trees")
    parser.add_argument("--tool", default="overreach", choices=TOOLS)
    parser.add_argument("--binary")
    parser.add_argument("--errors")
    parser.add_argument("--skip")
    parser.add_argument("--labelled-only", action="store_true",
                        help="wrong is only what is labelled F")
    args = parser.parse_args()
    labels = collections.defaultdict(dict)
    for row in label_rows(args.labels):
        labels[row["repo"]][row["path"], int(row["line"])] = row["label"]
    skip = collections.defaultdict(set)
    for row in rows(args.skip) if args.skip else []:
        skip[row["repo"]].add((row["path"], int(row["line"])))
    scopes = {row["repo"]: row for row in rows(args.scope)}
    right = wrong = weak = missed = 0
    errors = []
    for repo, lines in sorted(labels.items()):
        tree = tree_of(args.trees, repo)
        found = TOOLS[args.tool](args.binary or args.tool, tree)
        for place, what in sorted(found.items()):
            label = lines.get(place)
            if label is None and place in skip[repo]:
                continue
            if label in ("T", "W"):
                right += label == "T"
                weak += label == "W"
                continue
            if label is None and (args.labelled_only or
                                  not in_scope(scopes[repo], place[0]) or
                                  is_binary(tree, place[0])):
                continue
            wrong += 1
            errors.append(("WRONG" + (label or "-"), repo, *place, *what))
        for place, label in sorted(lines.items()):
            if label == "T" and place not in found:
                missed += 1
                errors.append(("MISSED", repo, *place))
    total = right + missed
    precision = right / max(1, right + wrong)  # W counts for neither
    recall = right / max(1, total)
    print(f"{args.tool}: precision {precision:.3f} recall {recall:.3f} "
          f"(right {right}, weak {weak}, wrong {wrong}, missed {missed} of "
          f"{total})")
    if args.errors:
        with open(args.errors, "w", encoding="utf-8") as f:
            for error in errors:
                f.write("\t".join(map(str, error)) + "\n")


main()
