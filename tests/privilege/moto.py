#!/usr/bin/env python3
"""moto.py OVERREACH MOTO_SERVER

Starts moto with enforced policies, makes users and a role with all kinds of
policies, asks `overreach check aws` about each key, and lets each key try on
throw-away resources what the verdict is about.  moto does not enforce
conditions, boundaries and DryRun of everything, so those stand in
iam_simulate.sh instead.
"""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

REGION = "us-east-1"
SELF = [
    {"Effect": "Allow", "Action": ["iam:Get*", "iam:List*"], "Resource": "*"}
]


def allow(action, resource="*"):
    return {"Effect": "Allow", "Action": action, "Resource": resource}


def deny(action, resource="*"):
    return {"Effect": "Deny", "Action": action, "Resource": resource}


# name -> (how the policy is given, statements, may read IAM, level said)
USERS = {
    "admin_inline": ("inline", [allow("*")], "root"),
    "admin_attached": ("attached", [allow("*")], "root"),
    "admin_group": ("group", [allow("*")], "root"),
    "admin_group_attached": ("group_attached", [allow("*")], "root"),
    "admin_v2": ("version", [allow("*")], "root"),
    "power": (
        "inline",
        SELF + [{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}],
        "destructive",
    ),
    "attacher": (
        "inline", SELF + [allow("iam:AttachUserPolicy")], "root"),
    "putter": ("inline", SELF + [allow("iam:PutUserPolicy")], "root"),
    "s3_all": ("inline", SELF + [allow("s3:*")], "destructive"),
    "s3_one": (
        "inline",
        SELF + [allow("s3:*", ["arn:aws:s3:::mine", "arn:aws:s3:::mine/*"])],
        "destructive",
    ),
    "s3_undeleting": (
        "inline",
        SELF + [allow("s3:*"), deny(["s3:Delete*", "s3:PutLifecycle*"])],
        "write",
    ),
    "s3_put": (
        "inline", SELF + [allow("s3:PutObject", "arn:aws:s3:::*")], "write"),
    "s3_read": (
        "inline", SELF + [allow(["s3:Get*", "s3:List*"])], "read"),
    "dynamo": ("inline", SELF + [allow("dynamodb:*")], "destructive"),
    "ec2_read": ("attached", SELF + [allow("ec2:Describe*")], "read"),
    "blind": ("inline", [allow("s3:*")], "unknown"),
    "nothing": ("none", [], "unknown"),
    "denied": ("inline", [allow("*"), deny("*")], "unknown"),
}


def document(statements):
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


