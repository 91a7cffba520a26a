#!/usr/bin/env bash
# Completes command lines with the scripts of `overreach completion`, in bash,
# zsh and fish themselves:
#   completion.sh OVERREACH
# Every option that --help names must be offered for its command.
set -euo pipefail

overreach=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
for shell in zsh fish; do
  command -v "$shell" >/dev/null || {
    echo "completion: there is no $shell (Debian package $shell)" >&2
    exit 77
  }
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME="$work/home"
mkdir -p "$work/bin" "$HOME"
ln -s "$overreach" "$work/bin/overreach"
export PATH="$work/bin:$PATH"
for shell in bash zsh fish; do
  "$overreach" completion "$shell" >"$work/overreach.$shell"
  "$shell" -n "$work/overreach.$shell"
done
mkdir -p "$work/tree/folder"
cd "$work/tree"
touch 'some file.txt' report.json

wrong=0
expect() { # SHELL LINE EXPECTED SEEN
  [ "$3" = "$4" ] && return
  echo "completion: $1: '$2' gave '$4', not '$3'" >&2
  wrong=1
}

# shellcheck source=/dev/null
source "$work/overreach.bash"
in_bash() { # WORD...: what could stand for the last one
  COMP_WORDS=("$@")
  COMP_CWORD=$(($# - 1))
  _overreach
  ((${#COMPREPLY[@]} == 0)) || printf '%s\n' "${COMPREPLY[@]}" | sort |
    paste -sd,
}
in_fish() { # LINE: the same, without what describes it
  fish --no-config -c "source $work/overreach.fish; complete -C '$1'" |
    cut -f1 | sort | paste -sd,
}

# What may follow, in bash and in fish.
both() { # EXPECTED WORD...
  local expected=$1 line
  shift
  line="$*"
  expect bash "$line" "$expected" "$(in_bash "$@")"
  expect fish "$line" "$expected" "$(in_fish "$line")"
}
both 'scan' overreach sc
both 'check,completion' overreach c
both 'install,remove,status' overreach hook ''
both 'check,list,show' overreach rules ''
both 'bash,fish,zsh' overreach completion ''
both '--staged,--state' overreach scan --sta
both '--staged,--state' overreach scan -f json --sta
both '--staged,--state' overreach scan -f check --sta
both 'json,jsonl' overreach scan -f js
both 'json,jsonl' overreach scan --format js
both 'critical,high,low,medium,never' overreach scan --fail-crossings ''
both 'high' overreach scan --staged --confidence h
both 'always,auto' overreach check --color a
both '' overreach scan --since m
both 'report.json' overreach scan -o rep
both 'report.json' overreach scan --staged rep
both 'report.json' overreach rules check rep
both '' overreach rules show rep
both 'report.json' overreach check --from rep
both '' overreach scna --sta
expect bash 'scan --format=js' 'json,jsonl' "$(in_bash overreach scan --format = js)"
expect bash 'scan --format=' 'text' \
  "$(in_bash overreach scan --format = | grep -o text)"
expect bash 'scan -- --sta' '' "$(in_bash overreach scan -- --sta)"
expect bash 'scan some' 'some file.txt' "$(in_bash overreach scan some)"
expect bash 'hook install ' 'folder' "$(in_bash overreach hook install '')"
expect fish 'hook install ' 'folder/' "$(in_fish 'overreach hook install ')"
expect fish 'scan --format=js' '--format=json,--format=jsonl' \
  "$(in_fish 'overreach scan --format=js')"

# Every option that a command's help has.
for command in '' scan reach check rules 'rules list' 'rules show' \
  'rules check' hook 'hook install' 'hook status' 'hook remove' completion; do
  # shellcheck disable=SC2086
  options=$("$overreach" $command --help |
    sed -nE 's/^  (-[-a-z,]+).*/\1/p' | tr , '\n' | grep -e '^--' | sort |
    paste -sd,)
  # shellcheck disable=SC2086
  expect bash "$command --" "$options" "$(in_bash overreach $command --)"
  line="overreach ${command:+$command }--"
  expect fish "$line" "$options" "$(in_fish "$line")"
done

# zsh, which writes into the line what is certain.
printf '%s\n' 'overreach sc' 'overreach rules li' 'overreach hook st' \
  'overreach scan --stag' 'overreach scan -f tex' 'overreach scan --format=tex' \
  'overreach scan -q --confidence h' 'overreach scan rep' \
  'overreach scan -o rep' 'overreach hook install f' 'overreach completion z' \
  'overreach check --from rep' 'overreach scan --format js' \
  >"$work/typed"
printf '%s\n' 'overreach scan ' 'overreach rules list ' \
  'overreach hook status ' 'overreach scan --staged ' \
  'overreach scan -f text ' 'overreach scan --format=text ' \
  'overreach scan -q --confidence high ' 'overreach scan report.json ' \
  'overreach scan -o report.json ' 'overreach hook install folder/' \
  'overreach completion zsh ' 'overreach check --from report.json ' \
  'overreach scan --format json' >"$work/expected"
python3 "$here/completion.py" "$work/overreach.zsh" <"$work/typed" \
  >"$work/seen"
diff -u "$work/expected" "$work/seen" >&2 || wrong=1

[ "$wrong" = 0 ] || exit 1
echo "completion: bash, fish and zsh complete what --help names"
