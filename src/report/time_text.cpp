#include "report/time_text.hpp"

#include "mta/ingest/time_parser.hpp"

namespace mta::report {

std::string iso_time(TimePoint time) {
  std::string text = format_time(time);
  constexpr std::string_view no_fraction = ".000000Z";
  if (text.ends_with(no_fraction))
    text.replace(text.size() - no_fraction.size(), std::string::npos, "Z");
  return text;
}

}  // namespace mta::report
