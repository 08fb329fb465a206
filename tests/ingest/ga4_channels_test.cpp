// The channel groups of other projects' tests against the shipped GA4 rules: rows that differ are
// listed here, with the reason, and nothing else may differ.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "mta/ingest/channel_rules.hpp"
#include "support/plain_table.hpp"
#include "support/shared_data.hpp"

namespace mta {
namespace {

using test::PlainTable;
using Names = std::map<std::string, std::string>;
using Misses = std::map<std::string, std::string>;  // row to what we say instead

constexpr std::string_view page = "https://site.example/";

std::string named(const Names& names, const std::string& name) {
  const auto at = names.find(name);
  return at == names.end() ? name : at->second;
}

struct Texts {
  std::string source, medium, campaign, landing_url, referrer;
};

JudgedTouch judged(const ChannelRules& rules, const Texts& texts) {
  const std::vector<std::string_view> columns(rules.columns().size());
  return rules.judge({.source = texts.source,
                      .medium = texts.medium,
                      .campaign = texts.campaign,
                      .landing_url = texts.landing_url,
                      .referrer = texts.referrer},
                     columns);
}

void expect_share(std::size_t misses, std::size_t rows) {
  EXPECT_GE(static_cast<double>(rows - misses), 0.95 * static_cast<double>(rows));
}

TEST(Ga4Channels, AgreeWithDbtGa4) {
  MTA_SHARED_DATA_OR_SKIP(path,
                          "channel_grouping_vectors/velir_dbt_ga4_default_channel_grouping.csv");
  const ChannelRules rules = ChannelRules::parse("\"ga4\"");
  const PlainTable table = PlainTable::file(path);
  // Google's text asks of Paid Shopping a paid medium; the row has none.
  const Misses expected = {{"alibaba//", "Organic Shopping"}};
  Misses misses;
  for (const auto& row : table.rows()) {
    const Texts texts{table.at(row, "source"), table.at(row, "medium"), table.at(row, "campaign"),
                      std::string(page), ""};
    const std::string channel = judged(rules, texts).channel;
    if (channel != table.at(row, "expected_channel")) {
      misses[texts.source + "/" + texts.medium + "/" + texts.campaign] = channel;
    }
  }
  EXPECT_EQ(table.rows().size(), 30u);
  EXPECT_EQ(misses, expected);
}

// What PostHog calls otherwise. It keeps "Unknown" for what says nothing at all, which is Direct
// for Google.
const Names posthog_labels = {{"Cross Network", "Cross-network"},
                              {"Paid Unknown", "Paid Other"},
                              {"Affiliate", "Affiliates"},
                              {"Push", "Mobile Push Notifications"},
                              {"Unknown", "Direct"}};

std::string joined_url(const PlainTable& table, const PlainTable::Row& row) {
  std::string url = table.at(row, "landing_url");
  if (!url.empty()) return url;
  url = std::string(page) + "?";
  for (const std::string name :
       {"utm_source", "utm_medium", "utm_campaign", "gclid", "gad_source"}) {
    const std::string& value = table.at(row, name);
    if (!value.empty()) url += name + "=" + value + "&";
  }
  return url;
}

TEST(Ga4Channels, AgreeWithPostHog) {
  MTA_SHARED_DATA_OR_SKIP(path, "channel_grouping_vectors/posthog_channel_type.csv");
  const ChannelRules rules = ChannelRules::parse("\"ga4\"");
  const PlainTable table = PlainTable::file(path);
  const Misses expected = {
      // A tagged visit without a referrer is Direct there; tags go first for Google and for us.
      {"test_direct_with_red_herring_utm_tags_is_direct", "Unassigned"},
  };
  Misses misses;
  for (const auto& row : table.rows()) {
    std::string referrer = table.at(row, "referrer_url");
    const std::string& domain = table.at(row, "referring_domain");
    if (referrer.empty() && !domain.empty()) {
      referrer = (domain.starts_with("com.") ? "android-app://" : "") + domain;
    }
    const std::string channel =
        judged(rules, {"", "", "", joined_url(table, row), referrer}).channel;
    if (channel != named(posthog_labels, table.at(row, "expected_channel"))) {
      misses[table.at(row, "test")] = channel;
    }
  }
  EXPECT_EQ(table.rows().size(), 27u);
  EXPECT_EQ(misses, expected);
  expect_share(misses.size(), table.rows().size());
}

const Names plausible_labels = {{"AI Assistants", "AI Assistant"}};
// Plausible names referrers before it groups them; here they are hosts again.
const Names plausible_hosts = {{"Google", "google.com"},
                               {"DuckDuckGo", "duckduckgo.com"},
                               {"X (Twitter)", "x.com"},
                               {"Vimeo", "vimeo.com"},
                               {"Threads", "threads.net"},
                               {"Youtube", "youtube.com"},
                               {"Facebook", "facebook.com"},
                               {"Reddit", "reddit.com"},
                               {"Perplexity", "perplexity.ai"},
                               {"Bing", "bing.com"},
                               {"Yandex", "yandex.ru"},
                               {"Microsoft Teams", "teams.microsoft.com"},
                               {"Discord", "discord.com"},
                               {"Baidu", "baidu.com"},
                               {"Sogou", "sogou.com"},
                               {"Linktree", "linktr.ee"},
                               {"Telegram", "t.me"},
                               {"Bluesky", "bsky.app"},
                               {"Claude", "claude.ai"},
                               {"Phind", "phind.com"},
                               {"Grok", "grok.com"},
                               {"Slack", "slack.com"},
                               {"producthunt", "producthunt.com"},
                               {"GitHub", "github.com"},
                               {"Ecosia", "ecosia.org"},
                               {"Microsoft 365", "officeapps.live.com"},
                               {"tiktok", "tiktok.com"},
                               {"shopify", "shopify.com"},
                               {"walmart", "walmart.com"},
                               {"vimeo", "vimeo.com"},
                               {"duckduckgo", "duckduckgo.com"}};

TEST(Ga4Channels, AgreeWithPlausible) {
  MTA_SHARED_DATA_OR_SKIP(path, "channel_grouping_vectors/plausible_acquisition_channel.csv");
  const ChannelRules rules =
      ChannelRules::parse(R"({"preset": "ga4", "ai_assistants": "channel"})");
  const PlainTable table = PlainTable::file(path);
  const Misses expected = {
      // DuckDuckGo shows Microsoft's ads: a click with Microsoft's id from there is an ad.
      {"DuckDuckGo//msclkid", "Paid Search"},
  };
  Misses misses;
  for (const auto& row : table.rows()) {
    const std::string& referrer = table.at(row, "referrer_source");
    const std::string& id = table.at(row, "click_id_param");
    const std::string url = std::string(page) + "?utm_source=" + table.at(row, "utm_source") +
                            "&utm_medium=" + table.at(row, "utm_medium") +
                            "&utm_campaign=" + table.at(row, "utm_campaign") +
                            (id.empty() ? "" : "&" + id + "=1");
    const std::string channel =
        judged(rules, {"", "", "", url, named(plausible_hosts, referrer)}).channel;
    if (channel != named(plausible_labels, table.at(row, "expected_channel"))) {
      misses[referrer + "/" + table.at(row, "utm_source") + "/" + id] = channel;
    }
  }
  EXPECT_EQ(table.rows().size(), 54u);
  EXPECT_EQ(misses, expected);
  expect_share(misses.size(), table.rows().size());
}

// How Plausible writes our sources.
const Names plausible_sources = {{"google", "Google"},
                                 {"GOOGLE", "Google"},
                                 {"wikipedia.org", "Wikipedia"},
                                 {"wikipedia", "Wikipedia"},
                                 {"ig", "Instagram"},
                                 {"bsky.app", "Bluesky"},
                                 {"mastodon.social", "Mastodon"},
                                 {"fosstodon.org", "Mastodon"},
                                 {"gemini.google.com", "Google Gemini"},
                                 {"chat.openai.com", "ChatGPT"},
                                 {"phind.com", "Phind"},
                                 {"copilot.microsoft.com", "Microsoft Copilot"},
                                 {"copilot.com", "Microsoft Copilot"},
                                 {"x.com", "X (Twitter)"},
                                 {"kagi.com", "Kagi"}};

TEST(Ga4Channels, NameSourcesAsPlausibleDoes) {
  MTA_SHARED_DATA_OR_SKIP(path, "channel_grouping_vectors/plausible_source_names.csv");
  const PlainTable table = PlainTable::file(path);
  // A source is a registrable domain: hosts below one that is not listed are not told apart.
  const Misses expected = {{"https://officeapps.live.com", "live.com"},
                           {"https://notofficeapps.live.com", "live.com"}};
  Misses misses;
  for (const auto& row : table.rows()) {
    std::string url(page);
    url.append("?utm_source=").append(table.at(row, "utm_source"));
    const TrafficSource found =
        traffic_source({.landing_url = url, .referrer = table.at(row, "referrer")});
    if (named(plausible_sources, found.source) != table.at(row, "expected_source")) {
      misses[table.at(row, "referrer")] = found.source;
    }
  }
  EXPECT_EQ(table.rows().size(), 20u);
  EXPECT_EQ(misses, expected);
  expect_share(misses.size() + 1, 54 + table.rows().size());  // with the one of the channels
}

struct MediumCase {
  std::string source, medium, campaign, channel;
};

TEST(Ga4Channels, FollowGooglesTable) {
  const ChannelRules rules = ChannelRules::parse("\"ga4\"");
  const MediumCase cases[] = {
      {"(direct)", "(none)", "", "Direct"},
      {"x-site", "CPC", "", "Paid Other"},
      {"facebook", "cpm", "", "Paid Social"},  // "cpm" has "cp" in it
      {"x-site", "cpm", "", "Display"},
      {"x-site", "paid-anything", "", "Paid Other"},
      {"x-site", "unpaid", "", "Unassigned"},
      {"google", "organic", "", "Organic Search"},
      {"x-site", "ppc", "webshop", "Paid Other"},  // of letters only an e may stand before "shop"
      {"x-site", "ppc", "e-shop", "Paid Shopping"},
      {"x-site", "ppc", "eshop", "Paid Shopping"},
      {"x-site", "ppc", "shop", "Paid Shopping"},
      {"x-site", "mobile-web", "", "Mobile Push Notifications"},
      {"x-site", "push", "", "Mobile Push Notifications"},
      {"x-site", "pushed", "", "Unassigned"},
      {"x-site", "app", "", "Referral"},
      {"x-site", "link", "", "Referral"},
      {"x-site", "e_mail", "", "Email"},
      {"x-site", "email-marketing", "", "Unassigned"},
      {"x-site", "social network", "", "Organic Social"},
      {"x-site", "ai-assistant", "", "Unassigned"},
  };
  for (const MediumCase& each : cases) {
    EXPECT_EQ(judged(rules, {each.source, each.medium, each.campaign, "", ""}).channel,
              each.channel)
        << each.source << " / " << each.medium << " / " << each.campaign;
  }
}

TEST(Ga4Channels, AreEighteenAndTheRest) {
  const std::vector<std::string> channels = ChannelRules::parse("\"ga4\"").channels();
  const std::set<std::string> expected = {
      "Direct",         "Cross-network", "Paid Shopping",
      "Paid Search",    "Paid Social",   "Paid Video",
      "Display",        "Paid Other",    "Organic Shopping",
      "Organic Social", "Organic Video", "Organic Search",
      "Referral",       "Email",         "Affiliates",
      "Audio",          "SMS",           "Mobile Push Notifications",
      "Unassigned"};
  EXPECT_EQ(std::set<std::string>(channels.begin(), channels.end()), expected);
  EXPECT_EQ(channels.back(), "Unassigned");
}

TEST(Ga4Channels, TellAssistantsApartWhereAsked) {
  const Texts texts{"", "", "", std::string(page), "https://chatgpt.com/"};
  EXPECT_EQ(judged(ChannelRules::parse("\"ga4\""), texts).channel, "Referral");
  EXPECT_EQ(
      judged(ChannelRules::parse(R"({"preset":"ga4","ai_assistants":"channel"})"), texts).channel,
      "AI Assistant");
}

TEST(Ga4Channels, TakeThePlatformsOwnWord) {
  const ChannelRules rules = ChannelRules::parse("\"ga4\"");
  ASSERT_EQ(rules.columns().size(), 3u);
  EXPECT_EQ(rules.columns()[0].name, "google_ads_network_type");
  EXPECT_EQ(rules.columns()[0].absence, ChannelRules::Column::Absence::empty);
  const auto channel = [&](std::string_view google, std::string_view dv360,
                           std::string_view sa360) {
    const std::vector<std::string_view> columns = {google, dv360, sa360};
    return rules.judge({.landing_url = "/?gclid=1"}, columns).channel;
  };
  EXPECT_EQ(channel("", "", ""), "Paid Search");
  EXPECT_EQ(channel("YouTube Videos", "", ""), "Paid Video");
  EXPECT_EQ(channel("Google Display Network", "", ""), "Display");
  EXPECT_EQ(channel("Cross-network", "", ""), "Cross-network");
  EXPECT_EQ(channel("Search partners", "", ""), "Paid Search");
  EXPECT_EQ(channel("Social", "", ""), "Paid Social");
  EXPECT_EQ(channel("", "Lightbox", ""), "Display");
  EXPECT_EQ(channel("", "flipbook", ""), "Paid Video");
  EXPECT_EQ(channel("", "Audio", ""), "Audio");
  EXPECT_EQ(channel("", "Tracking", ""), "Paid Other");
  EXPECT_EQ(channel("", "", "naver"), "Paid Search");
  EXPECT_EQ(channel("", "", "Twitter"), "Paid Social");
}

}  // namespace
}  // namespace mta
