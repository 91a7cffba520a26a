#!/bin/sh
# Checks that Stripe's own mock takes our requests, which are then right in
# method, path and parameters:  stripe.sh OVERREACH [FOLDER, not used]
# It knows no rights: any key may do everything there.
set -eu

overreach=$(realpath "$1")
tests=$(cd "$(dirname "$0")" && pwd)
program=$("$tests/lib/go_program.sh" stripe 1.22.1 \
  github.com/stripe/stripe-mock@v0.203.0)
exec python3 "$tests/stripe.py" "$overreach" "$program"
