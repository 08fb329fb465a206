#include "mta/journeys/goal.hpp"

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

}  // namespace

void validate(const Goal& goal) {
  if (goal.name.empty()) throw Error(Errc::invalid_option, "a goal's name must not be empty");
  if (goal.events.empty()) refuse(goal, "events must name at least one event that converts");
  if (goal.lookback.microseconds <= 0) {
    refuse(goal, "lookback must be longer than 0 s, got " +
                     format_duration(goal.lookback.microseconds));
  }
  if (goal.lookback.touches == 0) refuse(goal, "lookback must span at least 1 touch, got 0");
  if (goal.null_gap && *goal.null_gap < 0) {
    refuse(goal, "null_gap must be at least 0 s, got " + format_duration(*goal.null_gap));
  }
  if (goal.from && goal.to && *goal.to <= *goal.from) {
    refuse(goal, "period must end after it begins");
  }
  for (const Transform& transform : goal.transforms) validate_transform(goal, transform);
}

bool is_direct(std::string_view channel) noexcept {
  const auto equals = [&](std::string_view lower) {
    if (channel.size() != lower.size()) return false;
    for (std::size_t i = 0; i < lower.size(); ++i) {
      const char c = channel[i];
      if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != lower[i]) return false;
    }
    return true;
  };
  return equals("direct") || equals("(direct)");
}

}  // namespace mta
