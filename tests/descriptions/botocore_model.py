"""AWS's services as botocore describes them: are the operations, their parameters
and the fields of the replies right?  XML replies are read as JSON, the way
scanner/privilege/xml_json.cpp does.
"""

import gzip
import json
import re
import urllib.parse


class Service:
    def __init__(self, path):
        with gzip.open(path) as file:
            self.model = json.load(file)
        self.protocol = self.model["metadata"]["protocol"]
        self.version = self.model["metadata"]["apiVersion"]
        self.endpoint = self.model["metadata"]["endpointPrefix"]

    def shape(self, member):
        return self.model["shapes"][member["shape"]]

    def parameters(self, operation):
        if "input" not in operation:
            return set()
        members = self.shape(operation["input"]).get("members", {})
        names = set()
        for name, member in members.items():
            wire = member.get("queryName") or member.get("locationName") or name
            names |= {name, wire, wire[:1].upper() + wire[1:]}
        return names

    def reply(self, name, operation):
        """The members before those of the output's shape."""
        if self.protocol == "json":
            return ()
        if self.protocol == "rest-xml":
            return None  # its root element has no name in the model
        if self.protocol == "ec2":
            return (name + "Response",)
        return (name + "Response", operation["output"]["resultWrapper"])

    def step(self, member, token):
        shape = self.shape(member)
        if shape["type"] == "structure":
            for name, inner in shape["members"].items():
                if inner.get("locationName", name) == token:
                    return inner
            return None
        if shape["type"] == "list":
            inner = shape["member"]
            if self.protocol == "json":
                return inner if token == "*" or token.isdigit() else None
            named = inner.get("locationName", "member")
            return {"list": inner} if token == named else None
        return None

    def find(self, name, operation, pointer):
        root = self.reply(name, operation)
        if root is None:
            pointer = pointer[1:]
        elif pointer[: len(root)] != root:
            return False
        else:
            pointer = pointer[len(root):]
        member = operation["output"]
        for token in pointer:
            if "list" in member:
                if token != "*" and not token.isdigit():
                    return False
                member = member["list"]
                continue
            member = self.step(member, token)
            if member is None:
                return False
        return True


def asked_of(question, services):
    """(service, name of the operation, names of its parameters)"""
    host = urllib.parse.urlsplit(question.url).netloc
    service = services[host.split(".")[0]]
    if service.protocol == "rest-xml":
        path = urllib.parse.urlsplit(question.url).path
        for name, operation in service.model["operations"].items():
            http = operation["http"]
            if http["method"] == question.method and http["requestUri"] == path:
                return service, name, question.parameters
        return service, "", []
    given = dict(urllib.parse.parse_qsl(question.body))
    if "Action" not in given:  # its name is in a header of the probe
        return service, "ListTables" if service.endpoint == "dynamodb" else "", []
    names = [re.split(r"\.", key)[0] for key in given]
    return service, given["Action"], [
        name for name in names if name not in ("Action", "Version")]


def check(finding, paths, questions, operations):
    services = {s.endpoint: s for s in map(Service, paths)}
    for question in questions:
        service, name, parameters = asked_of(question, services)
        operation = service.model["operations"].get(name)
        finding.expect(operation, f"{question.probe}: no operation {name}")
        if not operation:
            continue
        version = re.search(r"\bVersion=([\d-]+)", question.body)
        if version:
            finding.expect(
                version[1] == service.version,
                f"{question.probe}: version {version[1]}, not {service.version}")
        known = service.parameters(operation)
        for parameter in parameters:
            finding.expect(parameter in known,
                           f"{question.probe}: no parameter {parameter}")
        for read in question.reads:
            finding.expect(service.find(name, operation, read.pointer),
                           f"{question.probe}: no field {read}")
    for power in operations:
        service, _, name = power.partition(":")
        if service in services:
            finding.expect(name in services[service].model["operations"],
                           f"power: no {power}")
