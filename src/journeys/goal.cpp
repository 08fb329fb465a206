#include "mta/journeys/goal.hpp"

#include <set>
#include <string_view>

#include "core/ascii.hpp"
#include "journeys/zone_days.hpp"
#include "mta/core/duration.hpp"
#include "mta/core/error.hpp"

namespace mta {
namespace {

[[noreturn]] void refuse(const Goal& goal, const std::string& rule) {
  throw Error(Errc::invalid_option, "goal '" + goal.name + "': " + rule);
}

void validate_transform(const Goal& goal, const Transform& transform) {
  switch (transform.kind) {
    case Transform::Kind::collapse:
    case Transform::Kind::first:
    case Transform::Kind::frequency:
      return;
    case Transform::Kind::trim:
      if (transform.count == 0) refuse(goal, "transforms: trim must keep at least 1 touch, got 0");
      return;
    case Transform::Kind::exclude:
    case Transform::Kind::remove_if_not_all:
    case Transform::Kind::remove_if_last_and_not_all:
      if (transform.channel.empty()) {
        refuse(goal, "transforms: one that removes a channel must name it, got \"\"");
      }
      return;
  }
}

void validate_zone(const Goal& goal, const std::string& key, const std::string& zone) {
  if (zone.empty()) refuse(goal, key + " must name a zone, got \"\"");
  try {
    (void)ZoneDays(zone);
  } catch (const Error& error) {
    refuse(goal, key + ": " + error.what());
  }
}

void validate_windows(const Goal& goal, const std::string& key,
                      const std::vector<NamedWindow>& windows) {
  std::set<std::string_view> names;
  for (const NamedWindow& window : windows) {
    if (window.microseconds <= 0) {
      refuse(goal, key + " '" + window.name + "' must be longer than 0 s, got " +
                       format_duration(window.microseconds));
    }
    if (window.name.empty() || !names.insert(window.name).second) {
      refuse(goal, key + " must name each once, got '" + window.name + "'");
    }
  }
}

void validate_lookback(const Goal& goal) {
  const Lookback& lookback = goal.lookback;
  if (lookback.microseconds <= 0) {
    refuse(goal, "lookback must be longer than 0 s, got " + format_duration(lookback.microseconds));
  }
  if (lookback.touches == 0) refuse(goal, "lookback must span at least 1 touch, got 0");
  validate_windows(goal, "lookback.by_event", lookback.by_event);
  validate_windows(goal, "lookback.by_channel", lookback.by_channel);
  validate_zone(goal, "lookback.zone", lookback.zone);
  std::set<std::string_view> ranked;
  for (const auto& rank : lookback.precedence) {
    for (const std::string& name : rank) {
      if (ranked.insert(name).second && !name.empty()) continue;
      refuse(goal, "lookback.precedence must name each event once, got '" + name + "'");
    }
    if (rank.empty())
      refuse(goal, "lookback.precedence must name an event in every rank, got none");
  }
}

void validate_sessions(const Goal& goal, const Sessions& sessions) {
  if (sessions.timeout <= 0) {
    refuse(goal,
           "sessions.timeout must be longer than 0 s, got " + format_duration(sessions.timeout));
  }
  if (sessions.engaged_after < 0) {
    refuse(goal, "sessions.engaged.after must be at least 0 s, got " +
                     format_duration(sessions.engaged_after));
  }
  if (sessions.engaged_views == 0) refuse(goal, "sessions.engaged.views must be at least 1, got 0");
  if (sessions.midnight) validate_zone(goal, "sessions.midnight", *sessions.midnight);
  if (sessions.id == "channel" || sessions.id == "event") {
    refuse(goal, "sessions.id must name a dimension, got '" + sessions.id + "'");
  }
  for (const std::string& name : sessions.new_campaign) {
    if (!name.empty() && name != "event") continue;
    refuse(goal, "sessions.new_campaign must name \"channel\" or a dimension, got '" + name + "'");
  }
}

}  // namespace

void validate(const Goal& goal) {
  if (goal.name.empty()) throw Error(Errc::invalid_option, "a goal's name must not be empty");
  if (goal.events.empty()) refuse(goal, "events must name at least one event that converts");
  validate_lookback(goal);
  if (goal.sessions) validate_sessions(goal, *goal.sessions);
  if (goal.null_gap && *goal.null_gap < 0) {
    refuse(goal, "null_gap must be at least 0 s, got " + format_duration(*goal.null_gap));
  }
  if (goal.from && goal.to && *goal.to <= *goal.from) {
    refuse(goal, "period must end after it begins");
  }
  for (const Transform& transform : goal.transforms) validate_transform(goal, transform);
}

bool is_direct(std::string_view channel) noexcept {
  return equal_but_case(channel, "direct") || equal_but_case(channel, "(direct)");
}

}  // namespace mta
