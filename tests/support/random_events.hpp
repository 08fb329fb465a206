#pragma once
#include <string>
#include <utility>
#include <vector>

#include "mta/journeys/goal.hpp"
#include "support/plain_input.hpp"
#include "support/synthetic_journeys.hpp"

namespace mta::test {

/// Random events and goals: few names and a coarse clock, so that everything meets everything.
class RandomEvents {
 public:
  explicit RandomEvents(std::uint64_t seed) : random_(seed) {}

  inline static const std::vector<std::string> dimensions{"campaign", "device"};

  std::vector<PlainEvent> events(std::size_t count, std::size_t visitors);
  /// Any goal for such events, ties by input order among them.
  Goal goal();
  /// None to three stages for such events.
  std::vector<Goal> stages();

  std::uint64_t below(std::uint64_t bound) { return random_.below(bound); }
  bool one_in(std::uint64_t n) { return below(n) == 0; }
  std::string pick(const std::vector<std::string>& choices) {
    return choices[random_.below(choices.size())];
  }
  template <class T>
  void shuffle(std::vector<T>& items) {
    for (std::size_t i = items.size(); i > 1; --i) {
      std::swap(items[i - 1], items[random_.below(i)]);
    }
  }

 private:
  [[nodiscard]] std::int64_t half_days(std::int64_t bound) {
    return random_.micros(bound) * 43'200'000'000;
  }
  void convert(PlainEvent& event);
  Filter filter();
  void set_windows(Goal& goal);
  void set_named_windows(Lookback& lookback);
  void set_sessions(Goal& goal);
  Transform transform();

  Random random_;
};

}  // namespace mta::test
