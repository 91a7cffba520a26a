#!/bin/sh
# Compares what the program says of MinIO's keys with what they can really do:
#   minio_real.sh OVERREACH [FOLDER, not used]
# MinIO is built once, in minutes, into build/tools.
set -eu

module=github.com/minio/minio@v0.0.0-20260212201848-7aac2a2c5b7c
overreach=$(realpath "$1")
root=$(cd "$(dirname "$0")/../.." && pwd)
tools=$root/build/tools/minio

skip() {
  echo "!!! minio: SKIPPED, $1" >&2
  exit 77
}

if [ ! -x "$tools/minio" ]; then
  go=$("$root/tests/counterparts/lib/go.sh" 1.24) || skip "there is no Go"
  mkdir -p "$tools"
  GOBIN=$tools "$go" install "$module" >&2 || skip "it could not be built"
fi
if [ ! -x "$tools/venv/bin/pip" ] ||
  ! "$tools/venv/bin/python" -c 'import minio' 2>/dev/null; then
  python3 -m venv "$tools/venv" || skip "there is no venv"
  "$tools/venv/bin/pip" install -q minio==7.2.20 >&2 ||
    skip "its client could not be installed"
fi
exec "$tools/venv/bin/python" "$root/tests/counterparts/minio_keys.py" \
  "$overreach" "$tools/minio"
