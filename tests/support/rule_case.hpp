#pragma once
#include <gtest/gtest.h>

#include <cmath>
#include <ostream>
#include <string>

#include "mta/models/registry.hpp"
#include "support/channel_credit.hpp"

namespace mta::test {

/// A row of a table of rule models: the value that each channel earns, worked by hand.
struct RuleValues {
  std::string name, model, options;
  std::string journeys;  ///< as journeys_from reads them
  std::string expected;  ///< as values_of writes them
  Seconds lookback = days(30);
};
inline void PrintTo(const RuleValues& rule, std::ostream* out) { *out << rule.name; }

inline std::string shortened(Micros amount) {
  std::string text = format_micros(amount);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

/// "a 40, b 60": the value that each channel earns; those that earn nothing are left out.
/// Conversions must be in the same proportion.
inline std::string values_of(const AnyModel& model, const NamedJourneys& named,
                             Seconds lookback = days(30)) {
  const auto credits = named_credits(model, named, lookback);
  const Worth all = booked(named.view());
  std::string text;
  for (const auto& [channel, worth] : credits) {
    if (worth == Worth{}) continue;
    text += (text.empty() ? "" : ", ") + channel + ' ' + shortened(worth.value);
    EXPECT_NEAR(units(worth.conversions) * units(all.value),
                units(worth.value) * units(all.conversions), 2e-6 * units(all.value))
        << channel;
  }
  return text;
}

inline void expect_values(const RuleValues& rule) {
  EXPECT_EQ(values_of(builtin_models().make(rule.model, rule.options), journeys_from(rule.journeys),
                      rule.lookback),
            rule.expected);
}

}  // namespace mta::test
