"""PostgreSQL: roles from superuser to nobody."""

import re

from common import highest
from servers import PASSWORD, Postgres, program, quiet, running

# Attributes or memberships of a login; it is created with the password.
ROLES = {
    "t_super": "SUPERUSER",
    "t_createdb": "CREATEDB",
    "t_createrole": "CREATEROLE",
    "t_repl": "REPLICATION",
    "t_bypassrls": "BYPASSRLS",
    "t_member_of_super": "IN ROLE g_super",
    "t_exec": "IN ROLE pg_execute_server_program",
    "t_writefiles": "IN ROLE pg_write_server_files",
    "t_readfiles": "IN ROLE pg_read_server_files",
    "t_writeall": "IN ROLE pg_write_all_data",
    "t_readall": "IN ROLE pg_read_all_data",
    "t_member_inherit": "INHERIT IN ROLE g_owner",
    "t_member_noinherit": "NOINHERIT IN ROLE g_owner",
    "t_nested": "NOINHERIT IN ROLE g_between",
    "t_dbowner": "",
    "t_schemaowner": "",
    "t_tableowner": "",
    "t_deleter": "",
    "t_truncator": "",
    "t_writer": "",
    "t_colwriter": "",
    "t_reader": "",
    "t_colreader": "",
    "t_no_usage": "",
    "t_elsewhere": "",
    "t_granted_elsewhere": "",
    "t_none": "",
}
# Since 16 a membership says what it is for.
ROLES_16 = {
    "t_set_false": "GRANT g_owner TO t_set_false WITH SET FALSE, INHERIT TRUE",
    "t_no_options": "GRANT g_owner TO t_no_options WITH INHERIT FALSE, SET FALSE",
    # It can grant itself the rest, but not what only a superuser grants.
    "t_admin_only":
        "GRANT g_owner TO t_admin_only WITH ADMIN TRUE, INHERIT FALSE, SET FALSE",
    "t_admin_of_super":
        "GRANT g_super TO t_admin_of_super WITH ADMIN TRUE, INHERIT FALSE, SET FALSE",
}  # fmt: skip
UNTELLABLE = {"t_granted_elsewhere"}  # its rights are in another database
TABLES = ["public.orders", "public.mine", "public.grp", "s.inside", "s2.closed"]

SETUP = """
CREATE ROLE g_owner NOLOGIN; CREATE ROLE g_super NOLOGIN SUPERUSER;
CREATE ROLE g_between NOLOGIN NOINHERIT IN ROLE g_owner;
{roles}
CREATE DATABASE app OWNER t_dbowner; CREATE DATABASE other;
CREATE DATABASE victim OWNER t_dbowner;
"""
SETUP_APP = """
CREATE SCHEMA s AUTHORIZATION t_schemaowner; CREATE SCHEMA s2;
CREATE TABLE orders (id int, note text); CREATE TABLE mine (id int, note text);
CREATE TABLE grp (id int, note text); CREATE TABLE s.inside (id int, note text);
CREATE TABLE s2.closed (id int, note text);
INSERT INTO orders SELECT i, 'x' FROM generate_series(1, 1000) i;
ALTER TABLE mine OWNER TO t_tableowner; ALTER TABLE grp OWNER TO g_owner;
GRANT SELECT, DELETE ON orders TO t_deleter;
GRANT SELECT, TRUNCATE ON orders TO t_truncator;
GRANT SELECT, INSERT, UPDATE ON orders TO t_writer;
GRANT UPDATE (note) ON orders TO t_colwriter;
GRANT SELECT ON orders TO t_reader; GRANT SELECT (id) ON orders TO t_colreader;
GRANT ALL ON s2.closed TO t_no_usage;
ANALYZE;
"""
SETUP_OTHER = """
CREATE TABLE theirs (id int, note text); ALTER TABLE theirs OWNER TO t_elsewhere;
CREATE TABLE shared (id int, note text);
GRANT INSERT ON shared TO t_granted_elsewhere;
"""
# Level and statement; each is tried in a transaction that is rolled back.
SERVER_ATTEMPTS = [
    ("root", "CREATE ROLE t_new SUPERUSER;"),
    ("root", "GRANT pg_execute_server_program TO CURRENT_USER;"),
    ("root", "GRANT g_super TO CURRENT_USER; SET ROLE g_super; CREATE ROLE t_new;"),
    ("root", "COPY (SELECT 1) TO PROGRAM 'cat > /dev/null';"),
    ("root", "COPY (SELECT 1) TO '{folder}/written';"),
    ("write", "CREATE TABLE public.new_table (id int);"),
    ("write", "CREATE SCHEMA new_schema;"),
    ("read", "CREATE TEMP TABLE f (t text); COPY f FROM '{folder}/pw';"),
    ("destructive", "DROP SCHEMA s CASCADE;"),
]
TABLE_ATTEMPTS = [
    ("destructive", "DROP TABLE {table};"),
    ("destructive",
     "GRANT g_owner TO CURRENT_USER; SET ROLE g_owner; DROP TABLE {table};"),
    ("destructive",
     "GRANT g_owner TO CURRENT_USER; SET ROLE g_owner; TRUNCATE {table};"),
    ("destructive", "TRUNCATE {table};"),
    ("destructive", "DELETE FROM {table};"),
    ("write", "INSERT INTO {table} (id) VALUES (1);"),
    ("write", "UPDATE {table} SET note = 'y';"),
    ("read", "SELECT id FROM {table};"),
]


