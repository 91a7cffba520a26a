"""RabbitMQ: users by tag, asked over the management API."""

from common import highest
from servers import PASSWORD, RabbitMq, running

# Tags, and the permissions on the virtual host `app`.
USERS = {
    "t_admin": ("administrator", (".*", ".*", ".*")),
    "t_admin_bare": ("administrator", None),
    "t_policymaker": ("policymaker", ("^$", "^$", "^$")),
    "t_monitoring": ("monitoring", ("^$", "^$", ".*")),
    "t_management": ("management", (".*", ".*", ".*")),
    "t_reader": ("management", ("^$", "^$", ".*")),
    "t_untagged": ("", (".*", ".*", ".*")),
}
# Only administrators may read their own permissions.
UNTELLABLE = {"t_monitoring", "t_management", "t_reader", "t_untagged"}
GOOD = (200, 201, 204)
ATTEMPTS = [
    ("root", "PUT", "/api/users/t_new", {"password": "x", "tags": ""}),
    ("destructive", "DELETE", "/api/vhosts/spare", None),
    ("destructive", "PUT", "/api/policies/app/p",
     {"pattern": "^q", "definition": {"expires": 600000}, "apply-to": "queues"}),
    ("destructive", "DELETE", "/api/queues/app/q", None),
    ("write", "POST", "/api/exchanges/app/amq.default/publish",
     {"properties": {}, "routing_key": "q", "payload": "x",
      "payload_encoding": "string"}),
    ("read", "POST", "/api/queues/app/q/get",
     {"count": 1, "ackmode": "ack_requeue_true", "encoding": "auto"}),
    ("read", "GET", "/api/queues/app", None),
]  # fmt: skip


def renew(server):
    def admin(method, path, body=None):
        server.http(method, path, "guest", body, "guest")

    admin("PUT", "/api/vhosts/spare")
    admin("PUT", "/api/vhosts/app")
    admin("PUT", "/api/permissions/app/guest",
          {"configure": ".*", "write": ".*", "read": ".*"})  # fmt: skip
    admin("DELETE", "/api/users/t_new")
    admin("DELETE", "/api/policies/app/p")
    admin("PUT", "/api/queues/app/q", {"durable": True})


def ask(server, comparison, user, password=PASSWORD):
    """The URL has another port than the management API."""
    return comparison.ask(
        "rabbitmq",
        f"amqp://{user}:{password}@127.0.0.1:5672/app",
        "--endpoint",
        f"rabbitmq=http://127.0.0.1:{server.port}",
    )


def run(comparison):
    with running(RabbitMq) as server:
        renew(server)
        for user, (tags, permissions) in USERS.items():
            server.http(
                "PUT", f"/api/users/{user}", "guest",
                {"password": PASSWORD, "tags": tags}, "guest",
            )  # fmt: skip
            if permissions:
                keys = ("configure", "write", "read")
                server.http(
                    "PUT", f"/api/permissions/app/{user}", "guest",
                    dict(zip(keys, permissions)), "guest",
                )  # fmt: skip
        said = {user: ask(server, comparison, user) for user in USERS}
        for user in USERS:
            renew(server)
            levels = [
                level
                for level, method, path, body in ATTEMPTS
                if server.http(method, path, user, body) in GOOD
            ]
            comparison.compare(user, said[user], highest(levels), user in UNTELLABLE)
        wrong = ask(server, comparison, "t_admin", "k7Tq2mVx9Zp5")
        comparison.expect(
            wrong["live"] is False,
            f"RabbitMQ: a wrong password is not dead {wrong['problems']}",
        )
