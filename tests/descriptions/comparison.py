"""A made-up provider, asked rightly and in every wrong way."""

import collections
import json
import pathlib
import re
import sys
import tempfile
import tomllib
import unittest

import check
import other_forms
import questions
import replies
from openapi import OpenApi
from text import Text

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
        "/stock": {"get": {"responses": {}, "parameters": [
            {"in": "query", "name": "shop", "required": True},
            {"in": "query", "name": "at", "required": True,
             "schema": {"default": "now"}}]}},
        "/orders": {"get": {"responses": {
            "200": {"schema": {"properties": {"id": {"type": "integer"}}}},
            "4XX": {"schema": {"properties": {"code": {"enum": ["gone", "closed"]}}}},
        }}},
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
    finding, apis = check.Finding(), [api or OpenApi(SHOP)]
    base = "https://api.shop.example"
    check.check_rest(finding, apis, asked, base)
    check.check_powers(finding, apis, operations, base + "/v1")
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
            (ask("/v1/stock"), "probe: /v1/stock needs a parameter shop"),
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

    def test_refusals_are_described_too(self):
        found = questions.of_outcomes({"outcomes": [
            {"status": 403, "when": ["/code in gone|late"], "is": "dead"},
            {"status": 404, "when": ["/id is 1"], "is": "dead"},
            {"when": ["/any is 1"], "is": "dead"}]})
        asked = ask("/v1/orders")
        asked.outcomes = list(found)
        self.assertEqual(
            ["probe: /code of a 403 is never late, but ['closed', 'gone']",
             "probe: no field /id of a 404"], differences(asked))

    def test_another_proof_is_found(self):
        told = {"bearer": {"type": "http", "scheme": "bearer"},
                "app": {"type": "oauth2"}, "login": {"type": "http", "scheme": "basic"},
                "key": {"type": "apiKey", "in": "header", "name": "X-Api-Key"}}
        for scheme, auth in (("bearer", "bearer"), ("app", "authorization Bot"),
                             ("login", "basic {part.user} {secret}"),
                             ("key", "header X-API-Key"), ("key", "none")):
            api = OpenApi({"security": [{scheme: []}],
                           "components": {"securitySchemes": told},
                           "paths": {"/disks": {"get": {"responses": {}}}}})
            asked = ask("/disks")
            asked.proof = questions.proof(auth)
            self.assertEqual([], differences(asked, api=api))
            asked.proof = questions.proof("header X-Token {secret}")
            self.assertEqual(1, len(differences(asked, api=api)))

    def test_hyper_schema(self):
        api = other_forms.from_heroku({"definitions": {"app": {
            "properties": {"name": {"type": ["string"]}},
            "links": [{"href": "/apps", "method": "GET", "rel": "instances"},
                      {"href": "/apps/{(%23id)}", "method": "DELETE"}]}}})
        asked = ask("/apps", reads=[read("/*/name"), read("/name")])
        self.assertEqual(
            ["probe: no field /name"],
            differences(asked, operations=["DELETE /apps/{app}"], api=api))

    def test_another_host_is_found(self):
        asked = ask("/v1/users/me")
        asked.url = asked.url.replace("api.", "app.")
        self.assertEqual(
            ["probe: no GET https://app.shop.example/v1/users/me"], differences(asked))

    def test_what_a_part_of_a_description_leaves_out(self):
        api = OpenApi({"paths": {"/disks": {"get": {"responses": {"200": {
            "schema": {"$ref": "#/definitions/Disks"}}}}}}})
        finding = differences(ask("/disks", reads=[read("/*/name")]), api=api)
        self.assertEqual(([], 1), (finding, finding.undescribed))

    def test_discovery(self):
        api = other_forms.from_discovery({
            "baseUrl": "https://api.shop.example/v1/",
            "parameters": {"fields": {"location": "query"}},
            "schemas": {"Disks": {"properties": {"disks": {"items": {"$ref": "Disk"}}}},
                        "Disk": {"properties": {"name": {"type": "string"}}}},
            "resources": {"disks": {"methods": {"list": {
                "httpMethod": "GET", "path": "{+parent}/disks",
                "flatPath": "shops/{shopsId}/disks",
                "response": {"$ref": "Disks"}}}}}})
        asked = ask("/v1/shops/{each}/disks", parameters=["fields", "limit"],
                    reads=[read("/disks/*/name"), read("/disks/*/size")])
        self.assertEqual(
            ["probe: no parameter limit of /v1/shops/{each}/disks",
             "probe: no field /disks/*/size"], differences(asked, api=api))

    def test_text(self):
        with tempfile.TemporaryDirectory() as folder:
            client = pathlib.Path(folder, "client.go")
            client.write_text('Get("/disks/" + id); Name string `json:"disk_name"`\n'
                              'join("shops", shop, "stock-taking")')
            api = Text([pathlib.Path(folder)])
        found = differences(
            ask("/disks/{each}", reads=[read("/disk_name", "main"), read("/name")]),
            ask("/v1/shops/{each}/stock-taking"), ask("/v1/shops/{each}/returns"),
            operations=["DELETE /disks/all"], api=api)
        self.assertEqual(
            ["probe: no field /name", "probe: no GET /v1/shops/{each}/returns"], found)
        self.assertEqual(2, found.undescribed)  # a word and a power

    def test_replies_are_of_the_shape_described(self):
        disks = ask("/v1/disks", reads=[])
        users = ask("/v1/users/{each}")
        users.url = users.url.replace("{each}", "me")
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "live.json").write_text(json.dumps({"replies": [
                {"request": "GET /disks?limit=1", "body": [
                    {"name": "main", "labels": {"any": 1}},
                    {"name": 7, "size": 10}]},
                {"request": "GET /v1/users/me", "body": {"email": None, "id": 1}},
                {"request": "GET /users/me", "status": 401, "body": {"error": "no"}},
                {"request": "GET /other", "body": {"not": "asked"}}]}))
            finding = check.Finding()
            replies.check(finding, folder, [disks, users], "https://shop.example/v1",
                          lambda q: check.described([OpenApi(SHOP)], q.method, q.url))
        self.assertEqual(
            ["probe: a reply, /*/name is no integer, but string",
             "probe: a reply, no field /*/size",
             "probe: a reply, no field /id"], finding)

    def test_replies_of_graphql_hold_what_was_asked(self):
        me = ask("/graphql")
        me.graphql = "query { me { email } }"
        with tempfile.TemporaryDirectory() as name:
            pathlib.Path(name, "live.json").write_text(json.dumps({"replies": [
                {"request": "POST /graphql", "when": ["me {"],
                 "body": {"data": {"me": {"email": "a", "teams": [{"id": 1}]}}}}]}))
            finding = check.Finding()
            replies.check_graphql(
                finding, pathlib.Path(name), [me],
                lambda _, place: "teams" not in place or None)
        self.assertEqual({f"probe: a reply, no field /data/me/teams{below}"
                          for below in ("", "/*", "/*/id")}, set(finding))

    def test_places_of_a_list(self):
        found = questions.of_list({
            "items": "/teams/*/disks/*", "name": "{/name} of {2/name} in {each}",
            "when": ["not /state in gone|going", "0 has x*"]})
        self.assertEqual(
            ["/teams/*/disks/*", "/teams/*/disks/*/name", "/teams/*/name",
             "/teams/*/disks/*/state", "/teams/*/disks/*"],
            [str(one) for one in found])


