#!/bin/sh
# The same as databases.sh for a NATS that tells users what they may, which
# Debian's does not yet:  nats.sh OVERREACH [FOLDER, not used]
set -eu

module=github.com/nats-io/nats-server/v2@v2.15.2
overreach=$(realpath "$1")
root=$(cd "$(dirname "$0")/../.." && pwd)
tools=$root/build/tools/nats

build() {
  go=$("$root/tests/counterparts/lib/go.sh" 1.26) || return
  mkdir -p "$tools"
  GOBIN=$tools "$go" install "$module"
}

if [ ! -x "$tools/nats-server" ] && ! build >&2; then
  echo "!!! nats: SKIPPED, it could not be built" >&2
  [ -z "${CI-}" ] || exit 1
  exit 77
fi
exec python3 "$root/tests/databases/databases.py" "$overreach" "nats=$tools"
