#!/bin/sh
# Checks our HTML with parsers that nobody here wrote:
#   html_valid.sh OVERREACH FOLDER
# takes the pages of scans of FOLDER and of an empty folder, and those of
# html_probe, which are hostile.  html5lib takes each as the standard says and
# forgives nothing (html_check.py), html-validate looks at what may stand where
# and at what a screen reader needs.  Both are kept in build/tools.
set -eu

package=html-validate@10.17.0
overreach=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
folder=$2
root=$(cd "$(dirname "$0")/../.." && pwd)
probe=$(dirname "$overreach")/tests/html_probe
tools=$root/build/tools
venv=$tools/html5lib

if ! "$venv/bin/python" -c 'import html5lib' 2>/dev/null; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install -q 'html5lib==1.1' >&2
fi
# A folder of its own: npm takes away what another script put into the same one.
validator=$tools/html-validate
if [ ! -d "$validator/node_modules/html-validate" ]; then
  mkdir -p "$validator"
  npm install --prefix "$validator" --no-save --no-audit --no-fund "$package" >&2
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/pages" "$work/nothing"

# The environment is empty: reach would read it.  1 and 3 are findings and an
# incomplete scan: both have to be valid too.
page() {
  name=$1
  shift
  status=0
  env -i "$overreach" "$@" --format html --output "$work/pages/$name.html" ||
    status=$?
  case $status in
    0 | 1 | 3) ;;
    *) echo "overreach: exit status $status" >&2; exit 1 ;;
  esac
}
page of-scan scan --confidence low "$folder"
page of-scan-verbose scan --confidence low --verbose "$folder"
page of-plan scan --plan "$folder"
page of-nothing scan "$work/nothing"
page of-reach reach "$folder" --home "$work/nothing"
"$probe" "$work/pages"

"$venv/bin/python" "$root/tests/formatters/html_check.py" "$work/pages"/*.html

cat >"$work/rules.json" <<'RULES'
{"root": true, "extends": ["html-validate:standard", "html-validate:a11y"]}
RULES
validate() {
  node "$validator/node_modules/html-validate/bin/html-validate.mjs" \
    --config "$work/rules.json" "$@"
}
validate "$work/pages"/*.html
# What it would say of a page that is not valid.
sed 's/<h1>/<h1 hidden><div><\/div>/' "$work/pages/of-scan.html" >"$work/bad.html"
if validate "$work/bad.html" >/dev/null 2>&1; then
  echo "html-validate did not notice a bad page" >&2
  exit 1
fi
