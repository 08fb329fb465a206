#include "journeys/goal_rules.hpp"

#include <algorithm>

#include "mta/core/error.hpp"

namespace mta {
namespace {

bool contains(const std::vector<std::string>& values, std::string_view text) {
  return std::find(values.begin(), values.end(), text) != values.end();
}

bool holds(const Condition& condition, std::string_view text) {
  return contains(condition.values, text) == (condition.match == Condition::Match::one_of);
}

/// The conditions of a filter on the event's name and channel.
bool holds(const Filter& filter, std::string_view event, std::string_view channel) {
  return std::all_of(filter.begin(), filter.end(), [&](const Condition& condition) {
    if (condition.dimension == "event") return holds(condition, event);
    if (condition.dimension == "channel") return holds(condition, channel);
    return true;
  });
}

}  // namespace

GoalRules::GoalRules(const Goal& goal, const Events& events, const Vocabulary& vocabulary)
    : conversion_dimensions_(compile(goal.where, goal, events, vocabulary)),
      touch_dimensions_(compile(goal.touch_where, goal, events, vocabulary)) {
  for (const Vocabulary::Kind& kind : vocabulary.kinds()) {
    const std::string_view event = vocabulary.events()[kind.event];
    const std::string_view channel =
        kind.channel == 0 ? std::string_view{} : vocabulary.channels()[kind.channel - 1];
    const bool may_touch = kind.channel != 0 &&
                           (goal.touch_events.empty() || contains(goal.touch_events, event)) &&
                           holds(goal.touch_where, event, channel);
    const bool may_convert = contains(goal.events, event) && holds(goal.where, event, channel);
    const Role role = may_convert ? Role::conversion : may_touch ? Role::touch : Role::other;
    kinds_.push_back(
        {static_cast<std::uint8_t>((may_touch ? touches : 0) | (may_convert ? converts : 0)), role,
         kind.channel});
  }
}

GoalRules::DimensionRules GoalRules::compile(const Filter& filter, const Goal& goal,
                                             const Events& events, const Vocabulary& vocabulary) {
  DimensionRules rules;
  const auto& names = events.layout().dimensions;
  for (const Condition& condition : filter) {
    if (condition.dimension == "event" || condition.dimension == "channel") continue;
    const auto at = std::find(names.begin(), names.end(), condition.dimension);
    if (at == names.end()) {
      throw Error(Errc::invalid_option, "goal '" + goal.name + "': a filter names the dimension '" +
                                            condition.dimension +
                                            "', which the events do not have");
    }
    DimensionRule& rule = rules.emplace_back();
    rule.dimension = static_cast<std::size_t>(at - names.begin());
    for (const std::string_view text : vocabulary.dimension(rule.dimension)) {
      rule.passes.push_back(holds(condition, text) ? 1 : 0);
    }
  }
  return rules;
}

}  // namespace mta
