"""A MongoDB that knows one user: logs in by SCRAM (RFC 5802, RFC 7677) and
answers commands from the replies of a case, as OP_MSG with BSON.  Our own, since
no MongoDB can be had on Debian 12; written from the specifications and not from
the scanner, with Python's own hash functions.

Replies are those of fixtures/replies: {"request": "COMMAND connectionStatus",
"body": {...}}.  `login` of the case says user, password (name of a value),
mechanism and, for servers that refuse, the reply to a wrong password.
"""

import base64
import hashlib
import hmac
import os
import socketserver
import struct
import threading


def encode(document):
    out = b""
    for name, value in document.items():
        key = name.encode() + b"\0"
        if isinstance(value, bool):
            out += b"\x08" + key + bytes([value])
        elif isinstance(value, int):
            small = -(2**31) <= value < 2**31
            out += (b"\x10" if small else b"\x12") + key
            out += struct.pack("<i" if small else "<q", value)
        elif isinstance(value, float):
            out += b"\x01" + key + struct.pack("<d", value)
        elif isinstance(value, str):
            text = value.encode() + b"\0"
            out += b"\x02" + key + struct.pack("<i", len(text)) + text
        elif isinstance(value, bytes):
            out += b"\x05" + key + struct.pack("<iB", len(value), 0) + value
        elif isinstance(value, dict):
            out += b"\x03" + key + encode(value)
        elif isinstance(value, list):
            items = {str(i): item for i, item in enumerate(value)}
            out += b"\x04" + key + encode(items)
        else:
            out += b"\x0a" + key
    return struct.pack("<i", len(out) + 5) + out + b"\0"


def decode(data):
    """The document at the beginning of `data`, as a dict."""
    (size,) = struct.unpack_from("<i", data)
    at, document = 4, {}
    while at < size - 1:
        kind = data[at]
        end = data.index(b"\0", at + 1)
        name, at = data[at + 1 : end].decode(), end + 1
        if kind == 0x02:
            (length,) = struct.unpack_from("<i", data, at)
            value = data[at + 4 : at + 3 + length].decode()
            at += 4 + length
        elif kind in (0x03, 0x04):
            (length,) = struct.unpack_from("<i", data, at)
            value = decode(data[at : at + length])
            at += length
        elif kind == 0x05:
            (length,) = struct.unpack_from("<i", data, at)
            value = data[at + 5 : at + 5 + length]
            at += 5 + length
        elif kind == 0x08:
            value, at = bool(data[at]), at + 1
        elif kind in (0x10, 0x12, 0x01):
            form = {0x10: "<i", 0x12: "<q", 0x01: "<d"}[kind]
            (value,) = struct.unpack_from(form, data, at)
            at += struct.calcsize(form)
        else:
            raise ValueError(f"element of type {kind:#x}")
        document[name] = value
    return document


class Login:
    """The server's half of one SCRAM conversation."""

    def __init__(self, mechanism, password, first):
        self.hash = "sha1" if mechanism == "SCRAM-SHA-1" else "sha256"
        salt = os.urandom(16)
        self.salted = hashlib.pbkdf2_hmac(self.hash, password, salt, 4096)
        self.client_first = first.split(",", 2)[2]
        nonce = dict(p.split("=", 1) for p in self.client_first.split(","))["r"]
        self.nonce = nonce + base64.b64encode(os.urandom(9)).decode()
        encoded = base64.b64encode(salt).decode()
        self.first = f"r={self.nonce},s={encoded},i=4096"

    def mac(self, key, text):
        return hmac.new(key, text, self.hash).digest()

    def last(self, message):
        """The server's last word, or None when the proof is wrong."""
        without, proof = message.rsplit(",p=", 1)
        if not without.endswith("r=" + self.nonce):
            return None
        everything = f"{self.client_first},{self.first},{without}".encode()
        client = self.mac(self.salted, b"Client Key")
        stored = hashlib.new(self.hash, client).digest()
        given = base64.b64decode(proof)
        mask = self.mac(stored, everything)
        if bytes(a ^ b for a, b in zip(given, mask)) != client:
            return None
        server = self.mac(self.salted, b"Server Key")
        return "v=" + base64.b64encode(self.mac(server, everything)).decode()


class Handler(socketserver.BaseRequestHandler):
    def receive(self, size):
        data = b""
        while len(data) < size:
            more = self.request.recv(size - len(data))
            if not more:
                raise EOFError
            data += more
        return data

    def handle(self):
        self.login, self.is_known = None, False
        try:
            while True:
                size, number, _, code = struct.unpack("<iiii", self.receive(16))
                body = self.receive(size - 16)
                if code != 2013 or body[:5] != b"\0\0\0\0\0":
                    return
                reply = encode(self.answer(decode(body[5:])))
                body = b"\0\0\0\0\0" + reply
                head = struct.pack("<iiii", 16 + len(body), 1, number, 2013)
                self.request.sendall(head + body)
        except (EOFError, OSError):
            return

    def answer(self, command):
        case, login = self.server.case, self.server.login
        name = next(iter(command))
        target = f"{name} on {command.get('$db')}"
        reply = case.answer("COMMAND", name, [("database", target)],
                            str(command))
        refused = login.get("refused", {
            "ok": 0.0, "errmsg": "Authentication failed.", "code": 18,
            "codeName": "AuthenticationFailed"})
        mechanism = login.get("mechanism", "SCRAM-SHA-256")
        if name == "hello":
            return {"isWritablePrimary": True, "maxWireVersion": 17,
                    "saslSupportedMechs": [mechanism], "ok": 1.0}
        if name == "saslStart":
            password = login["password"]
            if mechanism == "SCRAM-SHA-1":
                text = f"{login['user']}:mongo:{password}".encode()
                password = hashlib.md5(text).hexdigest()
            if command["mechanism"] != mechanism or \
                    command["$db"] != login.get("database", "admin"):
                return refused
            self.login = Login(mechanism, password.encode(),
                               command["payload"].decode())
            return {"conversationId": 1, "done": False,
                    "payload": self.login.first.encode(), "ok": 1.0}
        if name == "saslContinue":
            last = self.login.last(command["payload"].decode())
            if last is None:
                return refused
            self.is_known = True
            return {"conversationId": 1, "done": True,
                    "payload": last.encode(), "ok": 1.0}
        if not self.is_known:
            return {"ok": 0.0, "code": 13, "codeName": "Unauthorized",
                    "errmsg": f"command {name} requires authentication"}
        return reply["body"]


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


class MongoEmulator:
    """`with MongoEmulator(case, login) as emulator: ... emulator.address`"""

    def __init__(self, case, login):
        self.case = case
        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.case, self.server.login = case, login
        self.address = f"127.0.0.1:{self.server.server_address[1]}"

    def __enter__(self):
        threading.Thread(
            target=self.server.serve_forever, args=(0.02,), daemon=True
        ).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
