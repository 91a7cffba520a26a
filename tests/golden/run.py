#!/usr/bin/env python3
"""Runs end-to-end tests: one text file = input, command, expected output.

    run.py OVERREACH TEST...        UPDATE_GOLDEN=1 rewrites what is expected

A test begins with `# what it shows`; then come sections, in any number and
run in the order they stand:

    === file PATH     a file with the lines up to the next section
    === tree NAME     the files of fixtures/trees/NAME
    === run           shell lines that prepare (git init, chmod, printf ...)
    === command       shell lines whose output is compared
    === stdout        what they print; missing means nothing
    === stderr        the same of standard error
    === status        exit status; missing means 0

A test starts in an empty folder, with an empty home, no Git configuration but
a name, and `overreach` on the PATH, beside it `crossings`, which prints those
that it finds in the folder.  `@@TOKEN rule-id seed@@` anywhere, in files of a
tree as well, stands for the secret of a rule's generated example, so that no
token lies in a file of ours; in output the token is turned back.  `@@B64 text@@` stands for the
text in base64, which may hold tokens.  What differs from run to run is replaced
before comparing: [DIR], [VERSION], [SECONDS].  An expected `[..]` stands for
any text within its line.
"""
import base64
import difflib
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TREES = os.path.join(HERE, "..", "..", "fixtures", "trees")
SECTION = re.compile(
    r"=== (file .+|tree [a-z0-9-]+|run|command|stdout|stderr|status)$")
TOKEN = re.compile(r"@@TOKEN ([a-z0-9-]+) ([0-9]+)@@")
BASE64 = re.compile(r"@@B64 (.*?)@@")
TIMEOUT_S = 120


class BadTest(Exception):
    pass


def parse(text):
    """(lines before the first section, [(header, text)])."""
    head, sections = [], []
    for line in text.splitlines(keepends=True):
        if line.startswith("=== "):
            if not SECTION.match(line.rstrip("\n")):
                raise BadTest(f"unknown section: {line.rstrip()}")
            sections.append([line.rstrip("\n")[4:], ""])
        elif sections:
            sections[-1][1] += line
        else:
            head.append(line)
    if not head or not head[0].startswith("# "):
        raise BadTest("does not begin with `# what it shows`")
    if [name for name, _ in sections].count("command") != 1:
        raise BadTest("needs exactly one `=== command`")
    return "".join(head), sections


