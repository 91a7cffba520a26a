"""MariaDB: accounts from all privileges to none, with and without roles."""

import re

from common import highest
from servers import PASSWORD, MariaDb, running

ACCOUNTS = {
    "t_root": "GRANT ALL ON *.* TO {u} WITH GRANT OPTION",
    "t_all": "GRANT ALL ON *.* TO {u}",
    "t_super": "GRANT SUPER, PROCESS, RELOAD, SHUTDOWN ON *.* TO {u}",
    "t_createuser": "GRANT CREATE USER ON *.* TO {u}",
    "t_grantor": "GRANT SELECT ON *.* TO {u} WITH GRANT OPTION",
    "t_file": "GRANT FILE ON *.* TO {u}",
    "t_dball": "GRANT ALL ON app.* TO {u}",
    "t_drop": "GRANT SELECT, DROP ON app.* TO {u}",
    "t_alter": "GRANT SELECT, ALTER ON app.* TO {u}",
    "t_delete_table": "GRANT SELECT, DELETE ON app.orders TO {u}",
    "t_delete_all": "GRANT DELETE ON *.* TO {u}",
    "t_writer": "GRANT SELECT, INSERT, UPDATE ON app.* TO {u}",
    "t_colwriter": "GRANT SELECT (id), UPDATE (note) ON app.orders TO {u}",
    "t_creator": "GRANT CREATE ON app.* TO {u}",
    "t_reader": "GRANT SELECT ON app.* TO {u}",
    "t_table_reader": "GRANT SELECT ON app.orders TO {u}",
    "t_read_all": "GRANT SELECT ON *.* TO {u}",
    "t_repl": "GRANT REPLICATION SLAVE, BINLOG MONITOR ON *.* TO {u}",
    "t_monitor": "GRANT PROCESS ON *.* TO {u}",
    "t_execute": "GRANT EXECUTE ON app.* TO {u}",
    "t_default_role": "GRANT r_admin TO {u}; SET DEFAULT ROLE r_admin FOR {u}",
    "t_role": "GRANT r_admin TO {u}",
    "t_two_roles": "GRANT r_reader TO {u}; GRANT r_writer TO {u}",
    "t_nested_role": "GRANT r_outer TO {u}",
    "t_none": "GRANT USAGE ON *.* TO {u}",
}
UNTELLABLE = {"t_execute"}  # what the procedures do is another question
ROLES = ["r_admin", "r_reader", "r_writer", "r_outer"]

SETUP = """
CREATE ROLE r_admin; GRANT ALL ON app.* TO r_admin;
CREATE ROLE r_reader; GRANT SELECT ON app.* TO r_reader;
CREATE ROLE r_writer; GRANT INSERT ON app.* TO r_writer;
CREATE ROLE r_outer; GRANT r_admin TO r_outer;
{accounts}
"""
# What the attempts may have destroyed.
RENEW = """
DROP DATABASE IF EXISTS app; CREATE DATABASE app;
CREATE TABLE app.orders (id int, note text);
INSERT INTO app.orders SELECT seq, 'x' FROM app.orders RIGHT JOIN
  (SELECT 1 AS seq UNION SELECT 2) s ON false;
DROP USER IF EXISTS t_new;
CREATE PROCEDURE app.clean() SQL SECURITY DEFINER DELETE FROM app.orders;
"""
ATTEMPTS = [
    ("root", "CREATE USER t_new IDENTIFIED BY 'x'"),
    ("root", "GRANT SELECT ON *.* TO t_none"),
    ("root", "SET GLOBAL slow_launch_time = 3"),
    ("root", "SELECT 1 INTO OUTFILE '{folder}/data/{number}'"),
    ("write", "INSERT INTO app.orders (id) VALUES (1)"),
    ("write", "UPDATE app.orders SET note = 'y'"),
    ("write", "CREATE TABLE app.new_table (id int)"),
    ("read", "SELECT id FROM app.orders"),
    ("destructive", "DELETE FROM app.orders"),
    ("destructive", "CALL app.clean()"),
    ("destructive", "ALTER TABLE app.orders DROP COLUMN note"),
    ("destructive", "TRUNCATE app.orders"),
    ("destructive", "DROP TABLE app.orders"),
    ("destructive", "DROP DATABASE app"),
]


