#!/usr/bin/env bash
# Reads our CSV, JUnit XML, GitLab report and workflow commands with programs
# nobody here wrote:
#   other_readers.sh OVERREACH FOLDER
# scans FOLDER, a folder of hostile file names and an empty one.  Python's csv
# and json, xmllint and junitparser have to find what our own JSON says.
# junitparser lives in a virtual environment in build/tools.
set -euo pipefail

overreach=$(realpath "$1")
folder=$(realpath "$2")
here=$(cd "$(dirname "$0")" && pwd)
tools=$here/../../build/tools/junit

if [ ! -x "$tools/bin/python" ] ||
  ! "$tools/bin/python" -c 'import junitparser' 2>/dev/null; then
  rm -rf "$tools"
  python3 -m venv "$tools" || { rm -rf "$tools"; exit 1; }
  "$tools/bin/python" -m pip install -q --disable-pip-version-check \
    'junitparser==5.0.*' || { rm -rf "$tools"; exit 1; }
fi

work=$(mktemp -d)
trap 'chmod -R u+rwx "$work"; rm -rf "$work"' EXIT
mkdir "$work/hostile" "$work/empty"
token=$("$overreach" rules show github-classic-pat --example 1)
for name in '=1+1.env' '+a;b,c".env' '-rf.env' '@x.env' ' a:b%41,c::d.env' \
  $'tab\tnew\nline\r.env' $'esc\e]0;x\a.env' $'bad\xff\xfe.env' \
  $'c1\xc2\x9b.env' $'rtl\xe2\x80\xae.env' $'no\xef\xbf\xbe\xef\xbf\xbf.env' \
  "<a b='&amp;'>]]>.env" $'caf\xc3\xa9.env' "$token.env"; do
  printf 'GITHUB_TOKEN=%s\n' "$token" >"$work/hostile/$name"
done
mkfifo "$work/hostile/=fifo" # is left out

for name in "$folder" "$work/hostile" "$work/empty"; do
  reports=$work/$(basename "$name").reports
  mkdir "$reports"
  outputs=()
  for format in json csv junit gitlab github; do
    outputs+=(--format "$format" --output "$reports/$format")
  done
  targets=(.)
  # It cannot be read by anybody, root included: the scan is not complete.
  [ "$name" != "$work/hostile" ] || targets+=(/proc/self/mem)
  status=0
  (cd "$name" &&
    "$overreach" scan --confidence low "${outputs[@]}" "${targets[@]}") ||
    status=$?
  case $status in
    0 | 1 | 3) ;;
    *) echo "overreach: exit status $status" >&2; exit 1 ;;
  esac
  if [ "$name" = "$work/hostile" ] &&
    ! grep -q '"complete": false' "$reports/json"; then
    echo "the hostile scan is complete" >&2
    exit 1
  fi
  xmllint --noout "$reports/junit"
  "$tools/bin/python" "$here/other_readers.py" "$reports"
done