class Sandbox:
    """A folder, a home and an environment of their own."""

    def __init__(self, binary, folder):
        self.binary = binary
        self.folder = os.path.join(folder, "work")
        home = os.path.join(folder, "home")
        programs = os.path.join(folder, "bin")
        for path in (self.folder, home, programs):
            os.mkdir(path)
        os.symlink(binary, os.path.join(programs, "overreach"))
        os.symlink(os.path.join(HERE, "crossings"),
                   os.path.join(programs, "crossings"))
        kept = {name: value for name, value in os.environ.items()
                if name.endswith("SAN_OPTIONS") or "SYMBOLIZER" in name}
        self.environment = kept | {
            "PATH": programs + ":/usr/local/bin:/usr/bin:/bin",
            "HOME": home, "TMPDIR": folder, "LC_ALL": "C.UTF-8", "TZ": "UTC",
            "GIT_CONFIG_NOSYSTEM": "1", "GIT_CEILING_DIRECTORIES": folder,
        }
        for who in ("AUTHOR", "COMMITTER"):
            self.environment |= {
                f"GIT_{who}_NAME": "Test", f"GIT_{who}_EMAIL": "t@example.com",
                f"GIT_{who}_DATE": "2024-01-02T03:04:05Z"}
        with open(os.path.join(home, ".gitconfig"), "w") as config:
            config.write("[init]\n\tdefaultBranch = main\n")
        self.tokens = {}  # secret -> how the test writes it

    def version(self):
        made = subprocess.run([self.binary, "--version"], capture_output=True,
                              text=True, timeout=TIMEOUT_S)
        return made.stdout.split()[-1] if made.stdout.split() else "?"

    def fill(self, text):
        def token(match):
            made = subprocess.run(
                [self.binary, "rules", "show", match[1], "--example", match[2]],
                capture_output=True, text=True, timeout=TIMEOUT_S)
            if made.returncode != 0:
                raise BadTest(f"{match[0]}: {made.stderr.strip()}")
            secret = made.stdout.rstrip("\n")
            self.tokens[secret] = match[0]
            return secret
        return BASE64.sub(
            lambda match: base64.b64encode(match[1].encode()).decode(),
            TOKEN.sub(token, text))

    def write(self, path, text):
        full = os.path.join(self.folder, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8", newline="") as file:
            file.write(self.fill(text))

    def plant(self, name):
        root = os.path.join(TREES, name)
        if not os.path.isdir(root):
            raise BadTest(f"no tree {name}")
        for folder, _, files in os.walk(root):
            for file in files:
                path = os.path.join(folder, file)
                with open(path, encoding="utf-8", newline="") as text:
                    self.write(os.path.relpath(path, root), text.read())

    def shell(self, text):
        return subprocess.run(
            ["/bin/bash", "-c", self.fill(text)], cwd=self.folder,
            env=self.environment, stdin=subprocess.DEVNULL,
            capture_output=True, timeout=TIMEOUT_S)

    def stable(self, output):
        """Output with what differs from run to run replaced."""
        text = output.decode("utf-8", errors="backslashreplace")
        for secret, written in sorted(self.tokens.items(), reverse=True):
            text = text.replace(secret, written)
        text = text.replace(self.folder, "[DIR]")
        text = re.sub(r"\b\d+\.\d+ s\b", "[SECONDS] s", text)
        text = re.sub(r'("seconds": ?)[0-9.e+-]+', r"\1[SECONDS]", text)
        text = re.sub(r'("started": ?)"[^"]*"', r'\1"[TIME]"', text)
        version = re.escape(self.version())
        text = re.sub(rf"\b(overreach ){version}\b", r"\1[VERSION]", text)
        text = re.sub(rf'(ersion": ?)"{version}"', r'\1"[VERSION]"', text)
        return text if not text or text.endswith("\n") else text + "\n"


def agrees(expected, actual):
    pattern = r"[^\n]*".join(map(re.escape, expected.split("[..]")))
    return re.fullmatch(pattern, actual) is not None


def run(binary, sections):
    """{"stdout": ..., "stderr": ..., "status": ...} of the command."""
    with tempfile.TemporaryDirectory(prefix="golden.") as folder:
        sandbox = Sandbox(binary, os.path.realpath(folder))
        for name, text in sections:
            if name.startswith("file "):
                sandbox.write(name[len("file "):], text)
            elif name.startswith("tree "):
                sandbox.plant(name[len("tree "):])
            elif name == "run":
                done = sandbox.shell("set -e\n" + text)
                if done.returncode != 0:
                    raise BadTest("=== run failed: "
                                  + done.stderr.decode(errors="replace"))
            elif name == "command":
                done = sandbox.shell(text)
                return {"stdout": sandbox.stable(done.stdout),
                        "stderr": sandbox.stable(done.stderr),
                        "status": f"{done.returncode}\n"}
    raise BadTest("no command")


def updated(head, sections, actual):
    """The test's text with `actual` where it differs from what is expected."""
    text = head
    for name, old in sections:
        if name not in actual:
            text += f"=== {name}\n{old}"
    for name, new in actual.items():
        old = dict(sections).get(name, "")
        if agrees(old, new):
            new = old
        if new:
            text += f"=== {name}\n{new}"
    return text


def check(binary, path):
    with open(path, encoding="utf-8", newline="") as file:
        text = file.read()
    head, sections = parse(text)
    actual = run(binary, sections)
    expected = {"stdout": "", "stderr": "", "status": "0\n"}
    expected |= {name: old for name, old in sections if name in expected}
    wrong = [name for name in actual if not agrees(expected[name], actual[name])]
    if not wrong:
        return True
    if os.environ.get("UPDATE_GOLDEN") == "1":
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(updated(head, sections, actual))
        print(f"{path}: updated")
        return True
    print(f"{path}: {head.splitlines()[0][2:]}")
    for name in wrong:
        sys.stdout.writelines(difflib.unified_diff(
            expected[name].splitlines(keepends=True),
            actual[name].splitlines(keepends=True),
            f"{name} expected", f"{name} now"))
    print("UPDATE_GOLDEN=1 ./dev test golden rewrites what is expected")
    return False


def main():
    binary = os.path.realpath(sys.argv[1])
    good = True
    for path in sys.argv[2:]:
        try:
            good = check(binary, path) and good
        except (BadTest, subprocess.TimeoutExpired) as error:
            print(f"{path}: {error}")
            good = False
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
