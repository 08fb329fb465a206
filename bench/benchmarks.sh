#!/usr/bin/env bash
# Makes the tables of docs/benchmarks.md anew, on standard output. What is measured: events in a file, or in columns, to
# the credits of first, last, linear, time decay, position based and Markov.
# usage: bench/benchmarks.sh BUILD_DIR [PART...]      parts: formats shapes stages orders journeys large; all but large unless given
#   MTA_RIVAL="node .../duckdb_rival.js"   a rival to run beside it on the same file, called with FILE --threads N; it
#                                          prints {"query_s": .., "total_s": .., "peak_rss_mb": ..}
#   MTA_BENCH_LONG=1   orders: 200 channels at order 3 as well, a minute or two
#   MTA_BENCH_EVENTS=10000000  MTA_BENCH_RUNS=3  MTA_BENCH_DIR=/tmp
set -euo pipefail
build=$(cd "${1:?usage: bench/benchmarks.sh BUILD_DIR [PART...]}" && pwd)
shift
parts=("$@")
[ ${#parts[@]} -gt 0 ] || parts=(formats shapes stages orders journeys)
events=${MTA_BENCH_EVENTS:-10000000} runs=${MTA_BENCH_RUNS:-3}
work=$(mktemp -d -p "${MTA_BENCH_DIR:-/tmp}")
trap 'rm -rf "$work"' EXIT
attribute=$(find "$build" -name attribute -type f -perm -u+x | head -n 1)

# The rival's question: every conversion looks back 30 days over all touches; null paths are not cut.
cat > "$work/spec.json" << 'SPEC'
{"columns": {"visitor": "visitor", "time": "ts", "event": "type", "channel": "channel", "value": "value"},
 "goals": [{"name": "conversion", "event": "conversion", "after_conversion": "keep", "conversion_touch": "never",
            "null_gap": "none"}],
 "models": [{"model": "first"}, {"model": "last"}, {"model": "linear"}, {"model": "time_decay"},
            {"model": "position_based"}, {"model": "markov"}]}
SPEC

generate() {  # FILE EVENTS [OPTION...]
  "$build/bench/generate/mta_generate" --events "$2" --campaign no --output "$1" "${@:3}"
  cat "$1" > /dev/null  # into the page cache: the disk is not what is measured
}

median() { sort -g | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

# measured FILE THREADS [OPTION...]: "median-seconds least most peak-MB". One run more comes before those that count: it
# pays for memory that a virtual machine has given back, which can take longer than all that is measured.
measured() {
  local file=$1 threads=$2 i
  shift 2
  for ((i = 0; i <= runs; ++i)); do
    "$build/bench/mta_measure" "$attribute" --threads "$threads" --format json --quiet --output "$work/out.json" \
      "$@" "$file" 2> "$work/measured"
    if [ "$i" -eq 0 ]; then
      : > "$work/seconds"
      : > "$work/peaks"
      continue
    fi
    awk '/^seconds/ { print $2 }' "$work/measured" >> "$work/seconds"
    awk '/^seconds/ { printf "%.0f\n", $6 / 1e6 }' "$work/measured" >> "$work/peaks"
  done
  echo "$(median < "$work/seconds") $(sort -g "$work/seconds" | head -n 1) $(sort -g "$work/seconds" | tail -n 1) $(sort -g "$work/peaks" | tail -n 1)"
}

rate() { awk -v n="$1" -v s="$2" 'BEGIN { printf "%.2f", n / s / 1e6 }'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.1f", a / b }'; }

# of_column FILE COLUMN: "median least most"
of_column() {
  awk -v c="$2" '$c != "-" { print $c }' "$1" | sort -g | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)], v[1], v[NR] }'
}

# formats_row NAME THREADS FILE: FILE has a line a run: our seconds, our peak, the rival's seconds, its peak
formats_row() {
  local median least most peak rival=- ratio=- ratio_least=- ratio_most=- rival_peak=- memory=-
  read -r median least most < <(of_column "$3" 1)
  read -r _ _ peak < <(of_column "$3" 2)
  if [ -n "${MTA_RIVAL:-}" ]; then
    read -r rival _ _ < <(of_column "$3" 3)
    read -r ratio ratio_least ratio_most < <(awk '{ printf "%.1f\n", $3 / $1 }' "$3" | of_column - 1)
    if [ "$1" != columns ]; then  # what a program's own columns take is not measured there
      read -r _ rival_peak _ < <(of_column "$3" 4)
      memory=$(ratio "$rival_peak" "$peak")
    fi
  fi
  echo "| $1 | $2 | $median; $least to $most | $(rate "$events" "$median") | $peak | $rival | $ratio; $ratio_least to $ratio_most | $rival_peak | $memory |"
}

# Ours and the rival's take turns, and each of ours is compared with the rival's that follows: the machine is shared,
# and faster in one minute than in the next. Each time both run three times, and the best run counts (of ours, of the
# last two).
part_formats() {
  local format threads seconds peak rival rival_peak query column_seconds column_peak i
  echo "| input | threads | seconds (median; least to most of $runs) | M events/s | peak MB | rival seconds | times as fast (median; least to most) | rival MB | times the memory |"
  echo "|---|---|---|---|---|---|---|---|---|"
  for format in csv ndjson; do
    generate "$work/events.$format" "$events" --format "$format"
    for threads in 1 2; do
      for ((i = 0; i < runs; ++i)); do
        read -r _ seconds _ peak < <(runs=2 measured "$work/events.$format" "$threads" --spec "$work/spec.json")
        [ -f "$work/first.json" ] || cp "$work/out.json" "$work/first.json"
        cmp "$work/out.json" "$work/first.json"  # whatever the format and the threads
        for _ in 1 2 3; do "$build/bench/mta_columns_run" "$events"; done |
          awk -v t="$threads" '$2 == t { printf "%s %.0f\n", $3, $6 }' | sort -g > "$work/columns"
        read -r column_seconds column_peak < <(head -n 1 "$work/columns")
        rival=- query=- rival_peak=-
        if [ -n "${MTA_RIVAL:-}" ]; then
          $MTA_RIVAL "$work/events.$format" --threads "$threads" --runs 3 > "$work/rival"
          rival=$(sed -E 's/.*"total_s":([0-9.]+).*/\1/' "$work/rival" | sort -g | head -n 1 | awk '{ printf "%.2f", $1 }')
          query=$(sed -E 's/.*"query_s":([0-9.]+).*/\1/' "$work/rival" | sort -g | head -n 1 | awk '{ printf "%.2f", $1 }')
          rival_peak=$(sed -E 's/.*"peak_rss_mb":([0-9.]+).*/\1/' "$work/rival" | sort -g | head -n 1)
        fi
        echo "$seconds $peak $rival $rival_peak" >> "$work/runs.$format.$threads"
        echo "$column_seconds $column_peak $query -" >> "$work/runs.columns.$threads"
      done
      formats_row "$format" "$threads" "$work/runs.$format.$threads"
    done
    rm "$work/events.$format"
  done
  for threads in 1 2; do formats_row columns "$threads" "$work/runs.columns.$threads"; done
}

# The least of the runs: what else the machine does would tell shapes apart that are alike.
part_shapes() {
  local name options models format seconds most peak seconds_2 base="" file_events
  local rules=(--model first --model last --model linear --model time_decay --model position_based)
  echo "| events | seconds, 1 thread | seconds, 2 threads | ns an event, 1 thread | times the first row | peak MB, 2 threads |"
  echo "|---|---|---|---|---|---|"
  while IFS='|' read -r name file_events options models; do
    local asked=()
    [ "$models" != rules ] || asked=("${rules[@]}")
    format=csv
    case $options in *ndjson*) format=ndjson ;; esac
    # shellcheck disable=SC2086
    generate "$work/events.$format" "$file_events" $options
    # without the rival's "keep": one visitor's 300,000 conversions would each look back over a third of all touches
    read -r _ seconds most peak < <(measured "$work/events.$format" 1 "${asked[@]}")
    read -r _ seconds_2 most peak < <(measured "$work/events.$format" 2 "${asked[@]}")
    [ -n "$base" ] || base=$(awk -v s="$seconds" -v n="$file_events" 'BEGIN { print s / n }')
    echo "| $name | $seconds | $seconds_2 | $(awk -v s="$seconds" -v n="$file_events" 'BEGIN { printf "%.0f", s * 1e9 / n }') | $(awk -v s="$seconds" -v n="$file_events" -v b="$base" 'BEGIN { printf "%.2f", s / n / b }') | $peak |"
    rm "$work/events.$format"
  done << CASES
$events events, 20 channels, mean 5, by time|$events|
a tenth of the events|$((events / 10))|
shuffled|$events|--order shuffled
by visitor|$events|--order visitor
mean 1.2 touches|$events|--mean-touches 1.2
mean 12 touches|$events|--mean-touches 12
200 channels|$events|--channels 200
5,000 channels, the five rule models|$events|--channels 5000|rules
5,000 channels, with Markov solved|$events|--channels 5000
UUIDs|$events|--visitors uuid
identifiers of 200 characters|$events|--visitors url
one visitor|$events|--visitors one
NDJSON|$events|--format ndjson
NDJSON, shuffled|$events|--format ndjson --order shuffled
CASES
}

