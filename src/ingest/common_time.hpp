#pragma once
// The spelling of times that most files have, several characters at a time.
#include <array>
#include <cstdint>
#include <string_view>

#include "ingest/civil_time.hpp"
#include "ingest/text_word.hpp"

namespace mta {

/// Reads "YYYY-MM-DDTHH:MM:SS" or with a blank for the T, perhaps ".mmm", perhaps "Z". Dates repeat
/// from row to row, so that the midnights of some are kept; the rest is arithmetic on whole words.
class CommonTime {
 public:
  CommonTime() noexcept { days_.fill(recent_); }

  struct Time {
    std::int64_t local = 0;  ///< microseconds since 1970 as if it were UTC
    bool is_utc = false;     ///< it says that it is
  };

  /// The spelling that a log has: "YYYY-MM-DDTHH:MM:SS.mmmZ" (or a blank for the T), of utc_size. A
  /// log's rows are mostly of the minute before. False says nothing, here and below: other
  /// spellings, and what is no time, are told apart elsewhere.
  static constexpr std::size_t utc_size = 24;
  bool read_utc(const char* at, std::int64_t& micros) noexcept {
    const auto head = load_text<std::uint64_t>(at), tail = load_text<std::uint64_t>(at + 8);
    if ((head != minute_head_ || tail != minute_tail_) && !read_minute(head, tail, at)) {
      return false;
    }
    // Digits become 0 to 9 and what stands between them 0; adding brings up the top bit of bytes
    // that are more than they may be.
    const std::uint64_t rest = load_text<std::uint64_t>(at + 16) ^ 0x5a30'3030'2e30'303a;
    const std::uint64_t excess = rest | (rest + 0x7f76'7676'7f76'7a7f);
    // Two digits as one number: the second in byte 1, hundreds and tens of milliseconds in byte 4.
    const std::uint64_t pairs = rest * 10 + (rest >> 8);
    const std::uint64_t millis =
        (pairs >> 8 & 0xff) * 1'000 + (pairs >> 32 & 0xff) * 10 + (rest >> 48 & 0xff);
    micros = minute_ + static_cast<std::int64_t>(millis * 1'000);
    return (excess & 0x8080'8080'8080'8080) == 0;
  }

  bool read(std::string_view text, Time& time) noexcept {
    if (text.size() < 19) return false;
    time.is_utc = text.back() == 'Z';
    const std::size_t size = text.size() - (time.is_utc ? 1 : 0);
    if (size != 19 && size != 23) return false;
    const char* const at = text.data();
    std::uint32_t millis = 0;
    std::uint64_t clock = 0;
    if (size == 23 && !read_millis(at + 19, millis)) return false;
    if (!read_clock(at + 11, clock)) return false;
    const auto head = load_text<std::uint64_t>(at);
    if (!find_midnight(head, load_text<std::uint32_t>(at + 7) >> 8, at)) return false;
    time.local =
        recent_.midnight + static_cast<std::int64_t>(clock) * micros_per_second + millis * 1'000;
    return true;
  }

 private:
  struct Day {
    std::uint64_t head, tail;  // "YYYY-MM-", then "DD" and the separator
    std::int64_t midnight;
  };

  /// Makes a minute the last one: `head` is "YYYY-MM-", `tail` "DDTHH:MM" of the text at `at`.
  bool read_minute(std::uint64_t head, std::uint64_t tail, const char* at) noexcept {
    const std::uint64_t clock = (tail >> 24) ^ 0x30'303a'3030;
    const std::uint64_t pairs = (clock * 10 + (clock >> 8)) & 0xff00'00ff;  // hour, minute
    const std::uint64_t excess = clock | (clock + 0x76'767f'7676) | (pairs + 0x4400'0068);
    if ((excess & 0x80'8080'8080) != 0 || !find_midnight(head, tail & 0xff'ffff, at)) return false;
    const std::uint64_t minutes = (pairs & 0xff) * 60 + (pairs >> 24);
    minute_head_ = head;
    minute_tail_ = tail;
    minute_ = recent_.midnight + static_cast<std::int64_t>(minutes * 60) * micros_per_second;
    return true;
  }

  /// "HH:MM:SS" in seconds, as above.
  static bool read_clock(const char* at, std::uint64_t& seconds) noexcept {
    const std::uint64_t digits = load_text<std::uint64_t>(at) ^ 0x3030'3a30'303a'3030;
    const std::uint64_t excess = digits | (digits + 0x7676'7f76'767f'7676);
    // Tens and ones in bytes 0, 3 and 6, none above 99 where all are digits; more than 23, 59 and
    // 59 bring up the top bit.
    const std::uint64_t pairs = (digits * 10 + (digits >> 8)) & 0x00ff'0000'ff00'00ff;
    const std::uint64_t beyond = pairs + 0x0044'0000'4400'0068;
    seconds = (pairs & 0xff) * 3'600 + (pairs >> 24 & 0xff) * 60 + (pairs >> 48);
    return ((excess | beyond) & 0x8080'8080'8080'8080) == 0;
  }

  /// ".mmm"
  static bool read_millis(const char* at, std::uint32_t& millis) noexcept {
    const std::uint32_t digits = load_text<std::uint32_t>(at) ^ 0x3030'302eu;
    const std::uint32_t excess = digits | (digits + 0x7676'767fu);
    millis = (digits >> 8 & 0xff) * 100 + (digits >> 16 & 0xff) * 10 + (digits >> 24);
    return (excess & 0x8080'8080u) == 0;
  }

  /// Makes the day of the date at `at`, whose words these are, the recent one.
  bool find_midnight(std::uint64_t head, std::uint64_t tail, const char* at) noexcept {
    return (recent_.head == head && recent_.tail == tail) || find_day(head, tail, at);
  }

  /// Apart from the rest, which is short without it: a log's rows are mostly of the day before.
  [[gnu::noinline]] bool find_day(std::uint64_t head, std::uint64_t tail, const char* at) noexcept {
    const std::uint64_t mixed = (head ^ tail << 24) * 0x9e37'79b9'7f4a'7c15;
    Day& day = days_[static_cast<std::size_t>(mixed >> 58)];
    if ((day.head != head || day.tail != tail) && !read_day(at, day)) return false;
    recent_ = day;
    return true;
  }

  static bool read_day(const char* at, Day& day) noexcept {
    int digits[8];
    constexpr std::array<std::size_t, 8> places{0, 1, 2, 3, 5, 6, 8, 9};
    for (std::size_t i = 0; i < places.size(); ++i) {
      digits[i] = at[places[i]] - '0';
      if (digits[i] < 0 || digits[i] > 9) return false;
    }
    if (at[4] != '-' || at[7] != '-' || (at[10] != 'T' && at[10] != ' ')) return false;
    const int year = digits[0] * 1'000 + digits[1] * 100 + digits[2] * 10 + digits[3];
    const int month = digits[4] * 10 + digits[5], day_of_month = digits[6] * 10 + digits[7];
    if (!is_date(year, month, day_of_month)) return false;
    day = {load_text<std::uint64_t>(at), load_text<std::uint32_t>(at + 7) >> 8,
           days_from_civil(year, month, day_of_month) * micros_per_day};
    return true;
  }

  Day recent_ = {load_text<std::uint64_t>("1970-01-"), load_text<std::uint32_t>("-01T") >> 8, 0};
  std::uint64_t minute_head_ = load_text<std::uint64_t>("1970-01-");
  std::uint64_t minute_tail_ = load_text<std::uint64_t>("01T00:00");
  std::int64_t minute_ = 0;
  std::array<Day, 64> days_;  // each holds a day that is right, from the start
};

}  // namespace mta
