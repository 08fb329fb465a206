#include <benchmark/benchmark.h>

#include "generated_events.hpp"
#include "mta/pipeline/run.hpp"

// Events in memory to credits of all six models: items are events.
namespace {

constexpr std::uint64_t count = 500'000;

void run_all_models(benchmark::State& bench, const std::vector<std::string>& by) {
  mta::Spec spec;
  for (const char* name : {"first", "last", "linear", "time_decay", "position_based", "markov"}) {
    spec.models.push_back({.name = name});
  }
  spec.by = by;
  for (auto _ : bench) {
    bench.PauseTiming();
    mta::Run run(spec, {.threads = static_cast<std::size_t>(bench.range(0))});
    mta::Events events = mta::bench::generated_events(count, run.schema());
    bench.ResumeTiming();
    run.add(std::move(events));
    benchmark::DoNotOptimize(run.finish());
  }
  bench.SetItemsProcessed(bench.iterations() * static_cast<std::int64_t>(count));
}

void by_channel(benchmark::State& bench) { run_all_models(bench, {}); }
BENCHMARK(by_channel)->ArgName("threads")->Arg(1)->Arg(2)->UseRealTime();

void by_channel_and_campaign(benchmark::State& bench) {
  run_all_models(bench, {"channel", "campaign"});
}
BENCHMARK(by_channel_and_campaign)->ArgName("threads")->Arg(1)->UseRealTime();

}  // namespace
