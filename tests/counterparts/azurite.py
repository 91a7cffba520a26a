#!/usr/bin/env python3
"""azurite.py OVERREACH AZURITE

Starts Azurite, Microsoft's emulator of its storage, asks `overreach check azure`
about a key of an account and shared access signatures of many kinds, and lets
each try to read, add, overwrite and delete.  A verdict must be the truth; what
is not signed by the account's key must never be called alive.

Signed here by the page on shared access signatures and not by the scanner:
learn.microsoft.com/rest/api/storageservices/create-account-sas, create-service-sas
"""

import base64
import hashlib
import hmac
import secrets
import sys
import urllib.error
import urllib.parse
import urllib.request

from counterpart import Server, WebComparison, highest

ACCOUNT, CONTAINER, VERSION = "acct1", "uploads", "2021-12-02"
FUTURE, PAST, TOMORROW = "2099-01-01T00:00:00Z", "2020-01-01T00:00:00Z", \
    "2098-01-01T00:00:00Z"
KEY, OTHER = secrets.token_bytes(64), secrets.token_bytes(64)


def text_of(key):
    return base64.b64encode(key).decode()


def signed(key, lines, **fields):
    mac = hmac.digest(key, "\n".join(lines).encode(), hashlib.sha256)
    fields["sig"] = base64.b64encode(mac).decode()
    return "&".join(f"{name}={urllib.parse.quote(value, safe='')}"
                    for name, value in fields.items() if value)


def account_sas(sp, srt="sco", ss="b", st="", se=FUTURE, key=KEY):
    lines = [ACCOUNT, sp, ss, srt, st, se, "", "", VERSION, "", ""]
    return signed(key, lines, sv=VERSION, ss=ss, srt=srt, sp=sp, st=st, se=se)


def service_sas(sp, sr="c", blob="", se=FUTURE, key=KEY):
    place = f"/blob/{ACCOUNT}/{CONTAINER}" + (f"/{blob}" if blob else "")
    lines = [sp, "", se, place, "", "", "", VERSION, sr] + [""] * 7
    return signed(key, lines, sv=VERSION, sr=sr, sp=sp, se=se)


class Azurite(Server):
    def __init__(self, program):
        super().__init__("/")
        self.program = program
        self.url += f"/{ACCOUNT}"

    def command(self):
        return ["node", self.program, "--silent", "--inMemoryPersistence",
                "--skipApiVersionCheck", "--disableTelemetry",
                "--blobHost", "127.0.0.1", "--blobPort", str(self.port)]

    def start(self, command, **environment):
        # Only one account; nobody else knows its key.
        super().start(command, AZURITE_ACCOUNTS=f"{ACCOUNT}:{text_of(KEY)}",
                      **environment)

    def try_sas(self, sas, method, path, body=b"", **headers):
        request = urllib.request.Request(
            self.url + path + ("&" if "?" in path else "?") + sas, method=method,
            data=body if method == "PUT" else None,
            headers={"x-ms-version": VERSION, **headers})
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status < 300
        except urllib.error.HTTPError:
            return False

    def owner(self, method, path, body=b"", **headers):
        """As somebody who may do all of it, by a signature of the key's holder."""
        return self.try_sas(account_sas("rwdlacup"), method, path, body, **headers)


BLOCK, APPEND = {"x-ms-blob-type": "BlockBlob"}, {"x-ms-blob-type": "AppendBlob"}
SETTINGS = b"""<?xml version="1.0" encoding="utf-8"?><StorageServiceProperties>
<DefaultServiceVersion>2021-12-02</DefaultServiceVersion>
</StorageServiceProperties>"""


def may(server, sas, blob):
    """The highest level of what it can really do, on blobs made for it."""
    inside, new = f"/{CONTAINER}/{blob}", secrets.token_hex(4)
    server.owner("PUT", inside, b"x", **BLOCK)
    server.owner("PUT", f"/{CONTAINER}/log", **APPEND)
    server.owner("PUT", f"/gone-{new}?restype=container")
    levels = []
    looked = (inside, f"/{CONTAINER}?restype=container&comp=list", "/?comp=list")
    if any(server.try_sas(sas, "GET", path) for path in looked):
        levels.append("read")
    if (server.try_sas(sas, "PUT", f"/{CONTAINER}/new-{new}", b"x", **BLOCK)
            or server.try_sas(sas, "PUT", f"/{CONTAINER}/log?comp=appendblock", b"x")
            or server.try_sas(sas, "PUT", f"/new-{new}?restype=container")
            or server.try_sas(
                sas, "PUT", "/?restype=service&comp=properties", SETTINGS)):
        levels.append("write")
    if (server.try_sas(sas, "PUT", inside, b"y", **BLOCK)
            or server.try_sas(sas, "DELETE", inside)
            or server.try_sas(sas, "DELETE", f"/gone-{new}?restype=container")):
        levels.append("destructive")
    return highest(levels)


def signatures(blob):
    """name, the signature, the blob or container in its address"""
    for sp in ("rwdlacup", "rl", "r", "l", "c", "w", "d", "rd", "a"):
        yield f"account {sp}", account_sas(sp), f"{CONTAINER}/{blob}"
    for srt in ("o", "c", "s", "co"):
        for sp in ("rwdl", "rwl"):
            yield f"account {sp} of {srt}", account_sas(sp, srt), CONTAINER
    for sp in ("racwdl", "r", "rl", "w", "d", "c", "l"):
        yield f"container {sp}", service_sas(sp), CONTAINER
    for sp in ("r", "w", "rd", "d"):
        yield f"blob {sp}", service_sas(sp, "b", blob), f"{CONTAINER}/{blob}"


def dead(blob):
    yield "of another key", account_sas("rwdl", key=OTHER), CONTAINER
    yield "not yet", account_sas("rwdl", st=TOMORROW), CONTAINER
    yield "container of another key", service_sas("rwdl", key=OTHER), CONTAINER
    yield "blob of another key", service_sas("rd", "b", blob, key=OTHER), \
        f"{CONTAINER}/{blob}"
    yield "over", account_sas("rwdl", se=PAST), CONTAINER


def address(place, sas):
    return f"DUMP=https://{ACCOUNT}.blob.core.windows.net/{place}?{sas}\n"


def main():
    program, azurite = sys.argv[1:]
    comparison = WebComparison(program)
    blob = "2026/shop.dump"
    with Azurite(azurite) as server:
        if not server.owner("PUT", f"/{CONTAINER}?restype=container"):
            raise SystemExit("there is no container")
        for name, sas, place in signatures(blob):
            server.owner("PUT", f"/{CONTAINER}/{blob}", b"x", **BLOCK)
            said = comparison.ask_about("azure", address(place, sas), server)
            comparison.compare(name, said, may(server, sas, blob))
            comparison.expect(said and said["live"] is True,
                              f"{name}: live is {said and said['live']}")
        for name, sas, place in dead(blob):
            said = comparison.ask_about("azure", address(place, sas), server)
            comparison.expect(said and said["live"] is not True, f"{name}: alive")
        for key, alive in ((KEY, True), (OTHER, False)):
            text = f"AZURE_STORAGE_ACCOUNT={ACCOUNT}\n" \
                f"AZURE_STORAGE_KEY={text_of(key)}\n"
            said = comparison.ask_about("azure", text, server)
            comparison.expect(
                said and (said["live"] is True) == alive,
                f"key: live is {said and said['live']}, expected {alive}")
    return comparison.finish("azurite")


if __name__ == "__main__":
    sys.exit(main())
