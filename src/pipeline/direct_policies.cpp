#include "pipeline/direct_policies.hpp"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "report/model_labels.hpp"

namespace mta {
namespace {

using Policy = std::optional<DirectPolicy>;

std::vector<Goal> goals_under(std::span<const Goal> goals, Policy policy) {
  std::vector<Goal> under(goals.begin(), goals.end());
  for (Goal& goal : under) goal.direct = policy.value_or(goal.direct);
  return under;
}

std::vector<std::string> merged(const std::vector<std::string>& a,
                                const std::vector<std::string>& b) {
  std::vector<std::string> all;
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(all));
  return all;
}

/// Puts what explains a fit in the order of more channels than it saw.
void widen(ModelResult& model, const std::vector<std::string>& seen,
           const std::vector<std::string>& channels) {
  for (ChannelColumn& column : model.explained) {
    std::vector<double> values(channels.size());
    for (std::size_t c = 0; c < column.values.size(); ++c) {
      const auto at = std::lower_bound(channels.begin(), channels.end(), seen[c]);
      values[static_cast<std::size_t>(at - channels.begin())] = column.values[c];
    }
    column.values = std::move(values);
  }
}

void show_policy(ModelResult& model, const Policy& policy) {
  if (!policy) return;
  auto options = nlohmann::json::parse(model.options.empty() ? "{}" : model.options);
  options["direct_policy"] = *policy == DirectPolicy::keep ? "keep" : "ignore_if_others";
  model.options = options.dump();
}

/// What reports will call the models.
std::vector<std::string> labels_of(std::span<const AnyModel> models,
                                   std::span<const Policy> policies) {
  GoalResult named;
  for (std::size_t m = 0; m < models.size(); ++m) {
    ModelResult& model = named.models.emplace_back();
    model.model = std::string(models[m].info().name);
    model.options = models[m].options();
    show_policy(model, policies[m]);
  }
  return report::model_labels(named);
}

/// Takes over one policy's answer to a goal; its models go where `places` says.
void place(GoalResult given, std::span<const std::size_t> places, Policy policy, GoalResult& goal) {
  const auto channels = merged(goal.channels, given.channels);
  for (ModelResult& model : goal.models) widen(model, goal.channels, channels);
  for (std::size_t i = 0; i < places.size(); ++i) {
    widen(given.models[i], given.channels, channels);
    show_policy(given.models[i], policy);
    goal.models[places[i]] = std::move(given.models[i]);
  }
  goal.channels = channels;
}

}  // namespace

std::vector<GoalResult> answer_by_policy(std::span<const Goal> goals,
                                         std::span<const AnyModel> models,
                                         std::span<const Policy> policies,
                                         const AnswerGoals& answer) {
  const auto own = [](const Policy& policy) { return !policy; };
  const std::vector<std::string> labels = labels_of(models, policies);
  if (std::all_of(policies.begin(), policies.end(), own)) {
    return answer(goals, {{models.begin(), models.end()}, labels});
  }
  std::vector<GoalResult> results;
  for (const Policy policy :
       {Policy{}, Policy{DirectPolicy::keep}, Policy{DirectPolicy::ignore_if_others}}) {
    std::vector<std::size_t> places;
    Asking asking;
    for (std::size_t m = 0; m < models.size(); ++m) {
      if (policies[m] != policy) continue;
      places.push_back(m);
      asking.models.push_back(models[m]);
      asking.labels.push_back(labels[m]);
    }
    if (policy && asking.models.empty()) continue;
    auto given = answer(goals_under(goals, policy), asking);
    if (!policy) {
      results = given;  // for its counts, even where no model goes by it
      for (GoalResult& goal : results) goal.models.assign(models.size(), {});
    }
    for (std::size_t g = 0; g < goals.size(); ++g)
      place(std::move(given[g]), places, policy, results[g]);
  }
  return results;
}

}  // namespace mta