part_stages() {
  local format
  for format in csv ndjson; do
    generate "$work/events.$format" "$events" --format "$format"
    echo "$format, ns an event on one thread:"
    "$build/bench/mta_stages_run" "$work/events.$format"
    rm "$work/events.$format"
  done
}

# Markov of orders 1 to 4 over half the events, as journeys.
part_orders() {
  local file channels order seconds least most peak
  generate "$work/few.csv" "$((events / 2))" --channels 20
  generate "$work/many.csv" "$((events / 2))" --channels 200
  echo "| $((events / 2)) events, CSV, 1 thread | order | seconds | peak MB |"
  echo "|---|---|---|---|"
  while read -r file channels order; do
    read -r seconds least most peak < <(measured "$work/$file.csv" 1 --model "markov:order=$order")
    echo "| $channels channels | $order | $seconds | $peak |"
  done << CASES
few 20 1
few 20 2
few 20 3
few 20 4
many 200 1
many 200 2
CASES
  if [ -n "${MTA_BENCH_LONG:-}" ]; then
    runs=1
    read -r seconds least most peak < <(measured "$work/many.csv" 1 --model markov:order=3)
    echo "| 200 channels | 3 | $seconds | $peak |"
  fi
}

# The same file with less and more of what makes journeys true: hits with landing page and referrer, a login in a tenth of the rows.
part_journeys() {
  local name spec file seconds least most peak base=""
  local rest='"time": "ts", "event": "type", "value": "value"' columns
  columns="\"visitor\": \"visitor\", $rest"
  local goal='"name": "conversion", "event": "conversion"'
  generate "$work/hits.csv" "$events" --pages yes --login yes
  sed -i '1s/channel/label/' "$work/hits.csv"  # a name that is not recognised: rules shall say the channel
  generate "$work/plain.csv" "$events"
  echo "| $events events, CSV, 1 thread, linear | seconds | times without | peak MB |"
  echo "|---|---|---|---|"
  while IFS='|' read -r name file spec; do
    echo "$spec" > "$work/journeys.json"
    read -r seconds least most peak < <(measured "$work/$file.csv" 1 --model linear --spec "$work/journeys.json")
    case $name in *', events as touches' | *'nobody asks for') base=$seconds ;; esac
    echo "| $name | $seconds | $(awk -v s="$seconds" -v b="$base" 'BEGIN { printf "%.2f", s / b }') | $peak |"
  done << CASES
