"""Throw-away servers on loopback ports, each in a folder that is removed.

None of them is the machine's own: other ports, other data, started from the
Debian packages' programs and stopped by their process ids.
"""

import base64
import contextlib
import json
import os
import pathlib
import shlex
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

PASSWORD = "k7Tq2mVx9Zp4"  # of every account, so that a report can be searched


class Missing(Exception):
    """A package is not installed."""


def program(*names):
    for name in names:
        for found in sorted(pathlib.Path("/").glob(name.lstrip("/")), reverse=True):
            return str(found)
        if shutil.which(name):
            return shutil.which(name)
    raise Missing(names[0])


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def as_nobody(folder, user="nobody"):
    """Servers refuse to run as root; what to put before a command."""
    if os.getuid() != 0:
        return []
    subprocess.run(["chown", "-R", user, folder], check=True)
    return ["setpriv", f"--reuid={user}", "--clear-groups"]


def wait_until(ready, what, seconds=60):
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            raise RuntimeError(f"{what} does not start")
        time.sleep(0.1)


def stop(process):
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextlib.contextmanager
def folder():
    path = pathlib.Path(tempfile.mkdtemp(prefix="overreach-db."))
    path.chmod(0o755)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def quiet(command, **more):
    return subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, **more
    )


def certificate(path):
    """Files of a certificate nobody trusts, and its key."""
    quiet(
        [program("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes"]
        + ["-subj", "/CN=localhost", "-days", "2"]
        + ["-keyout", path / "tls.key", "-out", path / "tls.pem"],
        check=True,
    )
    (path / "tls.key").chmod(0o600)
    return path / "tls.pem", path / "tls.key"


class Postgres:
    """`binaries` is the folder of initdb, postgres and so on."""

    def __init__(self, path, binaries):
        self.path, self.binaries, self.port = path, binaries, free_port()
        (path / "pw").write_text(PASSWORD)
        public, private = certificate(path)
        run = as_nobody(path)
        quiet(
            [*run, f"{binaries}/initdb", "-D", path / "data", "-U", "postgres"]
            + ["--auth=scram-sha-256", f"--pwfile={path}/pw", "-E", "UTF8"]
            + ["--locale=C", "--no-sync"],
            check=True,
        )
        self.log = path / "log"
        options = f"-p {self.port} -k {path} -c listen_addresses=127.0.0.1"
        options += f" -c ssl=on -c ssl_cert_file={public} -c ssl_key_file={private}"
        options += " -c fsync=off -c log_statement=all -c log_line_prefix='%a|'"
        self.process = subprocess.Popen(
            [*run, f"{binaries}/postgres", "-D", path / "data", *shlex.split(options)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=open(self.log, "w"),
        )
        wait_until(lambda: self.sql("SELECT 1").returncode == 0, "PostgreSQL")

    def environment(self):
        return {**os.environ, "PGPASSWORD": PASSWORD, "PGCONNECT_TIMEOUT": "5"}

    def sql(self, text, user="postgres", database="postgres", more=""):
        psql = program("/usr/lib/postgresql/*/bin/psql", "psql")
        target = f"host=127.0.0.1 port={self.port} user={user} dbname={database}"
        return subprocess.run(
            [psql, "-XqAt", f"{target} {more}"],
            input=text,
            capture_output=True,
            text=True,
            env=self.environment(),
        )


class MariaDb:
    def __init__(self, path, tls=False):
        self.path, self.port = path, free_port()
        options = []
        if tls:
            public, private = certificate(path)
            options = [f"--ssl-cert={public}", f"--ssl-key={private}"]
        run = as_nobody(path)
        quiet(
            [*run, program("mariadb-install-db"), "--no-defaults"]
            + ["--auth-root-authentication-method=normal", "--skip-test-db"]
            + [f"--datadir={path}/data", "--basedir=/usr"],
            check=True,
        )
        self.log = path / "queries.log"
        self.process = subprocess.Popen(
            [*run, program("mariadbd", "/usr/sbin/mariadbd"), "--no-defaults"]
            + [f"--datadir={path}/data", f"--socket={path}/s.sock"]
            + [f"--port={self.port}", "--bind-address=127.0.0.1"]
            + [f"--pid-file={path}/pid", "--skip-name-resolve"]
            + [f"--log-error={path}/err.log", "--innodb-flush-method=nosync"]
            + ["--general-log", f"--general-log-file={self.log}", *options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_until(lambda: self.admin("SELECT 1").returncode == 0, "MariaDB")

    def admin(self, text):
        """As root, who has no password on the socket."""
        return subprocess.run(
            [program("mariadb"), "--no-defaults", f"--socket={self.path}/s.sock"]
            + ["-u", "root", "-N", "-B"],
            input=text,
            capture_output=True,
            text=True,
        )

    def sql(self, text, user):
        return quiet(
            [program("mariadb"), "--no-defaults", "--protocol=tcp"]
            + ["-h", "127.0.0.1", "-P", str(self.port), "-u", user]
            + [f"-p{PASSWORD}", "-N", "-B", "-e", text]
        )


class Redis:
    """`users` are lines of an ACL file, `options` more of the command line."""

    def __init__(self, path, users=(), options=(), tls=False):
        self.path, self.port, self.tls_port = path, free_port(), free_port()
        self.options = [*options]
        if tls:
            public, private = certificate(path)
            self.options += ["--tls-port", str(self.tls_port)]
            self.options += ["--tls-cert-file", public, "--tls-key-file", private]
            self.options += ["--tls-auth-clients", "no"]
        if users:
            (path / "users.acl").write_text("\n".join(users) + "\n")
            self.options += ["--aclfile", f"{path}/users.acl"]
        self.process = subprocess.Popen(
            [*as_nobody(path), program("redis-server"), "--port", str(self.port)]
            + ["--bind", "127.0.0.1", "--dir", path, "--save", ""]
            + ["--appendonly", "no", *self.options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_until(self.is_up, "Redis")

    def is_up(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def command(self, user, *words):
        """What it answers; `user` None sends no password."""
        login = ["--user", user, "--pass", PASSWORD] if user else []
        return quiet(
            [program("redis-cli"), "-p", str(self.port), "--no-auth-warning"]
            + [*login, *words]
        ).stdout.strip()


class RabbitMq:
    """`port` is the management API's."""

    def __init__(self, path):
        server = program("/usr/lib/rabbitmq/bin/rabbitmq-server")
        self.port, amqp, self.epmd_port = free_port(), free_port(), free_port()
        (path / "enabled_plugins").write_text("[rabbitmq_management].\n")
        (path / "mnesia").mkdir()
        (path / "log").mkdir()
        (path / "rabbitmq.conf").write_text(
            f"listeners.tcp.1 = 127.0.0.1:{amqp}\nmanagement.tcp.ip = 127.0.0.1\n"
            f"management.tcp.port = {self.port}\n"
        )
        self.environment = {
            **os.environ,
            "HOME": str(path),
            "RABBITMQ_NODENAME": f"overreach{os.getpid()}@localhost",
            "RABBITMQ_MNESIA_BASE": f"{path}/mnesia",
            "RABBITMQ_LOG_BASE": f"{path}/log",
            "RABBITMQ_ENABLED_PLUGINS_FILE": f"{path}/enabled_plugins",
            "RABBITMQ_CONFIG_FILE": f"{path}/rabbitmq.conf",
            "RABBITMQ_DIST_PORT": str(free_port()),
            "ERL_EPMD_PORT": str(self.epmd_port),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_CONF_ENV_FILE": "/dev/null",
            "ERL_FLAGS": "+S 2:2",
        }
        run = as_nobody(path, "rabbitmq")
        # Its own name server, so that it can be stopped by its process id too.
        self.epmd = subprocess.Popen(
            [*run, program("epmd")],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.shell = subprocess.Popen(
            [*run, server],
            cwd=path,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.process = self  # stop() below ends all of them
        wait_until(
            lambda: self.http("GET", "/api/overview", "guest", password="guest") == 200,
            "RabbitMQ",
            120,
        )

    def http(self, method, path, user, body=None, password=PASSWORD):
        """The status; 0 while nobody answers."""
        text = base64.b64encode(f"{user}:{password}".encode()).decode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            method=method,
            data=json.dumps(body).encode() if body is not None else None,
            headers={"Authorization": f"Basic {text}"},
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as reply:
                return reply.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    # The shell script starts the virtual machine, which outlives it.
    def send_signal(self, _):
        below = quiet(["ps", "-o", "pid=", "--ppid", str(self.shell.pid)]).stdout
        for pid in below.split():
            os.kill(int(pid), signal.SIGTERM)

    def wait(self, seconds=None):
        self.shell.wait(seconds)
        self.epmd.terminate()
        self.epmd.wait(5)

    def kill(self):
        self.shell.kill()
        self.epmd.kill()


@contextlib.contextmanager
def running(kind, *arguments, **options):
    with folder() as path:
        server = kind.__new__(kind)
        try:
            server.__init__(path, *arguments, **options)
            yield server
        finally:  # also when it started, but never answered
            if hasattr(server, "process"):
                stop(server.process)
