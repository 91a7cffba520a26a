#!/bin/sh
# Compares what the rules ask with the providers' own descriptions:
#   descriptions_real.sh OVERREACH [FOLDER], neither used
# They are fetched once, 220 MB, into build/descriptions; OVERREACH_MIRRORS may
# name a folder of repositories, as OWNER+NAME/repo.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
build=$here/../../build
python=$build/tools/descriptions/bin/python

if [ ! -x "$python" ]; then
  python3 -m venv "$build/tools/descriptions"
fi
"$python" -c 'import yaml, graphql' 2>/dev/null ||
  "$python" -m pip install -q 'pyyaml==6.0.*' 'graphql-core==3.2.*' >&2 || {
  echo "!!! descriptions: SKIPPED, their readers could not be installed" >&2
  exit 77
}
"$python" "$here/fetch.py" "$build/descriptions" ||
  echo "!!! descriptions: some could not be fetched and are not compared" >&2
exec "$python" "$here/check.py" "$build/descriptions"
