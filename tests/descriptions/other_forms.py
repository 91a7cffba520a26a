"""Descriptions in other forms, turned into OpenAPI as far as they go."""

import re

from openapi import OpenApi

DESCRIBED = re.compile(r'<code title="(\w+) ([^"]+)">')


def from_heroku(schema):
    """JSON hyper-schema: links with a method, a path and the reply's schema."""
    paths = {}
    for resource in schema["definitions"].values():
        for link in resource.get("links", []):
            path = re.sub(r"\{[^{}]*\}", "{}", link["href"])
            reply = link.get("targetSchema", resource)
            if link.get("rel") == "instances" and "targetSchema" not in link:
                reply = {"type": "array", "items": resource}
            paths.setdefault(path, {})[link["method"].lower()] = {
                "responses": {"200": {"schema": reply}}
            }
    return OpenApi({"paths": paths, "definitions": schema["definitions"]})


def from_discovery(document):
    """Google's discovery documents: methods in resources in resources."""
    paths = {}

    def take(resource):
        for method in resource.get("methods", {}).values():
            path = method.get("flatPath", method["path"]).replace("{+", "{")
            reply = {"$ref": "#/schemas/" + method.get("response", {}).get("$ref", "")}
            if "dataWrapper" in document.get("features", ()):
                reply = {"properties": {"data": reply}}
            parameters = [
                {"name": name, "in": kind["location"]}
                for kinds in (method, document)
                for name, kind in kinds.get("parameters", {}).items()]
            paths.setdefault("/" + path, {})[method["httpMethod"].lower()] = {
                "parameters": parameters,
                "responses": {"200": {"schema": reply}} if "response" in method else {},
            }
        for inner in resource.get("resources", {}).values():
            take(inner)

    take(document)
    schemas = with_references(document["schemas"])
    return OpenApi({"servers": [{"url": document["baseUrl"]}], "paths": paths,
                    "schemas": schemas})


def with_references(node):
    """Their references are bare names."""
    if isinstance(node, list):
        return [with_references(item) for item in node]
    if not isinstance(node, dict):
        return node
    if isinstance(node.get("$ref"), str):
        return {"$ref": "#/schemas/" + node["$ref"]}
    return {key: with_references(value) for key, value in node.items()}


def from_markdown(path, base):
    """The lists of operations in an SDK's api.md: methods and paths only."""
    found = {}
    for file in [path] if path.is_file() else sorted(path.rglob("api.md")):
        for method, described in DESCRIBED.findall(file.read_text()):
            found.setdefault(described, {})[method] = {"responses": {}}
    return OpenApi({"servers": [{"url": base}], "paths": found},
                   paths_only=True)
