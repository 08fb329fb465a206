#include "pipeline/goal_spec.hpp"

#include <limits>
#include <optional>

#include "pipeline/json_fields.hpp"
#include "pipeline/lookback_spec.hpp"
#include "pipeline/sessions_spec.hpp"
#include "pipeline/transforms_spec.hpp"

namespace mta {
namespace {

using nlohmann::json;

std::optional<std::int64_t> null_gap_of(const std::string& place, const json& given) {
  if (given == "lookback") return std::nullopt;
  if (given == "none") return std::numeric_limits<std::int64_t>::max();
  return as_duration(place, given, R"("lookback", "none" or a duration such as "30d")");
}

/// {"campaign": "spring", "event": ["click", "view"], "source": {"not": ["bot"]}}
Filter filter_of(const std::string& place, const json& given) {
  if (!given.is_object()) refuse_spec(place, "an object of dimensions and their values", given);
  Filter filter;
  for (const auto& [dimension, values] : given.items()) {
    const std::string here = place + "." + dimension;
    if (values.is_object()) {
      JsonFields fields(here, values);
      const auto* excluded = fields.take("not");
      fields.expect_no_rest();
      if (excluded == nullptr)
        refuse_spec(here, R"(a text, a list of texts, or {"not": ...})", values);
      filter.push_back({dimension, as_texts(here, *excluded), Condition::Match::none_of});
    } else {
      filter.push_back({dimension, as_texts(here, values), Condition::Match::one_of});
    }
  }
  return filter;
}

void read_touches(const std::string& place, const json& given, Goal& goal) {
  if (!given.is_object()) {
    goal.touch_events = as_texts(place, given);
    return;
  }
  JsonFields fields(place, given);
  fields.texts("events", goal.touch_events);
  if (const auto* where = fields.take("where")) {
    goal.touch_where = filter_of(fields.place_of("where"), *where);
  }
  fields.expect_no_rest();
}

/// A bound of a period. The end may be a bare date: the whole of that day is then inside.
TimePoint bound_of(const std::string& place, const json& given, bool is_end, TimeParser& times) {
  const std::string text = as_text(place, given);
  const auto time = times.parse(text);
  if (!time) refuse_spec(place, "a date or a time in ISO-8601", given);
  constexpr std::size_t date_length = std::string_view("2024-03-01").size();
  if (!is_end || text.size() > date_length) return *time;
  // Midnight of the next day: found by time, since a day of a zone has 23 to 25 hours.
  const auto tomorrow = format_time({time->micros + 36LL * 3'600 * 1'000'000});
  return times.parse(tomorrow.substr(0, date_length)).value_or(*time);
}

void read_period(const std::string& place, const json& given, Goal& goal, TimeParser& times) {
  JsonFields fields(place, given);
  if (const auto* from = fields.take("from")) {
    goal.from = bound_of(fields.place_of("from"), *from, false, times);
  }
  if (const auto* to = fields.take("to")) {
    goal.to = bound_of(fields.place_of("to"), *to, true, times);
  }
  fields.expect_no_rest();
}

}  // namespace

Goal parse_goal(const std::string& place, const json& object, TimeParser& times,
                const std::string& zone) {
  Goal goal;
  JsonFields fields(place, object);
  fields.text("name", goal.name);
  fields.texts("event", goal.events);
  if (goal.events.empty()) goal.events = {goal.name};
  if (const auto* given = fields.take("where"))
    goal.where = filter_of(fields.place_of("where"), *given);
  if (const auto* given = fields.take("lookback")) {
    goal.lookback = parse_lookback(fields.place_of("lookback"), *given, zone);
  }
  fields.choice("touch", goal.touch, {"event", "session", "first_of_session"});
  if (const auto* given = fields.take("sessions")) {
    goal.sessions = parse_sessions(fields.place_of("sessions"), *given, zone);
  }
  fields.choice("after_conversion", goal.after_conversion, {"restart", "keep"});
  fields.choice("conversion_touch", goal.conversion_touch, {"when_channel", "never"});
  if (const auto* given = fields.take("null_gap")) {
    goal.null_gap = null_gap_of(fields.place_of("null_gap"), *given);
  }
  fields.choice("censor", goal.censor, {"keep", "drop"});
  if (const auto* given = fields.take("touches"))
    read_touches(fields.place_of("touches"), *given, goal);
  if (const auto* given = fields.take("period")) {
    read_period(fields.place_of("period"), *given, goal, times);
  }
  fields.choice("per_person", goal.per_person, {"all", "first"});
  if (const auto* given = fields.take("transforms")) {
    goal.transforms = parse_transforms(fields.place_of("transforms"), *given);
  }
  fields.choice("direct", goal.direct, {"keep", "ignore_if_others"});
  fields.text("deduplicate_by", goal.deduplicate_by);
  fields.choice("ties", goal.ties, {"content", "input_order"});
  fields.expect_no_rest();
  validate(goal);
  return goal;
}

}  // namespace mta