a channel column, events as touches|plain|{"columns": {$columns, "channel": "channel"}, "goals": [{$goal}]}
the same, sessions as touches|plain|{"columns": {$columns, "channel": "channel"}, "goals": [{$goal, "touch": "session"}]}
a channel column; rows have landing page, referrer and login, which nobody asks for|hits|{"columns": {$columns, "channel": "label"}, "goals": [{$goal}]}
channels by Google Analytics 4's rules from landing page and referrer|hits|{"columns": {$columns}, "channels": "ga4", "goals": [{$goal}]}
a channel column, and persons made of visitor and login|hits|{"columns": {$rest, "channel": "label", "identifiers": [{"kind": "visitor", "column": "visitor"}, {"kind": "email", "column": "login"}]}, "goals": [{$goal}]}
CASES
}

# Ten times the events, with and without a memory budget.
part_large() {
  local many=$((events * 10)) threads seconds least most peak
  generate "$work/events.csv" "$many"
  echo "| $many events, CSV | threads | seconds | M events/s | peak MB |"
  echo "|---|---|---|---|---|"
  runs=1
  for threads in 1 2; do
    read -r seconds least most peak < <(measured "$work/events.csv" "$threads" --spec "$work/spec.json")
    cp "$work/out.json" "$work/without.json"
    echo "| all in memory | $threads | $seconds | $(rate "$many" "$seconds") | $peak |"
    read -r seconds least most peak < <(measured "$work/events.csv" "$threads" --spec "$work/spec.json" \
      --memory 1GiB --spill-dir "$work")
    cmp "$work/out.json" "$work/without.json"
    echo "| \`--memory 1GiB\`, same bytes | $threads | $seconds | $(rate "$many" "$seconds") | $peak |"
  done
}

for part in "${parts[@]}"; do
  "part_$part"
  echo
done