def attempts_of(server, database):
    tables = TABLES if database == "app" else ["public.theirs", "public.shared"]
    found = [(l, s.format(folder=server.path), "") for l, s in SERVER_ATTEMPTS]
    for table in tables:
        found += [(l, s.format(table=table), table) for l, s in TABLE_ATTEMPTS]
    return found


def try_all(server, login, database):
    """Attempts that succeed, as the login or any role it may take."""
    roles = server.sql("SELECT rolname FROM pg_roles").stdout.split()
    script, attempts = [], attempts_of(server, database)
    for role in [login, *(r for r in roles if r != login)]:
        script += [f'SET ROLE "{role}";', "\\if :ERROR", "\\else"]
        for number, (_, statement, _) in enumerate(attempts):
            script += ["BEGIN;", statement, f"\\echo @ {number} :ERROR", "ROLLBACK;"]
        script += ["RESET ROLE;", "\\endif"]
    output = server.sql("\n".join(script), login, database).stdout
    good = {int(n) for n in re.findall(r"^@ (\d+) false$", output, re.M)}
    return [attempts[number] for number in good]


def tries_outside_transactions(server, login):
    levels = []
    if server.sql("CREATE DATABASE t_made", login).returncode == 0:
        made = server.sql("SELECT 1 FROM pg_database WHERE datname = 't_made'")
        if made.stdout.strip():
            levels.append("write")
            server.sql("DROP DATABASE t_made")
    server.sql("DROP DATABASE victim", login)
    there = server.sql("SELECT 1 FROM pg_database WHERE datname = 'victim'")
    if not there.stdout.strip():
        levels.append("destructive")
        server.sql("CREATE DATABASE victim OWNER t_dbowner")
    copied = server.sql("IDENTIFY_SYSTEM;", login, "app", "replication=database")
    if copied.stdout.strip():
        levels.append("read")
    return levels


CATALOGS = ("pg_authid", "pg_auth_members", "pg_database", "pg_class", "pg_namespace")


def state(server):
    """Everything a statement could have changed.  pg_dumpall takes servers up to
    its own version; of newer ones the rows of catalogues with the transactions
    that made them."""
    if server.is_newer:
        return [server.sql(f"SELECT xmin, * FROM {name} ORDER BY oid", database=it)
                .stdout for name in CATALOGS for it in ("postgres", "app")]
    dump = program("/usr/lib/postgresql/*/bin/pg_dumpall", "pg_dumpall")
    run = quiet(
        [dump, "-h", "127.0.0.1", "-p", str(server.port), "-U", "postgres"],
        env=server.environment(),
    )
    return re.sub(r"(?m)^\\(un)?restrict .*$", "", run.stdout)


