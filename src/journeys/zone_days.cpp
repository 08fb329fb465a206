#include "journeys/zone_days.hpp"

#include <date/tz.h>

#include <exception>
#include <limits>
#include <string>

#include "ingest/time_text.hpp"
#include "mta/core/error.hpp"

namespace mta {
namespace {

bool is_utc(std::string_view zone) {
  return zone == "UTC" || zone == "Z" || zone == "GMT" || zone == "Etc/UTC";
}

std::int64_t micros_of(std::chrono::seconds seconds) {
  return static_cast<std::int64_t>(seconds.count()) * micros_per_second;
}

const date::time_zone* locate(std::string_view zone) {
  try {
    return date::locate_zone(zone);
  } catch (const std::exception&) {
    throw Error(Errc::invalid_option,
                "a zone must be an offset such as \"+02:00\" or a zone of the system's tz database "
                "such as \"Europe/Berlin\", got \"" +
                    std::string(zone) + '"');
  }
}

}  // namespace

ZoneDays::ZoneDays(std::string_view zone)
    : stretch_{std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max(),
               0} {
  zone = trim_blanks(zone);
  if (is_utc(zone)) return;
  TimeText text(zone);
  const bool is_offset = !zone.empty() && (zone.front() == '+' || zone.front() == '-');
  if (is_offset && text.take_offset(stretch_.offset) && text.at_end()) return;
  zone_ = locate(zone);
  stretch_ = {0, 0, 0};  // no moment lies in it
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
