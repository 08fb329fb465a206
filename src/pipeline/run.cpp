#include "mta/pipeline/run.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <set>
#include <utility>

#include "mta/core/error.hpp"
#include "mta/core/workers.hpp"
#include "mta/credits/cell_numbering.hpp"
#include "mta/identity/stitch.hpp"
#include "mta/ingest/reader.hpp"
#include "pipeline/answer.hpp"
#include "pipeline/direct_policies.hpp"
#include "pipeline/seen_persons.hpp"

namespace mta {
namespace {

constexpr auto channel_only = "channel";

/// The names of a row's amounts cannot be names of its dimensions as well: JSON and CSV have both.
void check_by(const std::vector<std::string>& by, const EventLayout& layout) {
  (void)cell_dimensions(by, layout);
  for (const std::string& name : by) {
    if (name == "conversions" || name == "value" || name == "goal" || name == "model") {
      throw Error(Errc::invalid_option, "by: '" + name +
                                            "' is a column of every report; give the dimension "
                                            "another name in the spec's columns");
    }
  }
}

void check_goals(const std::vector<Goal>& goals) {
  std::set<std::string> names;
  for (const Goal& goal : goals) {
    validate(goal);
    if (!names.insert(goal.name).second) {
      throw Error(Errc::invalid_option, "two goals have the name '" + goal.name + "'");
    }
  }
}

constexpr std::uint64_t least_memory = std::uint64_t{16} << 20;

/// A quarter of the memory is for buffers, and for the buckets that are worked on.
EventStorage storage_of(const RunOptions& options) {
  if (options.memory == EventStorage::unlimited) return {};
  const std::uint64_t rest = std::max(options.memory / 4, least_memory / 2);
  return {.memory = options.memory - rest, .spill_directory = options.spill_directory};
}

/// The models asked for; none: all built-in ones, but where there are no times those that need
/// them.
std::vector<AnyModel> make_models(const Spec& spec, const Registry& registry, bool has_times) {
  std::vector<AnyModel> models;
  for (const ModelRequest& request : spec.models) {
    models.push_back(registry.make(request.name, request.options));
    if (!has_times && models.back().info().needs_times) {
      throw Error(Errc::needs_times,
                  "model '" + request.name +
                      "' needs the times or events of touches, and a path table has none");
    }
  }
  if (!spec.models.empty()) return models;
  for (const std::string_view name : default_models()) {
    AnyModel model = registry.make(name);
    if (has_times || !model.info().needs_times) models.push_back(std::move(model));
  }
  return models;
}

/// The Direct policy that each model asks for.
std::vector<std::optional<DirectPolicy>> policies_of(const Spec& spec, std::size_t models) {
  std::vector<std::optional<DirectPolicy>> policies;
  for (const ModelRequest& request : spec.models) policies.push_back(request.direct_policy);
  policies.resize(models);  // models that nobody asked for have none
  return policies;
}

/// The stages that models look at, each once, in byte order.
std::vector<Goal> stages_of(const Spec& spec, std::span<const AnyModel> models) {
  std::set<std::string> names;
  for (const AnyModel& model : models) {
    for (std::string& name : model.stages()) names.insert(std::move(name));
  }
  std::vector<Goal> stages;
  for (const std::string& name : names) stages.push_back(stage_of(spec, name));
  return stages;
}

}  // namespace

class Run::Impl {
 public:
  Impl(Spec spec, RunOptions options)
      : spec_(std::move(spec)),
        options_(std::move(options)),
        schema_(schema_of(spec_)),
        goals_(goals_of(spec_)),
        by_(spec_.by),
        events_(layout_of(schema_)),
        seen_(std::make_unique<SeenPersons>(identity_of(spec_))) {
    if (options_.threads == 0) {
      throw Error(Errc::invalid_option, "threads must be at least 1, got 0");
    }
    if (options_.memory < least_memory) {
      throw Error(Errc::invalid_option, "memory must be at least " + std::to_string(least_memory) +
                                            " bytes, got " + std::to_string(options_.memory));
    }
    if (by_.empty()) by_ = {channel_only};
    check_goals(goals_);
    check_goals(spec_.stages);
    for (const Goal& stage : spec_.stages) {
      const auto same = [&](const Goal& goal) { return goal.name == stage.name; };
      if (std::any_of(goals_.begin(), goals_.end(), same)) {
        throw Error(Errc::invalid_option, "stage '" + stage.name + "' has the name of a goal");
      }
    }
    check_by(by_, events_.layout());
    for (const ModelRequest& request : spec_.models) {
      (void)options_.registry->make(request.name, request.options);
    }
  }

  [[nodiscard]] const Schema& schema() const noexcept { return schema_; }
  [[nodiscard]] const EventLayout& layout() const noexcept { return events_.layout(); }
  [[nodiscard]] EventStorage storage() const { return storage_of(options_); }

  void add(Events events) {
    if (paths_) throw Error(Errc::invalid_option, "a run takes events or a path table, not both");
    any_events_ = true;
    events_.merge(std::move(events));
  }

