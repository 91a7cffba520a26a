#!/usr/bin/env python3
"""Measures overreach beside ripgrep, git and every peer on the PATH.

    bench.py --binary OVERREACH --trees FOLDER [WORK...] [--runs N]

WORK: tree, packages, staged, empty, history, accuracy; `all` (the default) is
the first four; history reads whole repositories, accuracy scores labelled
lines.  FOLDER holds (or gets) linux-source-6.1, packages, linux-git and
histories.  Prints Markdown: one table a work, every figure of a table from the
same interleaved runs, warm cache.  Ratios between rows mean something on any machine, seconds
only on this one.  A tool is run with all its rules and without asking
providers, and writes its report to a file.  It is no test: it never fails for
being slow.
"""
import argparse
import collections
import datetime
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

import histories
import privileges

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
CORES = len(os.sched_getaffinity(0))  # every tool may use all of them
ABSENT = "overreach_bench_absent_literal"  # this file is in no measured tree
PACKAGES = """next@14 react react-dom typescript webpack @angular/core
    @angular/compiler vue jquery lodash moment d3 three @aws-sdk/client-s3
    @octokit/openapi monaco-editor chart.js mathjax swagger-ui-dist bootstrap
    antd @mui/material @fortawesome/fontawesome-free echarts highcharts
    plotly.js-dist-min""".split()


def say(text):
    print("bench:", text, file=sys.stderr, flush=True)


def die(text):
    say(text)
    sys.exit(2)


# --- How each tool is run and its findings counted. ---

def text_of(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


def json_list(report):
    return len(json.loads(text_of(report) or "[]") or [])


def json_lines(key):
    def count(report):
        return sum(key in json.loads(line) for line in
                   text_of(report).splitlines() if line.startswith("{"))
    return count


def text_lines(report):
    return len(text_of(report).splitlines())


def overreach_findings(report):
    return len(json.loads(text_of(report))["credentials"])


def detect_secrets_findings(report):
    found = json.loads(text_of(report))["results"]
    return sum(map(len, found.values()))


def credsweeper_findings(report):
    return json_list(report) if os.path.exists(report) else 0  # none, no file


# In commands: {target} what is read, {report} the report, {files} what is
# staged.  `stdout`: the report is what it prints.  `staged` runs in the
# repository; None where a tool has nothing to offer.
Tool = collections.namedtuple(
    "Tool", "name tree staged count version stdout", defaults=[None, False])

PEERS = [
    Tool("gitleaks",
         "gitleaks dir {target} -f json -r {report} --no-banner --exit-code 0",
         "gitleaks git --staged --pre-commit -f json -r {report} --no-banner"
         " --exit-code 0 .", json_list, "gitleaks version"),
    Tool("betterleaks",
         "betterleaks dir {target} -f json -r {report} --no-banner"
         " --exit-code 0 --validation=false",
         "betterleaks git --staged --pre-commit -f json -r {report}"
         " --no-banner --exit-code 0 --validation=false .", json_list,
         "betterleaks version"),
    Tool("trufflehog",
         "trufflehog filesystem {target} --no-verification --no-update --json",
         "trufflehog git file://. --since-commit HEAD --no-verification"
         " --no-update --json", json_lines("DetectorName"),
         "trufflehog --version", True),
    Tool("kingfisher",
         "kingfisher scan {target} --git-history none --no-validate"
         " --no-update-check -f jsonl -o {report}",
         "kingfisher scan . --staged --no-validate --no-update-check"
         " -f jsonl -o {report}", json_lines("finding"),
         "kingfisher --version"),
    Tool("titus", "titus scan {target} --output :memory: --format json", None,
         json_list, "titus version", True),
    Tool("ripsecrets", "ripsecrets {target}",
         "ripsecrets --strict-ignore {files}", text_lines,
         "ripsecrets --version", True),
    Tool("detect-secrets",
         "detect-secrets -C {target} scan --all-files --no-verify .",
         "detect-secrets scan --no-verify {files}", detect_secrets_findings,
         "detect-secrets --version", True),
    Tool("credsweeper",
         f"credsweeper --path {{target}} --jobs {CORES} --no-stdout"
         " --save-json {report}",
         "credsweeper --path {files} --no-stdout --save-json {report}",
         credsweeper_findings, "credsweeper --version"),
]


def own(binary):
    return Tool("overreach",
                binary + " scan {target} -f json -o {report}",
                binary + " scan --staged -f json -o {report}",
                overreach_findings, binary + " --version")


def without_crossings(binary):
    """What finding crossings costs: the same scan without."""
    kinds = " ".join(f"--skip {family}/*" for family in
                     ("agent", "backup", "ci", "env", "protect", "token"))
    return Tool("overreach, no crossings",
                binary + f" scan {{target}} -f json -o {{report}} {kinds}",
                None, overreach_findings, binary + " --version")


RIPGREP = Tool("ripgrep, one absent literal",
               f"rg -uuu -j{CORES} --no-messages {ABSENT} {{target}}", None,
               text_lines, "rg --version", True)
GIT = Tool("git diff --cached", None, "git diff --cached", None,
           "git --version", True)


def version(tool):
    name = tool.version.split()[0]
    done = subprocess.run(tool.version.split(), text=True, check=False,
                          stdin=subprocess.DEVNULL, capture_output=True)
    found = re.search(r"\d+\.\d+(\.\d+)?", done.stdout + done.stderr)
    if found:
        return found[0]
    if shutil.which("go"):  # what `go install` made knows no other version
        done = subprocess.run(["go", "version", "-m", shutil.which(name)],
                              text=True, check=False, capture_output=True)
        found = re.search(r"^\tmod\t\S+\tv(\S+)", done.stdout, re.M)
        if found:
            return found[1]
    return "unknown version"


# --- One run. ---

Run = collections.namedtuple("Run", "wall cpu rss_mb anon_mb status")


class TooSlow(Exception):
    pass


def status_kb(pid, field):
    try:
        with open(f"/proc/{pid}/status", encoding="ascii") as file:
            found = re.search(rf"^{field}:\s+(\d+) kB", file.read(), re.M)
        return int(found[1]) if found else 0
    except OSError:
        return 0


def start(argv, folder, output):
    with open(output, "wb") as out:
        return subprocess.Popen(argv, cwd=folder, stdin=subprocess.DEVNULL,
                                stdout=out, stderr=subprocess.DEVNULL,
                                start_new_session=True)


def measure(argv, folder, output, limit_s):
    """Runs argv once, undisturbed.  CPU and memory include its children."""
    def too_slow(*_):
        raise TooSlow

    begin = time.perf_counter()
    process = start(argv, folder, output)
    signal.signal(signal.SIGALRM, too_slow)
    signal.setitimer(signal.ITIMER_REAL, limit_s)
    try:
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
    except (TooSlow, KeyboardInterrupt):
        os.killpg(process.pid, signal.SIGKILL)
        os.wait4(process.pid, 0)
        raise
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        process.returncode = 0  # waited for above
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024,
               None, os.waitstatus_to_exitcode(status))


