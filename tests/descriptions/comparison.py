"""A made-up provider, asked rightly and in every wrong way."""

import sys
import unittest

import check
import other_forms
import questions
from openapi import OpenApi

SHOP = {
    "servers": [{"url": "https://api.shop.example/v1"}],
    "paths": {
        "/users/me": {"get": {"responses": {"200": {"content": {"application/json": {
            "schema": {"$ref": "#/components/schemas/User"}}}}}}},
        "/disks": {
            "parameters": [{"in": "query", "name": "limit"}],
            "get": {"responses": {"200": {"schema": {
                "type": "array", "items": {"allOf": [
                    {"properties": {"name": {"type": "string"}}},
                    {"properties": {"labels": {"type": "object"}}},
                ]}}}}},
        },
        "/disks/{id}": {"delete": {"responses": {}}, "get": {"responses": {}}},
    },
    "components": {"schemas": {"User": {"type": "object", "properties": {
        "email": {"type": "string"},
        "role": {"type": "string", "enum": ["owner", "member"]},
    }}}},
}


def ask(url, *, method="GET", parameters=(), reads=()):
    return questions.Question("probe", method, "https://api.shop.example" + url,
                              list(parameters), list(reads))


def read(pointer, *words):
    return questions.Read(questions.tokens(pointer), set(words))


def differences(*asked, operations=(), api=None):
    finding = check.Finding()
    check.check_rest(finding, api or OpenApi(SHOP), asked, operations,
                     "https://api.shop.example/v1")
    return finding


class Comparison(unittest.TestCase):
    def test_what_is_described_is_right(self):
        finding = differences(
            ask("/v1/users/me", reads=[read("/role", "owner"), read("/email", "x")]),
            ask("/v1/disks", parameters=["limit"],
                reads=[read("/*/name"), read("/0/name"), read("/*/labels/env")]),
            ask("/v1/disks/{each}"),
            operations=["DELETE /disks/{disk}", "DELETE /v1/disks/{id}"],
        )
        self.assertEqual([], finding)
        self.assertEqual(1, finding.undescribed)  # labels may be called anything

    def test_what_is_not_described_is_found(self):
        for wrong, said in (
            (ask("/v1/user"), "probe: no GET /v1/user"),
            (ask("/v2/disks"), "probe: no GET /v2/disks"),
            (ask("/v1/users/{each}"), "probe: no GET /v1/users/{each}"),
            (ask("/v1/disks", method="POST"), "probe: no POST /v1/disks"),
            (ask("/v1/disks", parameters=["per_page"]),
             "probe: no parameter per_page of /v1/disks"),
            (ask("/v1/users/me", reads=[read("/user/email")]),
             "probe: no field /user/email"),
            (ask("/v1/users/me", reads=[read("/role", "admin")]),
             "probe: /role is never admin, but ['member', 'owner']"),
            (ask("/v1/disks", reads=[read("/*/title")]), "probe: no field /*/title"),
            (ask("/v1/disks", reads=[read("/disks/*/name")]),
             "probe: no field /disks/*/name"),
        ):
            self.assertEqual([said], differences(wrong))
        self.assertEqual(["power: no DELETE /users/{id}"],
                         differences(operations=["DELETE /users/{id}"]))

    def test_hyper_schema(self):
        api = other_forms.from_heroku({"definitions": {"app": {
            "properties": {"name": {"type": ["string"]}},
            "links": [{"href": "/apps", "method": "GET", "rel": "instances"},
                      {"href": "/apps/{(%23id)}", "method": "DELETE"}]}}})
        asked = ask("/apps", reads=[read("/*/name"), read("/name")])
        self.assertEqual(
            ["probe: no field /name"],
            differences(asked, operations=["DELETE /apps/{app}"], api=api))

    def test_places_of_a_list(self):
        found = questions.of_list({
            "items": "/teams/*/disks/*", "name": "{/name} of {2/name} in {each}",
            "when": ["not /state in gone|going", "0 has x*"]})
        self.assertEqual(
            ["/teams/*/disks/*", "/teams/*/disks/*/name", "/teams/*/name",
             "/teams/*/disks/*/state", "/teams/*/disks/*"],
            [str(one) for one in found])


if __name__ == "__main__":
    sys.exit(unittest.main(argv=sys.argv[:1], verbosity=0))
