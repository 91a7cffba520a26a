#!/bin/sh
# Compares our evaluation of AWS's policies with another one:
#   iam_simulate.sh OVERREACH [FOLDER, not used]
# The simulator is the npm package below (AGPL: only run here), kept in
# build/tools.
set -eu

package=@cloud-copilot/iam-simulate@0.1.173
root=$(cd "$(dirname "$0")/../.." && pwd)
tools=$root/build/tools
probe=$(cd "$(dirname "$1")" && pwd)/tests/iam_probe

if [ ! -d "$tools/node_modules/@cloud-copilot/iam-simulate" ]; then
  mkdir -p "$tools"
  if ! npm install --prefix "$tools" --no-save --no-audit --no-fund \
    "$package" >&2; then
    echo "!!! iam-simulate: SKIPPED, it could not be installed" >&2
    [ -z "${CI-}" ] || exit 1
    exit 77
  fi
fi
cd "$tools"
exec node "$root/tests/privilege/iam_simulate.mjs" "$probe"
