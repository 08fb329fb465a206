#include "journeys/zone_days.hpp"

#include <date/tz.h>

#include <limits>

#include "ingest/zone_name.hpp"

namespace mta {
ZoneDays::ZoneDays(std::string_view name)
    : stretch_{std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max(),
               0} {
  const NamedZone zone = find_zone(name, "a zone");
  zone_ = zone.rules;
  stretch_.offset = zone.offset;
  if (zone_ != nullptr) stretch_ = {0, 0, 0};  // no moment lies in it
}

ZoneDays::Stretch ZoneDays::find(std::int64_t utc) {
  for (const Stretch& known : known_) {
    if (utc >= known.begin && utc < known.end) return known;
  }
  const auto* const zone = static_cast<const date::time_zone*>(zone_);
  const date::sys_seconds moment{std::chrono::seconds{floor_divide(utc, micros_per_second)}};
  const date::sys_info info = zone->get_info(moment);
  known_.push_back({micros_of(info.begin.time_since_epoch()),
                    micros_of(info.end.time_since_epoch()), micros_of(info.offset)});
  return known_.back();
}

}  // namespace mta
