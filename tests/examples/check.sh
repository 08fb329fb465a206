#!/bin/sh
# Runs a command and compares what it prints on standard output with a file.
# usage: check.sh EXPECTED_FILE COMMAND...          UPDATE=1 writes the file instead
set -eu
expected=$1
shift
if [ "${UPDATE:-}" = 1 ]; then
  "$@" > "$expected"
  exit
fi
actual=$(mktemp)
trap 'rm -f "$actual"' EXIT
"$@" > "$actual"
diff -u "$expected" "$actual"
