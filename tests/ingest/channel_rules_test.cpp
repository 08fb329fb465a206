#include "mta/ingest/channel_rules.hpp"

#include <gmock/gmock.h>

#include "event_rows.hpp"

namespace mta {
namespace {

using test::error_of;
using testing::ElementsAre;
using testing::HasSubstr;

std::string rule(const std::string& when) {
  return R"({"rules": [{"channel": "Hit", "when": )" + when + "}]}";
}

struct OperatorCase {
  std::string name, when, url;
  bool hits;
};

class RuleOperator : public testing::TestWithParam<OperatorCase> {};

TEST_P(RuleOperator, HoldsOrNot) {
  const ChannelRules rules = ChannelRules::parse(rule(GetParam().when));
  const JudgedTouch touch = rules.judge(
      {.landing_url = GetParam().url, .referrer = "https://www.news.example.co.uk/x"}, {});
  EXPECT_EQ(touch.channel, GetParam().hits ? "Hit" : "Unassigned");
}

const OperatorCase operator_cases[] = {
    {"text_equals", R"({"source": "News"})", "/?utm_source=news", true},
    {"text_is_whole", R"({"source": "new"})", "/?utm_source=news", false},
    {"list_is_one_of", R"({"source": ["a", "news"]})", "/?utm_source=NEWS", true},
    {"list_lacks_it", R"({"source": ["a", "b"]})", "/?utm_source=news", false},
    {"equals", R"({"medium": {"equals": "cpc"}})", "/?utm_medium=CPC", true},
    {"exact_letters", R"({"medium": {"equals": "cpc", "letters": "exact"}})", "/?utm_medium=CPC",
     false},
    {"exact_letters_hit", R"({"medium": {"equals": "CPC", "letters": "exact"}})",
     "/?utm_medium=CPC", true},
    {"one_of", R"({"medium": {"one_of": ["a", "cpc"]}})", "/?utm_medium=cpc", true},
    {"contains", R"({"campaign": {"contains": "SUMMER"}})", "/?utm_campaign=eu-summer-1", true},
    {"contains_one_of", R"({"campaign": {"contains": ["winter", "summer"]}})",
     "/?utm_campaign=eu-summer", true},
    {"contains_not", R"({"campaign": {"contains": "winter"}})", "/?utm_campaign=eu-summer", false},
    {"contains_exactly", R"({"campaign": {"contains": "Summer", "letters": "exact"}})",
     "/?utm_campaign=eu-summer", false},
    {"regex_anywhere", R"({"campaign": {"regex": "sum+er"}})", "/?utm_campaign=eu-SUMMER", true},
    {"regex_anchored", R"({"campaign": {"regex": "^sum+er$"}})", "/?utm_campaign=eu-summer", false},
    {"regex_exact_letters", R"({"campaign": {"regex": "sum", "letters": "exact"}})",
     "/?utm_campaign=eu-SUMMER", false},
    {"empty", R"({"term": {"empty": true}})", "/?utm_source=x", true},
    {"empty_not", R"({"term": {"empty": true}})", "/?utm_term=x", false},
    {"not_empty", R"({"term": {"empty": false}})", "/?utm_term=x&utm_source=y", true},
    {"not_a_text", R"({"source": {"not": "news"}})", "/?utm_source=other", true},
    {"not_a_list", R"({"source": {"not": ["news", "x"]}})", "/?utm_source=news", false},
    {"not_an_operator", R"({"source": {"not": {"contains": "ew"}}})", "/?utm_source=news", false},
    {"operators_must_all_hold", R"({"source": {"contains": "n", "not": "news"}})",
     "/?utm_source=news", false},
    {"any_of_on_a_field", R"({"source": {"any_of": ["x", {"contains": "ew"}]}})",
     "/?utm_source=news", true},
    {"all_of_on_a_field", R"({"source": {"all_of": [{"contains": "n"}, {"contains": "z"}]}})",
     "/?utm_source=news", false},
    {"fields_must_all_hold", R"({"source": "news", "medium": "cpc"})",
     "/?utm_source=news&utm_medium=x", false},
    {"any_of", R"({"any_of": [{"source": "x"}, {"medium": "cpc"}]})", "/?utm_medium=cpc", true},
    {"all_of", R"({"all_of": [{"source": "x"}, {"medium": "cpc"}]})", "/?utm_medium=cpc", false},
    {"not_conditions", R"({"not": {"source": "x", "medium": "cpc"}})",
     "/?utm_source=x&utm_medium=y", true},
    {"nothing_is_asked", R"({})", "/", true},
    {"content", R"({"content": "c"})", "/?utm_content=c", true},
    {"campaign_id", R"({"campaign_id": "17"})", "/?utm_id=17", true},
    {"click_id", R"({"click_id": "msclkid"})", "/?msclkid=x", true},
    {"paid_click", R"({"paid_click": "yes"})", "/?msclkid=x", true},
    {"no_paid_click", R"({"paid_click": "no"})", "/?fbclid=x", true},
    {"source_category", R"({"source_category": "social"})", "/?utm_source=facebook", true},
    {"referrer_host", R"({"referrer_host": "www.news.example.co.uk"})", "/", true},
    {"referrer_domain", R"({"referrer_domain": "example.co.uk"})", "/", true},
    {"landing_host", R"({"landing_host": "s.example"})", "https://S.example/x", true},
    {"landing_path", R"({"landing_path": {"regex": "^/lp/"}})", "https://s.example/lp/1", true},
    {"parameter", R"({"parameter.Ref": "Partner"})", "/?ref=partner", true},
    {"parameter_missing", R"({"parameter.ref": {"empty": true}})", "/?x=1", true},
    {"shipped_list", R"({"source": {"in_list": "search"}})", "/?utm_source=bing", true},
    {"one_of_several_lists", R"({"source": {"in_list": ["social", "search"]}})",
     "/?utm_source=bing", true},
    {"not_in_list", R"({"source": {"not": {"in_list": "search"}}})", "/?utm_source=bing", false},
};
INSTANTIATE_TEST_SUITE_P(Table, RuleOperator, testing::ValuesIn(operator_cases),
                         [](const auto& test) { return test.param.name; });

std::string channel_of(const ChannelRules& rules, const TouchTexts& texts) {
  const std::vector<std::string_view> columns(rules.columns().size());
  return rules.judge(texts, columns).channel;
}

TEST(ChannelRules, TheFirstThatHoldsWins) {
  const ChannelRules rules = ChannelRules::parse(R"({"default": "Rest", "rules": [
    {"channel": "A", "when": {"source": "x"}}, {"channel": "B", "when": {"medium": "y"}},
    {"channel": "A", "when": {"term": "z"}}]})");
  EXPECT_EQ(channel_of(rules, {.source = "x", .medium = "y"}), "A");
  EXPECT_EQ(channel_of(rules, {.source = "w", .medium = "y"}), "B");
  EXPECT_EQ(channel_of(rules, {.source = "w", .term = "z"}), "A");
  EXPECT_EQ(channel_of(rules, {.source = "w"}), "Rest");
  EXPECT_THAT(rules.channels(), ElementsAre("A", "B", "Rest"));
}

