"""Reads descriptions, in JSON or YAML, in one file or many."""

import json
import os
import pathlib
import re


def parsed(path):
    if path.suffix in (".yaml", ".yml"):
        import yaml

        return yaml.load(path.read_text(), yaml.CSafeLoader)
    if path.suffix == ".snap":  # of insta: a head, then the document
        return json.loads(path.read_text().split("\n---\n", 1)[1])
    # Gitea fills in its version and address when it serves it.
    return json.loads(re.sub(r"\{\{[^{}]*\}\}", "", path.read_text("utf-8-sig")))


def with_files(node, path, files):
    """References to other files become references into `x-files`."""
    if isinstance(node, list):
        return [with_files(item, path, files) for item in node]
    if not isinstance(node, dict):
        return node
    reference = node.get("$ref")
    if isinstance(reference, str):
        file, _, place = reference.partition("#")
        target = pathlib.Path(os.path.normpath(path.parent / file)) if file else path
        if target not in files:
            files[target] = None  # it may refer to itself
            files[target] = with_files(parsed(target), target, files)
        name = str(target).replace("~", "~0").replace("/", "~1")
        return {"$ref": f"#/x-files/{name}{place}"}
    return {key: with_files(value, path, files) for key, value in node.items()}


def load(path):
    if path.is_file():
        return parsed(path)
    path = next(path.glob("*.v2.yaml"))  # a folder: one root file
    files = {}
    document = with_files(parsed(path), path, files)
    files.setdefault(path, document)
    document["x-files"] = {str(name): content for name, content in files.items()}
    return document