def measure_memory(argv, folder, output):
    """Peaks of (resident, anonymous) MB, sampled: it disturbs, so its time
    counts for nothing.  wait4's figure has our own memory as its floor, which
    is more than a small program has."""
    process = start(argv, folder, output)
    own_image = os.readlink("/proc/self/exe")
    rss = anon = 0
    begin = time.perf_counter()
    while os.waitpid(process.pid, os.WNOHANG)[0] == 0:
        try:
            if os.readlink(f"/proc/{process.pid}/exe") != own_image:
                rss = max(rss, status_kb(process.pid, "VmHWM"))
                anon = max(anon, status_kb(process.pid, "RssAnon"))
        except OSError:
            pass
        if time.perf_counter() - begin > 0.05:
            time.sleep(0.001)
    process.returncode = 0
    return rss / 1024, anon / 1024


# --- What is measured. ---

class Work:
    """One table: the same work done by every tool."""

    def __init__(self, name, title, base, folder, runs, **fields):
        self.name, self.title, self.base = name, title, base
        self.folder, self.runs, self.fields = folder, runs, fields

    def command(self, tool, report):
        text = tool.staged if self.name == "staged" else tool.tree
        if self.name == "history":
            text = histories.BASE.get(tool.name)
            text = text or histories.COMMANDS.get(tool.name)
        if not text:
            return None
        return [part.format(report=report, **self.fields)
                for part in text.split()]

    def measure(self, tools, peer_limit_s):
        """[(tool, runs or None when too slow, findings)], interleaved."""
        with tempfile.TemporaryDirectory(prefix="bench.") as scratch:
            return self.measure_in(scratch, tools, peer_limit_s)

    def measure_in(self, scratch, tools, peer_limit_s):
        jobs = []
        for tool in tools:
            name = re.sub(r"\W+", "-", tool.name)
            report = os.path.join(scratch, name + ".report")
            printed = report if tool.stdout else report + ".out"
            if tool.name in histories.BASE:
                printed = os.devnull
            argv = self.command(tool, report)
            if argv:
                jobs.append((tool, argv, printed, report, []))
        slow = set()
        measure(jobs[0][1], self.folder, jobs[0][2], 3600)  # warms the cache
        for tool, argv, printed, *_ in jobs:
            if tool.name == histories.AGAIN:
                measure(argv, self.folder, printed, 3600)  # leaves its state
        for number in range(self.runs):
            for tool, argv, printed, _, runs in jobs:
                if tool.name in slow:
                    continue
                say(f"{self.name} {number + 1}/{self.runs}: {tool.name}")
                peer = tool in PEERS
                try:
                    runs.append(measure(argv, self.folder, printed,
                                        peer_limit_s if peer else 3600))
                except TooSlow:
                    slow.add(tool.name)
        rows = []
        for tool, argv, printed, report, runs in jobs:
            if tool.name in slow:
                rows.append((tool, None, None, None))
                continue
            findings = None
            try:
                if tool.count:
                    findings = tool.count(report)
            except (OSError, ValueError, KeyError, TypeError):
                say(f"{tool.name} left no report that can be read: "
                    + " ".join(argv))
            memory = None
            if tool not in PEERS:  # short runs escape single samples
                memory = tuple(map(max, zip(*(
                    measure_memory(argv, self.folder, printed)
                    for _ in range(1 if runs[0].wall > 1 else 10)))))
            if tool.name == "overreach":
                self.check_own(report, runs)
            rows.append((tool, runs, findings, memory))
        return rows

    def check_own(self, report, runs):
        """A fast run that read nothing must not get into a table."""
        # 3: a clone may lack something on purpose.
        good = (0, 1, 3) if self.name == "history" else (0, 1)
        if any(run.status not in good for run in runs):
            die(f"overreach: exit status {runs[-1].status} in {self.name}")
        scanned = json.loads(text_of(report))["scanned"]
        read = scanned["blobs" if self.name == "history" else "files"]
        if read < 0.95 * self.fields["count"]:
            die(f"overreach read {read} files, not {self.fields['count']}")


