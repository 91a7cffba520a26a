#!/usr/bin/env bash
# Tries `overreach hook` with the managers themselves:
#   hook_managers.sh OVERREACH
# Each puts its hook into a new repository; with the lines that we add, or print
# for it, a commit with a generated token must be stopped and one without must
# pass.  They are npm packages, kept in build/tools.
set -euo pipefail

overreach=$(realpath "$1")
root=$(cd "$(dirname "$0")/../.." && pwd)
tools=$root/build/tools
packages=(husky@9.1.7 lefthook@2.2.2 simple-git-hooks@2.14.0)
folder=$tools/hook-managers

if [ ! -f "$folder/installed" ]; then
  mkdir -p "$folder"
  npm install --prefix "$folder" --no-save --no-audit --no-fund \
    --ignore-scripts "${packages[@]}" >&2
  touch "$folder/installed"
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/home"
ln -s "$overreach" "$work/bin/overreach"
export PATH="$work/bin:$folder/node_modules/.bin:$PATH" HOME="$work/home"
export GIT_CONFIG_NOSYSTEM=1 LEFTHOOK_OUTPUT=false CI=
export GIT_AUTHOR_NAME=Test GIT_AUTHOR_EMAIL=t@example.com
export GIT_COMMITTER_NAME=Test GIT_COMMITTER_EMAIL=t@example.com
unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE CI
token=$(overreach rules show github-classic-pat --example 7)

fail() {
  echo "hook_managers: $name: $*" >&2
  cat "$work/log" >&2
  exit 1
}
begin() {
  name=$1
  git init -q "$work/$name"
  cd "$work/$name"
  echo '{"private": true}' >package.json
}
# The status of a command, whatever `set -e` says; what it prints in the log.
status_of() {
  "$@" >"$work/log" 2>&1 && echo 0 || echo $?
}
expect() { # STATUS COMMAND...
  local seen
  seen=$(status_of "${@:2}")
  [ "$seen" = "$1" ] || fail "${*:2}: status $seen, not $1"
}
scans() {
  expect 0 overreach hook status
  echo nothing >notes.txt
  git add .
  expect 0 git commit -m clean
  echo "export GITHUB_TOKEN=$token" >deploy.sh
  git add deploy.sh
  expect 1 git commit -m planted
  grep -q 'deploy\.sh:1\b' "$work/log" || fail "the token's place is not named"
  if grep -qF "$token" "$work/log"; then fail "the token was printed"; fi
}
# What `hook install` prints for a configuration: all behind the empty line.
lines_to_add() {
  expect 2 overreach hook install
  sed '1,/^$/d' "$work/log"
}

begin husky
expect 0 husky
expect 1 overreach hook status
expect 0 overreach hook install
[ ! -e .git/hooks/pre-commit ] || fail "wrote to .git/hooks"
grep -q overreach .husky/_/pre-commit && fail "wrote to husky's own hook"
scans
HUSKY=0 expect 0 git commit -m "husky switched off"

begin lefthook
echo 'pre-push: {}' >lefthook.yml
expect 0 lefthook install
lines_to_add >>lefthook.yml
expect 2 overreach hook install # not in place yet
expect 0 lefthook install
expect 0 overreach hook install
cp .git/hooks/pre-commit before
scans
cmp before .git/hooks/pre-commit || fail "its hook was changed"

begin simple-git-hooks
echo '{"simple-git-hooks": {}}' >package.json
lines=$(lines_to_add)
echo "{$lines}" >package.json
expect 1 overreach hook status # not in place yet
expect 0 simple-git-hooks
expect 0 overreach hook install
scans

echo "hook_managers: husky, lefthook and simple-git-hooks run overreach"
