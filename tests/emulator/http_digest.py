"""A server that asks for HTTP Digest (RFC 7616, MD5, qop "auth") and looks at
the answer: every number is good once, and a wrong response is the challenge
again.  Written from the RFC and not from the scanner.
"""

import hashlib
import hmac
import secrets
import urllib.request

from emulator import Handler


def md5(*parts):
    return hashlib.md5(":".join(parts).encode()).hexdigest()


def digest_handler(user, password, realm, **wrong):
    """A class for Emulator.  `wrong`: what else the challenge says, in place of
    what it should."""
    numbers = set()  # given out and not used; each request takes one at once

    class DigestHandler(Handler):
        def answer(self, body):
            if self.is_proven():
                return super().answer(body)
            case = self.server.case
            with case.lock:
                case.requests.append(
                    (self.command, self.path, list(self.headers.items()), body))
            return {"status": 401, "headers": {"WWW-Authenticate": challenge()},
                    "body": {"error": 401, "reason": "Unauthorized",
                             "detail": "You are not authorized for this resource."}}

        def is_proven(self):
            kind, _, rest = self.headers.get("Authorization", "").partition(" ")
            if kind != "Digest":
                return False
            given = urllib.request.parse_keqv_list(
                urllib.request.parse_http_list(rest))
            if given["nonce"] not in numbers or given["uri"] != self.path:
                return False
            numbers.remove(given["nonce"])
            expected = md5(
                md5(user, realm, password), given["nonce"], given["nc"],
                given["cnonce"], given["qop"], md5(self.command, self.path))
            return given["username"] == user and hmac.compare_digest(
                expected, given["response"])

    def challenge():
        number = secrets.token_urlsafe(24)
        numbers.add(number)
        said = {"realm": f'"{realm}"', "domain": '""', "nonce": f'"{number}"',
                "algorithm": "MD5", "qop": '"auth"', "stale": "false", **wrong}
        return "Digest " + ", ".join(f"{k}={v}" for k, v in said.items())

    return DigestHandler
