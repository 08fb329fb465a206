#!/usr/bin/env bash
# How many instructions an event or touch takes on each hot path, under valgrind: unlike times, the same on every run.
# Compares with bench/instructions.txt and fails where a path takes more than 5 % beyond it.
# usage: bench/instructions.sh BUILD_DIR            compares
#        bench/instructions.sh BUILD_DIR --update   writes bench/instructions.txt anew
set -euo pipefail
build=${1:?usage: bench/instructions.sh BUILD_DIR [--update]}
update=${2:-}
baseline=$(dirname "${BASH_SOURCE[0]}")/instructions.txt
program=$build/bench/mta_hot_paths

# counted PATH TIMES: "instructions items"
counted() {
  local log
  log=$(mktemp)
  local items
  items=$(valgrind --tool=cachegrind --cache-sim=no --cachegrind-out-file=/dev/null --log-file="$log" "$program" "$1" "$2")
  awk -v items="$items" '/I *refs:/ { gsub(",", "", $NF); print $NF, items }' "$log"
  rm "$log"
}

failed=0 lines=()
printf '%-20s %12s %12s %8s\n' path now baseline change
while read -r path; do
  read -r often items < <(counted "$path" 3)
  read -r once items < <(counted "$path" 1)  # what is prepared falls out of the difference
  now=$(awk -v a="$often" -v b="$once" -v n="$items" 'BEGIN { printf "%.2f", (a - b) / (2 * n) }')
  lines+=("$(printf '%-20s %10s' "$path" "$now")")
  before=$(awk -v path="$path" '$1 == path { print $2 }' "$baseline" 2> /dev/null || true)
  if [ -z "$before" ]; then
    printf '%-20s %12s %12s\n' "$path" "$now" none
    [ "$update" = --update ] || failed=1
    continue
  fi
  change=$(awk -v a="$now" -v b="$before" 'BEGIN { printf "%+.1f", (a / b - 1) * 100 }')
  printf '%-20s %12s %12s %7s%%\n' "$path" "$now" "$before" "$change"
  if awk -v c="$change" 'BEGIN { exit !(c > 5) }'; then failed=1; fi
done < <("$program")
if [ "$update" = --update ]; then
  {
    echo "# Instructions an item (events; touches for models): bench/instructions.sh. g++ 12 -O3, x86-64 with AVX2."
    printf '%s\n' "${lines[@]}"
  } > "$baseline"
  exit 0
fi
[ "$failed" = 0 ] || echo "a hot path takes more instructions than it did: find out why, or run bench/instructions.sh $build --update" >&2
exit "$failed"
