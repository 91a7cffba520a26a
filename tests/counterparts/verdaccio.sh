#!/bin/sh
# Compares what the program says of npm's tokens with what they can really do at
# a registry:  verdaccio.sh OVERREACH [FOLDER, not used]
set -eu

overreach=$(realpath "$1")
root=$(cd "$(dirname "$0")/../.." && pwd)
tools=$root/build/tools/verdaccio

if [ ! -x "$tools/node_modules/verdaccio/bin/verdaccio" ]; then
  mkdir -p "$tools"
  # Without the override one of its packages asks for a version by a name that
  # registries may lack.
  printf '{"private": true, "dependencies": {"verdaccio": "6.5.0"},
    "overrides": {"node-fetch": "2.7.0"}}' >"$tools/package.json"
  if ! npm install --prefix "$tools" --no-audit --no-fund >&2; then
    echo "!!! verdaccio: SKIPPED, it could not be installed" >&2
    [ -z "${CI-}" ] || exit 1
    exit 77
  fi
fi
exec python3 "$root/tests/counterparts/verdaccio.py" "$overreach" \
  "$tools/node_modules/verdaccio/bin/verdaccio"
