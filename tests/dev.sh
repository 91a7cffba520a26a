#!/usr/bin/env bash
# Checks ./dev against the program it starts:
#   dev.sh OVERREACH
# every option of `overreach scan` that takes a value must be known to `dev`,
# or `./dev scan OPTION VALUE` would take the value for what to scan.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
known=$(sed -n '/^says_what/,/^}/p' "$root/dev")
help=$("$1" scan --help)
missing=0
options=$(grep -oE '^ +(-[a-zA-Z],)?-{1,2}[a-z-]+ +[A-Z]+' <<<"$help" |
  sed -E 's/ +[A-Z]+$//; s/^ +//' | tr ',' '\n')
[ "$(wc -l <<<"$options")" -ge 10 ] || {
  echo "cannot read the options of scan --help" >&2
  exit 1
}
for option in $options; do
  grep -qE -- "(^|[ (|])$option( |\\*|\\))" <<<"$known" || {
    echo "dev: says_what does not know $option" >&2
    missing=1
  }
done
exit "$missing"
