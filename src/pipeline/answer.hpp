#pragma once
// From events or a path table to the answers of all models for all goals.
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mta/credits/result.hpp"
#include "mta/journeys/journey_builder.hpp"
#include "mta/models/any_model.hpp"
#include "mta/pipeline/run.hpp"

namespace mta {

struct EventQuestion {
  const Events& events;
  const Vocabulary& vocabulary;
  std::span<const Goal> goals;
  std::span<const AnyModel> models;
  std::span<const std::string> by;
  const RunOptions& options;
};

[[nodiscard]] std::vector<GoalResult> answer_events(const EventQuestion& question);

[[nodiscard]] GoalResult answer_paths(const PathTable& paths, const Goal& goal,
                                      std::span<const AnyModel> models,
                                      std::span<const std::string_view> channels);

/// The models of a spec that names none.
[[nodiscard]] std::span<const std::string_view> default_models() noexcept;

}  // namespace mta
