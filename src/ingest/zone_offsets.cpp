#include "ingest/zone_offsets.hpp"

#include <date/tz.h>

#include <algorithm>
#include <exception>
#include <limits>
#include <string>

#include "ingest/time_text.hpp"
#include "mta/core/error.hpp"

namespace mta {
namespace {

constexpr std::int64_t always_from = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t always_to = std::numeric_limits<std::int64_t>::max();

bool is_utc(std::string_view zone) {
  return zone.empty() || zone == "UTC" || zone == "Z" || zone == "GMT" || zone == "Etc/UTC";
}

std::int64_t micros_of(std::chrono::seconds seconds) {
  // The library marks "for ever" with years around +-32767, which fit; nothing here overflows.
  return static_cast<std::int64_t>(seconds.count()) * micros_per_second;
}

const date::time_zone* locate(std::string_view zone) {
  try {
    return date::locate_zone(zone);
  } catch (const std::exception&) {
    throw Error(Errc::invalid_option,
                "time_zone must be an offset such as \"+02:00\" or a zone of the system's tz "
                "database such as \"Europe/Berlin\", got \"" +
                    std::string(zone) + '"');
  }
}

}  // namespace

ZoneOffsets::ZoneOffsets(std::string_view zone) : stretch_{always_from, always_to, 0} {
  zone = trim_blanks(zone);
  if (is_utc(zone)) return;
  TimeText text(zone);
  if ((zone.front() == '+' || zone.front() == '-') && text.take_offset(stretch_.offset) &&
      text.at_end()) {
    return;
  }
  zone_ = locate(zone);
  stretch_ = {0, 0, 0};  // no time lies in it
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
