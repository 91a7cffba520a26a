#!/usr/bin/env python3
"""Runs cases of fixtures/replies against the program.

    cases.py PROGRAM [--write] [CASE.json | FOLDER]...

Each case is one `overreach check` against an emulator that plays the provider.
Besides what the case expects this checks, for every request of every case: its
method only reads, a GraphQL document holds only queries, the secret stands
nowhere but in headers and where the scheme puts it, the User-Agent is ours,
--plan announces it (and sends nothing, and prints no secret); and
for every report: the secret is not in it; for every folder: its verdicts are those of
the table in fixtures/verdicts.md, which --write writes anew.

`expect` may have: live, level, evidence, environment, identity, confidence
(equal); why (is in the text); scopes (all of them are there); powers (operation
-> names of resources that must be listed, or the empty list); no_powers
(operations that must not be there); protected (name -> true, false or null);
requests (exact number); exit (status); unused ("ok": replies may stay unused);
unexpected ("ok": requests without a reply are answered 404).

`also` names further kinds of credentials, for each of which all is the same when it
stands where `secret` does: older forms, and kinds that share their probes.
"""

import base64
import functools
import hashlib
import hmac
import json
import pathlib
import re
import subprocess
import sys
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import certificates  # noqa: E402
from emulator import Case, Emulator  # noqa: E402
from http_digest import digest_handler  # noqa: E402
from mongodb import MongoEmulator  # noqa: E402
import verdicts  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
READS_BY_POST = re.compile(
    r"/token$|/oauth2?/|:testIamPermissions$|:getIamPolicy$|"
    r"selfsubject|capabilities-self|graphql|/auth/token$|^/$|"
    r"simulate|introspect|_has_privileges$|get_current_account$|/api/v2/statements$|"
    r"openid-connect/token$|access-token-info$|/oauth2/v2\.0/token$|/tokeninfo$|"
    r"/batch$|:batch$|whoami|verify|^/\?|"
    r"/v3/auth/(authenticate|user/get|role/get)$"
)


READING_COMMANDS = ("hello", "saslStart", "saslContinue", "connectionStatus",
                    "listDatabases", "buildInfo")


