"""Are the replies of fixtures/replies of the shape that the provider describes?
Every field of a reply must be described, with a value of its type: what nobody
described was made up.
"""

import json
import re
import urllib.parse

from openapi import ANYTHING

KINDS = {bool: "boolean", int: "integer", float: "number", str: "string",
         list: "array", dict: "object"}


def pattern(path):
    """The paths that a question can ask for, its variables filled in."""
    parts = re.split(r"\{[^{}]*\}", path)
    return re.compile(".+".join(map(re.escape, parts)))


def question_of(request, asked, base):
    """Of those that fit the one with the most of its path given."""
    method, _, target = request.partition(" ")
    path = target.partition("?")[0]
    behind = urllib.parse.urlsplit(base).path
    fitting = []
    for question in asked:
        given = urllib.parse.urlsplit(question.url).path
        whole = pattern(given)
        if question.method == method and (
                whole.fullmatch(path) or whole.fullmatch(behind + path)):
            fitting.append((len(re.sub(r"\{[^{}]*\}", "", given)), question))
    return max(fitting, key=lambda one: one[0])[1] if fitting else None


def fits(value, kinds):
    if not kinds or value is None:
        return True
    kind = KINDS[type(value)]
    return kind in kinds or kind == "integer" and "number" in kinds


def differences(api, operation, status, value, place=()):
    """[what is wrong] of a value at a place of the reply"""
    shown = "/" + "/".join("*" if token.isdigit() else token for token in place)
    found = api.find(operation, place, status)
    if found is ANYTHING:
        return []
    if found is None:
        return [f"no field {shown}"]
    kinds = api.kinds(found)
    if not fits(value, kinds):
        return [f"{shown} is no {KINDS[type(value)]}, but {' or '.join(sorted(kinds))}"]
    inner = value.items() if isinstance(value, dict) else (
        enumerate(value) if isinstance(value, list) else ())
    return [wrong for key, one in inner
            for wrong in differences(api, operation, status, one, (*place, str(key)))]


def in_json(folder):
    for path in sorted(folder.glob("*.json")):
        for reply in json.loads(path.read_text())["replies"]:
            if isinstance(reply.get("body"), dict | list):
                yield reply


def check(finding, folder, asked, base, described):
    """`described` gives the descriptions of a question."""
    for reply in in_json(folder):
        question = question_of(reply["request"], asked, base)
        status = reply.get("status", 200)
        told = [differences(api, operation, status, reply["body"])
                for api, operation in (described(question) if question else ())]
        if told:
            finding.compared += 1
            kind = "a reply" if status < 300 else f"a reply {status}"
            for wrong in min(told, key=len):
                finding.expect(False, f"{question.probe}: {kind}, {wrong}")


def places(value, place=()):
    yield place
    inner = value.items() if isinstance(value, dict) else (
        enumerate(value) if isinstance(value, list) else ())
    for key, one in inner:
        yield from places(one, (*place, str(key)))


def check_graphql(finding, folder, asked, find):
    """`find` tells the type at a place of the reply to a question, None if none."""
    for reply in in_json(folder):
        data = reply["body"].get("data")
        if not data:
            continue
        pieces = [" ".join(piece.split()) for piece in reply.get("when", [])]
        answers = []
        for question in asked:
            document = " ".join(question.graphql.split())
            shared = sum(piece in document for piece in pieces)
            wrong = [place for place in places(data)
                     if place and find(question, ("data", *place)) is None]
            answers.append((-shared, len(wrong), question.probe, wrong))
        _, _, probe, wrong = min(answers)
        finding.compared += 1
        for place in wrong:
            shown = "/".join("*" if token.isdigit() else token for token in place)
            finding.expect(False, f"{probe}: a reply, no field /data/{shown}")
