"""A local provider: answers as the official documentation says, from the cases
in fixtures/replies, and records every request, so that tests can prove what was
sent.  Listens on loopback only.

A case (one JSON file) has

  docs        where the replies are documented
  about       what the case shows, one line
  input       what `overreach check` reads; {secret}, {part} ... from `values`
  values      name -> rule id: a generated example of that rule; "rsa-key": one
              made for the run, in one line as JSON has it; an object: a JWT
              with these claims, signed with HS256 where they stand
              under "hs256", with RS256's length under "rs256"; "tls-authority",
              "tls-certificate", "tls-key": in base64, for a provider that is
              asked over TLS by who has this certificate; or a text
  check       provider or rule named on the command line (default: the folder)
  replies     [{request: "GET /v1/user?per_page=100", when: [texts the body or
              headers hold], status, headers, body, repeat}], in any order; the
              first that fits answers, `repeat: false` only once
  expect      what the report must say; see cases.py
  digest      {user, password, realm}: asks for HTTP Digest, see http_digest.py
  login       for MongoDB, see mongodb.py; {server} in `input` is its address
"""

import json
import re
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Case:
    """The replies of one case and what was asked of them."""

    def __init__(self, replies):
        self.replies = [dict(reply, used=0) for reply in replies]
        self.requests = []  # (method, target, headers, body)
        self.unexpected = []  # "METHOD target body"
        self.lock = threading.Lock()

    def answer(self, method, target, headers, body):
        with self.lock:
            self.requests.append((method, target, headers, body))
            for reply in self.replies:
                if reply["used"] and reply.get("repeat") is False:
                    continue
                if fits(reply, method, target, headers, body):
                    reply["used"] += 1
                    return reply
            self.unexpected.append(f"{method} {target} {body}")
            return {"status": 404, "body": {"emulator": "no such reply"}}

    def unused(self):
        return [r["request"] for r in self.replies if not r["used"]]


def fits(reply, method, target, headers, body):
    wanted_method, wanted = reply["request"].split(" ", 1)
    wanted, asked = urllib.parse.urlsplit(wanted), urllib.parse.urlsplit(target)
    if method != wanted_method or asked.path != wanted.path:
        return False
    given = urllib.parse.parse_qs(asked.query, keep_blank_values=True)
    needed = urllib.parse.parse_qs(wanted.query, keep_blank_values=True)
    if any(given.get(name) != value for name, value in needed.items()):
        return False
    text = squeezed(body + "\n" + "\n".join(f"{k}: {v}" for k, v in headers))
    return all(squeezed(piece) in text for piece in reply.get("when", []))


def squeezed(text):
    return re.sub(r"(\\n|\s)+", " ", text)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def handle_any(self):
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length).decode("utf-8", "replace")
        reply = self.answer(body)
        content = reply.get("body", "")
        kind = "application/json"
        if isinstance(content, str):
            kind = "text/html" if content.startswith("<") else "text/plain"
        else:
            content = json.dumps(content)
        headers = {"Content-Type": kind}
        headers.update(reply.get("headers", {}))
        data = content.encode()
        self.send_response(reply.get("status", 200))
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def answer(self, body):
        """The reply of the case; other servers look at who asks first."""
        return self.server.case.answer(
            self.command, self.path, list(self.headers.items()), body
        )

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any

    def log_message(self, *_):
        pass


class Emulator:
    """`with Emulator(replies) as emulator: ... emulator.url, emulator.case`"""

    def __init__(self, replies, handler=Handler, context=None):
        self.case = Case(replies)
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        if context:
            self.server.socket = context.wrap_socket(self.server.socket, True)
        self.server.case = self.case
        self.server.daemon_threads = True
        scheme = "https" if context else "http"
        self.url = f"{scheme}://127.0.0.1:{self.server.server_address[1]}"

    def __enter__(self):
        # Looks 50 times a second whether it is to end: cases are many.
        threading.Thread(
            target=self.server.serve_forever, args=(0.02,), daemon=True
        ).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
