#include "support/credit_oracle.hpp"

#include <cmath>
#include <stdexcept>

namespace mta::test {
namespace {

__extension__ typedef __int128 Wide;

constexpr std::uint64_t largest_weight = std::uint64_t{1} << 31;

/// amount * part / total to the nearest whole number, halves away from zero.
std::int64_t rounded_share(Wide amount, Wide part, Wide total) {
  const bool negative = amount < 0;
  const Wide size = negative ? -amount : amount;
  Wide quotient = size * part / total;
  if (2 * (size * part - quotient * total) >= total) ++quotient;
  return static_cast<std::int64_t>(negative ? -quotient : quotient);
}

/// 40, 20, 40: the ends weigh twice what all touches between them do.
std::vector<std::uint64_t> position_weights(std::size_t touches) {
  if (touches <= 2) return std::vector<std::uint64_t>(touches, largest_weight);
  const std::uint64_t between = touches - 2;
  std::vector<std::uint64_t> weight(touches, (largest_weight / 2 + between / 2) / between);
  weight.front() = weight.back() = largest_weight;
  return weight;
}

std::vector<std::uint64_t> decay_weights_of(const ExpectedJourney& journey) {
  constexpr long double half_life = 7.0L * 86'400 * 1'000'000;
  const std::int64_t youngest = journey.touches.back().age;
  std::vector<std::uint64_t> weight;
  for (const ExpectedTouch& touch : journey.touches) {
    const long double older = static_cast<long double>(touch.age - youngest) / half_life;
    weight.push_back(static_cast<std::uint64_t>(std::floor(std::exp2(31.0L - older) + 0.5L)));
  }
  return weight;
}

}  // namespace

std::vector<std::int64_t> split_by_law(std::int64_t amount,
                                       const std::vector<std::uint64_t>& weight) {
  Wide total = 0;
  for (const std::uint64_t one : weight) total += one;
  std::vector<std::int64_t> parts;
  Wide sum = 0;
  std::int64_t before = 0;
  for (const std::uint64_t one : weight) {
    sum += one;
    const std::int64_t upto = total == 0 ? 0 : rounded_share(amount, sum, total);
    parts.push_back(upto - before);
    before = upto;
  }
  return parts;
}

std::vector<std::uint64_t> weights_by_rule(std::string_view model, const ExpectedJourney& journey) {
  const std::size_t touches = journey.touches.size();
  std::vector<std::uint64_t> weight(touches, model == "linear" ? largest_weight : 0);
  if (model == "linear") return weight;
  if (model == "position_based") return position_weights(touches);
  if (model == "time_decay") return decay_weights_of(journey);
  if (model != "first" && model != "last") throw std::invalid_argument(std::string(model));
  (model == "first" ? weight.front() : weight.back()) = largest_weight;
  return weight;
}

ExpectedCredits expected_credits(std::string_view model, const std::vector<PlainEvent>& events,
                                 const Expected& expected, const std::vector<std::string>& by) {
  ExpectedCredits credits;
  for (const ExpectedJourney& journey : expected.journeys) {
    const auto weight = weights_by_rule(model, journey);
    const auto conversions = split_by_law(journey.worth.conversions.units, weight);
    const auto value = split_by_law(journey.worth.value.units, weight);
    for (std::size_t i = 0; i < journey.touches.size(); ++i) {
      std::vector<std::string> key;
      for (const std::string& name : by) {
        const std::string text = dimension_of(events[journey.touches[i].event], name);
        key.push_back(text.empty() ? "(not set)" : text);
      }
      credits[key] += Worth{Micros{conversions[i]}, Micros{value[i]}};
    }
  }
  if (expected.unattributed != Worth{}) {
    credits[std::vector<std::string>(by.size(), "(unattributed)")] += expected.unattributed;
  }
  return credits;
}

}  // namespace mta::test
