#!/bin/sh
# Compares what the program says of Kubernetes' service accounts with what a real
# API server with RBAC lets them do:
#   kubernetes_real.sh OVERREACH [FOLDER, not used]
# The server is built once, in minutes, into build/tools.
set -eu

version=1.36.3
overreach=$(realpath "$1")
root=$(cd "$(dirname "$0")/../.." && pwd)
tools=$root/build/tools/kubernetes

skip() {
  echo "!!! kubernetes: SKIPPED, $1" >&2
  exit 77
}

# The module replaces its parts by folders; in ours they are modules, too.
build() {
  mkdir -p "$tools/source"
  cd "$tools/source"
  printf 'module example.test/kubernetes\ngo 1.26\n' >go.mod
  cat >tools.go <<'END'
//go:build tools

package tools

import (
	_ "k8s.io/kubernetes/cmd/kube-apiserver/app"
	_ "k8s.io/kubernetes/cmd/kube-controller-manager/app"
)
END
  "$go" mod edit "-require=k8s.io/kubernetes@v$version"
  parts=$(GOFLAGS=-mod=mod "$go" mod download -json "k8s.io/kubernetes@v$version" |
    sed -nE 's/^[[:space:]]*"GoMod": "(.*)",$/\1/p')
  # shellcheck disable=SC2013 # words are what is wanted
  for part in $(awk '$1 ~ /^k8s.io\// && $2 == "v0.0.0" {print $1}' "$parts"); do
    "$go" mod edit "-replace=$part=$part@v0.${version#1.}"
  done
  says=k8s.io/component-base/version
  for program in kube-apiserver kube-controller-manager; do
    "$go" build -buildvcs=false -mod=mod -ldflags "-s -w
      -X $says.gitVersion=v$version -X $says.gitMajor=1 -X $says.gitMinor=36" \
      -o "$tools/$program" "k8s.io/kubernetes/cmd/$program"
  done
}

# Only its files: installing it would start a service.
bring_etcd() {
  cd "$tools"
  apt-get download -qq etcd-server
  dpkg -x etcd-server_*.deb etcd
}

if [ ! -x "$tools/kube-controller-manager" ]; then
  go=$("$root/tests/counterparts/lib/go.sh" 1.26) || skip "there is no Go"
  (build) >&2 || skip "it could not be built"
fi
if [ ! -x "$tools/etcd/usr/bin/etcd" ]; then
  (bring_etcd) >&2 || skip "etcd-server could not be fetched"
fi
exec python3 "$root/tests/counterparts/kubernetes.py" "$overreach" "$tools"
