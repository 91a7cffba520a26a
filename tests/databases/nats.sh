#!/bin/sh
# The same as databases.sh for a NATS that tells users what they may, which
# Debian's does not yet:  nats.sh OVERREACH [FOLDER, not used]
set -eu

overreach=$(realpath "$1")
tests=$(cd "$(dirname "$0")" && pwd)
program=$("$tests/../counterparts/lib/go_program.sh" nats 1.26 \
  github.com/nats-io/nats-server/v2@v2.15.2)
exec python3 "$tests/databases.py" "$overreach" "nats=$(dirname "$program")"
