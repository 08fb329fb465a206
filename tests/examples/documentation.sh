#!/bin/sh
# What the documentation shows is what the tests run. usage: documentation.sh, in the source folder
set -eu
block=$(mktemp)
trap 'rm -f "$block"' EXIT

# shows DOCUMENT FILE: every line of FILE stands in DOCUMENT, together and in order
shows() {
  if ! awk 'NR == FNR { wanted[++n] = $0; next }
            { at = $0 == wanted[at + 1] ? at + 1 : ($0 == wanted[1] ? 1 : 0); if (at == n) { found = 1; exit } }
            END { exit !found }' "$2" "$1"; then
    echo "$1 does not show $2" >&2
    exit 1
  fi
}

shows README.md examples/readme.cpp
shows README.md tests/examples/expected/readme.txt
shows examples/data/README.md tests/examples/expected/anna.txt
shows examples/data/people/README.md tests/examples/expected/people_journey.txt
shows examples/data/people/README.md tests/examples/expected/people.txt
shows examples/data/people/README.md tests/examples/expected/people_why.txt
shows docs/formats/ledger.md tests/examples/expected/anna_journey.txt
# Of the answer, the table of conversions.
sed -n '/^goal sale/,/^total/p' tests/examples/expected/attribute_sales.txt > "$block"
shows README.md "$block"
