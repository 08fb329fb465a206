#include "mta/models/milestones.hpp"

#include <algorithm>
#include <cassert>

#include "models/weight_checks.hpp"

namespace mta {
namespace {

using Middle = MilestonesOptions::Middle;

constexpr std::string_view middle_names[] = {"all", "between"};

void check_stages(const MilestonesOptions& options) {
  const std::size_t stages = options.stages.size(), weights = options.stage_weights.size();
  if (stages != weights) {
    throw Error(Errc::invalid_option,
                "milestones.stage_weights must have a number for each of the " +
                    std::to_string(stages) + " stages, got " + std::to_string(weights));
  }
  for (std::size_t s = 0; s < stages; ++s) {
    check_weight("milestones", "stage_weights[" + std::to_string(s) + ']',
                 options.stage_weights[s]);
    if (options.stages[s].empty()) {
      throw Error(Errc::invalid_option, "milestones.stages must be names of stages, got \"\"");
    }
  }
}

bool all_zero(const MilestonesOptions& options) {
  const auto& stages = options.stage_weights;
  return options.first == 0 && options.last == 0 && options.middle == 0 &&
         std::all_of(stages.begin(), stages.end(), [](double weight) { return weight == 0; });
}

/// The touches from the first that has a weight to the last.
std::span<double> between_milestones(std::span<double> weight) {
  const auto has_one = [](double w) { return w > 0; };
  const auto first = std::find_if(weight.begin(), weight.end(), has_one);
  const auto last = std::find_if(weight.rbegin(), weight.rend(), has_one).base();
  return first < last ? std::span(first, last) : std::span<double>{};
}

}  // namespace

Milestones::Milestones(const MilestonesOptions& options) : options_(options) {
  check_weight("milestones", "first", options.first);
  check_stages(options);
  check_weight("milestones", "last", options.last);
  check_weight("milestones", "middle", options.middle);
  if (all_zero(options)) {
    throw Error(Errc::invalid_option,
                "milestones.first, stage_weights, last and middle must not all be 0, got 0 "
                "everywhere");
  }
}

void Milestones::describe(OptionFields& fields, MilestonesOptions& options) {
  fields.number("first", options.first);
  fields.texts("stages", options.stages);
  fields.numbers("stage_weights", options.stage_weights);
  fields.number("last", options.last);
  fields.number("middle", options.middle);
  fields.choice("middle_touches", options.middle_touches, middle_names);
}

Milestones Milestones::bind(const ModelContext& context) const {
  Milestones bound = *this;
  bound.stage_.clear();
  for (const std::string& name : options_.stages) {
    const auto at = std::find(context.stages.begin(), context.stages.end(), name);
    if (at == context.stages.end()) {
      throw Error(Errc::invalid_option,
                  "milestones.stages must be stages of the goal, got \"" + name + '"');
    }
    bound.stage_.push_back(static_cast<std::size_t>(at - context.stages.begin()));
  }
  return bound;
}

void Milestones::weigh(const Journey& journey, std::span<double> weight) const noexcept {
  assert(stage_.size() == options_.stages.size());
  weight.front() += options_.first;
  weight.back() += options_.last;
  for (std::size_t s = 0; s < stage_.size(); ++s) {
    const std::uint32_t touch = journey.stage[stage_[s]];
    if (touch != Journey::no_touch) weight[touch] += options_.stage_weights[s];
  }
  const std::span<double> others =
      options_.middle_touches == Middle::all ? weight : between_milestones(weight);
  const auto count = std::count(others.begin(), others.end(), 0.0);
  if (count == 0) return;
  std::replace(others.begin(), others.end(), 0.0, options_.middle / static_cast<double>(count));
}

}  // namespace mta