class Server:
    def __init__(self, program):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen(
            [program, "-H", "127.0.0.1", "-p", str(self.port)],
            env=dict(os.environ, AWS_ACCESS_KEY_ID="x",
                     AWS_SECRET_ACCESS_KEY="x"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(120):
            try:
                urllib.request.urlopen(self.url + "/moto-api/")
                return
            except OSError:
                time.sleep(0.25)
        raise SystemExit("moto does not answer")

    def client(self, service, key=("x", "x")):
        return boto3.client(
            service,
            endpoint_url=self.url,
            region_name=REGION,
            aws_access_key_id=key[0],
            aws_secret_access_key=key[1],
            aws_session_token=key[2] if len(key) > 2 else None,
            config=Config(retries={"max_attempts": 1},
                          s3={"addressing_style": "path"}),
        )

    def enforce(self):
        request = urllib.request.Request(
            self.url + "/moto-api/reset-auth", data=b"0",
            headers={"Content-Type": "text/plain"}, method="POST",
        )
        urllib.request.urlopen(request).read()


def give(iam, name, way, statements):
    text = document(statements)
    if way == "inline":
        iam.put_user_policy(
            UserName=name, PolicyName="p", PolicyDocument=text)
    elif way in ("attached", "version"):
        first = text if way == "attached" else document([allow("s3:Get*")])
        arn = iam.create_policy(
            PolicyName=name, PolicyDocument=first)["Policy"]["Arn"]
        if way == "version":
            iam.create_policy_version(
                PolicyArn=arn, PolicyDocument=text, SetAsDefault=True)
        iam.attach_user_policy(UserName=name, PolicyArn=arn)
    elif way.startswith("group"):
        iam.create_group(GroupName=name)
        iam.add_user_to_group(GroupName=name, UserName=name)
        if way == "group":
            iam.put_group_policy(
                GroupName=name, PolicyName="p", PolicyDocument=text)
        else:
            arn = iam.create_policy(
                PolicyName=name, PolicyDocument=text)["Policy"]["Arn"]
            iam.attach_group_policy(GroupName=name, PolicyArn=arn)


def make(server):
    iam = server.client("iam")
    keys = {}
    for name, (way, statements, _) in USERS.items():
        iam.create_user(UserName=name, Path="/ops/")
        give(iam, name, way, statements)
        key = iam.create_access_key(UserName=name)["AccessKey"]
        keys[name] = (key["AccessKeyId"], key["SecretAccessKey"])
    s3, dynamodb = server.client("s3"), server.client("dynamodb")
    for bucket in ["mine", "production-backups"]:
        s3.create_bucket(Bucket=bucket)
    dynamodb.create_table(
        TableName="orders",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
    )
    return keys


def may(call, **arguments):
    """Whether the policies let it; an error behind them counts as yes."""
    try:
        call(**arguments)
    except ClientError as error:
        code = error.response["Error"]["Code"]
        return code not in ("AccessDenied", "AccessDeniedException", "403",
                            "UnauthorizedOperation")
    return True


def tries(server, key):
    """What the key can really do; on things that do not exist, or are spare."""
    s3, iam = server.client("s3", key), server.client("iam", key)
    dynamodb = server.client("dynamodb", key)
    return {
        "iam:AttachUserPolicy": may(
            iam.attach_user_policy, UserName="nobody",
            PolicyArn="arn:aws:iam::aws:policy/None"),
        "iam:PutUserPolicy": may(
            iam.put_user_policy, UserName="nobody", PolicyName="p",
            PolicyDocument=document([allow("s3:Get*")])),
        "dynamodb:DeleteTable": may(dynamodb.delete_table, TableName="absent"),
        "s3:DeleteObject": may(s3.delete_object, Bucket="mine", Key="absent"),
        "other s3:DeleteObject": may(
            s3.delete_object, Bucket="production-backups", Key="absent"),
        "s3:PutObject": may(s3.put_object, Bucket="mine", Key="k", Body=b""),
        "s3:ListBuckets": may(s3.list_buckets),
    }


def level_of(done):
    if done["iam:AttachUserPolicy"] or done["iam:PutUserPolicy"]:
        return "root"
    if any(done[action] for action in done if "Delete" in action):
        return "destructive"
    if done["s3:PutObject"]:
        return "write"
    return "read"


def check(program, server, key):
    text = (f"AWS_ACCESS_KEY_ID={key[0]}\nAWS_SECRET_ACCESS_KEY={key[1]}\n")
    done = subprocess.run(
        [program, "check", "aws", "-f", "json",
         "--endpoint", f"aws={server.url}"],
        input=text, capture_output=True, text=True, timeout=120)
    try:
        credential = json.loads(done.stdout)["credentials"][0]
    except (ValueError, IndexError, KeyError):
        raise SystemExit(f"exit {done.returncode}: {done.stdout}{done.stderr}")
    if key[1] in done.stdout + done.stderr:
        raise SystemExit("the secret is printed")
    return credential


def compare(name, said, done, problems):
    reach = said["reach"]
    expected = USERS[name][2]
    powers = {power["operation"] for power in reach["powers"]}
    if reach["level"] != expected:
        problems.append(f"{name}: {reach['level']}, expected {expected}:"
                        f" {reach['why']}")
    if said["live"] is not True:
        problems.append(f"{name}: live is {said['live']}")
    if expected == "unknown":
        return 2
    if level_of(done) != expected:
        problems.append(f"{name}: moto lets it do {done}")
    deletes = done["s3:DeleteObject"] or done["other s3:DeleteObject"]
    for operation, can in (
        ("s3:DeleteObject", deletes),
        ("dynamodb:DeleteTable", done["dynamodb:DeleteTable"]),
    ):
        if (operation in powers) != can:
            problems.append(f"{name}: {operation} in powers, really {can}")
    return 5


def main():
    program = sys.argv[1]
    server = Server(sys.argv[2])
    problems, compared = [], 0
    try:
        keys = make(server)
        server.enforce()
        if may(server.client("s3", keys["nothing"]).list_buckets):
            raise SystemExit("moto does not enforce policies")
        for name, key in keys.items():
            said = check(program, server, key)
            compared += compare(name, said, tries(server, key), problems)
        admin = keys["admin_inline"]
        for key in (("AKIA" + "A2B3C4D5E6F7G2H3", admin[1]),
                    (admin[0], admin[1][::-1])):
            compared += 1
            if check(program, server, key)["live"] is not False:
                problems.append("a key that is none is not dead")
    finally:
        server.process.terminate()
    for problem in problems:
        print(problem)
    print(f"{compared} compared, {len(problems)} differ")
    return 1 if problems or not compared else 0


if __name__ == "__main__":
    sys.exit(main())
