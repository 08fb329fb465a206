// Generated events from a program's own columns to the credits of all six models: one line for each
// number of threads: seconds, seconds of CPU, events a second, megabytes, bytes an event. usage: mta_columns_run EVENTS
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

#include "generated_events.hpp"
#include "mta/pipeline/run.hpp"
#include "mta/report/report.hpp"

namespace {

double cpu_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
         static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

double peak_megabytes() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return static_cast<double>(used.ru_maxrss) * 1'024 / 1e6;  // Linux counts it in KiB
}

std::string run_all(const mta::bench::EventGenerator& generator,
                    const mta::bench::GeneratedColumns& columns, std::size_t threads) {
  mta::Spec spec;
  for (const char* name : {"first", "last", "linear", "time_decay", "position_based", "markov"}) {
    spec.models.push_back({.name = name});
  }
  // What a rival is asked (bench/benchmarks.sh): every conversion looks back over all touches.
  mta::Goal goal = mta::goal_for_event("conversion");
  goal.after_conversion = mta::AfterConversion::keep;
  goal.conversion_touch = mta::ConversionTouch::never;
  goal.null_gap = mta::Lookback::unlimited;
  spec.goals.push_back(std::move(goal));
  mta::Run run(spec, {.threads = threads});
  mta::Events events(run.layout());
  append_generated(events, generator, columns, run.schema(), {.threads = threads});
  run.add(std::move(events));
  return mta::to_json(run.finish());
}

}  // namespace

int main(int count, char** arguments) {
  const std::uint64_t events = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 10'000'000;
  const mta::bench::EventGenerator generator({.events = events});
  const auto columns = mta::bench::generate_columns(generator);
  const double before = peak_megabytes();
  std::string first;
  for (const std::size_t threads : {1U, 2U}) {
    const double cpu = cpu_seconds();
    const auto begin = std::chrono::steady_clock::now();
    const std::string json = run_all(generator, columns, threads);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    const double peak = peak_megabytes() - before;  // what the caller's columns hold is not ours
    std::printf("%-8s %7zu %9.3f %10.3f %14.0f %12.1f %12.1f\n", "columns", threads, took.count(),
                cpu_seconds() - cpu, static_cast<double>(events) / took.count(), peak,
                peak * 1e6 / static_cast<double>(events));
    if (threads == 1) first = json;
    if (json != first) return 1;
  }
}
