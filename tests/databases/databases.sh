#!/bin/sh
# Compares what the program says of logins with what they can really do, on
# servers that are started for it:  databases.sh OVERREACH
exec python3 "$(dirname "$0")/databases.py" "$1"
