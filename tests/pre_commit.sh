#!/usr/bin/env bash
# Tries .pre-commit-hooks.yaml with the real pre-commit:
#   pre_commit.sh OVERREACH
# in a new repository, a commit with a generated token must be stopped and one
# without must pass.  pre-commit lives in a virtual environment in build/tools.
set -euo pipefail

overreach=$(realpath "$1")
root=$(cd "$(dirname "$0")/.." && pwd)
tools=$root/build/tools/pre-commit
rule=github-classic-pat

if [ ! -x "$tools/bin/pre-commit" ]; then
  python3 -m venv "$tools" || { rm -rf "$tools"; exit 1; }
  "$tools/bin/python" -m pip install -q --disable-pip-version-check \
    'pre-commit>=4,<5' || { rm -rf "$tools"; exit 1; }
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/home"
ln -s "$overreach" "$work/bin/overreach"
export PATH="$work/bin:$tools/bin:$PATH" HOME="$work/home"
export PRE_COMMIT_HOME="$work/cache" GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=Test GIT_AUTHOR_EMAIL=t@example.com
export GIT_COMMITTER_NAME=Test GIT_COMMITTER_EMAIL=t@example.com
unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE

# The hook's own repository: what a project names in its configuration.
mkdir "$work/hook"
cp "$root/.pre-commit-hooks.yaml" "$work/hook"
git -C "$work/hook" init -q
git -C "$work/hook" add .
git -C "$work/hook" commit -qm hook

mkdir "$work/project"
cd "$work/project"
git init -q
cat >.pre-commit-config.yaml <<YAML
repos:
  - repo: $work/hook
    rev: $(git -C "$work/hook" rev-parse HEAD)
    hooks: [{id: overreach}]
YAML
pre-commit install >"$work/log"

fail() {
  echo "pre_commit: $*" >&2
  cat "$work/log" >&2
  exit 1
}
passes() { git commit -q "$@" >>"$work/log" 2>&1; }

echo 'nothing here' >notes.txt
git add .
passes -m clean || fail "a clean commit was stopped"

token=$(overreach rules show "$rule" --example 7)
echo "export GITHUB_TOKEN=$token" >deploy.sh
git add deploy.sh
passes -m planted && fail "a commit with a token passed"
grep -q 'deploy\.sh:1\b' "$work/log" || fail "the token's place is not named"
grep -qF "$token" "$work/log" && fail "the token was printed"

# The same by `commit -a` and by naming the file, which use an index apart.
git reset -q
git add -N deploy.sh
passes -am planted && fail "commit -a with a token passed"
passes -m planted deploy.sh && fail "a commit of one file with a token passed"

# What is not staged does not stop a commit.
git reset -q
echo more >>notes.txt
git add notes.txt
passes -m clean || fail "a token that is not staged stopped a commit"

# Nor does what was there before.
git add deploy.sh
passes --no-verify -m forced || fail "--no-verify"
echo 'echo done' >>deploy.sh
git add deploy.sh
passes -m clean || fail "an old token stopped a commit"

# The same with the lines that `overreach hook install` prints.
echo 'repos:' >.pre-commit-config.yaml
overreach hook status >>"$work/log" && fail "status of a configuration without"
overreach hook install 2>"$work/lines" && fail "installed over pre-commit"
sed '1,/^$/d' "$work/lines" >>.pre-commit-config.yaml
overreach hook status >>"$work/log" || fail "status of a configuration with it"
git add .
passes -m clean || fail "a clean commit was stopped by the lines"
overreach rules show "$rule" --example 8 >deploy.sh
git add .
passes -m planted && fail "a commit with a token passed the lines"
echo "pre-commit: 5 clean or forced commits passed, 4 with a token were stopped"
