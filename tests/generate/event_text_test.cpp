#include "generate/event_text.hpp"

#include <algorithm>
#include <cstdio>

#include "mta/core/hash.hpp"

namespace mta::bench {
namespace {

TEST(EventText, CsvIsAsItsColumnsSay) {
  const std::string text =
      events_text(EventGenerator({.events = 12}), EventOrder::time, {TextFormat::csv});
  EXPECT_THAT(text,
              testing::StartsWith(
                  "visitor,ts,type,channel,value,campaign\n"
                  "1d0b14e4db018fed,2024-01-02T00:31:25.785Z,view,channel_09,,campaign_09_2\n"));
  EXPECT_THAT(text,
              testing::HasSubstr(",2024-02-29T14:23:03.371Z,view,channel_04,,campaign_04_4\n"));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 13);
}

TEST(EventText, NdjsonLeavesOutWhatIsEmpty) {
  const std::string text =
      events_text(EventGenerator({.events = 6}), EventOrder::time, {TextFormat::ndjson});
  EXPECT_THAT(text, testing::StartsWith(
                        R"({"visitor":"910a2dec89025cc1","ts":"2024-01-09T12:31:25.785Z",)"
                        R"("type":"view","channel":"channel_09","campaign":"campaign_09_2"})"
                        "\n"));
  EXPECT_THAT(text, testing::HasSubstr(R"("type":"view","channel":"channel_02"})"
                                       "\n"));
}

/// The generator's columns written by other means: the oracle of the text.
std::string plain_csv(const EventGenerator& generator) {
  std::string text = "visitor,ts,type,channel,value,campaign\n";
  generator.for_each(EventOrder::time, [&](const GeneratedEvent& event) {
    const std::int64_t ms = event.time / 1'000 % 86'400'000;
    std::int64_t day = event.time / 86'400'000'000 - 19'723;  // of the leap year 2024, from 0
    int month = 1;
    for (const int days : {31, 29, 31}) {
      if (day < days) break;
      day -= days;
      ++month;
    }
    char line[160], value[32] = "";
    const auto conversion = event.type == EventType::conversion;
    if (conversion)
      std::snprintf(value, sizeof value, "%.2f", static_cast<double>(event.value.units) / 1e6);
    std::snprintf(line, sizeof line, "%016llx,2024-%02d-%02dT%02d:%02d:%02d.%03dZ,%s,%s,%s,%s\n",
                  static_cast<unsigned long long>(event.visitor), month, static_cast<int>(day + 1),
                  static_cast<int>(ms / 3'600'000), static_cast<int>(ms / 60'000 % 60),
                  static_cast<int>(ms / 1'000 % 60), static_cast<int>(ms % 1'000),
                  EventGenerator::type_names()[static_cast<std::size_t>(event.type)].c_str(),
                  generator.channel_names()[event.channel].c_str(), value,
                  generator.campaign_names()[event.campaign].c_str());
    text += line;
  });
  return text;
}

TEST(EventText, HasTheEventsOfTheGenerator) {
  const EventGenerator generator(
      {.events = 20'000, .channels = 120, .mean_touches = 9.5, .seed = 11});
  EXPECT_EQ(events_text(generator, EventOrder::time, {TextFormat::csv}), plain_csv(generator));
}

// Benchmarks compare over time only while their input stays the same, byte for byte.
TEST(EventText, NeverChanges) {
  const EventGenerator generator({.events = 50'000, .seed = 42});
  EXPECT_EQ(hash64(events_text(generator, EventOrder::time, {TextFormat::csv})),
            14'097'252'382'812'229'525u);
  EXPECT_EQ(hash64(events_text(generator, EventOrder::visitor, {TextFormat::ndjson})),
            6'521'473'755'618'029'717u);
}

}  // namespace
}  // namespace mta::bench
