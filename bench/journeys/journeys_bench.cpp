#include <benchmark/benchmark.h>

#include "generated_events.hpp"
#include "mta/journeys/journey_builder.hpp"

// Events of all buckets to journeys: items are events.
namespace {

constexpr std::uint64_t count = 500'000;

const mta::Events& events() {
  static const mta::Events made = mta::bench::generated_events(
      count, {.dimensions = {{"campaign", "campaign"}}, .conversion_events = {"conversion"}});
  return made;
}

mta::Goal purchase() {
  mta::Goal goal;
  goal.name = "conversion";
  goal.events = {"conversion"};
  return goal;
}

void build_all(benchmark::State& bench, const mta::Goal& goal) {
  const mta::Vocabulary vocabulary(events());
  const mta::JourneyBuilder builder(goal, events(), vocabulary);
  mta::BucketEvents bucket(events(), vocabulary);
  mta::Journeys room;
  std::uint64_t touches = 0;
  for (auto _ : bench) {
    mta::GoalCounts counts;
    for (std::size_t b = 0; b < mta::bucket_count; ++b) {
      bucket.load(b);
      builder.build(
          bucket, [&](mta::JourneysView journeys) { touches += journeys.touches(); }, counts, room);
    }
    benchmark::DoNotOptimize(counts);
  }
  benchmark::DoNotOptimize(touches);
  bench.SetItemsProcessed(bench.iterations() * static_cast<std::int64_t>(count));
}

void load_buckets(benchmark::State& bench) {
  const mta::Vocabulary vocabulary(events());
  mta::BucketEvents bucket(events(), vocabulary);
  for (auto _ : bench) {
    for (std::size_t b = 0; b < mta::bucket_count; ++b) bucket.load(b);
  }
  benchmark::DoNotOptimize(bucket.size());
  bench.SetItemsProcessed(bench.iterations() * static_cast<std::int64_t>(count));
}
BENCHMARK(load_buckets);

void build_journeys_default(benchmark::State& bench) { build_all(bench, purchase()); }
BENCHMARK(build_journeys_default);

void build_journeys_overlapping(benchmark::State& bench) {
  mta::Goal goal = purchase();
  goal.after_conversion = mta::AfterConversion::keep;
  build_all(bench, goal);
}
BENCHMARK(build_journeys_overlapping);

void build_journeys_with_transforms(benchmark::State& bench) {
  mta::Goal goal = purchase();
  goal.transforms = {{mta::Transform::Kind::collapse, 0, ""}, {mta::Transform::Kind::trim, 5, ""}};
  build_all(bench, goal);
}
BENCHMARK(build_journeys_with_transforms);

void build_journeys_of_sessions(benchmark::State& bench) {
  mta::Goal goal = purchase();
  goal.touch = mta::TouchUnit::session;
  goal.sessions = mta::ga4_sessions();
  build_all(bench, goal);
}
BENCHMARK(build_journeys_of_sessions);

void build_journeys_of_sessions_cut_at_midnight(benchmark::State& bench) {
  mta::Goal goal = purchase();
  goal.touch = mta::TouchUnit::session;
  goal.sessions = mta::matomo_sessions("Europe/Berlin");
  build_all(bench, goal);
}
BENCHMARK(build_journeys_of_sessions_cut_at_midnight);

void build_journeys_in_days_of_the_calendar(benchmark::State& bench) {
  mta::Goal goal = purchase();
  goal.lookback.days = 30;
  goal.lookback.zone = "Europe/Berlin";
  build_all(bench, goal);
}
BENCHMARK(build_journeys_in_days_of_the_calendar);

}  // namespace