def seconds(value):
    return f"{value:.2f}" if value >= 1 else f"{value:.3f}"


def table(work, rows, peer_limit_s):
    columns = ["tool", "wall s (min-max)", f"x {work.base}", "CPU s",
               "x CPU", "MB", "anonymous MB", "findings"]
    print(f"\n### {work.title}\n")
    print("| " + " | ".join(columns) + " |")
    print("|---" + "|---:" * (len(columns) - 1) + "|")
    base = None
    for tool, runs, findings, memory in rows:
        if runs is None:
            cells = [f"> {peer_limit_s:g}",
                     f"> {peer_limit_s / base[0]:.0f}"] + [""] * 5
        else:
            walls = [run.wall for run in runs]
            wall = statistics.median(walls)
            cpu = statistics.median(run.cpu for run in runs)
            base = base or (wall, cpu)
            rss = (memory[0] if memory and memory[0] else
                   statistics.median(run.rss_mb for run in runs))
            cells = [
                f"{seconds(wall)} ({seconds(min(walls))}-"
                f"{seconds(max(walls))})",
                f"{wall / base[0]:.2f}", seconds(cpu), f"{cpu / base[1]:.2f}",
                f"{rss:.0f}", f"{memory[1]:.0f}" if memory else "",
                "" if findings is None else f"{findings:,}"]
        print("| " + " | ".join([tool.name] + cells) + " |")


# --- Trees. ---

def git(folder, *arguments):
    subprocess.run(["git", "-C", folder, *arguments], check=True,
                   stdout=subprocess.DEVNULL)


def make_packages(folder):
    say(f"installing npm packages into {folder}; this takes minutes")
    making = folder + ".making"
    shutil.rmtree(making, ignore_errors=True)
    os.makedirs(making)
    with open(os.path.join(making, "package.json"), "w") as file:
        file.write('{"private": true}\n')
    subprocess.run(["npm", "install", "--ignore-scripts", "--no-audit",
                    "--no-fund", *PACKAGES], cwd=making, check=True,
                   stdout=sys.stderr)
    # Most peers skip what is called node_modules.
    for path, folders, _ in os.walk(making, topdown=False):
        if "node_modules" in folders:
            os.rename(os.path.join(path, "node_modules"),
                      os.path.join(path, "deps"))
    os.rename(making, folder)