TEST(ChannelRules, GoBeforeThePresets) {
  const ChannelRules rules = ChannelRules::parse(R"({"preset": "ga4", "default": "Other",
    "rules": [{"channel": "Brand", "when": {"campaign": {"contains": "brand"}}}]})");
  EXPECT_EQ(channel_of(rules, {.source = "google", .medium = "cpc", .campaign = "EU Brand"}),
            "Brand");
  EXPECT_EQ(channel_of(rules, {.source = "google", .medium = "cpc"}), "Paid Search");
  EXPECT_EQ(channel_of(rules, {.source = "x-site", .medium = "y"}), "Other");
}

TEST(ChannelRules, ListsAreNewOrExtendThoseShipped) {
  const ChannelRules rules = ChannelRules::parse(R"({"preset": "ga4",
    "lists": {"partners": ["Partner.example", "friends"], "social": ["club.example"]},
    "own_domains": "s.example", "payment_providers": ["bank.example"],
    "rules": [{"channel": "Partner", "when": {"source": {"in_list": "partners"}}}]})");
  EXPECT_EQ(channel_of(rules, {.referrer = "https://www.partner.example/"}), "Partner");
  EXPECT_EQ(channel_of(rules, {.source = "Friends"}), "Partner");
  EXPECT_EQ(channel_of(rules, {.referrer = "https://club.example/"}), "Organic Social");
  EXPECT_EQ(channel_of(rules, {.referrer = "https://facebook.com/"}), "Organic Social");
  EXPECT_EQ(channel_of(rules, {.landing_url = "/", .referrer = "https://shop.s.example/"}), "");
  EXPECT_EQ(channel_of(rules, {.landing_url = "/", .referrer = "https://bank.example/"}), "");
  EXPECT_EQ(channel_of(rules, {.landing_url = "/", .referrer = "https://paypal.com/"}), "");
}

