#pragma once
#include <chrono>
#include <cstdint>
#include <string_view>

#include "ingest/civil_time.hpp"

namespace mta {

/// A zone: a fixed offset, or one of the tz database.
struct NamedZone {
  std::int64_t offset = 0;      ///< microseconds east of UTC, where there is no `rules`
  const void* rules = nullptr;  ///< a date::time_zone of the process-wide database
};

/// A zone by its name: "" (UTC), "+02:00", "Europe/Berlin".
/// @param field  what errors call it
/// @throws Error{Errc::invalid_option} where the name is neither an offset nor a known one.
[[nodiscard]] NamedZone find_zone(std::string_view name, std::string_view field);

/// The library marks "for ever" with years around +-32767, which fit; nothing here overflows.
[[nodiscard]] inline std::int64_t micros_of(std::chrono::seconds seconds) noexcept {
  return static_cast<std::int64_t>(seconds.count()) * micros_per_second;
}

}  // namespace mta
