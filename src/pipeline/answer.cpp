#include "pipeline/answer.hpp"

#include <algorithm>
#include <functional>
#include <mutex>
#include <optional>

#include "mta/core/workers.hpp"
#include "pipeline/goal_workers.hpp"

namespace mta {
namespace {

/// Gives a goal's journeys to a sink, batch by batch, for the second time.
using Replay = std::function<void(std::vector<SecondPass>& workers)>;

/// What turns one goal's first pass into its answer.
struct Assembly {
  std::size_t width;  ///< of the keys asked for
  bool by_channel_only;
  std::function<CellNumbering()> fine_cells;  ///< channel first, then what was asked for
  Ledger::NameOf name_of;
  std::span<const std::string_view> channels;
  std::size_t workers;
  bool chains;
};

void add_all(Ledger& ledger, std::span<const FirstPass> workers, std::size_t model) {
  for (const FirstPass& worker : workers) worker.add_to(ledger, model);
}

std::vector<std::uint8_t> channels_seen(std::span<const FirstPass> workers) {
  const auto first = workers.front().channels_seen();
  std::vector<std::uint8_t> seen(first.begin(), first.end());
  for (const FirstPass& worker : workers.subspan(1)) {
    const auto more = worker.channels_seen();
    for (std::size_t c = 0; c < seen.size(); ++c) seen[c] |= more[c];
  }
  return seen;
}

/// Channel totals as they stand: what is asked for where channels are the only dimension.
Ledger channel_ledger(const FittedCredit& fit, std::span<const std::uint8_t> seen) {
  Ledger ledger;
  ledger.add_unattributed(fit.unattributed);
  for (std::uint32_t c = 0; c < fit.credit.size(); ++c) {
    if (seen[c] != 0) ledger.add(Ledger::Tuple{c}, fit.credit[c]);
  }
  return ledger;
}

std::vector<double> of_seen(const std::vector<double>& values, std::span<const std::uint8_t> seen) {
  std::vector<double> kept;
  for (std::size_t c = 0; c < values.size(); ++c) {
    if (seen[c] != 0) kept.push_back(values[c]);
  }
  return kept;
}

class GoalAssembly {
 public:
  GoalAssembly(const Assembly& assembly, std::span<const AnyModel> models, std::string name,
               std::vector<FirstPass>& workers)
      : assembly_(assembly), models_(models), workers_(workers), seen_(channels_seen(workers)) {
    result_.goal = std::move(name);
    for (const FirstPass& worker : workers) result_.counts.merge(worker.counts);
    result_.booked = result_.counts.booked.checked("goal '" + result_.goal + "'");
    unattributed_ = result_.counts.unattributed.checked("goal '" + result_.goal + "'");
    for (std::size_t c = 0; c < seen_.size(); ++c) {
      if (seen_[c] != 0) result_.channels.emplace_back(assembly_.channels[c]);
    }
  }

  GoalResult finish(const Replay& replay) {
    fit_all();
    second_pass(replay);
    for (std::size_t m = 0; m < models_.size(); ++m) add_model(m);
    return std::move(result_);
  }

 private:
  void fit_all() {
    fit_of_.resize(models_.size());
    for (std::size_t m = 0; m < models_.size(); ++m) {
      const AnyModel& model = models_[m];
      if (model.info().kind != ModelKind::fitted) continue;
      AnyState& state = workers_.front().state(m);
      for (std::size_t w = 1; w < workers_.size(); ++w) state.merge(workers_[w].state(m));
      fit_of_[m] = fits_.size();
      fits_.push_back(model.finish(state));
      chains_.push_back(assembly_.chains ? model.chain(state, assembly_.channels) : std::nullopt);
      any_second_ = any_second_ || needs_touches(m);
    }
  }

  [[nodiscard]] bool needs_touches(std::size_t m) const {
    return !assembly_.by_channel_only || models_[m].distribute() == Distribute::journey;
  }

  void second_pass(const Replay& replay) {
    shares_.resize(fits_.size());
    if (!any_second_) return;
    std::vector<SecondPass> workers;
    for (std::size_t w = 0; w < assembly_.workers; ++w) {
      workers.emplace_back(fits_, assembly_.fine_cells());
    }
    replay(workers);
    for (std::size_t f = 0; f < fits_.size(); ++f) {
      for (const SecondPass& worker : workers) worker.add_to(shares_[f], f);
    }
  }

