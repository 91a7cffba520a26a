#!/bin/sh
# Checks that Stripe's own mock takes our requests, which are then right in
# method, path and parameters:  stripe.sh OVERREACH [FOLDER, not used]
# It knows no rights: any key may do everything there.
set -eu

module=github.com/stripe/stripe-mock@v0.203.0
overreach=$(realpath "$1")
root=$(cd "$(dirname "$0")/../.." && pwd)
tools=$root/build/tools/stripe

build() {
  go=$("$root/tests/counterparts/lib/go.sh" 1.22.1) || return
  mkdir -p "$tools"
  GOBIN=$tools "$go" install "$module"
}

if [ ! -x "$tools/stripe-mock" ] && ! build >&2; then
  echo "!!! stripe: SKIPPED, stripe-mock could not be built" >&2
  [ -z "${CI-}" ] || exit 1
  exit 77
fi
exec python3 "$root/tests/counterparts/stripe.py" "$overreach" \
  "$tools/stripe-mock"