def url(server, user, database="app", password=PASSWORD, more=""):
    return f"postgres://{user}:{password}@127.0.0.1:{server.port}/{database}{more}"


def compare_roles(server, comparison):
    before = state(server)
    said = {}
    for login in server.roles:
        said[login] = comparison.ask(
            "postgresql", url(server, login), "--allow-host", "127.0.0.1"
        )
    comparison.expect(state(server) == before, "PostgreSQL: asking changed something")
    logged = server.log.read_text()
    for line in re.findall(r"^overreach\|LOG: +(?:statement|execute \S+): (.*)", logged, re.M):
        is_read_only = re.match(
            r"BEGIN READ ONLY$|ROLLBACK$|SET LOCAL |SELECT |SHOW |\s*$", line
        )
        comparison.expect(is_read_only, f"PostgreSQL: it sent {line}")
    comparison.expect("overreach|LOG" in logged, "PostgreSQL: nothing was logged")
    for login in server.roles:
        done = try_all(server, login, "app")
        levels = [level for level, _, _ in done]
        levels += [level for level, _, _ in try_all(server, login, "other")]
        levels += tries_outside_transactions(server, login)
        truth = highest(levels)
        comparison.compare(login, said[login], truth, login in UNTELLABLE)
        if truth in ("root", "none") or not said[login]:
            continue
        for operation, words in (
            ("DROP TABLE", ("DROP TABLE",)),
            ("TRUNCATE or DELETE", ("TRUNCATE", "DELETE")),
        ):
            truth_names = {t for _, s, t in done if t and s.split("; ")[-1].startswith(words)}
            if said[login]["reach"]["evidence"] != "assumed":
                comparison.compare_names(login, said[login], operation, truth_names)


def compare_logins(server, comparison):
    cases = [
        ("wrong password", url(server, "t_reader", password="k7Tq2mVx9Zp5"), False),
        ("unknown user", url(server, "t_nobody"), False),
        ("unknown database", url(server, "t_reader", "nowhere"), True),
        ("no right to connect", url(server, "t_reader", "locked"), True),
        ("may not log in", url(server, "t_nologin"), True),
        ("with TLS", url(server, "t_reader", more="?sslmode=require"), True),
        ("without TLS", url(server, "t_reader", more="?sslmode=disable"), True),
    ]
    server.sql(
        "CREATE DATABASE locked; REVOKE CONNECT ON DATABASE locked FROM PUBLIC;"
        f"CREATE ROLE t_nologin PASSWORD '{PASSWORD}';"
    )
    for name, target, live in cases:
        said = comparison.ask("postgresql", target, "--allow-host", "127.0.0.1")
        if said is not None:
            comparison.expect(
                said["live"] is live,
                f"PostgreSQL: {name}: live {said['live']}, expected {live}"
                f" {said['problems']}",
            )
    refused = comparison.ask("postgresql", url(server, "t_reader"))
    comparison.expect(
        refused and refused["live"] is None, "PostgreSQL: asked without --allow-host"
    )


def run(comparison, binaries=None):
    """`binaries`: of a newer server than Debian's."""
    newer = binaries is not None
    if not newer:
        found = program("/usr/lib/postgresql/*/bin/initdb")
        binaries = found.removesuffix("/initdb")
    with running(Postgres, binaries) as server:
        server.is_newer = newer
        server.roles = ROLES | (dict.fromkeys(ROLES_16, "") if newer else {})
        roles = "".join(
            f"CREATE ROLE {name} LOGIN PASSWORD '{PASSWORD}' {what};\n"
            for name, what in server.roles.items()
        )
        server.sql(SETUP.format(roles=roles))
        if newer:
            server.sql(";\n".join(ROLES_16.values()))
        server.sql(SETUP_APP, database="app")
        server.sql(SETUP_OTHER, database="other")
        compare_roles(server, comparison)
        compare_logins(server, comparison)
