"""Certificates for a provider that proves itself by TLS and asks for a client's:
two keys that nobody else has, each certified by itself, made for this run."""

import base64
import functools
import pathlib
import ssl
import subprocess
import tempfile


@functools.cache
def pair(name):
    """(certificate, key) in PEM of `name`; good for 127.0.0.1."""
    with tempfile.TemporaryDirectory() as folder:
        files = [pathlib.Path(folder) / part for part in ("certificate", "key")]
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes",
             "-subj", f"/CN={name}", "-addext", "subjectAltName=IP:127.0.0.1",
             "-out", files[0], "-keyout", files[1]],
            capture_output=True, check=True)  # fmt: skip
        return tuple(each.read_text() for each in files)


# What a case may name among its values, as a kubeconfig holds them.
def in_base64(value):
    certificate, key = pair("server" if value == "tls-authority" else "client")
    text = key if value == "tls-key" else certificate
    return base64.b64encode(text.encode()).decode()


VALUES = ("tls-authority", "tls-certificate", "tls-key")


def server_context():
    """Takes nobody but the client."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.NamedTemporaryFile("w") as held:
        held.write("".join(pair("server")))
        held.flush()
        context.load_cert_chain(held.name)
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(cadata=pair("client")[0])
    return context