  [[nodiscard]] Ledger ledger_of(std::size_t m) const {
    if (!fit_of_[m]) {
      Ledger ledger;
      add_all(ledger, workers_, m);
      return ledger;
    }
    const FittedCredit& fit = fits_[*fit_of_[m]];
    if (!needs_touches(m)) return channel_ledger(fit, seen_);
    const TouchShares& shares = shares_[*fit_of_[m]];
    return models_[m].distribute() == Distribute::journey ? distribute_by_journey(shares)
                                                          : distribute_channel_totals(fit, shares);
  }

  void add_model(std::size_t m) {
    const AnyModel& model = models_[m];
    ModelResult& result = result_.models.emplace_back();
    result.model = std::string(model.info().name);
    result.options = model.options();
    Ledger ledger = ledger_of(m);
    ledger.add_unattributed(unattributed_);
    result.credits = ledger.named(assembly_.width, assembly_.name_of);
    if (!fit_of_[m]) return;
    FittedCredit& fit = fits_[*fit_of_[m]];
    result.chain = std::move(chains_[*fit_of_[m]]);
    for (const ChannelColumn& column : fit.explained) {
      result.explained.push_back({column.name, of_seen(column.values, seen_)});
    }
    result.numbers = fit.numbers;
    result.notes = fit.notes;
  }

  const Assembly& assembly_;
  std::span<const AnyModel> models_;
  std::vector<FirstPass>& workers_;
  std::vector<std::uint8_t> seen_;
  GoalResult result_;
  Worth unattributed_;
  std::vector<FittedCredit> fits_;
  std::vector<std::optional<Chain>> chains_;  // of each fit
  std::vector<std::optional<std::size_t>> fit_of_;
  std::vector<TouchShares> shares_;
  bool any_second_ = false;
};

/// Loads every bucket once, on all threads, and calls `work(worker, bucket)`.
template <class Work>
void for_each_bucket(const EventQuestion& question, bool event_names, Work work) {
  std::vector<BucketEvents> loaded;
  for (std::size_t w = 0; w < question.options.threads; ++w) {
    loaded.emplace_back(question.events, question.vocabulary);
  }
  std::mutex progress;
  std::size_t done = 0;
  run_tasks(
      question.options.threads, bucket_count,
      [&](std::size_t worker, std::size_t bucket) {
        loaded[worker].load(bucket);
        if (event_names) loaded[worker].index_event_names();
        work(worker, loaded[worker]);
        if (!question.options.progress) return;
        const std::scoped_lock lock(progress);
        question.options.progress(++done, bucket_count);
      },
      question.options.stop);
}

Seconds lookback_of(const Goal& goal) noexcept {
  if (goal.lookback.microseconds == Lookback::unlimited) return ModelContext().lookback;
  return Seconds(static_cast<double>(goal.lookback.microseconds) / 1e6);
}

/// The models asked for, ready for one goal's journeys.
std::vector<AnyModel> bound(std::span<const AnyModel> models, const ModelContext& context) {
  std::vector<AnyModel> ready;
  for (const AnyModel& model : models) ready.push_back(model.bind(context));
  return ready;
}

class EventAnswer {
 public:
  explicit EventAnswer(const EventQuestion& question)
      : question_(question), dimensions_(cell_dimensions(question.by, question.events.layout())) {
    for (const Goal& stage : question.stages) stage_names_.push_back(stage.name);
    for (const Goal& goal : question.goals) {
      builders_.emplace_back(goal, question.events, question.vocabulary, question.stages);
      const auto& models = models_.emplace_back(bound(question.models, context_of(goal)));
      auto& workers = first_.emplace_back();
      for (std::size_t w = 0; w < question.options.threads; ++w) {
        workers.emplace_back(models, CellNumbering(dimensions_, question.vocabulary),
                             question.vocabulary.channels().size());
      }
    }
  }

