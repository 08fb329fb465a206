#include "mta/ingest/time_parser.hpp"

#include <string>

#include "ingest/text_times.hpp"

namespace mta {

class TimeParser::Impl : public TextTimes {
 public:
  using TextTimes::TextTimes;
};

TimeParser::TimeParser(std::string_view format, std::string_view zone)
    : impl_(std::make_unique<Impl>(format, zone)) {}
TimeParser::TimeParser(TimeParser&&) noexcept = default;
TimeParser& TimeParser::operator=(TimeParser&&) noexcept = default;
TimeParser::~TimeParser() = default;

bool TimeParser::read(std::string_view text, TimePoint& time) { return impl_->read(text, time); }

std::string format_time(TimePoint time) {
  const std::int64_t days = floor_divide(time.micros, micros_per_day);
  std::int64_t rest = time.micros - days * micros_per_day;
  const CivilDate date = civil_from_days(days);
  std::string text;
  const auto put = [&text](std::int64_t number, std::size_t width, char after) {
    const std::string digits = std::to_string(number);
    if (digits.size() < width) text.append(width - digits.size(), '0');
    text += digits;
    text += after;
  };
  if (date.year < 0) text += '-';
  put(date.year < 0 ? -date.year : date.year, 4, '-');
  put(date.month, 2, '-');
  put(date.day, 2, 'T');
  const std::int64_t micros = rest % micros_per_second;
  rest /= micros_per_second;
  put(rest / 3'600, 2, ':');
  put(rest / 60 % 60, 2, ':');
  put(rest % 60, 2, '.');
  put(micros, 6, 'Z');
  return text;
}

}  // namespace mta
