#pragma once
#include <chrono>
#include <compare>
#include <cstdint>

namespace mta {

/// Durations as options and weights see them. Event times are never held in floating point.
using Seconds = std::chrono::duration<double>;
[[nodiscard]] constexpr Seconds hours(double n) { return Seconds(n * 3'600.0); }
[[nodiscard]] constexpr Seconds days(double n) { return Seconds(n * 86'400.0); }

/// A moment: microseconds since 1970-01-01T00:00:00Z. Finer digits of the input are cut off.
struct TimePoint {
  std::int64_t micros = 0;
  friend constexpr auto operator<=>(TimePoint, TimePoint) = default;
};

/// `end - begin` in seconds, rounded once to the nearest double.
[[nodiscard]] constexpr Seconds elapsed(TimePoint begin, TimePoint end) noexcept {
  return Seconds(static_cast<double>(end.micros - begin.micros) / 1e6);
}

/// An exact amount in millionths: of a conversion, or of a currency unit.
/// Sums wrap silently; a run proves beforehand, in 128 bits, that its sums fit (see WorthTotal).
struct Micros {
  std::int64_t units = 0;

  friend constexpr auto operator<=>(Micros, Micros) = default;
  friend constexpr Micros operator+(Micros a, Micros b) noexcept {
    return {static_cast<std::int64_t>(static_cast<std::uint64_t>(a.units) +
                                      static_cast<std::uint64_t>(b.units))};
  }
  friend constexpr Micros operator-(Micros a, Micros b) noexcept {
    return {static_cast<std::int64_t>(static_cast<std::uint64_t>(a.units) -
                                      static_cast<std::uint64_t>(b.units))};
  }
  constexpr Micros& operator+=(Micros other) noexcept { return *this = *this + other; }
  constexpr Micros& operator-=(Micros other) noexcept { return *this = *this - other; }
};

/// One whole conversion.
inline constexpr Micros one_conversion{1'000'000};

/// What a journey has to hand out, and what a touch earns of it.
struct Worth {
  Micros conversions;
  Micros value;

  friend constexpr bool operator==(const Worth&, const Worth&) = default;
  friend constexpr Worth operator+(Worth a, Worth b) noexcept {
    return {a.conversions + b.conversions, a.value + b.value};
  }
  friend constexpr Worth operator-(Worth a, Worth b) noexcept {
    return {a.conversions - b.conversions, a.value - b.value};
  }
  constexpr Worth& operator+=(const Worth& other) noexcept { return *this = *this + other; }
  constexpr Worth& operator-=(const Worth& other) noexcept { return *this = *this - other; }
};

}  // namespace mta
