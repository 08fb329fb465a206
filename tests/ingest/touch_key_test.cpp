#include "ingest/touch_key.hpp"

#include <gtest/gtest.h>

namespace mta {
namespace {

/// Whatever is left out of the key of a row must not change its answer.
TEST(ChannelJudge, AnswersLikeTheRulesThemselves) {
  const ChannelRules rules = ChannelRules::parse(R"({"preset": "ga4", "rules": [
    {"channel": "Landing", "when": {"landing_path": {"contains": "/lp"}}},
    {"channel": "Gclid x", "when": {"parameter.gclid": "x"}},
    {"channel": "Phone", "when": {"column.kind": "call"}}]})");
  const std::vector<std::string> landings = {"",
                                             " ",
                                             "/",
                                             "/lp/1",
                                             "https://s.example/?gclid=x",
                                             "https://s.example/?gclid=y",
                                             "/?gclid=",
                                             "/?msclkid=null",
                                             "/?utm_source=a&utm_medium=b",
                                             "/?utm%5Fsource=bing",
                                             "/?x=1&utm_source=google&y=2",
                                             "/?fbclid=1",
                                             "/?msclkid=1&gclid=zz",
                                             "s.example",
                                             "https://S.example/lp?utm_source=null",
                                             "?utm_source",
                                             "/?UTM_SOURCE=fb",
                                             "/?ttclid=1",
                                             "/?ttclid=%20",
                                             "/?ttclid=+",
                                             "/?ttclid=nul%6C",
                                             "/?ttclid=%41"};
  const std::vector<std::string> referrers = {"",
                                              "-",
                                              "-/x",
                                              "$direct",
                                              "https://www.google.com/search?q=1",
                                              "https://www.google.com/",
                                              "https://s.example/a",
                                              "http://me@S.example:80/",
                                              "android-app://com.google.android.gm/x",
                                              "com.google.android.gm",
                                              "mailto:x",
                                              "https://bing.com./",
                                              "duckduckgo.com"};
  ChannelJudge judge(rules);
  std::size_t rows = 0;
  for (int pass = 0; pass < 2; ++pass) {
    for (const std::string& landing : landings) {
      for (const std::string& referrer : referrers) {
        for (const std::string_view kind : {"", "call"}) {
          const std::vector<std::string_view> columns = {kind, "", "", ""};
          const TouchTexts texts{.landing_url = landing, .referrer = referrer};
          const JudgedTouch expected = rules.judge(texts, columns);
          const JudgedTouch& found = judge.judge(texts, columns);
          EXPECT_EQ(found.channel, expected.channel) << landing << " from " << referrer;
          EXPECT_EQ(found.source.source, expected.source.source) << landing << " from " << referrer;
          EXPECT_EQ(found.source.medium, expected.source.medium) << landing << " from " << referrer;
          EXPECT_EQ(found.source.click_id, expected.source.click_id) << landing;
          ++rows;
        }
      }
    }
  }
  EXPECT_LT(judge.judged(), rows / 2);
}

TEST(ChannelJudge, AsksOncePerDistinctSource) {
  ChannelJudge judge(ChannelRules::parse("\"ga4\""));
  const std::vector<std::string_view> columns(3);
  for (int i = 0; i < 1'000; ++i) {
    const std::string landing = "https://s.example/page/" + std::to_string(i) +
                                "?gclid=" + std::to_string(i) + "&session=" + std::to_string(i) +
                                "&utm_campaign=c" + std::to_string(i % 3);
    const std::string referrer = "https://www.google.com/search?q=" + std::to_string(i);
    EXPECT_EQ(judge.judge({.landing_url = landing, .referrer = referrer}, columns).channel,
              "Paid Search");
  }
  EXPECT_EQ(judge.judged(), 3u);
}

TEST(ChannelJudge, ForgetsRatherThanGrow) {
  ChannelJudge judge(ChannelRules::parse("\"ga4\""));
  const std::vector<std::string_view> columns(3);
  const std::string pad(5'000, 'x');
  for (int i = 0; i < 6'000; ++i) {  // 30 MB of keys
    const std::string landing =
        "/?utm_source=google&utm_medium=cpc&utm_campaign=" + pad + std::to_string(i);
    EXPECT_EQ(judge.judge({.landing_url = landing}, columns).channel, "Paid Search");
  }
  EXPECT_EQ(judge.judge({.landing_url = "/"}, columns).channel, "Direct");
}

}  // namespace
}  // namespace mta
