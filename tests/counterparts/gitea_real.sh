#!/bin/sh
# Compares what the program says of Gitea's tokens with what they can really do:
#   gitea_real.sh OVERREACH [FOLDER, not used]
# Gitea is built once, in minutes, into build/tools.
set -eu

version=v1.26.0
module=code.gitea.io/gitea
overreach=$(realpath "$1")
root=$(cd "$(dirname "$0")/../.." && pwd)
tools=$root/build/tools/gitea

skip() {
  echo "!!! gitea: SKIPPED, $1" >&2
  exit 77
}

build() {
  mkdir -p "$tools/source"
  cd "$tools/source"
  printf 'module example.test/gitea\ngo 1.26.2\n' >go.mod
  printf '//go:build tools\n\npackage tools\n\nimport _ "%s/cmd"\n' "$module" \
    >tools.go
  held=$(held_by_module)
  "$go" mod edit "-require=$module@$version"
  # Its own replacements do not count in a module that needs it.
  grep -E '^replace ' "$held/go.mod" | sed 's://.*$::' >>go.mod
  "$go" build -buildvcs=false -mod=mod -tags 'sqlite sqlite_unlock_notify' \
    -ldflags "-s -w -X main.Version=${version#v}" -o "$tools/gitea" "$module"
}

# The folder with the templates that a running Gitea reads.
held_by_module() {
  GOFLAGS=-mod=mod "$go" mod download -json "$module@$version" |
    sed -nE 's/^[[:space:]]*"Dir": "(.*)",$/\1/p'
}

go=$("$root/tests/counterparts/lib/go.sh" 1.26.2) || skip "there is no Go"
if [ ! -x "$tools/gitea" ]; then
  (build) >&2 || skip "it could not be built"
fi
cd "$tools/source"
exec python3 "$root/tests/counterparts/gitea.py" "$overreach" "$tools/gitea" \
  "$(held_by_module)"
