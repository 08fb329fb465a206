#include "mta/ingest/time_parser.hpp"

#include <chrono>
#include <optional>
#include <random>

#include "mta/core/error.hpp"

namespace mta {
namespace {

std::string read(TimeParser& parser, std::string_view text) {
  const std::optional<TimePoint> time = parser.parse(text);
  return time ? format_time(*time) : "none";
}

struct TimeCase {
  std::string text;
  std::string expected;
};

TEST(FormatTime, ShowsMicrosecondsOfAnyYear) {
  EXPECT_EQ(format_time({0}), "1970-01-01T00:00:00.000000Z");
  EXPECT_EQ(format_time({-1}), "1969-12-31T23:59:59.999999Z");
  EXPECT_EQ(format_time({1'709'294'400'000'000}), "2024-03-01T12:00:00.000000Z");
  EXPECT_EQ(format_time({951'782'400'123'456}), "2000-02-29T00:00:00.123456Z");
  EXPECT_EQ(format_time({-62'167'219'200'000'000}), "0000-01-01T00:00:00.000000Z");
  EXPECT_EQ(format_time({253'402'300'799'999'999}), "9999-12-31T23:59:59.999999Z");
}

TEST(TimeParser, ReadsIso) {
  const TimeCase cases[] = {
      {"2024-03-01", "2024-03-01T00:00:00.000000Z"},
      {"2024-03-01T12:00:00", "2024-03-01T12:00:00.000000Z"},
      {"2024-03-01t12:00:00z", "2024-03-01T12:00:00.000000Z"},
      {"2024-03-01 12:00", "2024-03-01T12:00:00.000000Z"},
      {"2024-03-01   9:05:07", "2024-03-01T09:05:07.000000Z"},
      {" 2024-03-01T12:00:00 ", "2024-03-01T12:00:00.000000Z"},
      {"2024-03-01T12:00:00.5", "2024-03-01T12:00:00.500000Z"},
      {"2024-03-01T12:00:00,25", "2024-03-01T12:00:00.250000Z"},
      {"2024-03-01T12:00:00.123", "2024-03-01T12:00:00.123000Z"},
      {"2024-03-01T12:00:00.123Z", "2024-03-01T12:00:00.123000Z"},
      {"2024-03-01T12:00:00.123456", "2024-03-01T12:00:00.123456Z"},
      {"2024-03-01T12:00:00.123456999Z", "2024-03-01T12:00:00.123456Z"},
      {"1969-12-31T23:59:59.9999999", "1969-12-31T23:59:59.999999Z"},
      {"2024-03-01T12:00:00+02:00", "2024-03-01T10:00:00.000000Z"},
      {"2024-03-01T12:00:00-0530", "2024-03-01T17:30:00.000000Z"},
      {"2024-03-01T12:00:00+02", "2024-03-01T10:00:00.000000Z"},
      {"2024-03-01 12:00:00 +0200", "2024-03-01T10:00:00.000000Z"},
      {"2024-03-01 12:00:00 UTC", "2024-03-01T12:00:00.000000Z"},
      {"2024-03-01 12:00:00.25 UTC", "2024-03-01T12:00:00.250000Z"},
      {"2024-03-01T12:00Z", "2024-03-01T12:00:00.000000Z"},
      {"2024-02-29T00:00:00", "2024-02-29T00:00:00.000000Z"},
      {"0000-01-01T00:00:00", "0000-01-01T00:00:00.000000Z"},
      {"9999-12-31T23:59:59.999999", "9999-12-31T23:59:59.999999Z"},
  };
  TimeParser parser;
  for (const TimeCase& c : cases) EXPECT_EQ(read(parser, c.text), c.expected) << c.text;
}

TEST(TimeParser, RefusesWhatIsNoTime) {
  const char* const texts[] = {"",
                               " ",
                               "yesterday",
                               "2024-02-30",
                               "2023-02-29T00:00:00",
                               "1900-02-29 00:00:00",
                               "2024-13-01",
                               "2024-00-10",
                               "2024-04-31T10:00:00",
                               "2024-03-00T10:00:00",
                               "2024-03-01T24:00:00",
                               "2024-03-01T12:60:00",
                               "2024-03-01T23:59:60",
                               "2024-03-01T12:00:0",
                               "2024-03-01T12:0",
                               "2024-03-01T",
                               "2024-03-01T12:00:00.",
                               "2024-03-01T12:00:00.12x",
                               "2024-03-01T12:00:00+",
                               "2024-03-01T12:00:00+2",
                               "2024-03-01T12:00:00+25:00",
                               "2024-03-01T12:00:00+02:60",
                               "2024-03-01T12:00:00Zjunk",
                               "2024-03-01T12:00:00x",
                               "2024-03-01x12:00:00",
                               "2024-3-1",
                               "24-03-01",
                               "12024-03-01",
                               "-001-03-01",
                               "9999-12-31T23:59:59-01:00",
                               "0000-01-01T00:00:00+01:00",
                               "2o24-03-01T12:00:00",
                               "2024-03-01T12:00:0O"};
  TimeParser parser;
  for (const char* const text : texts) EXPECT_EQ(read(parser, text), "none") << text;
}

TEST(TimeParser, TellsEpochUnitsByTheirDigits) {
  const TimeCase cases[] = {
      {"0", "1970-01-01T00:00:00.000000Z"},
      {"1530477341", "2018-07-01T20:35:41.000000Z"},
      {"1530477341.25", "2018-07-01T20:35:41.250000Z"},
      {"1530477341.9999999", "2018-07-01T20:35:41.999999Z"},
      {"1530477341250", "2018-07-01T20:35:41.250000Z"},
      {"1530477341250.5", "2018-07-01T20:35:41.250500Z"},
      {"1530477341250125", "2018-07-01T20:35:41.250125Z"},
      {"99999999999", "5138-11-16T09:46:39.000000Z"},
      {"-1", "1969-12-31T23:59:59.000000Z"},
      {"-0.0000001", "1969-12-31T23:59:59.999999Z"},
      {"-1.5", "1969-12-31T23:59:58.500000Z"},
      {" 86400 ", "1970-01-02T00:00:00.000000Z"},
      {"12345678901234567", "2361-03-21T19:15:01.234567Z"},
  };
  TimeParser parser;
  for (const TimeCase& c : cases) EXPECT_EQ(read(parser, c.text), c.expected) << c.text;
  for (const char* const text :
       {"123456789012345678", "-", "1.", ".5", "1e9", "+1", "1 2", "1.x"}) {
    EXPECT_EQ(read(parser, text), "none") << text;
  }
}

TEST(TimeParser, DoesNotGuessWhetherEightDigitsAreADate) {
  TimeParser parser;
  EXPECT_EQ(read(parser, "20240301"), "none");
  EXPECT_EQ(read(parser, "20241301"), "1970-08-23T06:35:01.000000Z") << "no date: seconds";
  TimeParser seconds("s");
  EXPECT_EQ(read(seconds, "20240301"), "1970-08-23T06:18:21.000000Z");
  TimeParser date("%Y%m%d");
  EXPECT_EQ(read(date, "20240301"), "2024-03-01T00:00:00.000000Z");
}

TEST(TimeParser, ReadsTheEpochUnitGiven) {
  TimeParser seconds("s"), millis("ms"), micros("us");
  EXPECT_EQ(read(seconds, "1"), "1970-01-01T00:00:01.000000Z");
  EXPECT_EQ(read(millis, "1"), "1970-01-01T00:00:00.001000Z");
  EXPECT_EQ(read(micros, "1"), "1970-01-01T00:00:00.000001Z");
  EXPECT_EQ(read(micros, "-1.5"), "1969-12-31T23:59:59.999998Z");
  EXPECT_EQ(read(millis, "1709294400000"), "2024-03-01T12:00:00.000000Z");
  EXPECT_EQ(read(seconds, "1709294400000"), "none");
  EXPECT_EQ(read(seconds, "2024-03-01"), "none");
}

struct PatternCase {
  std::string pattern, text, expected;
};

TEST(TimeParser, ReadsPatterns) {
  const PatternCase cases[] = {
      {"%d.%m.%Y %H:%M", "1.3.2024 7:05", "2024-03-01T07:05:00.000000Z"},
      {"%m/%d/%y", "03/01/24", "2024-03-01T00:00:00.000000Z"},
      {"%m/%d/%y", "03/01/69", "1969-03-01T00:00:00.000000Z"},
      {"%Y-%m-%dT%H:%M:%S.%f%z", "2024-03-01T12:00:00.1234567+02:00",
       "2024-03-01T10:00:00.123456Z"},
      {"%b %e %Y %I:%M %p", "Mar  1 2024 12:30 AM", "2024-03-01T00:30:00.000000Z"},
      {"%b %e %Y %I:%M %p", "march 11 2024 12:30 pm", "2024-03-11T12:30:00.000000Z"},
      {"%b %e %Y %I:%M %p", "May 1 2024 1:30 PM", "2024-05-01T13:30:00.000000Z"},
      {"%d %b %Y", "1   June   2024", "2024-06-01T00:00:00.000000Z"},
      {"100%% %Y%m%d", "100% 20240301", "2024-03-01T00:00:00.000000Z"},
      {"%d.%m.%Y", "30.2.2024", "none"},
      {"%d.%m.%Y", "1.3.2024 ", "2024-03-01T00:00:00.000000Z"},
      {"%d.%m.%Y", "1.3.2024x", "none"},
      {"%d.%m.%Y", "1-3-2024", "none"},
      {"%Y-%m-%d %I %p", "2024-03-01 13 PM", "none"},
      {"%Y-%m-%d %I %p", "2024-03-01 0 AM", "none"},
      {"%d %b %Y", "1 Junk 2024", "none"},
      {"%d %b %Y", "1 Ma 2024", "none"},
  };
  for (const PatternCase& c : cases) {
    TimeParser parser(c.pattern);
    EXPECT_EQ(read(parser, c.text), c.expected) << c.pattern << " of " << c.text;
  }
}

TEST(TimeParser, RefusesBadPatterns) {
  for (const char* const pattern :
       {"%Y-%m", "%Y-%m-%d %Q", "%Y-%m-%d %", "%Y-%Y-%m-%d", "%Y-%m-%d %I", "%Y-%m-%d %H %p",
        "%Y-%y-%m-%d", "%Y %m %b %d", "iso"}) {
    EXPECT_THROW(TimeParser{pattern}, Error) << pattern;
  }
}

struct ZoneCase {
  std::string zone, text, expected;
};

TEST(TimeParser, PutsTimesWithoutAZoneIntoTheGivenOne) {
  const ZoneCase cases[] = {
      {"+02:00", "2024-03-01T12:00:00", "2024-03-01T10:00:00.000000Z"},
      {"-0530", "2024-03-01T12:00:00.5", "2024-03-01T17:30:00.500000Z"},
      {"+02:00", "2024-03-01T12:00:00Z", "2024-03-01T12:00:00.000000Z"},
      {"+02:00", "2024-03-01T12:00:00-01:00", "2024-03-01T13:00:00.000000Z"},
      {"+02:00", "1709294400", "2024-03-01T12:00:00.000000Z"},
      {"Europe/Berlin", "2024-03-01T12:00:00", "2024-03-01T11:00:00.000000Z"},
      {"Europe/Berlin", "2024-07-01T12:00:00", "2024-07-01T10:00:00.000000Z"},
      {"Europe/Berlin", "2024-07-01", "2024-06-30T22:00:00.000000Z"},
      // Forward at 02:00 on 2024-03-31: 02:30 does not exist and is read by the offset before.
      {"Europe/Berlin", "2024-03-31T01:59:59", "2024-03-31T00:59:59.000000Z"},
      {"Europe/Berlin", "2024-03-31T02:30:00", "2024-03-31T01:30:00.000000Z"},
      {"Europe/Berlin", "2024-03-31T03:00:00", "2024-03-31T01:00:00.000000Z"},
      // Back at 03:00 on 2024-10-27: 02:30 comes twice and is read as the first.
      {"Europe/Berlin", "2024-10-27T02:30:00", "2024-10-27T00:30:00.000000Z"},
      {"Europe/Berlin", "2024-10-27T02:59:59.999999", "2024-10-27T00:59:59.999999Z"},
      {"Europe/Berlin", "2024-10-27T03:00:00", "2024-10-27T02:00:00.000000Z"},
      {"America/New_York", "2024-01-15T00:00:00", "2024-01-15T05:00:00.000000Z"},
      {"America/New_York", "2024-11-03T01:30:00", "2024-11-03T05:30:00.000000Z"},
      {"Asia/Kolkata", "2024-01-15 00:00:00", "2024-01-14T18:30:00.000000Z"},
  };
  for (const ZoneCase& c : cases) {
    TimeParser parser("", c.zone);
    EXPECT_EQ(read(parser, c.text), c.expected) << c.zone << ' ' << c.text;
    TimeParser warm("", c.zone);  // the cached stretch must not leak into other times
    (void)warm.parse("2024-07-01T12:00:00");
    (void)warm.parse("2024-01-01T12:00:00");
    EXPECT_EQ(read(warm, c.text), c.expected) << c.zone << ' ' << c.text;
  }
}

TEST(TimeParser, RefusesUnknownZones) {
  for (const char* const zone : {"Mars/Base", "+2", "+25:00", "+02:00x", "Europe"}) {
    EXPECT_THROW(TimeParser("", zone), Error) << zone;
  }
}

TEST(TimeParser, AgreesWithTheStandardCalendarOnRandomMoments) {
  std::mt19937_64 random(20240301);
  std::uniform_int_distribution<std::int64_t> moment(-62'167'219'200'000, 253'402'300'799'999);
  TimeParser parser;
  for (int i = 0; i < 20'000; ++i) {
    const std::int64_t millis = moment(random);
    const std::chrono::sys_time<std::chrono::milliseconds> time{std::chrono::milliseconds{millis}};
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);
    char text[64];
    std::snprintf(
        text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03d", static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
        static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
        static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
    const std::optional<TimePoint> read = parser.parse(text);
    ASSERT_TRUE(read) << text;
    ASSERT_EQ(read->micros, millis * 1'000) << text;
    ASSERT_EQ(format_time(*read), std::string(text) + "000Z");
  }
}

// A blank before it keeps a text from the shortcut for the common spelling and says the same.
TEST(TimeParser, ReadsTheCommonSpellingAsAnyOther) {
  TimeParser parser;
  for (const std::string whole :
       {"2024-02-29T23:59:59", "2024-02-29 00:00:00Z", "1999-12-31T23:59:59.999",
        "2000-01-01T10:20:30.456Z", "0000-01-01T00:00:00", "9999-12-31T23:59:59.999Z"}) {
    EXPECT_NE(read(parser, whole), "none");
    for (std::size_t at = 0; at < whole.size(); ++at) {
      for (int byte = 0; byte < 256; ++byte) {
        std::string text = whole;
        text[at] = static_cast<char>(byte);
        ASSERT_EQ(read(parser, text), read(parser, ' ' + text))
            << whole << " with " << byte << " at " << at;
      }
    }
    for (std::size_t size = 0; size < whole.size(); ++size) {
      const std::string text = whole.substr(0, size);
      ASSERT_EQ(read(parser, text), read(parser, ' ' + text)) << text;
    }
  }
  EXPECT_EQ(read(parser, std::string(19, '\0')), "none");
}

}  // namespace
}  // namespace mta
