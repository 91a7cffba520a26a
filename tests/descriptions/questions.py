"""What a rule file asks of its provider, taken apart for comparison: requests,
the places in the replies that it reads, the words it compares them with, and
the operations that its powers name.
"""

import dataclasses
import re
import tomllib
import urllib.parse

CONDITION = re.compile(
    r"(?:not )?(?P<subject>.+?) "
    r"(?P<test>is|in|has|lacks|contains|exists|above|shares|under)(?: (?P<operand>.*))?$"
)
LEVELS_UP = re.compile(r"(\d+)(#?)(/.*)?$")
IN_TEMPLATE = re.compile(r"\{((?:/|\d)[^{}]*)\}")


@dataclasses.dataclass
class Read:
    """A place in a reply, and the words it is compared with."""

    pointer: tuple  # "*" is every element
    words: set = dataclasses.field(default_factory=set)
    status: int | None = None  # of the reply; None: a success

    def __str__(self):
        of_status = f" of a {self.status}" if self.status else ""
        return "/" + "/".join(self.pointer) + of_status


@dataclasses.dataclass
class Question:
    probe: str
    method: str
    url: str
    parameters: list
    reads: list
    body: str = ""
    graphql: str = ""
    variables: list = dataclasses.field(default_factory=list)
    outcomes: list = dataclasses.field(default_factory=list)  # reads of refusals
    proof: str = ""  # how it proves who asks; empty: it does not


def tokens(pointer):
    return tuple(
        part.replace("~1", "/").replace("~0", "~")
        for part in pointer.split("/")[1:]
    )


def words_of(test, operand):
    if test == "is":
        return {operand}
    if test == "in":
        return set(operand.split("|"))
    if test in ("has", "lacks") and "*" not in operand:
        return {operand}
    return set()


def below(items, pointer):
    """The place of an item's pointer; None where it is no place in a reply."""
    if pointer.startswith("/"):
        return items + tokens(pointer)
    up = LEVELS_UP.match(pointer)
    if not up or up[2]:
        return None
    levels = int(up[1])
    return items[: len(items) - levels] + tokens(up[3] or "")


def of_conditions(items, conditions):
    for condition in conditions:
        parts = CONDITION.match(condition)
        place = below(items, parts["subject"])
        if place is not None:
            yield Read(place, words_of(parts["test"], parts["operand"] or ""))


def of_list(rule):
    items = tokens(rule["items"])
    yield Read(items)
    for template in (rule["name"], rule.get("environment", "")):
        for pointer in IN_TEMPLATE.findall(template):
            place = below(items, pointer)
            if place is not None:
                yield Read(place)
    for key in ("when", "production", "protected", "unprotected"):
        yield from of_conditions(items, rule.get(key, []))


def of_values(values, compared):
    for name, value in values.items():
        source = value if isinstance(value, str) else value["from"]
        if source.startswith("/"):
            plain = isinstance(value, str)
            yield Read(tokens(source), compared.get(name, set()) if plain else set())


def of_outcomes(*rules):
    for outcome in (one for rule in rules for one in rule.get("outcomes", [])):
        if "status" in outcome:
            for read in of_conditions((), outcome.get("when", [])):
                yield dataclasses.replace(read, status=outcome["status"])


def compared_words(rules):
    """variable -> the words that conditions compare it with"""
    words = {}
    for section in ("probe", "grant"):
        for entry in rules.get(section, []):
            for condition in entry.get("when", []):
                parts = CONDITION.match(condition)
                words.setdefault(parts["subject"], set()).update(
                    words_of(parts["test"], parts["operand"] or "")
                )
    return words


def proof(auth):
    """`basic`, `header NAME` in lower case, or nothing."""
    scheme, _, rest = auth.partition(" ")
    if scheme in ("", "none", "sigv4", "oci", "ovh", "azure-storage"):
        return ""
    if scheme in ("basic", "header"):
        return scheme if scheme == "basic" else "header " + rest.split(" ")[0].lower()
    return "header authorization"


def of_probe(rules, probe, compared):
    method = next(m for m in ("get", "head", "post", "statement") if m in probe)
    if method == "statement":
        return None
    url = probe[method]
    if url.startswith("/"):
        url = rules["provider"].get("base", "") + url
    url, _, query = url.partition("?")
    parameters = [name for name, _ in urllib.parse.parse_qsl(query)]
    parameters += probe.get("query", {})
    reads = list(of_values(probe.get("values", {}), compared))
    for rule in probe.get("list", []):
        found = list(of_list(rule))
        alone = re.fullmatch(r"\{((?:/|\d)[^{}#]*)\}", rule["name"])
        if alone:
            found[1].words |= compared.get(rule["id"], set())
        reads += found
    page = probe.get("page", {})
    for key in ("next", "more"):
        if page.get(key, "").startswith("/"):
            reads.append(Read(tokens(page[key])))
    if "query" in page and "graphql" not in probe:
        parameters.append(page["query"])
    return Question(
        probe["id"], method.upper(), url, parameters, reads,
        probe.get("body", ""), probe.get("graphql", ""),
        [*probe.get("variables", {}), *([page["query"]] if "query" in page else [])],
        list(of_outcomes(probe, rules["provider"])),
        proof(probe.get("auth", rules["provider"].get("auth", ""))),
    )


def load(path):
    """(questions, operations of the powers, base URL) of a rule file."""
    with open(path, "rb") as file:
        rules = tomllib.load(file)
    compared = compared_words(rules)
    questions = [of_probe(rules, p, compared) for p in rules.get("probe", [])]
    operations = [power["operation"] for power in rules.get("power", [])]
    base = rules["provider"].get("base", "")
    return [q for q in questions if q], operations, base
