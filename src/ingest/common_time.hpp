#pragma once
// The spelling of times that most files have, several characters at a time.
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "ingest/civil_time.hpp"

namespace mta {

/// Eight (or four) characters as a number whose lowest byte is the first of them.
template <typename Word>
Word load_text(const char* at) noexcept {
  Word word;
  std::memcpy(&word, at, sizeof word);
  if constexpr (std::endian::native == std::endian::big) {
    Word turned = 0;
    for (std::size_t i = 0; i < sizeof word; ++i) {
      turned = static_cast<Word>(turned << 8) | (word & 0xffu);
      word >>= 8;
    }
    return turned;
  }
  return word;
}

/// Reads "YYYY-MM-DDTHH:MM:SS" or with a blank for the T, perhaps ".mmm", perhaps "Z". Dates repeat
/// from row to row, so that the midnights of some and the last minute are kept; the rest is
/// arithmetic on whole words.
class CommonTime {
 public:
  CommonTime() noexcept {
    days_.fill({load_text<std::uint64_t>("1970-01-"), load_text<std::uint32_t>("-01T"), 0});
  }

  struct Time {
    std::int64_t local = 0;  ///< microseconds since 1970 as if it were UTC
    bool is_utc = false;     ///< it says that it is
  };

  /// False says nothing: other spellings, and what is no time, are told apart elsewhere.
  bool read(std::string_view text, Time& time) noexcept {
    if (is_in_last_minute(text) && read_in_minute(text.data() + 16, time.local)) {
      time.is_utc = true;
      return true;
    }
    if (!read_any(text, time)) return false;
    if (text.size() == 24 && time.is_utc) keep_minute(text.data(), time.local);
    return true;
  }

 private:
  [[nodiscard]] bool is_in_last_minute(std::string_view text) const noexcept {
    return text.size() == 24 && load_text<std::uint64_t>(text.data()) == minute_head_ &&
           load_text<std::uint64_t>(text.data() + 8) == minute_tail_;
  }

  /// ":SS.mmmZ": digits become 0 to 9 and the rest 0; adding brings up the top bit of what is more.
  bool read_in_minute(const char* at, std::int64_t& local) const noexcept {
    const std::uint64_t digits = load_text<std::uint64_t>(at) ^ 0x5a30'3030'2e30'303a;
    const std::uint64_t excess = digits | (digits + 0x7f76'7676'7f76'7a7f);
    const std::uint64_t seconds = (digits >> 8 & 0xff) * 10 + (digits >> 16 & 0xff);
    const std::uint64_t millis =
        (digits >> 32 & 0xff) * 100 + (digits >> 40 & 0xff) * 10 + (digits >> 48 & 0xff);
    local = minute_ + static_cast<std::int64_t>(seconds * 1'000'000 + millis * 1'000);
    return (excess & 0x8080'8080'8080'8080) == 0;
  }

  void keep_minute(const char* at, std::int64_t local) noexcept {
    constexpr std::int64_t micros_per_minute = 60 * micros_per_second;
    const std::int64_t rest = local % micros_per_minute;
    minute_ = local - (rest < 0 ? rest + micros_per_minute : rest);
    minute_head_ = load_text<std::uint64_t>(at);
    minute_tail_ = load_text<std::uint64_t>(at + 8);
  }

  bool read_any(std::string_view text, Time& time) noexcept {
    if (text.size() < 19) return false;
    time.is_utc = text.back() == 'Z';
    const std::size_t size = text.size() - (time.is_utc ? 1 : 0);
    if (size != 19 && size != 23) return false;
    std::uint32_t millis = 0;
    std::uint64_t clock = 0;
    if (size == 23 && !read_millis(text.data() + 19, millis)) return false;
    if (!read_clock(text.data() + 11, clock)) return false;
    if (!read_midnight(text.data(), time.local)) return false;
    time.local += static_cast<std::int64_t>(clock) * micros_per_second + millis * 1'000;
    return true;
  }

  struct Day {
    std::uint64_t head;  // "YYYY-MM-"
    std::uint32_t tail;  // "-DD" and the separator
    std::int64_t midnight;
  };

  /// "HH:MM:SS" in seconds.
  static bool read_clock(const char* at, std::uint64_t& seconds) noexcept {
    // Digits become 0 to 9 and colons 0; adding 0x76 (or 0x7f) brings up the top bit of a byte that
    // is more.
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

  /// The midnight of "YYYY-MM-DD" and a separator.
  bool read_midnight(const char* at, std::int64_t& midnight) noexcept {
    const auto head = load_text<std::uint64_t>(at);
    const auto tail = load_text<std::uint32_t>(at + 7);
    const std::uint64_t mixed = (head ^ std::uint64_t{tail} << 24) * 0x9e37'79b9'7f4a'7c15;
    Day& day = days_[static_cast<std::size_t>(mixed >> 58)];
    if ((day.head != head || day.tail != tail) && !read_day(at, day)) return false;
    midnight = day.midnight;
    return true;
  }

  /// Apart from the rest, which is short without it.
  [[gnu::noinline]] static bool read_day(const char* at, Day& day) noexcept {
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
    day = {load_text<std::uint64_t>(at), load_text<std::uint32_t>(at + 7),
           days_from_civil(year, month, day_of_month) * micros_per_day};
    return true;
  }

  // A log's rows are mostly of the minute before: "YYYY-MM-DDTHH:MM" of the last one that ended in
  // Z.
  std::uint64_t minute_head_ = load_text<std::uint64_t>("1970-01-");
  std::uint64_t minute_tail_ = load_text<std::uint64_t>("01T00:00");
  std::int64_t minute_ = 0;
  std::array<Day, 64> days_;  // each holds a day that is right, from the start
};

}  // namespace mta
