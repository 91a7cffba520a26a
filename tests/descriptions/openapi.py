"""A description in OpenAPI 2 or 3: does a request exist, with these parameters,
and does its reply have these fields?
"""

import functools
import re
import urllib.parse

METHODS = ("get", "head", "post", "put", "patch", "delete")
ANYTHING = object()  # a part of a reply that the description leaves open


def segments(path):
    return [re.sub(r"\{[^{}]*\}", "{}", part) for part in path.split("/")[1:]]


def fits(described, asked):
    """How many segments are the same words; None when the paths differ."""
    if len(described) != len(asked):
        return None
    same = 0
    for theirs, ours in zip(described, asked):
        if theirs == ours:
            same += 1
        elif "{}" in ours or "{}" not in theirs:
            # A variable of ours stands only for one of theirs.
            return None
        elif not re.fullmatch(re.escape(theirs).replace(r"\{\}", ".+"), ours):
            return None
    return same


class OpenApi:
    is_partial = False  # what it does not have does not exist

    def __init__(self, document, base="", paths_only=False):
        """`base` is where it is served if it does not say so itself."""
        self.document = document
        self.paths_only = paths_only
        served = [server["url"] for server in document.get("servers", [])] or [
            "//" + document.get("host", "") + document["basePath"]
            if "basePath" in document else base]
        parts = [urllib.parse.urlsplit(re.sub(r"\{[^{}]*\}", "x", url)) for url in served]
        self.prefixes = {part.path.rstrip("/") for part in parts}
        # A variable's values are not followed: such a one may be any host.
        names = {urllib.parse.urlsplit(url).netloc for url in served}
        self.hosts = set() if any("{" in name for name in names) else names - {""}

    @functools.cached_property
    def by_name(self):
        """Whether requests are called by names with dots, as Slack's are."""
        return any(re.fullmatch(r"/[a-z]\w*(\.\w+)+", path)
                   for path in self.document["paths"])

    def resolve(self, node):
        while isinstance(node, dict) and "$ref" in node:
            target = self.document
            for part in node["$ref"].split("/")[1:]:
                part = urllib.parse.unquote(part)
                part = part.replace("~1", "/").replace("~0", "~")
                if isinstance(target, dict) and part not in target:
                    return {}  # a part of a description refers to the rest
                target = target[int(part) if isinstance(target, list) else part]
            node = target
        return node

    @functools.cached_property
    def operations(self):
        """[(method, path behind the server, operation)]"""
        found = []
        for path, entry in self.document["paths"].items():
            entry = self.resolve(entry)
            for method in METHODS:
                if method in entry:
                    operation = dict(self.resolve(entry[method]))
                    operation["parameters"] = [
                        *entry.get("parameters", []),
                        *operation.get("parameters", []),
                    ]
                    found.append((method, path, operation))
        return found

    def operation(self, method, path):
        best, best_same = None, -1
        for theirs, described, operation in self.operations:
            if theirs != method.lower():
                continue
            for prefix in self.prefixes | {""}:
                if not path.startswith(prefix + "/"):
                    continue
                same = fits(segments(described), segments(path[len(prefix):]))
                if same is not None and same > best_same:
                    best, best_same = operation, same
        return best

    def may(self, method, resource):
        """Whether that can be done to one of them, whatever its path is."""
        return any(theirs == method and f"/{resource}/" in path
                   for theirs, path, _ in self.operations)

    def parameter_names(self, operation):
        return {
            parameter["name"]
            for parameter in map(self.resolve, operation["parameters"])
            if parameter.get("in") == "query"
        }

    def proofs(self, operation):
        """How a request can prove who asks, as questions.proof() names it."""
        told = self.document.get("securityDefinitions") or self.document.get(
            "components", {}).get("securitySchemes", {})
        wanted = operation.get("security", self.document.get("security", []))
        found = set()
        for scheme in (self.resolve(told.get(n, {})) for one in wanted for n in one):
            kind = scheme.get("type"), scheme.get("scheme", "").lower()
            if kind[0] == "basic" or kind == ("http", "basic"):
                found.add("basic")
            elif kind[0] == "apiKey":
                found.add(f"{scheme['in']} {scheme['name'].lower()}")
            elif kind[0]:
                found.add("header authorization")
        return found

    def needed_names(self, operation):
        """Of the parameters that a request must have and for which none is meant."""
        return {
            parameter["name"]
            for parameter in map(self.resolve, operation["parameters"])
            if parameter.get("in") == "query" and parameter.get("required")
            and "default" not in parameter.get("schema", parameter)
        }

    def reply(self, operation, status=None):
        """The schemas of the replies with a status, or that are a success."""
        found = []
        for told, response in operation.get("responses", {}).items():
            told = str(told).lower()
            if status is None or status < 300:
                if not told.startswith("2") and told != "default":
                    continue
            elif told not in (str(status), f"{status // 100}xx"):
                continue
            response = self.resolve(response)
            if "schema" in response:
                found.append(response["schema"])
            for content in response.get("content", {}).values():
                if "schema" in content:
                    found.append(content["schema"])
        return found

    def alternatives(self, schema, seen=()):
        """The schema and everything that it is composed of."""
        schema = self.resolve(schema)
        if not isinstance(schema, dict) or id(schema) in seen:
            return
        yield schema
        parts = [part for key in ("allOf", "anyOf", "oneOf")
                 for part in schema.get(key, [])]
        if isinstance(schema.get("items"), list):  # so does Slack say anyOf
            parts += schema["items"]
        for part in parts:
            yield from self.alternatives(part, (*seen, id(schema)))

    def step(self, schemas, token):
        """The schemas behind one part of a pointer."""
        found, is_open = [], False
        for schema in (s for top in schemas for s in self.alternatives(top)):
            properties = schema.get("properties", {})
            extra = schema.get("additionalProperties")
            if token == "*" or token.isdigit():
                if isinstance(schema.get("items"), dict):
                    found.append(schema["items"])
            if token == "*":
                found += properties.values()
            elif token in properties:
                found.append(properties[token])
                continue
            if isinstance(extra, dict) and extra:
                found.append(extra)
            elif extra or not self.says_anything(schema):
                is_open = True
        return found or (ANYTHING if is_open else None)

    @staticmethod
    def says_anything(schema):
        """Whether there is more than `object` or nothing at all."""
        told = ("properties", "items", "allOf", "anyOf", "oneOf", "enum",
                "additionalProperties", "$ref")
        return any(key in schema for key in told) or schema.get("type") not in (
            None, "object", "array", ["object", "null"])

    def find(self, operation, pointer, status=None):
        """The schemas at a place of the reply; ANYTHING; None: no such place."""
        schemas = self.reply(operation, status)
        if not schemas:
            return ANYTHING
        for token in pointer:
            schemas = self.step(schemas, token)
            if schemas is None or schemas is ANYTHING:
                return schemas
        return schemas

    def kinds(self, schemas):
        """The types of a value that can stand there; none when any may."""
        found = set()
        for schema in (s for top in schemas for s in self.alternatives(top)):
            kinds = schema.get("type", [])
            found |= set(kinds if isinstance(kinds, list) else [kinds])
            if not kinds and not self.says_anything(schema):
                return set()
            if not kinds and "enum" in schema:
                return set()
        return found - {"null"}

    def words(self, schemas):
        """The words that can stand there; None when any may."""
        found = set()
        for schema in (s for top in schemas for s in self.alternatives(top)):
            kinds = schema.get("type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if "enum" in schema:
                found |= {str(word).lower() if isinstance(word, bool) else str(word)
                          for word in schema["enum"]}
            elif "boolean" in kinds:
                found |= {"true", "false"}
            elif {"string", "integer", "number"} & set(kinds):
                return None
        return found or None
