#include <benchmark/benchmark.h>

#include "generated_sightings.hpp"

// Sightings to persons: items are sightings as they come.
namespace {

constexpr std::uint64_t count = 1'000'000;

void add_sightings(benchmark::State& bench) {
  std::size_t bytes = 0;
  for (auto _ : bench) bytes = mta::bench::generated_sightings(count).bytes();
  bench.counters["bytes_per_sighting"] = static_cast<double>(bytes) / static_cast<double>(count);
  bench.SetItemsProcessed(bench.iterations() * static_cast<std::int64_t>(count));
}
BENCHMARK(add_sightings)->Unit(benchmark::kMillisecond);

void resolve_all(benchmark::State& bench, mta::bench::Limits limits) {
  const mta::Sightings made = mta::bench::generated_sightings(count);
  const mta::IdentityRules rules = mta::bench::identity_rules(limits);
  for (auto _ : bench) benchmark::DoNotOptimize(resolve(made, rules).report.persons);
  bench.SetItemsProcessed(bench.iterations() * static_cast<std::int64_t>(count));
}
BENCHMARK_CAPTURE(resolve_all, without_limits, mta::bench::Limits::none)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(resolve_all, with_limits, mta::bench::Limits::users_and_cookies)
    ->Unit(benchmark::kMillisecond);

void save_and_load(benchmark::State& bench) {
  const mta::Sightings made = mta::bench::generated_sightings(count);
  for (auto _ : bench) benchmark::DoNotOptimize(mta::Sightings::load(made.save()).size());
  bench.SetItemsProcessed(bench.iterations() * static_cast<std::int64_t>(count));
}
BENCHMARK(save_and_load)->Unit(benchmark::kMillisecond);

}  // namespace
