#include "ingest/zone_offsets.hpp"

#include <date/tz.h>

#include <algorithm>
#include <limits>

#include "ingest/zone_name.hpp"

namespace mta {
ZoneOffsets::ZoneOffsets(std::string_view name)
    : stretch_{std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max(),
               0} {
  const NamedZone zone = find_zone(name, "time_zone");
  zone_ = zone.rules;
  stretch_.offset = zone.offset;
  if (zone_ != nullptr) stretch_ = {0, 0, 0};  // no time lies in it
}

ZoneOffsets::Stretch ZoneOffsets::find(std::int64_t local) {
  for (const Stretch& known : known_) {
    if (local >= known.begin && local < known.end) return known;
  }
  const auto* const zone = static_cast<const date::time_zone*>(zone_);
  const date::local_seconds moment{std::chrono::seconds{floor_divide(local, micros_per_second)}};
  const date::sys_info info = zone->get_info(moment).first;
  // Where the clock is set forward or back at T from offset p to o, the earlier offset p holds up
  // to local time T + max(p, o): that covers the hour that is skipped and the hour that comes
  // twice.
  const auto before = zone->get_info(info.begin - std::chrono::seconds{1}).offset;
  const auto after = zone->get_info(info.end).offset;
  const auto begin = info.begin.time_since_epoch() + std::max(before, info.offset);
  const auto end = info.end.time_since_epoch() + std::max(info.offset, after);
  known_.push_back({micros_of(begin), micros_of(end), micros_of(info.offset)});
  return known_.back();
}

}  // namespace mta
