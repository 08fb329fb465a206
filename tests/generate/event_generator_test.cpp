#include "generate/event_generator.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "mta/core/error.hpp"

namespace mta::bench {
namespace {

using Row =
    std::tuple<std::int64_t, std::uint64_t, int, std::uint32_t, std::uint32_t, std::int64_t>;

std::vector<Row> rows_of(const EventGenerator& generator, EventOrder order) {
  std::vector<Row> rows;
  generator.for_each(order, [&](const GeneratedEvent& event) {
    rows.emplace_back(event.time, event.visitor, static_cast<int>(event.type), event.channel,
                      event.campaign, event.value.units);
  });
  return rows;
}

TEST(EventGenerator, EveryOrderHasTheSameRows) {
  const EventGenerator generator({.events = 5'000, .seed = 3});
  auto by_time = rows_of(generator, EventOrder::time);
  EXPECT_TRUE(std::is_sorted(by_time.begin(), by_time.end(), [](const Row& a, const Row& b) {
    return std::get<0>(a) < std::get<0>(b);
  }));
  auto shuffled = rows_of(generator, EventOrder::shuffled);
  auto by_visitor = rows_of(generator, EventOrder::visitor);
  EXPECT_NE(shuffled, by_time);
  EXPECT_NE(by_visitor, by_time);
  for (auto* rows : {&by_time, &shuffled, &by_visitor}) std::sort(rows->begin(), rows->end());
  EXPECT_EQ(shuffled, by_time);
  EXPECT_EQ(by_visitor, by_time);
}

TEST(EventGenerator, VisitorOrderKeepsAVisitorTogetherByTime) {
  const auto rows = rows_of(EventGenerator({.events = 5'000}), EventOrder::visitor);
  std::set<std::uint64_t> seen;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool goes_on = i > 0 && std::get<1>(rows[i]) == std::get<1>(rows[i - 1]);
    if (goes_on) {
      EXPECT_LE(std::get<0>(rows[i - 1]), std::get<0>(rows[i]));
    } else {
      EXPECT_TRUE(seen.insert(std::get<1>(rows[i])).second);
    }
  }
}

TEST(EventGenerator, HasTheSharesItPromises) {
  const GeneratedColumns columns = generate_columns(EventGenerator({.events = 300'000}));
  const auto conversions = std::count(columns.type.begin(), columns.type.end(), 2u);
  EXPECT_NEAR(static_cast<double>(conversions), 9'000, 300);  // 3 %, three standard deviations
  const std::set<std::uint64_t> visitors(columns.visitor.begin(), columns.visitor.end());
  const auto touches = static_cast<double>(300'000 - conversions);
  EXPECT_NEAR(touches / static_cast<double>(visitors.size()), 5.0, 0.2);
  std::map<std::uint32_t, double> by_channel;
  for (const std::uint32_t channel : columns.channel) by_channel[channel] += 1;
  EXPECT_EQ(by_channel[0], static_cast<double>(conversions));
  EXPECT_NEAR(by_channel[1] / by_channel[2], 2.1435, 0.06);  // 2^1.1
}

TEST(EventGenerator, ConversionsHaveAValueAndNoChannelAndTouchesTheOtherWayAbout) {
  const EventGenerator generator({.events = 3'000});
  for (std::uint64_t i = 0; i < generator.size(); ++i) {
    const GeneratedEvent event = generator.event(i);
    const bool converts = event.type == EventType::conversion;
    EXPECT_EQ(event.channel == 0, converts);
    EXPECT_EQ(event.value > Micros{}, converts);
    if (converts) {
      EXPECT_EQ(event.value.units % 10'000'000, 9'900'000);
    }
    if (event.campaign == 0) continue;
    const std::string& campaign = generator.campaign_names()[event.campaign];
    const std::string number = generator.channel_names()[event.channel].substr(8);
    EXPECT_EQ(campaign.substr(0, campaign.rfind('_')), "campaign_" + number);
  }
}

TEST(EventGenerator, TimesLieWithinTheNinetyDays) {
  for (const std::uint64_t events : {1u, 2u, 3u, 100u}) {
    for (const std::int64_t time : generate_columns(EventGenerator({.events = events})).time) {
      EXPECT_GE(time, 1'704'067'200'000'000);
      EXPECT_LT(time, 1'704'067'200'000'000 + 90 * 86'400'000'000);
    }
  }
}

TEST(EventGenerator, NoEventsAndOneChannelAreFine) {
  EXPECT_TRUE(generate_columns(EventGenerator({.events = 0}), EventOrder::visitor).time.empty());
  const auto columns = generate_columns(EventGenerator({.events = 100, .channels = 1}));
  EXPECT_EQ(*std::max_element(columns.channel.begin(), columns.channel.end()), 1u);
}

TEST(EventGenerator, RefusesOptionsOutsideTheirRange) {
  EXPECT_THROW(EventGenerator({.channels = 0}), Error);
  EXPECT_THROW(EventGenerator({.mean_touches = 0.5}), Error);
  EXPECT_THROW(EventGenerator({.events = (std::uint64_t{1} << 40) + 1}), Error);
}

}  // namespace
}  // namespace mta::bench
