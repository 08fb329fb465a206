#include <benchmark/benchmark.h>

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mta/models/registry.hpp"
#include "support/synthetic_journeys.hpp"

// Rule models: items are touches, those of journeys that earn nothing included.
namespace {

constexpr std::size_t channels = 20;
constexpr std::size_t touches_in_batch = 8192;

/// Journeys of 1 to 9 touches, 5 on average, all but one in eight of them converting.
mta::Journeys converting_journeys(std::size_t count) {
  mta::test::Random random(1);
  mta::Journeys journeys;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t touches = 1 + random.below(9);
    for (std::uint64_t t = touches; t-- > 0;) {
      const auto channel = std::min(random.below(channels), random.below(channels));
      const auto age = static_cast<double>(t * 86'400 + random.below(86'400));
      journeys.add_touch(static_cast<mta::ChannelId>(channel), mta::Seconds(age), 0);
    }
    mta::JourneyEnd end{.count = mta::one_conversion};
    if (random.below(8) != 0) {
      end.outcome = mta::Outcome::converted;
      end.worth = {mta::one_conversion, {random.micros(20'000) * 10'000}};  // cents
    }
    journeys.end(end);
  }
  return journeys;
}

std::vector<mta::CellId> cells_of(mta::JourneysView journeys) {
  std::vector<mta::CellId> cells;
  for (const mta::ChannelId channel : journeys.channel()) {
    cells.push_back(static_cast<mta::CellId>(mta::index(channel)));
  }
  return cells;
}

constexpr std::size_t stages = 2;

/// What models are bound to: a channel in twenty is Direct, a third are paid.
class Names {
 public:
  Names() {
    for (std::size_t c = 0; c < channels; ++c) {
      names_.push_back((c < 6 ? "Paid " : "channel ") + std::to_string(100 + c));
    }
    names_.back() = "direct";
    channels_.assign(names_.begin(), names_.end());
  }
  [[nodiscard]] mta::ModelContext context() const {
    return {.channels = channels_, .stages = stage_names_, .lookback = mta::days(30)};
  }

 private:
  std::vector<std::string> names_;
  std::vector<std::string_view> channels_;
  std::vector<std::string> stage_names_ = {"lead", "opportunity"};
};

/// For each stage the touch that holds it, or none.
std::vector<std::uint32_t> stages_of(mta::JourneysView journeys) {
  mta::test::Random random(2);
  std::vector<std::uint32_t> held;
  for (std::size_t i = 0; i < journeys.size(); ++i) {
    const std::size_t touches = journeys[i].channel.size();
    for (std::size_t s = 0; s < stages; ++s) {
      const auto touch = static_cast<std::uint32_t>(random.below(touches + 1));
      held.push_back(touch == touches ? mta::Journey::no_touch : touch);
    }
  }
  return held;
}

/// The journeys cut into batches of some 8,192 touches.
std::vector<mta::JourneysView> batches_of(mta::JourneysView journeys) {
  std::vector<mta::JourneysView> batches;
  while (journeys.size() > 0) {
    std::size_t n = 1;
    while (n < journeys.size() && journeys.first(n).touches() < touches_in_batch) ++n;
    batches.push_back(journeys.first(n));
    journeys = journeys.from(n);
  }
  return batches;
}

/// Batch after batch, each under all models before the next is touched.
void credit_in_batches(benchmark::State& bench, std::span<const std::string_view> names) {
  const mta::Journeys journeys = converting_journeys(static_cast<std::size_t>(bench.range(0)));
  const std::vector<mta::CellId> cells = cells_of(journeys.view());
  const std::vector<std::uint32_t> held = stages_of(journeys.view());
  const std::vector<mta::JourneysView> batches =
      batches_of(journeys.view().with_stages(held, stages));
  const Names context;
  std::vector<mta::AnyModel> models;
  for (const std::string_view name : names) {
    models.push_back(mta::builtin_models().make(name, "").bind(context.context()));
  }
  std::vector<mta::CreditSink> sinks(models.size());
  mta::WorthBatch worth;
  for (auto _ : bench) {
    for (const mta::JourneysView& batch : batches) {
      worth.assign(batch);
      for (std::size_t m = 0; m < models.size(); ++m) {
        sinks[m].begin_batch(cells, channels);
        models[m].credit(worth, sinks[m]);
      }
    }
  }
  benchmark::DoNotOptimize(sinks);
  bench.SetItemsProcessed(bench.iterations() * static_cast<std::int64_t>(journeys.touches()));
}

void five_rule_models(benchmark::State& bench) {
  constexpr std::string_view names[] = {"first", "last", "linear", "time_decay", "position_based"};
  credit_in_batches(bench, names);
}
BENCHMARK(five_rule_models)->Arg(1'638)->Arg(100'000);

void one_rule_model(benchmark::State& bench, std::string_view name) {
  credit_in_batches(bench, {&name, 1});
}
BENCHMARK_CAPTURE(one_rule_model, first, "first")->Arg(1'638)->Arg(100'000);
BENCHMARK_CAPTURE(one_rule_model, last, "last")->Arg(1'638)->Arg(100'000);
BENCHMARK_CAPTURE(one_rule_model, linear, "linear")->Arg(1'638)->Arg(100'000);
BENCHMARK_CAPTURE(one_rule_model, time_decay, "time_decay")->Arg(1'638)->Arg(100'000);
BENCHMARK_CAPTURE(one_rule_model, position_based, "position_based")->Arg(1'638)->Arg(100'000);
BENCHMARK_CAPTURE(one_rule_model, custom_position, "custom_position")->Arg(1'638)->Arg(100'000);
BENCHMARK_CAPTURE(one_rule_model, dp6_time_decay, "dp6_time_decay")->Arg(1'638)->Arg(100'000);
BENCHMARK_CAPTURE(one_rule_model, last_non_direct, "last_non_direct")->Arg(1'638)->Arg(100'000);
BENCHMARK_CAPTURE(one_rule_model, linear_paid, "linear_paid")->Arg(1'638)->Arg(100'000);
BENCHMARK_CAPTURE(one_rule_model, participation, "participation")->Arg(1'638)->Arg(100'000);
BENCHMARK_CAPTURE(one_rule_model, same_touch, "same_touch")->Arg(1'638)->Arg(100'000);
BENCHMARK_CAPTURE(one_rule_model, w_shaped, "w_shaped")->Arg(1'638)->Arg(100'000);
BENCHMARK_CAPTURE(one_rule_model, weighted, "weighted")->Arg(1'638)->Arg(100'000);

}  // namespace
