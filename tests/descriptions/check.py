#!/usr/bin/env python3
"""Compares what the rules ask of providers with the providers' own descriptions.

    check.py FOLDER [--update] [PROVIDER...]

FOLDER is what fetch.py made.  For each provider of sources.tsv: every request
of its probes must be described, at its host, with its parameters and the header
that proves who asks; every field that a probe reads must be in the reply; every
word that a field is compared with must be one that it can have; every operation
that a power names must exist; every reply of fixtures/replies must be of the
shape described.  A difference is an error unless known.tsv says why it is right;
a line there that no longer differs is an error, too.  --update writes the counts
into sources.tsv.
"""

import csv
import pathlib
import re
import sys
import urllib.parse

import documents
import other_forms
import questions
import replies
from openapi import ANYTHING, OpenApi
from text import Text

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]


class Finding(list):
    """Differences of one provider, and how much was compared."""

    compared = 0
    undescribed = 0

    def expect(self, holds, what, may_be_unsaid=False):
        if not holds and may_be_unsaid:
            self.undescribed += 1
            return
        self.compared += 1
        if not holds and what not in self:
            self.append(what)


def is_at(host, hosts):
    """Whether one of the hosts is meant; of a customer's own the rest is compared."""
    rest = host.rpartition("}")[2]
    return host in {*hosts, ""} or "{" in host and any(
        known.endswith(rest) for known in hosts)


def described(apis, method, url):
    """[(description, what it says)] of those that have the request."""
    host, path = urllib.parse.urlsplit(url)[1:3]
    return [
        (api, operation) for api in apis
        if not api.hosts or is_at(host, api.hosts)
        for operation in [api.operation(method, path)] if operation is not None
    ]


def rather(words):
    told = sorted(words)
    return f", but {told}" if len(told) <= 8 else f", but {len(told)} other words"


def read_fields(finding, found, question):
    for read in question.reads + question.outcomes:
        places = [(api, api.find(operation, read.pointer, read.status))
                  for api, operation in found]
        api, place = next((p for p in places if p[1] is not None), (None, None))
        if place is ANYTHING:
            finding.undescribed += 1
            continue
        finding.expect(api, f"{question.probe}: no field {read}")
        words = api.words(place) if api else None
        for word in sorted(read.words) if words else ():
            finding.expect(
                word in words,
                f"{question.probe}: {read} is never {word}" + rather(words),
                api.is_partial,
            )


def check_rest(finding, apis, asked, base):
    for question in asked:
        path = urllib.parse.urlsplit(question.url).path
        found = described(apis, question.method, question.url)
        origin = "://".join(urllib.parse.urlsplit(base)[:2])
        finding.expect(found, f"{question.probe}: no {question.method} "
                       + question.url.removeprefix(origin))
        if not found:
            continue
        found = [one for one in found if not one[0].paths_only]
        if not found:
            finding.undescribed += len(question.parameters) + len(question.reads)
            continue
        names = [api.parameter_names(operation) for api, operation in found]
        for name in question.parameters:
            finding.expect(
                any(name in known or name.split("[")[0] in known for known in names),
                f"{question.probe}: no parameter {name} of {path}",
            )
        proofs = {proof for api, operation in found if not api.is_partial
                  for proof in api.proofs(operation)}
        if question.proof and proofs:
            finding.expect(
                question.proof in proofs,
                f"{question.probe}: proves itself by {question.proof}, "
                f"not by {' or '.join(sorted(proofs))}",
            )
        for api, operation in found:
            for name in () if api.is_partial else api.needed_names(operation):
                finding.expect(
                    name in question.parameters,
                    f"{question.probe}: {path} needs a parameter {name}",
                )
        read_fields(finding, found, question)


def check_powers(finding, apis, operations, base):
    for name in operations:
        if re.fullmatch("[a-z]+ [a-z]+", name):  # Kubernetes: a verb and a kind
            finding.expect(
                any(api.may(*name.split()) for api in apis), f"power: no {name}")
            continue
        method, _, url = name.partition(" ")
        url = url.split(" ")[0]
        if not url and any(api.by_name for api in apis):
            method, url = "POST", "/" + name
        if "/" not in url:  # a right or a command, not a request
            finding.undescribed += 1
            continue
        prefix = urllib.parse.urlsplit(base).path
        finding.expect(
            described(apis, method, url) or described(apis, method, prefix + url),
            f"power: no {name}",
            any(api.is_partial for api in apis),
        )


READERS = {
    "openapi": lambda path, base: OpenApi(documents.load(path), base),
    "heroku": lambda path, _: other_forms.from_heroku(documents.load(path)),
    "discovery": lambda path, _: other_forms.from_discovery(documents.load(path)),
    "paths": other_forms.from_markdown,
}


def compare(source, folder):
    finding = Finding()
    asked, operations, base = questions.load(
        ROOT / "rules" / (source["provider"] + ".toml"))
    paths = [folder / name for name in source["file"].split()]
    kinds = source["kind"].split()
    if len(kinds) == 1:
        kinds *= len(paths)
    kinds_of_paths = list(zip(kinds, paths, strict=True))
    apis = [READERS[kind](path, base) for kind, path in kinds_of_paths
            if kind in READERS]
    texts = [path for kind, path in kinds_of_paths if kind == "text"]
    if texts:
        apis.append(Text(texts, base))
    answers = ROOT / "fixtures" / "replies" / source["provider"]
    if kinds[0] == "graphql":
        import graphql_schema

        mutations = [name for name in operations if " " not in name]
        operations = [name for name in operations if " " in name]
        graphql_schema.check(finding, paths[0], asked, mutations, answers)
    elif kinds[0] == "botocore":
        import botocore_model

        botocore_model.check(finding, paths, asked, operations)
        operations = []
    else:
        check_rest(finding, apis, asked, base)
        whole = [api for api in apis if not api.paths_only]
        replies.check(
            finding, answers, asked, base,
            lambda question: described(whole, question.method, question.url))
    check_powers(finding, apis, operations, base)
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
    chosen = [word for word in sys.argv[2:] if not word.startswith("-")]
    for source in sources:
        name = source["provider"]
        if chosen and name not in chosen or not source["file"]:
            continue
        if not all((folder / file).exists() for file in source["file"].split()):
            print(f"!!! {name}: SKIPPED, its description was not fetched")
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
