#!/bin/sh
# Checks our SARIF with Microsoft's validator:
#   sarif_multitool.sh OVERREACH FOLDER
# scans FOLDER and fails on any error or warning.  The validator is the npm
# package below, kept in build/tools.  It exits with 0 whatever it finds, so
# what it prints is what counts.
set -eu

package=@microsoft/sarif-multitool-linux@5.7.0
overreach=$1
folder=$2
root=$(cd "$(dirname "$0")/../.." && pwd)
tools=$root/build/tools
multitool=$tools/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool

if [ ! -f "$multitool" ]; then
  mkdir -p "$tools"
  npm install --prefix "$tools" --no-save --no-audit --no-fund "$package" >&2
fi
chmod u+x "$multitool"  # npm may be told to run no install scripts

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# 1 and 3 are findings and an incomplete scan: both have to be valid too.
status=0
"$overreach" scan --confidence low --format sarif --output "$work/log.sarif" \
  "$folder" || status=$?
case $status in
  0 | 1 | 3) ;;
  *) echo "overreach: exit status $status" >&2; exit 1 ;;
esac

DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 "$multitool" validate \
  "$work/log.sarif" --rule-kind 'Sarif;Ghas' --max-file-size-in-kb 1000000 \
  >"$work/out" 2>&1 || { cat "$work/out" >&2; exit 1; }
if grep -Eiq '(error|warning) [A-Z]+[0-9]+' "$work/out" ||
  ! grep -q '1 files scanned' "$work/out"; then
  cat "$work/out" >&2
  exit 1
fi
