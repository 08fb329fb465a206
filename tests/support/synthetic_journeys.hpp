#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "mta/journeys/journeys.hpp"

namespace mta::test {

/// SplitMix64: the same numbers everywhere, which std distributions do not promise.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() noexcept {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
  std::uint64_t below(std::uint64_t bound) noexcept { return next() % bound; }
  std::int64_t micros(std::int64_t bound) noexcept {
    return static_cast<std::int64_t>(below(static_cast<std::uint64_t>(bound)));
  }

 private:
  std::uint64_t state_;
};

/// What synthetic journeys are worth.
enum class Worths {
  usual,       ///< a third converts, once, with a value of up to 200
  refunds,     ///< as usual, and one in eight takes value back
  fractional,  ///< as the rows of a path table with fractional counts
  tiny,        ///< a micro-unit each
  huge,        ///< one near 2^62, the others as usual
};

/// Call sites name what they change: `synthetic_journeys({.journeys = 500, .channels = 7, .seed =
/// 42})`.
struct Synthetic {
  std::size_t journeys = 100;
  std::size_t channels = 5;
  std::uint64_t seed = 1;
  std::size_t longest = 12;  ///< touches; short journeys are the more frequent ones
  Worths worths = Worths::usual;
};

inline JourneyEnd synthetic_end(const Synthetic& wanted, std::size_t i, Random& random) {
  JourneyEnd end;
  end.own_touch = i % 3 == 0;
  const std::uint64_t dice = random.below(24);
  end.outcome = dice < 8 ? Outcome::converted : Outcome::null;
  if (wanted.worths == Worths::refunds && dice >= 21) end.outcome = Outcome::refunded;
  end.count =
      wanted.worths == Worths::fractional ? Micros{random.micros(50'000'000)} : one_conversion;
  std::int64_t value = random.micros(200'000'000);
  if (wanted.worths == Worths::tiny) {
    end.count = Micros{1};
    value = 1;
  }
  if (wanted.worths == Worths::huge && i == 0) {
    end.outcome = Outcome::converted;
    value = (std::int64_t{1} << 62) - 12'345;
  }
  if (end.outcome == Outcome::converted) end.worth = {end.count, Micros{value}};
  if (end.outcome == Outcome::refunded) {
    end.count = Micros{0};
    end.worth = {Micros{0}, Micros{-value}};
  }
  return end;
}

/// Journeys as different as data have them, the same for the same request on every machine. Low
/// channel numbers are the frequent ones; repeats happen.
inline Journeys synthetic_journeys(const Synthetic& wanted) {
  Random random(wanted.seed);
  Journeys journeys;
  for (std::size_t i = 0; i < wanted.journeys; ++i) {
    const std::size_t touches =
        1 + std::min(random.below(wanted.longest), random.below(wanted.longest));
    std::int64_t age = 0;  // whole seconds
    std::vector<std::int64_t> ages(touches);
    for (std::size_t t = touches; t-- > 0;) ages[t] = age += random.micros(5 * 86'400);
    for (std::size_t t = 0; t < touches; ++t) {
      const std::uint64_t channel =
          std::min(random.below(wanted.channels), random.below(wanted.channels));
      journeys.add_touch(static_cast<ChannelId>(channel), Seconds(static_cast<double>(ages[t])),
                         static_cast<std::uint32_t>(journeys.touches()));
    }
    journeys.end(synthetic_end(wanted, i, random));
  }
  return journeys;
}

/// The journeys `order[0]`, `order[1]`, ... of others, with every channel c renamed to
/// `channel[c]`. Touches keep their rows.
inline Journeys rearranged(JourneysView journeys, const std::vector<std::size_t>& order,
                           const std::vector<std::uint32_t>& channel) {
  Journeys result;
  for (const std::size_t i : order) {
    const Journey journey = journeys[i];
    for (std::size_t t = 0; t < journey.channel.size(); ++t) {
      const auto renamed = static_cast<ChannelId>(channel[index(journey.channel[t])]);
      const std::uint32_t row = journeys.row()[journeys.begin_of(i) + t];
      if (journey.age.empty()) {
        result.add_touch(renamed, row);
      } else {
        result.add_touch(renamed, journey.age[t], row);
      }
    }
    result.end(journeys.end_of(i));
  }
  return result;
}

/// 0 .. n - 1 in an order that the seed decides.
template <class Number>
std::vector<Number> shuffled_numbers(std::size_t n, std::uint64_t seed) {
  std::vector<Number> numbers(n);
  for (std::size_t i = 0; i < n; ++i) numbers[i] = static_cast<Number>(i);
  Random random(seed);
  for (std::size_t i = n; i > 1; --i) std::swap(numbers[i - 1], numbers[random.below(i)]);
  return numbers;
}

}  // namespace mta::test
