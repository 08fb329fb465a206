#!/usr/bin/env bash
# Runs every benchmark for a moment and prints what it measured, so that none can rot.
# usage: bench/short.sh BUILD_DIR [further options of Google Benchmark]
set -euo pipefail
build=${1:?usage: bench/short.sh BUILD_DIR [OPTION...]}
shift
while read -r program; do
  echo "== $(basename "$program")"
  "$program" --benchmark_min_time=0.05 "$@" < /dev/null
done < "$build/bench/programs.txt"
