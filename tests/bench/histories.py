"""What bench.py needs to measure the reading of whole histories."""
import os
import subprocess
import sys

# An audit behind one that left its state.
AGAIN = "overreach, again with --state"

# The whole history of {target}, a bare repository.  What the first two print is
# as large as all its objects and is thrown away.
BASE = {
    "git cat-file": "git -C {target} cat-file --batch-all-objects --unordered"
                    " --buffer --batch",
    "git log -p": "git -C {target} log -p --all",
}
COMMANDS = {
    "overreach": "{binary} scan --history {target} -f json -o {report}",
    "overreach, 1 thread": "{binary} scan --history {target} -j1 -f json"
                           " -o {report}",
    AGAIN: "{binary} scan --history {target} --state {report}.state -f json"
           " -o {report}",
    "gitleaks": "gitleaks git {target} --log-opts=--all -f json -r {report}"
                " --no-banner --exit-code 0",
    "betterleaks": "betterleaks git {target} --log-opts=--all -f json"
                   " -r {report} --no-banner --exit-code 0 --validation=false",
    "trufflehog": "trufflehog git file://{target} --bare --no-verification"
                  " --no-update --json",
    "kingfisher": "kingfisher scan {target} --git-history full --no-validate"
                  " --no-update-check -f jsonl -o {report}",
    "titus": "titus scan {target} --git --output :memory: --format json",
}
URLS = ["https://github.com/nats-io/nats-server",
        "https://github.com/git/git"]


def clones(trees):
    """[(name, bare repository)]; those that are not there are cloned."""
    folder = os.path.join(trees, "histories")
    os.makedirs(folder, exist_ok=True)
    for url in URLS:
        name = url.rsplit("/", 1)[-1]
        repository = os.path.join(folder, name)
        if not os.path.isdir(repository):
            print(f"bench: cloning {url}; this takes minutes",
                  file=sys.stderr, flush=True)
            subprocess.run(["git", "clone", "-q", "--mirror", url,
                            repository + ".making"], check=True)
            os.rename(repository + ".making", repository)
        yield name, repository


def blob_count(repository):
    kinds = subprocess.run(
        ["git", "-C", repository, "cat-file", "--batch-all-objects",
         "--unordered", "--buffer", "--batch-check=%(objecttype)"],
        check=True, capture_output=True).stdout
    return kinds.count(b"blob\n")
