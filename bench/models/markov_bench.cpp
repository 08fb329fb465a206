#include <benchmark/benchmark.h>

#include "mta/models/markov.hpp"
#include "support/synthetic_journeys.hpp"

// Markov: learning in touches per second, finishing in channels per second.
namespace {

void markov_accumulate(benchmark::State& bench) {
  const auto channels = static_cast<std::size_t>(bench.range(0));
  const auto count = static_cast<std::size_t>(bench.range(1));
  const auto journeys =
      mta::test::synthetic_journeys({.journeys = count, .channels = channels, .seed = 1});
  const mta::Markov model;
  auto state = model.start(channels);
  model.accumulate(state,
                   journeys.view());  // the table of pairs grows once, not in the measurement
  for (auto _ : bench) model.accumulate(state, journeys.view());
  benchmark::DoNotOptimize(state);
  bench.SetItemsProcessed(bench.iterations() * static_cast<std::int64_t>(journeys.touches()));
}
BENCHMARK(markov_accumulate)
    ->ArgNames({"channels", "journeys"})
    ->Args({20, 1'638})  // a batch that stays in the cache
    ->Args({200, 1'638})
    ->Args({20, 200'000})
    ->Args({200, 200'000})
    ->Args({512, 200'000})
    ->Args({513, 200'000})
    ->Args({2'000, 200'000})
    ->Args({100'000, 200'000});

void markov_merge(benchmark::State& bench) {
  const auto channels = static_cast<std::size_t>(bench.range(0));
  const auto journeys =
      mta::test::synthetic_journeys({.journeys = 50'000, .channels = channels, .seed = 1});
  const mta::Markov model;
  auto state = model.start(channels), other = model.start(channels);
  model.accumulate(other, journeys.view());
  for (auto _ : bench) merge(state, other);
  benchmark::DoNotOptimize(state);
  bench.SetItemsProcessed(bench.iterations() * static_cast<std::int64_t>(channels));
}
BENCHMARK(markov_merge)->Arg(20)->Arg(200)->Arg(2'000);

void markov_finish(benchmark::State& bench) {
  const auto channels = static_cast<std::size_t>(bench.range(0));
  const auto count = static_cast<std::size_t>(bench.range(1));
  const auto journeys =
      mta::test::synthetic_journeys({.journeys = count, .channels = channels, .seed = 1});
  const mta::Markov model;
  auto state = model.start(channels);
  model.accumulate(state, journeys.view());
  for (auto _ : bench) benchmark::DoNotOptimize(model.finish(state));
  bench.SetItemsProcessed(bench.iterations() * static_cast<std::int64_t>(channels));
}
BENCHMARK(markov_finish)
    ->ArgNames({"channels", "journeys"})
    ->Args({20, 100'000})
    ->Args({200, 100'000})
    ->Args({2'000, 10'000})
    ->Args({2'000, 1'000'000})
    ->Unit(benchmark::kMillisecond);

/// Grams of higher orders: how fast they are counted, and what solving them takes.
void markov_order_accumulate(benchmark::State& bench) {
  const auto channels = static_cast<std::size_t>(bench.range(0));
  const auto journeys =
      mta::test::synthetic_journeys({.journeys = 200'000, .channels = channels, .seed = 1});
  const mta::Markov model({.order = bench.range(1)});
  auto state = model.start(channels);
  model.accumulate(state, journeys.view());
  for (auto _ : bench) model.accumulate(state, journeys.view());
  bench.SetItemsProcessed(bench.iterations() * static_cast<std::int64_t>(journeys.touches()));
}
BENCHMARK(markov_order_accumulate)
    ->ArgNames({"channels", "order"})
    ->ArgsProduct({{20, 200}, {2, 3, 4}});

void markov_order_finish(benchmark::State& bench) {
  const auto channels = static_cast<std::size_t>(bench.range(0));
  const auto journeys = mta::test::synthetic_journeys(
      {.journeys = static_cast<std::size_t>(bench.range(2)), .channels = channels, .seed = 1});
  const mta::Markov model({.order = bench.range(1)});
  auto state = model.start(channels);
  model.accumulate(state, journeys.view());
  mta::MarkovFit fit;
  for (auto _ : bench) fit = model.finish(state);
  bench.counters["states"] = static_cast<double>(fit.states);
  bench.counters["arcs"] = static_cast<double>(fit.arcs.size());
}
BENCHMARK(markov_order_finish)
    ->ArgNames({"channels", "order", "journeys"})
    ->Args({20, 2, 200'000})
    ->Args({20, 3, 200'000})
    ->Args({20, 4, 300'000})  // some 100,000 states
    ->Args({200, 2, 20'000})
    ->Unit(benchmark::kMillisecond);

}  // namespace
