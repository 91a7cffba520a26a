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


def from_markdown(paths, base):
    """The lists of operations in an SDK's api.md: methods and paths only."""
    found = {}
    for path in paths:
        for file in [path] if path.is_file() else sorted(path.rglob("api.md")):
            for method, described in DESCRIBED.findall(file.read_text()):
                found.setdefault(described, {})[method] = {"responses": {}}
    return OpenApi({"servers": [{"url": base}], "paths": found},
                   paths_only=True)
