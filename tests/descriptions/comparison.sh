#!/bin/sh
# Checks that the comparison with descriptions finds what is wrong:
#   comparison.sh OVERREACH [FOLDER], neither used
exec python3 "$(dirname "$0")/comparison.py"
