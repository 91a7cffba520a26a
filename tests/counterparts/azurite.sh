#!/bin/sh
# Compares what the program says of keys and signatures of Azure Storage with
# what they can really do:  azurite.sh OVERREACH [FOLDER, not used]
set -eu

overreach=$(realpath "$1")
root=$(cd "$(dirname "$0")/../.." && pwd)
tools=$root/build/tools/azurite

if [ ! -e "$tools/node_modules/azurite/dist/src/blob/main.js" ]; then
  mkdir -p "$tools"
  if ! npm install --prefix "$tools" --no-audit --no-fund azurite@3.35.0 >&2; then
    echo "!!! azurite: SKIPPED, it could not be installed" >&2
    [ -z "${CI-}" ] || exit 1
    exit 77
  fi
fi
exec python3 "$root/tests/counterparts/azurite.py" "$overreach" \
  "$tools/node_modules/azurite/dist/src/blob/main.js"
