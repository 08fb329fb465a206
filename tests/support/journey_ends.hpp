#pragma once
#include "mta/journeys/journeys.hpp"

namespace mta::test {

/// Ends of journeys, for `Journeys::end`.
inline JourneyEnd converted(Worth worth) {
  JourneyEnd end;
  end.worth = worth;
  end.count = worth.conversions;
  end.outcome = Outcome::converted;
  return end;
}

inline JourneyEnd not_converted(Micros count = one_conversion) {
  JourneyEnd end;
  end.count = count;
  return end;
}

inline JourneyEnd refunded(Micros value) {
  JourneyEnd end;
  end.worth = {Micros{0}, value};
  end.outcome = Outcome::refunded;
  return end;
}

}  // namespace mta::test