  void add(PathTable paths) {
    if (paths_ || any_events_ || !links_.empty()) {
      throw Error(Errc::invalid_option,
                  "a run takes one path table, and no events or links beside it");
    }
    if (by_ != std::vector<std::string>{channel_only}) {
      throw Error(Errc::invalid_option, "by: a path table has no dimension but the channel");
    }
    paths_ = std::move(paths);
  }

  void link(const Links& links) {
    refuse_beside_paths();
    links_.merge(links);
  }

  void see(const Sightings& sightings) {
    refuse_beside_paths();
    seen_->merge(sightings);
  }
  [[nodiscard]] const Sightings& sightings() const noexcept { return seen_->sightings(); }

  [[nodiscard]] Schema schema(const SourceSpec& source) const { return schema_of(spec_, source); }
  [[nodiscard]] ReadOptions reading(const Schema& schema, ReadOptions options) {
    options.threads = options_.threads;
    options.control.stop = options_.stop;
    if (!schema.identifiers.empty()) options.persons = seen_->maker(schema);
    return options;
  }

  [[nodiscard]] Result finish() {
    Result result;
    result.by = by_;
    const auto models = make_models(spec_, *options_.registry, !paths_.has_value());
    const auto policies = policies_of(spec_, models.size());
    if (paths_) {
      if (options_.trail != nullptr) {
        throw Error(Errc::invalid_option,
                    "trail: a path table has no persons whose touches it could show");
      }
      result.input = std::move(paths_->report);
      const auto names = channel_names(*paths_);
      const auto answer = [&](std::span<const Goal> goals, const Asking& asking) {
        std::vector<GoalResult> results;
        for (const Goal& goal : goals) {
          results.push_back(
              answer_paths({*paths_, names, asking.models, spec_.chains, spec_.statistics}, goal));
        }
        return results;
      };
      result.goals = answer_by_policy(goals_, models, policies, answer);
      paths_.reset();
      return result;
    }
    events_.check_currency();
    result.input = events_.report;
    const PersonMap persons = persons_now(result);
    if (!persons.empty()) events_ = stitch(std::move(events_), persons);
    const std::vector<PersonKey> trail_of = seen_->persons(options_.trail_of, persons);
    const Vocabulary vocabulary(events_);
    const auto stages = stages_of(spec_, models);
    const auto answer = [&](std::span<const Goal> goals, const Asking& asking) {
      return answer_events({.events = events_,
                            .vocabulary = vocabulary,
                            .goals = goals,
                            .stages = stages,
                            .models = asking.models,
                            .labels = asking.labels,
                            .by = by_,
                            .chains = spec_.chains,
                            .statistics = spec_.statistics,
                            .trail_of = trail_of,
                            .options = options_});
    };
    result.goals = answer_by_policy(goals_, models, policies, answer);
    events_ = Events(events_.layout());
    return result;
  }

 private:
  void refuse_beside_paths() const {
    if (!paths_) return;
    throw Error(Errc::invalid_option, "a path table has no persons that links could join");
  }

  /// Links alone need no rules; with sightings they are seen like these, once, before all else.
  [[nodiscard]] PersonMap persons_now(Result& result) {
    Sightings& seen = seen_->sightings();
    if (seen.identifiers() == 0 && !spec_.identity) return PersonMap(links_);
    seen.add(links_, TimePoint{std::numeric_limits<std::int64_t>::min()});
    Identity identity = resolve(seen, seen_->rules());
    result.identity = identity.report;
    return spec_.level == IdentityLevel::account ? account_map(identity)
                                                 : std::move(identity.persons);
  }

  Spec spec_;
  RunOptions options_;
  Schema schema_;
  std::vector<Goal> goals_;
  std::vector<std::string> by_;
  Events events_;
  Links links_;
  std::unique_ptr<SeenPersons> seen_;
  bool any_events_ = false;
  std::optional<PathTable> paths_;
};

Run::Run(Spec spec, RunOptions options)
    : impl_(std::make_unique<Impl>(std::move(spec), std::move(options))) {}
Run::Run(Run&&) noexcept = default;
Run& Run::operator=(Run&&) noexcept = default;
Run::~Run() = default;

const Schema& Run::schema() const noexcept { return impl_->schema(); }
EventLayout Run::layout() const { return impl_->layout(); }
EventStorage Run::storage() const { return impl_->storage(); }
void Run::add(Events events) { impl_->add(std::move(events)); }
void Run::add(PathTable paths) { impl_->add(std::move(paths)); }
void Run::link(const Links& links) { impl_->link(links); }
void Run::see(const Sightings& sightings) { impl_->see(sightings); }
const Sightings& Run::sightings() const noexcept { return impl_->sightings(); }
Schema Run::schema(const SourceSpec& source) const { return impl_->schema(source); }
ReadOptions Run::reading(const Schema& schema, ReadOptions options) {
  return impl_->reading(schema, std::move(options));
}
Result Run::finish() { return impl_->finish(); }

}  // namespace mta
