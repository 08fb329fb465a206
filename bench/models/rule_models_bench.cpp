#include <benchmark/benchmark.h>

#include <vector>

#include "mta/models/credit.hpp"
#include "mta/models/first_touch.hpp"
#include "mta/models/last_touch.hpp"
#include "mta/models/linear.hpp"
#include "mta/models/position_based.hpp"
#include "mta/models/time_decay.hpp"
#include "support/synthetic_journeys.hpp"

// Rule models: items are touches, those of journeys that earn nothing included.
namespace {

template <class M>
void credit_of(benchmark::State& bench) {
  const M model;
  const auto count = static_cast<std::size_t>(bench.range(0));
  const auto journeys =
      mta::test::synthetic_journeys({.journeys = count, .channels = 20, .seed = 1});
  const mta::JourneysView view = journeys.view();
  std::vector<mta::CellId> cells;
  for (const mta::ChannelId channel : view.channel()) {
    cells.push_back(static_cast<mta::CellId>(mta::index(channel)));
  }
  mta::CreditSink sink(20);
  sink.begin_batch(cells, 20);
  for (auto _ : bench) mta::credit(model, view, sink);
  benchmark::DoNotOptimize(sink);
  bench.SetItemsProcessed(bench.iterations() * static_cast<std::int64_t>(view.touches()));
}

BENCHMARK(credit_of<mta::FirstTouch>)->Name("first_touch_credit")->Arg(1'000)->Arg(1'000'000);
BENCHMARK(credit_of<mta::LastTouch>)->Name("last_touch_credit")->Arg(1'000)->Arg(1'000'000);
BENCHMARK(credit_of<mta::Linear>)->Name("linear_credit")->Arg(1'000)->Arg(1'000'000);
BENCHMARK(credit_of<mta::PositionBased>)->Name("position_based_credit")->Arg(1'000)->Arg(1'000'000);
BENCHMARK(credit_of<mta::TimeDecay>)->Name("time_decay_credit")->Arg(1'000)->Arg(1'000'000);

}  // namespace
