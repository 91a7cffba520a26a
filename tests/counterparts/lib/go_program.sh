#!/bin/sh
# Builds a program once, into build/tools, and prints its path, the only line on
# its output:  go_program.sh NAME GO-VERSION MODULE
# What cannot be built is said loudly; then the status is 77, in CI 1.
set -eu

name=$1
wanted=$2
module=$3
root=$(cd "$(dirname "$0")/../../.." && pwd)
tools=$root/build/tools/$name
program=${module%@*}
program=$(echo "$program" | sed -E 's:/v[0-9]+$::; s:.*/::')

build() {
  go=$("$root/tests/counterparts/lib/go.sh" "$wanted") || return
  mkdir -p "$tools"
  GOBIN=$tools "$go" install "$module"
}

if [ ! -x "$tools/$program" ] && ! build >&2; then
  echo "!!! $name: SKIPPED, $program could not be built" >&2
  [ -z "${CI-}" ] || exit 1
  exit 77
fi
echo "$tools/$program"