def make_repository(folder, source):
    say(f"making a repository of {source} in {folder}; this takes minutes")
    making = folder + ".making"
    shutil.rmtree(making, ignore_errors=True)
    shutil.copytree(source, making, symlinks=True)
    ignore = os.path.join(making, ".gitignore")
    lines = text_of(ignore).splitlines(keepends=True)
    with open(ignore, "w") as file:  # Debian's ends with `/*`
        file.writelines(line for line in lines if line.strip() != "/*")
    git(making, "init", "-q")
    for key, value in (("user.name", "bench"), ("gc.auto", "0"),
                       ("user.email", "bench@example.com")):
        git(making, "config", key, value)
    git(making, "add", "-A")
    git(making, "commit", "-qm", "base")
    os.rename(making, folder)


def count_files(folder):
    done = subprocess.run(["rg", "-uuu", "--files", folder], check=False,
                          capture_output=True)
    return done.stdout.count(b"\n")


class StagedLines:
    """20 staged lines, one with a generated token, gone again afterwards."""
    NAME = "overreach-bench-deploy.sh"

    def __init__(self, binary, folder):
        self.binary, self.folder = binary, folder

    def __enter__(self):
        token = subprocess.run(
            [self.binary, "rules", "show", "github-classic-pat",
             "--example", "11"], check=True, capture_output=True,
            text=True).stdout.strip()
        lines = [f"echo deploying part {n} of the service\n"
                 for n in range(19)]
        lines.insert(10, f"export GITHUB_TOKEN={token}\n")
        with open(os.path.join(self.folder, self.NAME), "w") as file:
            file.writelines(lines)
        git(self.folder, "add", self.NAME)

    def __exit__(self, *_):
        git(self.folder, "rm", "-q", "-f", "--cached", self.NAME)
        os.unlink(os.path.join(self.folder, self.NAME))


def run_histories(args, tools):
    own_tool, *peers = tools
    variants = [own_tool._replace(name=name) for name in histories.COMMANDS
                if name.startswith("overreach")]
    for name, repository in histories.clones(args.trees):
        count = histories.blob_count(repository)
        base = [Tool(what, None, None, None, "git --version", True)
                for what in histories.BASE]
        work = Work("history", f"The history of {name}, {count:,} blobs",
                    "cat-file", "/", args.runs, target=repository, count=count,
                    binary=args.binary)
        table(work, work.measure(base + variants + peers, args.peer_timeout),
              args.peer_timeout)


def run_work(name, args, tools, empty):
    """Measures one work and prints its table."""
    def path(tree):
        return os.path.join(args.trees, tree)

    if name == "empty":
        work = Work(name, "One empty file", "rg", "/", 4 * args.runs,
                    target=empty, count=1)
        table(work, work.measure([RIPGREP] + tools, args.peer_timeout),
              args.peer_timeout)
        return
    linux = path("linux-source-6.1")
    if name != "packages" and not os.path.isdir(linux):
        die(f"no {linux}: `./dev bench` unpacks it")
    if name == "staged":
        repository = path("linux-git")
        if not os.path.isdir(repository):
            make_repository(repository, linux)
        git(repository, "update-index", "-q", "--refresh")
        files = subprocess.run(["git", "-C", repository, "ls-files"],
                               check=True, capture_output=True)
        files = files.stdout.count(b"\n")
        with StagedLines(args.binary, repository):
            work = Work(name, f"20 staged lines in a repository of {files:,} "
                        "files", "git", repository, 4 * args.runs,
                        files=StagedLines.NAME, count=1)
            table(work, work.measure([GIT] + tools, args.peer_timeout),
                  args.peer_timeout)
        return
    if name == "packages":
        folder, title = path("packages"), "The packages tree"
        if not os.path.isdir(folder):
            make_packages(folder)
    else:
        folder, title = linux, "The Linux 6.1 source"
    count = count_files(folder)
    work = Work(name, f"{title}, {count:,} files", "rg", "/", args.runs,
                target=folder, count=count)
    tools = [RIPGREP, tools[0], without_crossings(args.binary)] + tools[1:]
    table(work, work.measure(tools, args.peer_timeout), args.peer_timeout)


# --- Accuracy. ---