TEST(ChannelRules, RowsThatSayNothingAreNoTouches) {
  const std::string given = R"({"preset": "ga4", "blank_rows": "direct"})";
  EXPECT_EQ(channel_of(ChannelRules::parse("\"ga4\""), {}), "");
  EXPECT_EQ(channel_of(ChannelRules::parse(given), {}), "Direct");
  EXPECT_EQ(channel_of(ChannelRules::parse("\"ga4\""), {.landing_url = "/"}), "Direct");
}

TEST(ChannelRules, ColumnsSpeakWhereNothingElseDoes) {
  const ChannelRules rules = ChannelRules::parse(R"({"preset": "ga4", "rules": [
    {"channel": "Phone", "when": {"column.kind": "call"}},
    {"channel": "Not mail", "when": {"medium": {"not": "email"}}}]})");
  const auto channel = [&](const TouchTexts& texts, std::string_view kind) {
    const std::vector<std::string_view> columns = {kind, "", "", ""};
    return rules.judge(texts, columns).channel;
  };
  ASSERT_EQ(rules.columns().size(), 4u);
  EXPECT_EQ(rules.columns()[0].name, "kind");
  EXPECT_EQ(rules.columns()[0].absence, ChannelRules::Column::Absence::error);
  EXPECT_EQ(channel({}, "call"), "Phone");
  EXPECT_EQ(
      channel({.landing_url = "https://s.example/a", .referrer = "https://s.example/b"}, "call"),
      "Phone");
  EXPECT_EQ(channel({}, "hit"), "");  // "not email" holds of everything, but names no column
  EXPECT_EQ(channel({.landing_url = "/"}, "hit"), "Not mail");
}

struct ErrorCase {
  std::string name, json;
  std::vector<std::string> says;
};

class RuleError : public testing::TestWithParam<ErrorCase> {};

TEST_P(RuleError, NamesThePlaceTheRuleAndTheValue) {
  const std::string message =
      error_of(Errc::invalid_spec, [] { (void)ChannelRules::parse(GetParam().json); });
  for (const std::string& part : GetParam().says) EXPECT_THAT(message, HasSubstr(part));
}

