#!/usr/bin/env bash
# The whole way on generated events: from a file to the credits of all six models. Prints events per second and peak
# memory for CSV, NDJSON and in-memory columns, on one thread and on two, and fails where their JSON differs.
# usage: bench/end_to_end.sh BUILD_DIR [EVENTS]
set -euo pipefail
build=$(cd "${1:?usage: bench/end_to_end.sh BUILD_DIR [EVENTS]}" && pwd)
events=${2:-10000000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
attribute=$(find "$build" -name attribute -type f -perm -u+x | head -n 1)
models=()
for name in first last linear time_decay position_based markov; do models+=(--model "$name"); done

printf '%-8s %7s %9s %10s %14s %12s %12s\n' format threads seconds cpu events/s peak_MB bytes/event
for format in csv ndjson; do
  "$build/bench/generate/mta_generate" --events "$events" --format "$format" --output "$work/events.$format"
  cat "$work/events.$format" > /dev/null  # into the page cache: the disk is not what is measured
  for threads in 1 2; do
    "$build/bench/mta_measure" "$attribute" "${models[@]}" --format json --threads "$threads" --quiet \
      --output "$work/$format.$threads.json" "$work/events.$format" 2> "$work/measured"
    awk -v format="$format" -v threads="$threads" -v events="$events" '/^seconds/ {
      printf "%-8s %7d %9.2f %10.2f %14.0f %12.1f %12.1f\n", format, threads, $2, $4, events / $2, $6 / 1e6, $6 / events
    }' "$work/measured"
    cmp "$work/csv.1.json" "$work/$format.$threads.json"
  done
  rm "$work/events.$format"
done
"$build/bench/mta_columns_run" "$events"