  std::vector<GoalResult> run() {
    for_each_bucket(question_, asks_events(), [&](std::size_t worker, const BucketEvents& bucket) {
      for (std::size_t g = 0; g < builders_.size(); ++g) {
        FirstPass& pass = first_[g][worker];
        builders_[g].build(
            bucket, [&](JourneysView journeys) { pass.take(journeys, &bucket); }, pass.counts);
      }
    });
    std::vector<GoalResult> results;
    const Assembly assembly = make_assembly();
    for (std::size_t g = 0; g < builders_.size(); ++g) {
      GoalAssembly goal(assembly, models_[g], question_.goals[g].name, first_[g]);
      results.push_back(goal.finish([&](std::vector<SecondPass>& workers) { replay(g, workers); }));
    }
    return results;
  }

 private:
  [[nodiscard]] ModelContext context_of(const Goal& goal) const {
    return {.channels = question_.vocabulary.channels(),
            .events = question_.vocabulary.events(),
            .stages = stage_names_,
            .lookback = lookback_of(goal)};
  }
  /// Whether anybody asks what a touch's event is called.
  [[nodiscard]] bool asks_events() const {
    return by_event() ||
           std::any_of(question_.models.begin(), question_.models.end(),
                       [](const AnyModel& model) { return model.info().needs_events; });
  }
  [[nodiscard]] bool by_event() const {
    return std::any_of(dimensions_.begin(), dimensions_.end(), [](const CellDimension& dimension) {
      return dimension.kind == CellDimension::Kind::event;
    });
  }

  [[nodiscard]] Assembly make_assembly() const {
    const Vocabulary& vocabulary = question_.vocabulary;
    std::vector<CellDimension> fine{{CellDimension::Kind::channel, 0}};
    fine.insert(fine.end(), dimensions_.begin(), dimensions_.end());
    return {dimensions_.size(),
            dimensions_ == std::vector<CellDimension>{{CellDimension::Kind::channel, 0}},
            [fine, &vocabulary] { return CellNumbering(fine, vocabulary); },
            [this](std::size_t d, std::uint32_t code) {
              return text_of(dimensions_[d], code, question_.vocabulary);
            },
            vocabulary.channels(),
            question_.options.threads,
            question_.chains};
  }

  void replay(std::size_t g, std::vector<SecondPass>& workers) const {
    for_each_bucket(question_, by_event(), [&](std::size_t worker, const BucketEvents& bucket) {
      GoalCounts counted_before;
      builders_[g].build(
          bucket, [&](JourneysView journeys) { workers[worker].take(journeys, &bucket); },
          counted_before);
    });
  }

  const EventQuestion& question_;
  std::vector<CellDimension> dimensions_;
  std::vector<std::string> stage_names_;
  std::vector<JourneyBuilder> builders_;
  std::vector<std::vector<AnyModel>> models_;  // of each goal
  std::vector<std::vector<FirstPass>> first_;
};

}  // namespace

std::vector<GoalResult> answer_events(const EventQuestion& question) {
  return EventAnswer(question).run();
}

GoalResult answer_paths(const PathQuestion& question, const Goal& goal) {
  const PathTable& paths = question.paths;
  const auto channels = question.channels;
  const std::vector<AnyModel> models =
      bound(question.models, {.channels = channels, .lookback = lookback_of(goal)});
  std::vector<FirstPass> first;
  first.emplace_back(models, CellNumbering(channels.size()), channels.size());
  build_journeys(
      paths, goal, [&](JourneysView journeys) { first[0].take(journeys, nullptr); },
      first[0].counts);
  const Assembly assembly{1,
                          true,
                          CellNumbering::channel_twice,
                          [&](std::size_t, std::uint32_t code) { return channels[code]; },
                          channels,
                          1,
                          question.chains};
  return GoalAssembly(assembly, models, goal.name, first)
      .finish([&](std::vector<SecondPass>& workers) {
        GoalCounts counted_before;
        build_journeys(
            paths, goal, [&](JourneysView journeys) { workers[0].take(journeys, nullptr); },
            counted_before);
      });
}

std::span<const std::string_view> default_models() noexcept {
  static constexpr std::string_view names[] = {"first",      "last",           "linear",
                                               "time_decay", "position_based", "markov"};
  return names;
}

}  // namespace mta