def try_all(server, account, number):
    """Each attempt as the account alone and with each role it may take."""
    levels = []
    for role in ["", *ROLES]:
        begin = f"SET ROLE {role}; " if role else ""
        if role and server.sql(begin, account).returncode != 0:
            continue
        server.admin(RENEW)
        for level, attempt in ATTEMPTS:
            text = attempt.format(folder=server.path, number=f"{number}{role}")
            if server.sql(begin + text, account).returncode == 0:
                levels.append(level)
    server.admin(RENEW + "SET GLOBAL slow_launch_time = 2")
    return levels


def url(server, user, password=PASSWORD, more=""):
    return f"mysql://{user}:{password}@127.0.0.1:{server.port}/app{more}"


def ask(server, comparison, user, **more):
    return comparison.ask(
        "mysql", url(server, user, **more), "--allow-host", "127.0.0.1"
    )


def state(server):
    tables = "SELECT * FROM mysql.global_priv ORDER BY 1, 2; SELECT * FROM app.orders"
    return server.admin(tables).stdout


def check_log(server, comparison):
    """Nothing but reading was sent; setup and attempts come before and after."""
    sent = re.findall(r"\tQuery\t(.*)|^\s*\d+ Query\t(.*)", server.log.read_text(), re.M)
    allowed = re.compile(
        r"SET SESSION (TRANSACTION READ ONLY|max_statement_time|max_execution_time)"
        r"|SET ROLE |SET NAMES|SHOW GRANTS|SELECT |FROM |WHERE |GROUP BY |$"
    )
    for line in ("".join(groups) for groups in sent):
        comparison.expect(allowed.match(line), f"MariaDB: it sent {line}")
    comparison.expect(len(sent) > 100, "MariaDB: nothing was logged")


def compare_logins(server, comparison):
    server.admin(
        f"CREATE USER t_locked IDENTIFIED BY '{PASSWORD}' ACCOUNT LOCK;"
        f"CREATE USER t_expired IDENTIFIED BY '{PASSWORD}' PASSWORD EXPIRE;"
    )
    cases = [
        ("wrong password", "t_reader", {"password": "k7Tq2mVx9Zp5"}, False),
        ("unknown user", "t_nobody", {}, False),
        ("no TLS there", "t_reader", {"more": "?ssl-mode=REQUIRED"}, None),
        ("TLS not wanted", "t_reader", {"more": "?ssl-mode=DISABLED"}, True),
        ("locked", "t_locked", {}, True),
        ("expired", "t_expired", {}, True),
    ]
    for name, user, more, live in cases:
        said = ask(server, comparison, user, **more)
        if said is not None:
            comparison.expect(
                said["live"] is live,
                f"MariaDB: {name}: live {said['live']}, expected {live}"
                f" {said['problems']}",
            )


def compare_tls(comparison):
    with running(MariaDb, tls=True) as server:
        server.admin(
            f"CREATE USER t_tls IDENTIFIED BY '{PASSWORD}' REQUIRE SSL;"
            "GRANT ALL ON *.* TO t_tls"
        )
        for mode, live in (("REQUIRED", True), ("PREFERRED", True), ("DISABLED", False)):
            said = ask(server, comparison, "t_tls", more=f"?ssl-mode={mode}")
            comparison.expect(
                said and said["live"] is live, f"MariaDB: TLS {mode}: not {live}"
            )


def run(comparison):
    compare_tls(comparison)
    with running(MariaDb) as server:
        accounts = "".join(
            f"CREATE USER {name}@'%' IDENTIFIED BY '{PASSWORD}';\n"
            + grant.format(u=f"{name}@'%'")
            + ";\n"
            for name, grant in ACCOUNTS.items()
        )
        server.admin(RENEW + SETUP.format(accounts=accounts))
        before = state(server)
        server.log.write_text("")
        said = {name: ask(server, comparison, name) for name in ACCOUNTS}
        check_log(server, comparison)
        comparison.expect(state(server) == before, "MariaDB: asking changed something")
        comparison.expect(
            not re.search(r"\*[0-9A-F]{40}", str(said)),
            "MariaDB: a hash stands in a report",
        )
        for number, name in enumerate(ACCOUNTS):
            truth = highest(try_all(server, name, number))
            comparison.compare(name, said[name], truth, name in UNTELLABLE)
        compare_logins(server, comparison)