def example(program, rule, seed):
    run = subprocess.run(
        [program, "rules", "show", rule, "--example", str(seed)],
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout.rstrip("\n")


@functools.cache
def rsa_key():
    """A key that nobody else has, made for this run; as one line of JSON."""
    run = subprocess.run(
        ["openssl", "genpkey", "-quiet", "-algorithm", "RSA",
         "-pkeyopt", "rsa_keygen_bits:2048"],
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout.replace("\n", "\\n")


def jwt(claims):
    """An access token with these claims that nobody has signed."""
    parts = [json.dumps({"alg": "none"}), json.dumps(claims), "unsigned"]
    encoded = [base64.urlsafe_b64encode(p.encode()).decode() for p in parts]
    return ".".join(part.rstrip("=") for part in encoded)


def signed_jwt(claims):
    """The same as servers with a shared secret write it; nobody has this one."""
    parts = [json.dumps(part, separators=(",", ":")).encode()
             for part in ({"alg": "HS256", "typ": "JWT"}, claims)]
    signed = ".".join(base64.urlsafe_b64encode(p).decode().rstrip("=") for p in parts)
    mac = hmac.digest(b"of the emulator", signed.encode(), "sha256")
    return f"{signed}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"


def long_jwt(claims):
    """The same with as much of a signature as an RSA key makes."""
    parts = [json.dumps(part).encode()
             for part in ({"alg": "RS256", "typ": "JWT"}, claims)]
    parts.append(hashlib.shake_256(b"unsigned").digest(256))
    return ".".join(base64.urlsafe_b64encode(p).decode().rstrip("=") for p in parts)


def value_of(program, text, seed):
    if isinstance(text, dict):
        if "rs256" in text:
            return long_jwt(text["rs256"])
        return signed_jwt(text["hs256"]) if "hs256" in text else jwt(text)
    if text in certificates.VALUES:
        return certificates.in_base64(text)
    if text == "rsa-key":
        return rsa_key()
    if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", text):
        return example(program, text, seed)
    return text


def fill(value, values):
    if isinstance(value, str):
        for name, text in values.items():
            value = value.replace("{" + name + "}", text)
        return value
    if isinstance(value, list):
        return [fill(item, values) for item in value]
    if isinstance(value, dict):
        return {fill(k, values): fill(v, values) for k, v in value.items()}
    return value


def equal(problems, what, expected, actual):
    if expected != actual:
        problems.append(f"{what} is {actual!r}, expected {expected!r}")


def check_powers(problems, expect, powers):
    by_name = {power["operation"]: power for power in powers}
    for operation, names in expect.get("powers", {}).items():
        if operation not in by_name:
            problems.append(f"power {operation} is missing of {sorted(by_name)}")
            continue
        listed = [r["name"] for r in by_name[operation]["resources"]]
        for name in names:
            if name not in listed:
                problems.append(f"{operation}: {name} is missing of {listed}")
    for operation in expect.get("no_powers", []):
        if operation in by_name:
            problems.append(f"power {operation} must not be claimed")
    state = {}
    for power in powers:
        for resource in power["resources"]:
            known = state.setdefault(resource["name"], dict(resource))
            for key, value in resource.items():
                if known[key] in (None, "unknown"):
                    known[key] = value
    for name, value in expect.get("protected", {}).items():
        actual = state.get(name, {}).get("protected", "not listed")
        equal(problems, f"protected of {name}", value, actual)
    for name, value in expect.get("environments", {}).items():
        actual = state.get(name, {}).get("environment", "not listed")
        equal(problems, f"environment of {name}", value, actual)


def check_report(problems, expect, report):
    credential = report["credentials"][0]
    reach = credential["reach"]
    for key, actual in (
        ("live", credential["live"]),
        ("level", reach["level"]),
        ("evidence", reach["evidence"]),
        ("identity", reach["identity"]),
        ("rule", credential["rule"]),
        ("severity", credential["severity"]),
        ("environment", credential["environment"]["class"]),
    ):
        if key in expect:
            equal(problems, key, expect[key], actual)
    if expect.get("why", "") not in reach["why"]:
        problems.append(f"why is {reach['why']!r}, without {expect['why']!r}")
    for scope in expect.get("scopes", []):
        if scope not in reach["scopes"]:
            problems.append(f"scope {scope} is missing of {reach['scopes']}")
    check_powers(problems, expect, reach["powers"])


def check_requests(problems, case, emulator):
    for method, target, headers, body in emulator.case.requests:
        path = target.split("?")[0]
        reads = method in ("GET", "HEAD") or (
            method == "POST" and READS_BY_POST.search(path)
        ) or (method == "COMMAND" and target in READING_COMMANDS)
        if not reads:
            problems.append(f"{method} {target} may change something")
        if re.search(r"\bmutation\b|\bsubscription\b", body):
            problems.append(f"{method} {target}: {body}")
        agent = dict(headers).get("User-Agent", "")
        if method != "COMMAND" and not agent.startswith("overreach/"):
            problems.append(f"User-Agent is {agent!r}")
    expect = case["expect"]
    if emulator.case.unexpected and expect.get("unexpected") != "ok":
        problems += [f"unexpected {r}" for r in emulator.case.unexpected]
    if emulator.case.unused() and expect.get("unused") != "ok":
        problems += [f"never asked: {r}" for r in emulator.case.unused()]
    if "requests" in expect:
        equal(problems, "requests", expect["requests"],
              len(emulator.case.requests))


def check_plan(problems, case, emulator, command):
    """What was sent is what --plan says, which itself sends nothing."""
    sent = list(emulator.case.requests)
    plan = subprocess.run(
        [*command, "--plan"], input=case["input"], capture_output=True, text=True
    ).stdout
    if len(emulator.case.requests) > len(sent):
        problems.append("--plan sent something")
    planned = [
        (method, plan_pattern(url))
        for method, url in re.findall(r"^  (GET|HEAD|POST) (\S+)", plan, re.M)
    ]
    for method, target, _, _ in sent:
        path = urllib.parse.unquote(target.split("?")[0])
        if not any(method == m and p.fullmatch(path) for m, p in planned):
            problems.append(f"--plan is silent about {method} {path}")
    return plan


def plan_pattern(url):
    """Of the path; what an answer fills is in braces, what is secret is dots."""
    path = urllib.parse.unquote(urllib.parse.urlsplit(url).path) or "/"
    pieces = re.split(r"\{[^}]*\}|\.{3}", path)
    return re.compile(".*".join(re.escape(piece) for piece in pieces))


def server_of(case):
    if "login" in case:
        return MongoEmulator(Case(case["replies"]), case["login"])
    if case.get("tls"):
        return Emulator(case["replies"], context=certificates.server_context())
    if "digest" in case:
        return Emulator(case["replies"], digest_handler(**case["digest"]))
    return Emulator(case["replies"])


def cases_of(path):
    """The case, and the same for each of the other kinds it is about."""
    case = json.loads(path.read_text())
    yield case
    for kind in case.get("also", []):
        expect = {**case["expect"], "rule": kind}
        yield {**case, "values": {**case["values"], "secret": kind},
               "expect": expect}


def run(program, path, case):
    """What is wrong with the case, its row of the table, how many requests."""
    provider = path.parent.name
    values = {}
    for name, rule in case["values"].items():
        values[name] = value_of(program, rule, 1 + len(values))
        case["tls"] = case.get("tls") or rule in certificates.VALUES
    case = {key: fill(value, values) for key, value in case.items()}
    problems = []
    if not case.get("docs", "").startswith("http"):
        problems.append("docs: the documentation's address is missing")
    with server_of(case) as emulator:
        where = (
            ["--allow-host", emulator.address]
            if "login" in case
            else ["--endpoint", f"{provider}={emulator.url}"]
        )
        command = [program, "check", case.get("check", provider), *where,
                   *case.get("arguments", [])]
        done = subprocess.run(
            [*command, "-f", "json"],
            input=case["input"].replace("{server}", emulator.address)
            if "login" in case else case["input"],
            capture_output=True,
            text=True,
            timeout=60,
        )
        plan = "" if "login" in case else check_plan(
            problems, case, emulator, command)
        for name, text in values.items():
            secret = max(text.split("="), key=len).strip('"')
            if len(secret) >= 16 and secret in done.stdout + done.stderr + plan \
                    and name in case.get("secrets", ["secret"]):
                problems.append(f"{name} is printed")
        try:
            report = json.loads(done.stdout)
        except ValueError:
            return [f"exit {done.returncode}: {done.stderr.strip()}"], "", 0
        check_report(problems, case["expect"], report)
        check_requests(problems, case, emulator)
        if "exit" in case["expect"]:
            equal(problems, "exit", case["expect"]["exit"], done.returncode)
        requests = len(emulator.case.requests)
    return problems, verdicts.row(path, case, report, requests), requests


def old_sections(rows):
    """What is wrong with the table, by what whole folders give."""
    known = verdicts.read_sections()
    for provider, lines in rows.items():
        if known.get(provider) != verdicts.section(provider, lines):
            yield f"{verdicts.TABLE.name}: {provider} is old (cases.py --write)"


def main():
    program, *arguments = sys.argv[1:]
    writes = "--write" in arguments
    paths, rows, total = [], {}, 0
    for argument in [a for a in arguments if a != "--write"] or \
            [str(ROOT / "fixtures/replies")]:
        path = pathlib.Path(argument).resolve()
        found = sorted(path.rglob("*.json")) if path.is_dir() else [path]
        paths += found
        if path.is_dir():
            rows.update((each.parent.name, []) for each in found)
    count, failed = 0, 0
    for path, case in [(path, case) for path in paths for case in cases_of(path)]:
        problems, row, requests = run(program, path, case)
        count += 1
        total += requests
        if path.parent.name in rows:
            rows[path.parent.name].append(row)
        failed += bool(problems)
        for problem in problems:
            print(f"{path.parent.name}/{path.name} ({case['values']['secret']}): {problem}"
                  if "also" in case else f"{path.parent.name}/{path.name}: {problem}")
    print(f"{count - failed} of {count} cases right")
    if writes:
        verdicts.write({name: verdicts.section(name, lines)
                        for name, lines in rows.items()}, count, total)
        return 1 if failed else 0
    old = list(old_sections(rows))
    for line in old:
        print(line)
    return 1 if failed or old or not paths else 0


if __name__ == "__main__":
    sys.exit(main())
