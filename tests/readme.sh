#!/usr/bin/env bash
# Checks README.md against the program:
#   readme.sh OVERREACH
# the page of the incident is what is printed, the number of rules is true (a
# few more may have come since), every option it names exists, and the address
# in it is the one that SARIF gives.
set -euo pipefail

overreach=$(realpath "$1")
cd "$(dirname "$0")/.."
failed=0
wrong() {
  echo "README.md: $*" >&2
  failed=1
}

# Seconds differ; outside of Git nothing is tracked.
stable() {
  sed -E 's/[0-9]+\.[0-9]+ s\)/N s)/; s/  tracked$//; s/  tracked, /  /'
}
page=$(sed -n '/^overreach [0-9.]* scanned /,/^```/p' README.md | sed '$d')
printed=$("$overreach" scan fixtures/trees/incident || true)
diff <(stable <<<"$page") <(stable <<<"$printed") >&2 ||
  wrong "the incident (- here) is not what ./dev scan prints"

rules=$("$overreach" rules list)
count_text() { # PATTERN ACTUAL
  local said
  said=$(grep -oE "[0-9]+ $1" README.md | head -n 1 | cut -d ' ' -f 1)
  if [ "${said:-0}" -gt "$2" ] || [ $((${said:-0} * 11)) -lt $(($2 * 10)) ]; then
    wrong "says ${said:-nothing} of $2 $1"
  fi
}
count_text rules "$(wc -l <<<"$rules")"
count_text providers "$(cut -f 2 <<<"$rules" | sort -u | wc -l)"

help=$("$overreach" scan --help; "$overreach" reach --help
  "$overreach" check --help; "$overreach" hook install --help)
while read -r option; do
  grep -qE -- "(^|[ ,])$option( |$)" <<<"$help" || wrong "no option $option"
done < <(grep -oE -- '--[a-z][a-z-]+' README.md | sort -u)

address=$(sed -nE 's/^ *- repo: (.*)$/\1/p' README.md)
grep -qF "\"$address\"" formatters/sarif.cpp ||
  wrong "$address is not the address that formatters/sarif.cpp gives"
exit "$failed"
