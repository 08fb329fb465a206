#include "pipeline/answer.hpp"

#include <algorithm>
#include <mutex>

#include "mta/core/error.hpp"
#include "mta/core/workers.hpp"
#include "pipeline/goal_assembly.hpp"
#include "pipeline/trail_pass.hpp"

namespace mta {
namespace {

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
  const Lookback& lookback = goal.lookback;
  const auto days = [](std::uint32_t count) { return Seconds(count * 86'400.0); };
  if (lookback.microseconds == Lookback::unlimited) {
    return lookback.days ? days(*lookback.days) : ModelContext().lookback;
  }
  const Seconds time(static_cast<double>(lookback.microseconds) / 1e6);
  return lookback.days ? std::min(time, days(*lookback.days)) : time;
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
      : question_(question),
        dimensions_(cell_dimensions(question.by, question.events.layout())),
        rooms_(question.options.threads) {
    for (const Goal& stage : question.stages) stage_names_.push_back(stage.name);
    for (const Goal& goal : question.goals) {
      builders_.emplace_back(goal, question.events, question.vocabulary, question.stages);
      const auto& models = models_.emplace_back(bound(question.models, context_of(goal)));
      auto& workers = first_.emplace_back();
      for (std::size_t w = 0; w < question.options.threads; ++w) {
        workers.emplace_back(models, CellNumbering(dimensions_, question.vocabulary),
                             question.vocabulary.channels().size());
        if (question.statistics) {
          workers.back().statistics.emplace(question.vocabulary.channels().size());
        }
      }
    }
  }

  std::vector<GoalResult> run() {
    for_each_bucket(question_, asks_events(), [&](std::size_t worker, const BucketEvents& bucket) {
      for (std::size_t g = 0; g < builders_.size(); ++g) {
        FirstPass& pass = first_[g][worker];
        builders_[g].build(
            bucket, [&](JourneysView journeys) { pass.take(journeys, &bucket); }, pass.counts,
            rooms_[worker]);
      }
    });
    std::vector<GoalResult> results;
    const Assembly assembly = make_assembly();
    for (std::size_t g = 0; g < builders_.size(); ++g) {
      GoalAssembly goal(assembly, models_[g], question_.goals[g].name, first_[g]);
      results.push_back(goal.finish([&](std::vector<SecondPass>& workers) { replay(g, workers); }));
      if (question_.options.trail != nullptr && !models_[g].empty()) trail(g, goal, results.back());
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

  /// A name that was mistyped is the name of an event that nobody has.
  [[nodiscard]] std::vector<std::string> absent_stages() const {
    const auto names = question_.vocabulary.events();
    std::vector<std::string> absent;
    for (const Goal& stage : question_.stages) {
      const bool occurs =
          std::any_of(stage.events.begin(), stage.events.end(), [&](const std::string& event) {
            return std::find(names.begin(), names.end(), event) != names.end();
          });
      if (!occurs) absent.push_back(stage.name);
    }
    return absent;
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
            question_.chains,
            question_.statistics,
            absent_stages()};
  }

  void replay(std::size_t g, std::vector<SecondPass>& workers) {
    for_each_bucket(question_, by_event(), [&](std::size_t worker, const BucketEvents& bucket) {
      GoalCounts counted_before;
      builders_[g].build(
          bucket, [&](JourneysView journeys) { workers[worker].take(journeys, &bucket); },
          counted_before, rooms_[worker]);
    });
  }

  /// Calls take(bucket) for the buckets that matter, one after the other.
  template <class Take>
  void each_bucket(std::span<const PersonKey> persons, const Take& take) const {
    BucketEvents bucket(question_.events, question_.vocabulary);
    for (std::size_t b = 0; b < bucket_count; ++b) {
      if (question_.options.stop.stop_requested()) {
        throw Error(Errc::cancelled, "the trail of credits was stopped");
      }
      const bool matters =
          persons.empty() || std::any_of(persons.begin(), persons.end(),
                                         [&](const PersonKey& key) { return bucket_of(key) == b; });
      if (!matters) continue;
      bucket.load(b);
      bucket.index_event_names();
      take(bucket);
    }
  }

  void trail(std::size_t g, const GoalAssembly& goal, const GoalResult& result) const {
    TrailPass pass({models_[g], goal.fits(), goal.fit_of()});
    Journeys room;
    const auto build = [&](const BucketEvents& bucket, const JourneySink& sink) {
      GoalCounts counted_before;
      builders_[g].build(bucket, sink, counted_before, room);
    };
    const std::span<const PersonKey> persons = question_.trail_of;
    if (pass.needs_weights()) {
      each_bucket({}, [&](const BucketEvents& bucket) {
        build(bucket, [&](JourneysView journeys) { pass.weigh(journeys); });
      });
    }
    pass.end_weighing();
    CreditTrail& trail = *question_.options.trail;
    trail.begin({result.goal, question_.labels, question_.events.layout().dimensions});
    // Channel totals are handed out from the first touch to the last, whoever asks for which.
    each_bucket(pass.needs_weights() ? std::span<const PersonKey>() : persons,
                [&](const BucketEvents& bucket) {
                  pass.begin_bucket(bucket);
                  build(bucket, [&](JourneysView journeys) { pass.take(journeys, bucket); });
                  pass.hand_over(bucket, question_.vocabulary, persons, trail);
                });
    std::vector<Worth> unattributed(pass.unattributed().begin(), pass.unattributed().end());
    const Worth nobodys = result.counts.unattributed.checked("goal '" + result.goal + "'");
    for (Worth& of_model : unattributed) of_model += nobodys;
    trail.end(unattributed);
  }

  const EventQuestion& question_;
  std::vector<CellDimension> dimensions_;
  std::vector<std::string> stage_names_;
  std::vector<Journeys> rooms_;  // of each worker: what journeys are made in
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
  if (question.statistics) first[0].statistics.emplace(channels.size());
  build_journeys(
      paths, goal, [&](JourneysView journeys) { first[0].take(journeys, nullptr); },
      first[0].counts);
  const Assembly assembly{1,
                          true,
                          CellNumbering::channel_twice,
                          [&](std::size_t, std::uint32_t code) { return channels[code]; },
                          channels,
                          1,
                          question.chains,
                          question.statistics,
                          {}};
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
