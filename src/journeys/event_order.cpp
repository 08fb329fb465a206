#include "journeys/event_order.hpp"

#include <algorithm>

namespace mta {

void EventOrder::sort(std::vector<BucketEvent>& events) const {
  for (auto begin = events.begin(); begin != events.end();) {
    auto end = begin + 1;
    while (end != events.end() && end->time == begin->time) ++end;
    if (end - begin > 1) order_ties(begin, end);
    begin = end;
  }
}

void EventOrder::order_ties(std::vector<BucketEvent>::iterator begin,
                            std::vector<BucketEvent>::iterator end) const {
  const auto step = [&](const BucketEvent& event) {
    if (plan_.rules.role(bucket_, event) != Role::conversion) return 0;
    return bucket_.value(event.row) < Micros{0} ? 2 : 1;
  };
  const auto before = [&](const BucketEvent& a, const BucketEvent& b) {
    const int step_of_a = step(a);
    if (const int step_of_b = step(b); step_of_a != step_of_b) return step_of_a < step_of_b;
    if (plan_.goal.ties == Ties::content) {
      const auto order = compare_content(a, b, step_of_a == 0 ? Role::touch : Role::conversion);
      if (order != 0) return order < 0;
    }
    return a.row < b.row;
  };
  std::sort(begin, end, before);
}

/// Dimensions are those that the run was asked for. Conversions therefore look at them last: what
/// is asked for must not decide which of two conversions gets the touches. Touches look at them
/// first: whether their value is read depends on the other goals.
std::strong_ordering EventOrder::compare_content(const BucketEvent& a, const BucketEvent& b,
                                                 Role role) const noexcept {
  if (a.kind != b.kind) return a.kind <=> b.kind;
  const auto dimensions = bucket_.compare_dimensions(a.row, b.row);
  if (role == Role::touch && dimensions != 0) return dimensions;
  const auto conversions = bucket_.compare_conversions(a.row, b.row);
  return conversions != 0 ? conversions : dimensions;
}

}  // namespace mta
