#include "mta/models/channel_pick.hpp"

#include "mta/journeys/goal.hpp"
#include "support/rule_case.hpp"

// Predicates on channels. Expected values are worked by hand; docs/models/last_non_direct.md and
// the pages beside it tell the same examples.
namespace mta::test {
namespace {

class ChannelPicks : public testing::TestWithParam<RuleValues> {};

TEST_P(ChannelPicks, EarnAsWorkedByHand) { expect_values(GetParam()); }

const std::string path = "Direct email Display social Display direct => 90\n";
const RuleValues cases[] = {
    {"last_non_direct_skips_direct", "last_non_direct", "", path, "Display 90"},
    {"first_non_direct_skips_direct", "first_non_direct", "", path, "email 90"},
    {"last_of_nothing_but_direct", "last_non_direct", "", "direct (DIRECT) => 5\n", "(DIRECT) 5"},
    {"first_of_nothing_but_direct", "first_non_direct", "", "direct (DIRECT) => 5\n", "direct 5"},
    {"nothing_but_direct_unattributed", "last_non_direct", R"({"otherwise":"unattributed"})",
     "direct Direct => 5x 5\nemail direct => 2x 2\n", "(unattributed) 5, email 2"},
    {"what_is_direct_is_an_option", "last_non_direct", R"({"direct":["a","s*l"]})",
     "email A direct social a => 4\n", "direct 4"},
    {"last_paid", "last_paid", "", path, "Display 90"},
    {"first_paid", "first_paid", "", "email cross-network Display => 8\n", "cross-network 8"},
    {"last_of_nothing_paid", "last_paid", "", "email social => 8\n", "social 8"},
    {"first_of_nothing_paid", "first_paid", "", "email social => 8\n", "email 8"},
    {"nothing_paid_unattributed", "first_paid", R"({"otherwise":"unattributed"})",
     "email social => 8\n", "(unattributed) 8"},
    {"linear_over_paid_touches", "linear_paid", "",
     "Display email Cross-network Display direct => 90\n", "Cross-network 30, Display 60"},
    {"linear_over_nothing_paid", "linear_paid", "", "email social social email => 8\n",
     "email 4, social 4"},
    {"what_is_paid_is_an_option", "linear_paid", R"({"paid":"*cpc"})",
     "google/cpc email bing/CPC cpc/mail => 8\n", "bing/CPC 4, google/cpc 4"},
};
INSTANTIATE_TEST_SUITE_P(Table, ChannelPicks, testing::ValuesIn(cases),
                         [](const auto& test) { return test.param.name; });

TEST(ChannelPatterns, MatchWholeNamesWhateverTheCase) {
  const ChannelPatterns patterns("test", {"Paid *", "*mid*dle*", "a*b*c", "(direct)"});
  for (const char* in : {"Paid Search", "paid ", "MIDDLE", "x midyyDle z", "abc", "a-b-b-c-c",
                         "aXbXcXc", "(DIRECT)"}) {
    EXPECT_TRUE(patterns.contain(in)) << in;
  }
  for (const char* out : {"", "Paid", "Unpaid Search", "dlemid", "ab", "abcd", "xabc", "direct"}) {
    EXPECT_FALSE(patterns.contain(out)) << out;
  }
  EXPECT_TRUE(ChannelPatterns("test", {"*"}).contain(""));
  EXPECT_TRUE(ChannelPatterns("test", {"\xC3\x84*"}).contain("\xC3\x84rzte"));
  EXPECT_FALSE(ChannelPatterns("test", {"\xC3\x84*"}).contain("\xC3\xA4rzte"));  // ASCII alone
}

TEST(ChannelPatterns, ByDefaultDirectIsWhatGoalsCallDirect) {
  const ChannelPatterns direct("test", NonDirectOptions().direct);
  for (const char* name : {"direct", "Direct", "(direct)", "(Direct)", "DIRECT", "direct ",
                           "direct mail", "(none)", ""}) {
    EXPECT_EQ(direct.contain(name), is_direct(name)) << name;
  }
}

TEST(ChannelPatterns, ByDefaultPaidIsWhatGoogleAnalyticsCallsPaid) {
  const ChannelPatterns paid("test", PaidOptions().paid);
  for (const char* name : {"Paid Search", "Paid Shopping", "Paid Social", "Paid Video",
                           "Paid Other", "Display", "Cross-network"}) {
    EXPECT_TRUE(paid.contain(name)) << name;
  }
  for (const char* name : {"Direct", "Organic Search", "Referral", "Email", "Affiliates", "Audio",
                           "SMS", "Mobile Push Notifications", "Unassigned"}) {
    EXPECT_FALSE(paid.contain(name)) << name;
  }
}

}  // namespace
}  // namespace mta::test
