#include "support/rule_case.hpp"

// What vendors' tools compute, by the examples and percentages that their documentation gives
// (docs/models/presets.md: which, and how sure).
namespace mta::test {
namespace {

class Presets : public testing::TestWithParam<RuleValues> {};

TEST_P(Presets, CreditAsTheVendorDocuments) { expect_values(GetParam()); }

const std::string four = "a b c d => 100\n", two = "a b => 100\n", one = "a => 100\n";
const std::string gaps = "a@9d b@6d c@0s d@0s => 100\n";
// First touch, lead, two between, opportunity, one after it, closed won.
const std::string deal =
    "adwords@60d linkedin@50d+lead search@40d email@30d pricing@20d+opportunity call@9d "
    "demo@1d => 100\n";

const RuleValues adobe_cases[] = {
    {"adobe_first", "adobe_first", "", four, "a 100"},
    {"adobe_last", "adobe_last", "", four, "d 100"},
    {"adobe_linear", "adobe_linear", "", four, "a 25, b 25, c 25, d 25"},
    {"adobe_participation", "adobe_participation", "", "a b a => 100\n", "a 100, b 100"},
    {"adobe_same_touch", "adobe_same_touch", "", "a@1d b@0s => own 100\n", "b 100"},
    {"adobe_same_touch_none", "adobe_same_touch", "", "a@1d b@0s => 100\n", "(unattributed) 100"},
    {"adobe_u", "adobe_u", "", four, "a 40, b 10, c 10, d 40"},
    {"adobe_u_of_two", "adobe_u", "", two, "a 50, b 50"},
    {"adobe_u_of_one", "adobe_u", "", one, "a 100"},
    {"adobe_j", "adobe_j", "", four, "a 20, b 10, c 10, d 60"},
    {"adobe_j_of_two", "adobe_j", "", two, "a 25, b 75"},
    {"adobe_j_of_one", "adobe_j", "", one, "a 100"},
    {"adobe_inverse_j", "adobe_inverse_j", "", four, "a 60, b 10, c 10, d 20"},
    {"adobe_inverse_j_of_two", "adobe_inverse_j", "", two, "a 75, b 25"},
    {"adobe_inverse_j_of_one", "adobe_inverse_j", "", one, "a 100"},
    // 13.8, 18.6, 33.8 and 33.8 %
    {"adobe_time_decay", "adobe_time_decay", "", gaps,
     "a 13.846667, b 18.636231, c 33.758551, d 33.758551"},
    {"adobe_time_decay_of_another_half_life", "adobe_time_decay", R"({"half_life":"3d"})",
     "a@6d b@3d c@0s => 70\n", "a 10, b 20, c 40"},
};
INSTANTIATE_TEST_SUITE_P(Adobe, Presets, testing::ValuesIn(adobe_cases),
                         [](const auto& test) { return test.param.name; });

const RuleValues milestone_cases[] = {
    {"marketo_u", "marketo_u", "", deal, "adwords 50, linkedin 50"},
    {"marketo_w", "marketo_w", "", deal, "adwords 30, email 5, linkedin 30, pricing 30, search 5"},
    {"marketo_full_path", "marketo_full_path", "", deal,
     "adwords 22.5, call 3.333333, demo 22.5, email 3.333334, linkedin 22.5, pricing 22.5, "
     "search 3.333333"},
    {"hubspot_u", "hubspot_u", "", "a@9d b@6d+lead c@4d => 100\n", "a 40, b 40, c 20"},
    {"hubspot_w", "hubspot_w", "", "a@9d b@6d+lead c@4d d@2d+opportunity => 100\n",
     "a 30, b 30, c 10, d 30"},
    {"hubspot_full_path", "hubspot_full_path", "",
     "a@9d b@6d+lead c@4d d@2d+opportunity e@1d => 100\n", "a 22.5, b 22.5, c 10, d 22.5, e 22.5"},
    {"ruler_u", "ruler_u", "", "a@9d b@6d+lead c@4d => 100\n", "a 40, b 40, c 20"},
    {"ruler_w", "ruler_w", "", "a@9d b@6d+lead c@4d d@2d+customer => 100\n",
     "a 30, b 30, c 10, d 30"},
    {"ruler_full_path", "ruler_full_path", "", "a@9d b@6d+lead c@4d d@2d+opportunity e@1d => 100\n",
     "a 22.5, b 22.5, c 10, d 22.5, e 22.5"},
};
INSTANTIATE_TEST_SUITE_P(Milestones, Presets, testing::ValuesIn(milestone_cases),
                         [](const auto& test) { return test.param.name; });

const RuleValues web_cases[] = {
    {"ga4_last_click", "ga4_paid_and_organic_last_click", "", "Display Social Email => 100\n",
     "Email 100"},
    {"ga4_last_click_before_direct", "ga4_paid_and_organic_last_click", "",
     "Display Social Email Direct => 100\n", "Email 100"},
    {"ga4_direct_alone", "ga4_paid_and_organic_last_click", "", "Direct => 100\n", "Direct 100"},
    // case A01 of its own tests: a window of 4 days, half-life 1 day; 1/7, 2/7, 4/7
    {"posthog_time_decay", "posthog_time_decay", "", "early@3d middle@2d late@1d => 70\n",
     "early 10, late 40, middle 20", days(4)},
    {"snowplow_first", "snowplow_first", "", four, "a 100"},
    {"snowplow_last", "snowplow_last", "", four, "d 100"},
    {"snowplow_linear", "snowplow_linear", "", four, "a 25, b 25, c 25, d 25"},
    {"snowplow_position", "snowplow_position", "", four, "a 40, b 10, c 10, d 40"},
    {"snowplow_position_of_two", "snowplow_position", "", two, "a 50, b 50"},
    {"snowplow_position_of_one", "snowplow_position", "", one, "a 100"},
    // 0.5^floor(hours / 168): 1/4, 1/2, 1/2, 1, 1
    {"dp6_time_decay", "dp6_time_decay", "", "a@336h b@335h c@168h d@167h e@0s => 130\n",
     "a 10, b 20, c 20, d 40, e 40"},
};
INSTANTIATE_TEST_SUITE_P(WebAnalytics, Presets, testing::ValuesIn(web_cases),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace mta::test