COMPARED = {"openapi", "graphql", "botocore", "heroku", "discovery", "paths"}


class Sources(unittest.TestCase):
    """Of every provider that is asked it is told what that was checked against."""

    sources = check.read_table("sources.tsv")

    def test_every_provider_that_is_asked_has_one_row(self):
        asked = [path.stem for path in sorted((check.ROOT / "rules").glob("*.toml"))
                 if tomllib.loads(path.read_text()).get("probe")]
        self.assertEqual(asked, sorted(row["provider"] for row in self.sources))

    def test_a_row_tells_what_it_says(self):
        for row in self.sources:
            kinds = set(row["kind"].split())
            with self.subTest(row["provider"]):
                if kinds <= COMPARED | {"text"}:
                    self.assertTrue(row["file"] and row["compared"])
                else:
                    self.assertIn(row["kind"], ("page", "server", "none"))
                    self.assertFalse(row["file"] or row["compared"])
                    self.assertTrue(row["source"] or row["note"])
                if row["source"].startswith("tests/"):
                    self.assertTrue((check.ROOT / row["source"]).is_file())

    def test_the_readme_tells_how_many(self):
        ways = collections.Counter(
            "described" if COMPARED & set(row["kind"].split()) else row["kind"]
            for row in self.sources)
        readme = " ".join((check.ROOT / "README.md").read_text().split())
        told = re.search(
            r"requests and fields of (\d+) providers are checked against the "
            r"providers' own descriptions, of (\d+) against .*?, of (\d+) by reading "
            r"the documentation, of (\d+) on real servers; (\d+)", readme)
        self.assertEqual(
            [ways[way] for way in ("described", "text", "page", "server", "none")],
            [int(number) for number in told.groups()])


if __name__ == "__main__":
    sys.exit(unittest.main(argv=sys.argv[:1], verbosity=0))
