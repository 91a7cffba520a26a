"""Keys of NATS, made for a test: seeds, what is public of them, signed claims.
https://docs.nats.io/running-a-nats-service/configuration/securing_nats/jwt"""

import base64
import json
import os
import subprocess
import tempfile
import time

OPERATOR, ACCOUNT, USER = (n << 3 for n in (14, 0, 20))  # "O", "A", "U" in base32
SEED = 18 << 3  # "S"
PKCS8 = bytes.fromhex("302e020100300506032b657004220420")  # before an Ed25519 key


def checked(data):
    """With CRC-16 (XMODEM) behind, in base32."""
    crc = 0
    for byte in data:
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ (0x1021 if crc & 0x8000 else 0)) & 0xFFFF
    return base64.b32encode(data + crc.to_bytes(2, "little")).decode().rstrip("=")


def encoded(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


class Key:
    def __init__(self, kind):
        self.raw = os.urandom(32)
        der = self.openssl("pkey", "-inform", "DER", "-pubout", "-outform", "DER",
                           given=PKCS8 + self.raw)  # fmt: skip
        self.public = checked(bytes([kind]) + der[-32:])
        # The kind is spread over two bytes.
        self.seed = checked(bytes([SEED | kind >> 5, kind << 3 & 0xFF]) + self.raw)

    def openssl(self, *arguments, given=b""):
        return subprocess.run(["openssl", *arguments], input=given,
                              capture_output=True, check=True).stdout  # fmt: skip

    def signed(self, name, subject, claims):
        """Claims about another key, or itself, as a JWT."""
        body = {"jti": name.upper(), "iat": int(time.time()), "iss": self.public,
                "name": name, "sub": subject, "nats": {"version": 2, **claims}}  # fmt: skip
        text = ".".join(
            encoded(json.dumps(part, separators=(",", ":")).encode())
            for part in ({"typ": "JWT", "alg": "ed25519-nkey"}, body)
        )
        with tempfile.TemporaryDirectory() as folder:
            for name, data in (("key", PKCS8 + self.raw), ("text", text.encode())):
                with open(f"{folder}/{name}", "wb") as file:
                    file.write(data)
            signature = self.openssl("pkeyutl", "-sign", "-rawin", "-keyform", "DER",
                                     "-inkey", f"{folder}/key",
                                     "-in", f"{folder}/text")  # fmt: skip
        return f"{text}.{encoded(signature)}"
