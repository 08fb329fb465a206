#pragma once
// From events or a path table to the answers of all models for all goals.
#include <optional>
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
  std::span<const Goal> stages;  ///< those that models look at, by name
  std::span<const AnyModel> models;
  std::span<const std::string> labels;  ///< what reports call the models
  std::span<const std::string> by;
  bool chains;                            ///< whether results hold chains
  std::optional<std::size_t> statistics;  ///< with how many top paths results hold statistics
  std::span<const PersonKey> trail_of;    ///< whose journeys the trail gets, rising; empty: all
  const RunOptions& options;
};

[[nodiscard]] std::vector<GoalResult> answer_events(const EventQuestion& question);

struct PathQuestion {
  const PathTable& paths;
  std::span<const std::string_view> channels;
  std::span<const AnyModel> models;
  bool chains;
  std::optional<std::size_t> statistics;
};

[[nodiscard]] GoalResult answer_paths(const PathQuestion& question, const Goal& goal);

/// The models of a spec that names none.
[[nodiscard]] std::span<const std::string_view> default_models() noexcept;

}  // namespace mta
