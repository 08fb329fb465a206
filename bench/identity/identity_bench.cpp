#include <benchmark/benchmark.h>

#include <algorithm>
#include <vector>

#include "generated_events.hpp"
#include "generated_sightings.hpp"
#include "mta/identity/stitch.hpp"
#include "mta/ingest/event_rows.hpp"

// Sightings to persons: items are sightings as they come. Stitching: items are all events there
// are.
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

mta::Events events() {
  return mta::bench::generated_events(count, {.conversion_events = {"conversion"}});
}

/// The visitors of some events, each once, in no order that means anything.
std::vector<mta::PersonKey> visitors_of(const mta::Events& events) {
  std::vector<mta::PersonKey> keys;
  for (std::size_t bucket = 0; bucket < mta::bucket_count; ++bucket) {
    const mta::EventRows rows(events.part(0).table(bucket), nullptr);
    for (const mta::EventPage& page : rows.pages()) {
      for (std::size_t i = 0; i < page.size(); ++i) keys.push_back(page.key(i));
    }
  }
  const auto order = [](const mta::PersonKey& a, const mta::PersonKey& b) { return a.low < b.low; };
  std::sort(keys.begin(), keys.end(), order);
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

/// Ten visitors a person, so that most events get another key.
void stitch_all(benchmark::State& bench) {
  const auto visitors = visitors_of(events());
  mta::Links links;
  for (std::size_t i = 0; i < visitors.size(); ++i) links.add(visitors[i], visitors[i / 10 * 10]);
  const mta::PersonMap persons(links);
  for (auto _ : bench) {
    bench.PauseTiming();
    mta::Events made = events();
    bench.ResumeTiming();
    made = stitch(std::move(made), persons);
    benchmark::DoNotOptimize(made.size());
    bench.PauseTiming();
    made = mta::Events();
    bench.ResumeTiming();
  }
  bench.SetItemsProcessed(bench.iterations() * static_cast<std::int64_t>(count));
}
BENCHMARK(stitch_all)->Unit(benchmark::kMillisecond);

/// Each time, two visitors more turn out to be one person.
void stitch_one_pair(benchmark::State& bench) {
  mta::Events made = events();
  const auto visitors = visitors_of(made);
  std::size_t next = 0;
  for (auto _ : bench) {
    mta::Links links;
    links.add(visitors[next], visitors[next + 1]);
    next = (next + 2) % (visitors.size() - 1);
    made = stitch(std::move(made), mta::PersonMap(links));
  }
  bench.SetItemsProcessed(bench.iterations() * static_cast<std::int64_t>(count));
}
BENCHMARK(stitch_one_pair)->Unit(benchmark::kMillisecond);

}  // namespace