def accuracy(args, tools):
    """Runs score.py for each labelled set whose repositories are there:
    labelled/<owner>__<name>, at the commits that SET-scope.tsv names."""
    folder = os.path.join(ROOT, "tests", "accuracy")
    score = os.path.join(folder, "score.py")
    trees = os.path.join(args.trees, "labelled")
    known = text_of(score)
    print("\n### Secrets without a format, on labelled lines\n")
    print("| set | tool | precision | recall | right | wrong | missed |")
    print("|---|---|---:|---:|---:|---:|---:|")
    for scope in sorted(os.listdir(folder)):
        name = scope.removesuffix("-scope.tsv")
        # What nobody looks at while building is scored when asked for only.
        if name == scope or (name == "holdout" and not args.holdout):
            continue
        labels, skip = (os.path.join(folder, name + end)
                        for end in (".tsv", "-skip.tsv"))
        repositories = {line.split("\t")[0] for line in
                        text_of(labels).splitlines()[1:]}
        missing = sorted(repository for repository in repositories if not
                         os.path.isdir(os.path.join(
                             trees, repository.replace("/", "__"))))
        if missing:
            say(f"{name} left out: {trees} has no {', '.join(missing)}")
            continue
        for tool in tools:
            if f'"{tool.name}"' not in known:
                continue  # score.py cannot read its report
            argv = [sys.executable, score, labels,
                    os.path.join(folder, scope), trees, "--tool", tool.name]
            if tool.name == "overreach":
                argv += ["--binary", args.binary]
            if os.path.isfile(skip):
                argv += ["--skip", skip]
            say(f"accuracy, {name}: {tool.name}")
            done = subprocess.run(argv, check=False, text=True,
                                  capture_output=True)
            found = re.search(
                r"precision ([\d.]+) recall ([\d.]+) .*right (\d+), "
                r"weak \d+, wrong (\d+), missed (\d+)", done.stdout)
            if not found:
                say(f"score.py, {tool.name}: exit status {done.returncode}: "
                    + (done.stderr or done.stdout))
                continue
            print(f"| {name} | {tool.name} | "
                  + " | ".join(found.groups()) + " |", flush=True)


def processor():
    found = re.search(r"^model name\s*: (.+)$", text_of("/proc/cpuinfo"), re.M)
    return found[1].strip() if found else os.uname().machine


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("work", nargs="*", default=["all"], metavar="WORK")
    parser.add_argument("--binary", required=True)
    parser.add_argument("--trees", required=True)
    parser.add_argument("--runs", type=int, default=5,
                        help="runs a row; four times as many for short works")
    parser.add_argument("--peer-timeout", type=float, default=60,
                        metavar="SECONDS")
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--holdout", action="store_true",
                        help="accuracy: also on the set kept for the end")
    args = parser.parse_args()
    args.binary = os.path.realpath(args.binary)
    args.trees = os.path.realpath(args.trees)
    known = ["tree", "packages", "staged", "empty"]
    works = known if args.work == ["all"] else args.work
    for name in works:
        if name not in known + ["history", "privileges", "accuracy"]:
            die(f"no work called {name}: {', '.join(known)}, history, "
                "privileges, accuracy or all")
    if args.runs < 1:
        die("--runs: at least 1")
    tools = [own(args.binary)]
    if not args.no_peers:
        tools += [tool for tool in PEERS if shutil.which(tool.name)]
    os.makedirs(args.trees, exist_ok=True)

    today = datetime.date.today()
    print(f"{today}, {CORES} cores of {processor()}, "
          f"{os.uname().sysname} {os.uname().release}.  Warm cache, "
          f"medians of {args.runs} interleaved runs "
          f"({4 * args.runs} for staged and empty).")
    load = os.getloadavg()[0]
    if load > 0.5:
        print(f"The machine was busy (load {load:.1f}): ratios are rough.")
    print("Versions: " + ", ".join(
        f"{tool.name.split(',')[0].split()[0]} {version(tool)}"
        for tool in [RIPGREP, GIT] + tools) + ".")
    missing = [tool.name for tool in PEERS if tool not in tools]
    if missing and not args.no_peers:
        print(f"Not installed: {', '.join(missing)}.")
    sys.stdout.flush()
    with tempfile.NamedTemporaryFile(prefix="empty.", suffix=".txt") as empty:
        for name in works:
            if name == "accuracy":
                accuracy(args, tools)
            elif name == "privileges":
                privileges.measure(args.binary, args.runs)
            elif name == "history":
                run_histories(args, tools)
            else:
                run_work(name, args, tools, empty.name)
            sys.stdout.flush()


if __name__ == "__main__":
    main()
