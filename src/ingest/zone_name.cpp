#include "ingest/zone_name.hpp"

#include <date/tz.h>

#include <exception>
#include <string>

#include "ingest/time_text.hpp"
#include "mta/core/error.hpp"

namespace mta {
namespace {

bool is_utc(std::string_view name) {
  return name.empty() || name == "UTC" || name == "Z" || name == "GMT" || name == "Etc/UTC";
}

}  // namespace

NamedZone find_zone(std::string_view name, std::string_view field) {
  name = trim_blanks(name);
  NamedZone zone;
  if (is_utc(name)) return zone;
  TimeText text(name);
  const bool is_offset = name.front() == '+' || name.front() == '-';
  if (is_offset && text.take_offset(zone.offset) && text.at_end()) return zone;
  try {
    return {0, date::locate_zone(name)};
  } catch (const std::exception&) {
    throw Error(Errc::invalid_option,
                std::string(field) +
                    " must be an offset such as \"+02:00\" or a zone of the system's tz database "
                    "such as \"Europe/Berlin\", got \"" +
                    std::string(name) + '"');
  }
}

}  // namespace mta
