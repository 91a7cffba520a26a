#!/usr/bin/env python3
"""Compares what the rules ask of providers with the providers' own descriptions.

    check.py FOLDER [--update]

FOLDER is what fetch.py made.  For each provider of sources.tsv: every request
of its probes must be described, with its parameters; every field that a probe
reads must be in the reply; every word that a field is compared with must be one
that it can have; every operation that a power names must exist.  A difference
is an error unless known.tsv says why it is right; a line there that no longer
differs is an error, too.  --update writes the counts into sources.tsv.
"""

import csv
import pathlib
import re
import sys
import urllib.parse

import documents
import questions
from openapi import ANYTHING, OpenApi

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]


class Finding(list):
    """Differences of one provider, and how much was compared."""

    compared = 0
    undescribed = 0

    def expect(self, holds, what):
        self.compared += 1
        if not holds and what not in self:
            self.append(what)


def read_fields(finding, api, operation, question):
    for read in question.reads:
        found = api.find(operation, read.pointer)
        if found is ANYTHING:
            finding.undescribed += 1
            continue
        finding.expect(found is not None, f"{question.probe}: no field {read}")
        words = api.words(found) if found else None
        for word in sorted(read.words) if words else ():
            finding.expect(
                word in words,
                f"{question.probe}: {read} is never {word}, but {sorted(words)}",
            )


def check_rest(finding, api, asked, operations, base):
    for question in asked:
        path = urllib.parse.urlsplit(question.url).path
        operation = api.operation(question.method, path)
        finding.expect(
            operation is not None,
            f"{question.probe}: no {question.method} {path}",
        )
        if operation is None:
            continue
        if api.paths_only:
            finding.undescribed += len(question.parameters) + len(question.reads)
            continue
        names = api.parameter_names(operation)
        for name in question.parameters:
            finding.expect(
                name in names or name.split("[")[0] in names,
                f"{question.probe}: no parameter {name} of {path}",
            )
        read_fields(finding, api, operation, question)
    prefix = urllib.parse.urlsplit(base).path
    for name in operations:
        if re.fullmatch("[a-z]+ [a-z]+", name):  # Kubernetes: a verb and a kind
            finding.expect(api.may(*name.split()), f"power: no {name}")
            continue
        method, _, path = name.partition(" ")
        path = path.split(" ")[0]
        if not path.startswith("/"):  # Slack's, by their names
            method, path = "POST", "/" + name
        finding.expect(
            api.operation(method, path) or api.operation(method, prefix + path),
            f"power: no {name}",
        )


def compare(source, folder):
    finding = Finding()
    asked, operations, base = questions.load(
        ROOT / "rules" / (source["provider"] + ".toml"))
    paths = [folder / name for name in source["file"].split()]
    kind = source["kind"]
    if kind == "graphql":
        import graphql_schema

        graphql_schema.check(finding, paths[0], asked, operations)
    elif kind == "botocore":
        import botocore_model

        botocore_model.check(finding, paths, asked, operations)
    else:
        if kind == "openapi":
            api = OpenApi(documents.load(paths))
        elif kind == "heroku":
            import other_forms

            api = other_forms.from_heroku(documents.load(paths))
        else:
            import other_forms

            api = other_forms.from_markdown(paths, base)
        check_rest(finding, api, asked, operations, base)
    return finding


def read_table(name):
    with open(HERE / name, newline="") as file:
        rows = [line for line in file if not line.startswith("#")]
    return list(csv.DictReader(rows, delimiter="\t"))


def main():
    folder = pathlib.Path(sys.argv[1])
    sources = read_table("sources.tsv")
    known = {}
    for row in read_table("known.tsv"):
        known.setdefault(row["provider"], {})[row["difference"]] = row["why"]
    failed = 0
    for source in sources:
        name = source["provider"]
        if not all((folder / file).exists() for file in source["file"].split()):
            print(f"!!! {name}: SKIPPED, its description was not fetched")
            continue
        if source["kind"] == "none":
            continue
        finding = compare(source, folder)
        accepted = known.get(name, {})
        new = [d for d in finding if d not in accepted]
        stale = [d for d in accepted if d not in finding]
        for difference in new:
            print(f"{name}: {difference}")
        for difference in stale:
            print(f"{name}: known.tsv has what no longer differs: {difference}")
        failed += len(new) + len(stale)
        source["compared"] = str(finding.compared)
        source["undescribed"] = str(finding.undescribed)
        source["known"] = str(len(finding) - len(new))
        print(f"{name}: {finding.compared} compared, {finding.undescribed} not "
              f"described, {len(finding) - len(new)} known, {len(new)} wrong")
    if "--update" in sys.argv:
        update(sources)
    print(f"{failed} differences")
    return 1 if failed else 0


def update(sources):
    path = HERE / "sources.tsv"
    comments = re.findall(r"(?m)^#.*\n", path.read_text())
    with open(path, "w", newline="") as file:
        file.writelines(comments)
        writer = csv.DictWriter(file, sources[0].keys(), delimiter="\t",
                                lineterminator="\n")
        writer.writeheader()
        writer.writerows(sources)


if __name__ == "__main__":
    sys.exit(main())