const ErrorCase errors[] = {
    {"no_json", "{", {"channels", "not JSON"}},
    {"no_object", "7", {"channels must be", "got 7"}},
    {"nothing_asked", "{}", {"channels must be", "preset or rules", "got {}"}},
    {"unknown_preset", "\"ga3\"", {"channels.preset must be one of ga4", "got \"ga3\""}},
    {"unknown_key", R"({"preset": "ga4", "rule": []})", {"channels must be", "got \"rule\""}},
    {"rules_no_list", R"({"rules": {}})", {"channels.rules must be a list"}},
    {"rule_no_object", R"({"rules": [3]})", {"channels.rules[0] must be a JSON object, got 3"}},
    {"rule_without_when",
     R"({"rules": [{"channel": "A"}]})",
     {"channels.rules[0] must be", "when"}},
    {"rule_with_another_key",
     R"({"rules": [{"channel": "A", "when": {}, "if": 1}]})",
     {"channels.rules[0]", "got \"if\""}},
    {"blank_channel",
     R"({"rules": [{"channel": " ", "when": {}}]})",
     {"channels.rules[0].channel", "not blank"}},
    {"second_rule",
     R"({"rules": [{"channel": "A", "when": {}}, {"channel": "B", "when": {"sauce": "x"}}]})",
     {"channels.rules[1].when must be", "source, medium", "column.NAME", "got \"sauce\""}},
    {"number_for_a_text",
     R"({"rules": [{"channel": "A", "when": {"source": 5}}]})",
     {"channels.rules[0].when.source must be a text", "got 5"}},
    {"empty_list",
     R"({"rules": [{"channel": "A", "when": {"source": []}}]})",
     {"when.source must be", "got []"}},
    {"number_in_a_list",
     R"({"rules": [{"channel": "A", "when": {"source": ["a", 5]}}]})",
     {"when.source[1] must be a text, got 5"}},
    {"unknown_operator",
     R"({"rules": [{"channel": "A", "when": {"source": {"like": "x"}}}]})",
     {"channels.rules[0].when.source.like must be one of equals", "got \"like\""}},
    {"no_operator",
     R"({"rules": [{"channel": "A", "when": {"source": {}}}]})",
     {"when.source must be", "got {}"}},
    {"broken_regex",
     R"json({"rules": [{"channel": "A", "when": {"any_of": [{"source": {"regex": "a("}}]}}]})json",
     {"channels.rules[0].when.any_of[0].source.regex must be a regular expression", "got \"a(\""}},
    {"look_ahead_is_not_linear",
     R"json({"rules": [{"channel": "A", "when": {"source": {"regex": "(?=a)"}}}]})json",
     {"RE2"}},
    {"unknown_list",
     R"({"rules": [{"channel": "A", "when": {"source": {"in_list": "nobody"}}}]})",
     {"in_list must be the name of a list, got \"nobody\""}},
    {"empty_is_no_text",
     R"({"rules": [{"channel": "A", "when": {"source": {"empty": "x"}}}]})",
     {"source.empty must be true or false"}},
    {"any_of_is_a_list",
     R"({"rules": [{"channel": "A", "when": {"any_of": {}}}]})",
     {"when.any_of must be a list"}},
    {"any_of_is_not_empty",
     R"({"rules": [{"channel": "A", "when": {"any_of": []}}]})",
     {"when.any_of must be a list"}},
    {"letters",
     R"({"rules": [{"channel": "A", "when": {"source": {"equals": "x", "letters": "upper"}}}]})",
     {"source.letters must be"}},
    {"assistants",
     R"({"preset": "ga4", "ai_assistants": true})",
     {"channels.ai_assistants must be", "got true"}},
    {"blank_rows",
     R"({"preset": "ga4", "blank_rows": 1})",
     {"channels.blank_rows must be", "got 1"}},
    {"lists_no_object",
     R"({"preset": "ga4", "lists": []})",
     {"channels.lists must be a JSON object"}},
    {"list_of_numbers",
     R"({"preset": "ga4", "lists": {"a": [1]}})",
     {"channels.lists.a[0] must be a text"}},
    {"default", R"({"preset": "ga4", "default": ""})", {"channels.default must be"}},
    {"column_without_a_name",
     R"({"rules": [{"channel": "A", "when": {"column.": "x"}}]})",
     {"got \"column.\""}},
};
INSTANTIATE_TEST_SUITE_P(Table, RuleError, testing::ValuesIn(errors),
                         [](const auto& test) { return test.param.name; });

TEST(ChannelRules, AreAValue) {
  const ChannelRules none;
  EXPECT_FALSE(none.are_given());
  EXPECT_EQ(none.json(), "");
  const ChannelRules ga4 = ChannelRules::parse("\"ga4\"");
  EXPECT_TRUE(ga4.are_given());
  EXPECT_EQ(ga4, ChannelRules::parse(R"({ "preset": "ga4" })"));
  EXPECT_FALSE(ga4 == none);
  EXPECT_FALSE(ga4 == ChannelRules::parse(R"({"preset": "ga4", "default": "x"})"));
  EXPECT_EQ(ChannelRules::parse(ga4.json()), ga4);
}

}  // namespace
}  // namespace mta
