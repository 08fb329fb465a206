#pragma once
#include <array>
#include <string>

#include "mta/credits/credit_trail.hpp"

namespace mta::test {

/// A conversion of two touches, a journey without one, and conversions that nobody earned. Days
/// from 1970-01-01 to 2026-11-22: 56 * 365 + 14 leap days + 325.
inline void play_sample_trail(CreditTrail& trail) {
  constexpr std::int64_t second = 1'000'000;
  const TimePoint sale{((56LL * 365 + 14 + 325) * 86'400 + 8 * 3'600 + 30 * 60) * second};
  const std::array<std::string, 2> models = {"last", "linear, \"even\""};
  const std::array<std::string, 1> dimensions = {"camp,aign"};
  trail.begin({"sale", models, dimensions});

  const Worth half{{500'000}, {10'000'000}}, whole{{1'000'000}, {20'000'000}}, none{};
  const std::array<Worth, 2> of_first = {none, half}, of_last = {whole, half}, nothing = {};
  const std::array<std::string_view, 1> summer = {"summer"}, not_set = {""};
  const std::array<CreditedTouch, 2> touches = {
      CreditedTouch{{-1}, "view", "Display", summer, of_first},
      CreditedTouch{sale, "buy", "Search", not_set, of_last}};
  const PersonKey person{1, 10};
  trail.take({person, Outcome::converted, sale, whole, touches});
  const TimePoint later{sale.micros + 3'600 * second};
  const std::array<CreditedTouch, 1> alone = {
      CreditedTouch{later, "view", "Display", summer, nothing}};
  trail.take({person, Outcome::null, later, none, alone});
  trail.end(std::array<Worth, 2>{Worth{{3'000'000}, {}}, none});
}

}  // namespace mta::test
