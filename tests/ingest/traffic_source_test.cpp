#include "mta/ingest/traffic_source.hpp"

#include <gtest/gtest.h>

namespace mta {
namespace {

struct SourceCase {
  std::string name, landing_url, referrer;
  std::string source, medium, category;
};

class TrafficSourceOf : public testing::TestWithParam<SourceCase> {};

TEST_P(TrafficSourceOf, LandingPageAndReferrer) {
  const TrafficSource found =
      traffic_source({.landing_url = GetParam().landing_url, .referrer = GetParam().referrer});
  EXPECT_EQ(found.source, GetParam().source);
  EXPECT_EQ(found.medium, GetParam().medium);
  EXPECT_EQ(found.source_category, GetParam().category);
  EXPECT_EQ(found.start, TrafficSource::Start::touch);
}

const SourceCase sources[] = {
    {"direct", "https://s.example/", "", "(direct)", "(none)", ""},
    {"a_word_for_no_referrer", "https://s.example/", "$direct", "(direct)", "(none)", ""},
    {"tags", "https://s.example/?utm_source=News&utm_medium=email", "", "News", "email", ""},
    {"tags_before_the_referrer", "/?utm_source=bing&utm_medium=cpc", "https://www.google.com/",
     "bing", "cpc", "search"},
    {"tags_before_click_ids", "/?utm_source=News&utm_medium=email&gclid=x", "", "News", "email",
     ""},
    {"a_medium_alone", "/?utm_medium=email", "", "(not set)", "email", ""},
    {"a_medium_alone_with_a_referrer", "/?utm_medium=paid", "https://www.shopify.com",
     "shopify.com", "paid", "shopping"},
    {"a_source_alone", "/?utm_source=News", "", "News", "(not set)", ""},
    {"a_source_alone_with_a_referrer", "/?utm_source=linktree", "https://linktr.ee/me", "linktree",
     "referral", ""},
    {"a_source_whose_name_says_paid", "/?utm_source=FB-Ads", "", "FB-Ads", "cpc", "social"},
    {"a_campaign_alone", "/?utm_campaign=spring", "", "(not set)", "(not set)", ""},
    {"tags_that_say_nothing", "/?utm_source=null&utm_medium=undefined", "", "(direct)", "(none)",
     ""},
    {"search_engine", "/", "https://www.google.co.uk/", "google", "organic", "search"},
    {"search_engine_in_any_country", "/", "https://images.google.co.zw/", "google", "organic",
     "search"},
    {"search_engine_without_a_name", "/", "https://www.ecosia.org/", "ecosia.org", "organic",
     "search"},
    {"social_network", "/", "https://l.facebook.com/", "facebook.com", "referral", "social"},
    {"video", "/", "https://m.youtube.com/", "youtube.com", "referral", "video"},
    {"shop", "/", "https://www.ebay.co.uk/", "ebay.co.uk", "referral", "shopping"},
    {"webmail_of_a_search_engine", "/", "https://mail.google.com/", "mail.google.com", "email",
     "email"},
    {"assistant_of_a_search_engine", "/", "https://gemini.google.com/", "gemini.google.com",
     "referral", "ai_assistant"},
    {"assistant", "/", "https://chatgpt.com/", "chatgpt.com", "referral", "ai_assistant"},
    {"any_site", "/", "https://blog.example.org/post", "example.org", "referral", ""},
    {"a_host_alone", "/", "blog.example.org", "example.org", "referral", ""},
    {"an_app", "/", "android-app://com.google.android.gm/", "com.google.android.gm", "email",
     "email"},
    {"an_app_that_is_not_listed", "/", "android-app://com.google.foo/", "com.google.foo",
     "referral", ""},
    {"a_host_that_only_ends_like_a_listed_one", "/", "https://notfacebook.com/", "notfacebook.com",
     "referral", ""},
    {"gclid", "/?gclid=x", "", "google", "cpc", "search"},
    {"an_empty_gclid", "/?gclid=", "", "(direct)", "(none)", ""},
    {"a_gclid_of_no_click", "/?gclid=null", "", "(direct)", "(none)", ""},
    {"gclid_before_the_referrer", "/?gclid=x", "https://www.youtube.com/", "google", "cpc",
     "video"},
    {"gclid_on_any_site", "/?gclid=x", "https://news.example/", "google", "cpc", ""},
    {"gclid_refuted_by_the_referrer", "/?gclid=x", "https://duckduckgo.com/", "duckduckgo",
     "organic", "search"},
    {"a_second_click_id_where_the_first_is_refuted", "/?gclid=x&msclkid=y", "https://bing.com/",
     "bing", "cpc", "search"},
    {"msclkid", "/?msclkid=x", "", "bing", "cpc", "search"},
    {"dclid", "/?dclid=x", "", "doubleclick", "cpm", ""},
    {"ttclid", "/?ttclid=x", "", "tiktok", "cpc", "social"},
    {"snapchat_in_its_own_letters", "/?ScCid=x", "", "snapchat", "cpc", "social"},
    {"fbclid_proves_no_ad", "/?fbclid=x", "", "facebook", "referral", "social"},
    {"fbclid_with_its_referrer", "/?fbclid=x", "https://l.facebook.com", "facebook.com", "referral",
     "social"},
    {"fbclid_in_an_address_handed_on", "/?fbclid=x", "https://www.google.com/", "google", "organic",
     "search"},
    {"srsltid_is_a_free_listing", "/?srsltid=x", "", "google", "organic", "search"},
    {"own_site_with_tags", "https://s.example/?utm_source=News&utm_medium=email",
     "https://s.example/", "News", "email", ""},
    {"own_site_with_a_click_id", "https://s.example/?gclid=x", "https://www.s.example/", "google",
     "cpc", "search"},
};
INSTANTIATE_TEST_SUITE_P(Table, TrafficSourceOf, testing::ValuesIn(sources),
                         [](const auto& test) { return test.param.name; });

TEST(TrafficSource, TakesAllTags) {
  const TrafficSource found = traffic_source(
      {.landing_url = "https://s.example/p?utm_source=a&utm_medium=b&utm_campaign=c+d&utm_content=e"
                      "&utm_term=f%26g&utm_id=7&gclid=x",
       .referrer = "https://www.google.com/search"});
  EXPECT_EQ(found.campaign, "c d");
  EXPECT_EQ(found.content, "e");
  EXPECT_EQ(found.term, "f&g");
  EXPECT_EQ(found.campaign_id, "7");
  EXPECT_EQ(found.click_id, "gclid");
  EXPECT_EQ(found.click, TrafficSource::Click::paid);
  EXPECT_EQ(found.referrer_host, "www.google.com");
  EXPECT_EQ(found.referrer_domain, "google.com");
}

TEST(TrafficSource, ColumnsGoBeforeTheUrl) {
  const TrafficSource found =
      traffic_source({.source = "crm",
                      .medium = " ",
                      .campaign = "spring",
                      .landing_url = "/?utm_source=a&utm_medium=b&utm_campaign=c"});
  EXPECT_EQ(found.source, "crm");
  EXPECT_EQ(found.medium, "b");  // a blank column says nothing
  EXPECT_EQ(found.campaign, "spring");
}

TEST(TrafficSource, OnlyPaidClickIdsProveAnAd) {
  for (const std::string id :
       {"gclid", "gbraid", "wbraid", "gad_source", "msclkid", "yclid", "dclid", "ttclid", "twclid",
        "li_fat_id", "rdt_cid", "epik", "ScCid"}) {
    const std::string url = "/?" + id + "=1";
    const TrafficSource found = traffic_source({.landing_url = url});
    EXPECT_EQ(found.click, TrafficSource::Click::paid) << id;
    EXPECT_EQ(found.click_id, id);
  }
  for (const std::string id : {"fbclid", "igshid", "srsltid"}) {
    const std::string url = "/?" + id + "=1";
    EXPECT_EQ(traffic_source({.landing_url = url}).click, TrafficSource::Click::plain) << id;
  }
}

TEST(TrafficSource, OwnPagesAndPaymentProvidersStartNothing) {
  using Start = TrafficSource::Start;
  const auto start = [](std::string_view landing, std::string_view referrer) {
    return traffic_source({.landing_url = landing, .referrer = referrer}).start;
  };
  EXPECT_EQ(start("https://www.s.example/a", "https://shop.s.example/b"), Start::none);
  EXPECT_EQ(start("https://s.example/thanks", "https://checkout.stripe.com/pay"), Start::none);
  EXPECT_EQ(start("https://s.example/thanks", "https://www.paypal.com/"), Start::none);
  EXPECT_EQ(start("/thanks", "https://s.example/"), Start::touch);  // whose page is not known
  EXPECT_EQ(start("", ""), Start::unknown);
  EXPECT_EQ(start(" ", "-"), Start::unknown);
  EXPECT_EQ(start("", "https://news.example/"), Start::touch);
}

TEST(TrafficSource, ListsCanBeExtended) {
  SiteLists lists = SiteLists::shipped();
  lists.add("own_domains", std::vector<std::string>{"S.example"});
  lists.add("payment_providers", std::vector<std::string>{"bank.example"});
  lists.add("social", std::vector<std::string>{"club.example"});
  using Start = TrafficSource::Start;
  EXPECT_EQ(traffic_source({.referrer = "https://www.s.example/"}, lists).start, Start::none);
  EXPECT_EQ(traffic_source({.referrer = "https://pay.bank.example/"}, lists).start, Start::none);
  EXPECT_EQ(traffic_source({.referrer = "https://club.example/"}, lists).source_category, "social");
  EXPECT_EQ(traffic_source({.referrer = "https://club.example/"}).source_category, "");
}

TEST(SiteLists, KnowNamesHostsAndCountries) {
  const SiteLists& lists = SiteLists::shipped();
  EXPECT_EQ(lists.category("Google"), "search");
  EXPECT_EQ(lists.category("google.de"), "search");
  EXPECT_EQ(lists.category("com"), "");
  EXPECT_EQ(lists.category(""), "");
  EXPECT_EQ(lists.category("Google Shopping"), "shopping");
  EXPECT_TRUE(lists.holds("search", "bing"));
  EXPECT_FALSE(lists.holds("search", "facebook"));
  EXPECT_TRUE(lists.holds("payment_providers", "hooks.stripe.com"));
  EXPECT_FALSE(lists.holds("nobody", "x"));
  EXPECT_TRUE(lists.is_known("own_domains"));
  EXPECT_FALSE(lists.is_known("nobody"));
}

}  // namespace
}  // namespace mta
