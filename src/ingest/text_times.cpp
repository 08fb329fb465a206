#include "ingest/text_times.hpp"

namespace mta {
namespace {

/// Two digits at `at`, or 100 and more where they are none.
inline unsigned two_digits(const char* at) noexcept {
  const auto tens = static_cast<unsigned>(static_cast<unsigned char>(at[0])) - '0';
  const auto ones = static_cast<unsigned>(static_cast<unsigned char>(at[1])) - '0';
  return tens > 9 || ones > 9 ? 100 : tens * 10 + ones;
}

/// What may follow a time of day: an offset, with or without blanks before it.
bool read_zone(TimeText& text, WrittenTime& time) {
  const bool blanks = text.take_blanks();
  if (text.at_end()) return !blanks;
  return text.take_offset(time.offset) && text.at_end();
}

bool read_iso(std::string_view given, WrittenTime& time) {
  TimeText text(given);
  if (!text.take_number(4, 4, time.year) || !text.take('-') ||
      !text.take_number(2, 2, time.month) || !text.take('-') || !text.take_number(2, 2, time.day)) {
    return false;
  }
  if (text.at_end()) return true;
  if (!text.take('T') && !text.take('t') && !text.take_blanks()) return false;
  if (!text.take_number(1, 2, time.hour) || !text.take(':') ||
      !text.take_number(2, 2, time.minute)) {
    return false;
  }
  if (text.take(':')) {
    if (!text.take_number(2, 2, time.second)) return false;
    if ((text.take('.') || text.take(',')) && !text.take_fraction(time.micros)) return false;
  }
  return read_zone(text, time);
}

/// "20240301": as seconds a day of 1970, but far more likely a date. Neither is guessed.
bool looks_like_date(std::string_view digits) noexcept {
  if (digits.size() != 8 || (digits.substr(0, 2) != "19" && digits.substr(0, 2) != "20")) {
    return false;
  }
  const int year = static_cast<int>(two_digits(digits.data()) * 100 + two_digits(&digits[2]));
  return is_date(year, static_cast<int>(two_digits(&digits[4])),
                 static_cast<int>(two_digits(&digits[6])));
}

/// The part after the point, in microseconds, and whether anything was cut off.
bool read_epoch_fraction(std::string_view fraction, std::int64_t scale, std::int64_t& micros,
                         bool& cut) noexcept {
  if (fraction.empty()) return false;
  for (const char c : fraction) {
    if (!is_digit(c)) return false;
    scale /= 10;
    micros += (c - '0') * scale;
    cut = cut || (scale == 0 && c != '0');
  }
  return true;
}

std::optional<TimePoint> in_range(std::int64_t time) noexcept {
  if (!is_time_in_range(time)) return std::nullopt;
  return TimePoint{time};
}

}  // namespace

TextTimes::TextTimes(std::string_view format, std::string_view zone) : zone_(zone) {
  if (format == "s") {
    unit_ = EpochUnit::seconds;
  } else if (format == "ms") {
    unit_ = EpochUnit::milliseconds;
  } else if (format == "us") {
    unit_ = EpochUnit::microseconds;
  } else if (!format.empty()) {
    pattern_.emplace(format);
  }
  reads_iso_ = !pattern_ && unit_ == EpochUnit::by_digits;
  if (!reads_iso_) utc_size_ = std::string_view::npos;
}

/// Microseconds in one unit of a number of so many digits, or 0 where the number has too many.
std::int64_t TextTimes::micros_per_unit(EpochUnit unit, std::size_t digits) noexcept {
  switch (unit) {
    case EpochUnit::seconds:
      return digits <= 12 ? 1'000'000 : 0;
    case EpochUnit::milliseconds:
      return digits <= 15 ? 1'000 : 0;
    case EpochUnit::microseconds:
      return digits <= 18 ? 1 : 0;
    case EpochUnit::by_digits:
      break;
  }
  if (digits <= 11) return 1'000'000;
  if (digits <= 14) return 1'000;
  return digits <= 17 ? 1 : 0;
}

std::optional<TimePoint> TextTimes::read_epoch(std::string_view text, EpochUnit unit) noexcept {
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  std::size_t digits = 0;
  std::int64_t whole = 0;
  for (; digits < text.size() && is_digit(text[digits]); ++digits) {
    if (digits == 18) return std::nullopt;
    whole = whole * 10 + (text[digits] - '0');
  }
  const std::int64_t scale = digits == 0 ? 0 : micros_per_unit(unit, digits);
  if (scale == 0) return std::nullopt;
  if (unit == EpochUnit::by_digits && looks_like_date(text)) return std::nullopt;
  std::int64_t fraction = 0;
  bool cut = false;
  if (digits < text.size() && (text[digits] != '.' || !read_epoch_fraction(text.substr(digits + 1),
                                                                           scale, fraction, cut))) {
    return std::nullopt;
  }
  const std::int64_t size = whole * scale + fraction;                 // below 10^18 + 10^6
  const std::int64_t time = negative ? -size - (cut ? 1 : 0) : size;  // cut off towards the past
  if (!is_time_in_range(time)) return std::nullopt;
  return TimePoint{time};
}

bool TextTimes::read_other(std::string_view text, TimePoint& time) {
  CommonTime::Time common;
  if (reads_iso_ && common_.read(text, common)) {
    time.micros = common.is_utc ? common.local : zone_.to_utc(common.local);
    return is_time_in_range(time.micros);
  }
  const std::optional<TimePoint> other = parse_other(text);
  if (other) time = *other;
  return other.has_value();
}

std::optional<TimePoint> TextTimes::parse_other(std::string_view text) {
  if (pattern_) return parse_pattern(text);
  text = trim_blanks(text);
  if (!reads_iso_ || text.size() < 8 || text[4] != '-') return read_epoch(text, unit_);
  WrittenTime time;
  return read_iso(text, time) ? to_utc(time) : std::nullopt;
}

std::optional<TimePoint> TextTimes::to_utc(const WrittenTime& time) {
  if (!time.is_valid()) return std::nullopt;
  if (time.offset == WrittenTime::no_offset) return in_range(zone_.to_utc(time.local()));
  return in_range(time.local() - time.offset);
}

std::optional<TimePoint> TextTimes::parse_pattern(std::string_view text) {
  WrittenTime time;
  return pattern_->match(text, time) ? to_utc(time) : std::nullopt;
}

}  // namespace mta
