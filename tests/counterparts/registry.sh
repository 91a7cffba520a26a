#!/bin/sh
# Compares what the program says of tokens for a Docker registry with what they
# can really do:  registry.sh OVERREACH [FOLDER, not used]
if ! command -v docker-registry >/dev/null; then
  echo "!!! registry: SKIPPED, docker-registry is not installed" >&2
  [ -z "${CI-}" ] || exit 1
  exit 77
fi
exec python3 "$(dirname "$0")/registry.py" "$1"
