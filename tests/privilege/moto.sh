#!/bin/sh
# Compares what the program says of AWS keys with what they can really do, on a
# simulated AWS:  moto.sh OVERREACH [FOLDER, not used]
set -eu

overreach=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
tools=$root/build/tools/moto

if [ ! -x "$tools/bin/moto_server" ]; then
  if ! { python3 -m venv "$tools" &&
    "$tools/bin/pip" install -q 'moto[server]==5.2.*' boto3 >&2; }; then
    echo "!!! moto: SKIPPED, it could not be installed" >&2
    rm -rf "$tools"
    [ -z "${CI-}" ] || exit 1
    exit 77
  fi
fi
exec "$tools/bin/python" "$root/tests/privilege/moto.py" "$overreach" \
  "$tools/bin/moto_server"
