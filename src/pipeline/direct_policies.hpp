#pragma once
// Models that ask for another Direct policy than their goals have.
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "mta/credits/result.hpp"
#include "mta/journeys/goal.hpp"
#include "mta/models/any_model.hpp"

namespace mta {

/// Some of a run's models, and what reports call them.
struct Asking {
  std::vector<AnyModel> models;
  std::vector<std::string> labels;
};

/// Answers some goals with some models.
using AnswerGoals = std::function<std::vector<GoalResult>(std::span<const Goal>, const Asking&)>;

/// Answers with all models, each by its own Direct policy or, where it has none, by the goal's:
/// what it would answer were that policy every goal's.
///
///   Promises  models in their order; the counts of a goal are those of its own policy, and its
///             channels those seen under any. What explains a fit is 0 for channels it did not see
///   Cost      one call of `answer` for each policy that is asked for, and one for the goals' own
/// @pre policies.size() == models.size()
[[nodiscard]] std::vector<GoalResult> answer_by_policy(
    std::span<const Goal> goals, std::span<const AnyModel> models,
    std::span<const std::optional<DirectPolicy>> policies, const AnswerGoals& answer);

}  // namespace mta
