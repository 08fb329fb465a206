#include "mta/journeys/vocabulary.hpp"

#include <gtest/gtest.h>

#include "support/plain_input.hpp"

namespace mta::test {
namespace {

using Names = std::vector<std::string_view>;

Names names(std::span<const std::string_view> views) { return {views.begin(), views.end()}; }

/// Two parts that meet the same names in another order.
Events two_parts() {
  Events events(EventLayout{{"campaign"}, {}});
  append_plain(events, plain_events("ann 1d click social campaign=z\n ann 2d buy -"));
  append_plain(events, plain_events("bob 1d buy email campaign=a\n bob 2d click Zoo campaign=z"));
  return events;
}

TEST(Vocabulary, ListsNamesInByteOrder) {
  const Events events = two_parts();
  const Vocabulary vocabulary(events);
  EXPECT_EQ(names(vocabulary.events()), (Names{"", "buy", "click"}));
  EXPECT_EQ(names(vocabulary.channels()), (Names{"Zoo", "email", "social"}));
  EXPECT_EQ(names(vocabulary.dimension(0)), (Names{"", "a", "z"}));
}

TEST(Vocabulary, NumbersKindsByChannelThenEvent) {
  const Events events = two_parts();
  const Vocabulary vocabulary(events);
  using Kind = Vocabulary::Kind;
  const std::vector<Kind> expected = {Kind{0, 1}, Kind{1, 2}, Kind{2, 1}, Kind{3, 2}};
  EXPECT_EQ(std::vector<Kind>(vocabulary.kinds().begin(), vocabulary.kinds().end()), expected);
}

TEST(Vocabulary, LeadsFromEachPartsCodesToItsOwn) {
  const Events events = two_parts();
  const Vocabulary vocabulary(events);
  for (std::size_t p = 0; p < events.parts(); ++p) {
    const EventPart& part = events.part(p);
    for (std::size_t code = 0; code < part.kinds().size(); ++code) {
      const EventKind kind = part.kinds()[code];
      const Vocabulary::Kind ours = vocabulary.kinds()[vocabulary.kind_codes(p)[code]];
      EXPECT_EQ(vocabulary.events()[ours.event], part.events.text(kind.event));
      EXPECT_EQ(ours.channel == 0 ? "" : vocabulary.channels()[ours.channel - 1],
                part.channels.text(kind.channel));
    }
    for (std::uint32_t code = 0; code < part.dimensions[0].size(); ++code) {
      EXPECT_EQ(vocabulary.dimension(0)[vocabulary.dimension_codes(p, 0)[code]],
                part.dimensions[0].text(code));
    }
  }
}

TEST(Vocabulary, OfNothingHasTheEmptyNameAlone) {
  const Events events(EventLayout{{"campaign"}, {}});
  const Vocabulary vocabulary(events);
  EXPECT_EQ(names(vocabulary.events()), Names{""});
  EXPECT_TRUE(vocabulary.channels().empty());
  EXPECT_TRUE(vocabulary.kinds().empty());
  EXPECT_EQ(names(vocabulary.dimension(0)), Names{""});
}

}  // namespace
}  // namespace mta::test
