#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "mta/core/error.hpp"
#include "mta/models/markov.hpp"
#include "mta/models/position_based.hpp"
#include "mta/models/registry.hpp"
#include "mta/models/time_decay.hpp"

namespace mta::test {
namespace {

struct BadOption {
  std::string name, model, json;
  std::vector<std::string> said;  // field, rule and value
};
void PrintTo(const BadOption& bad, std::ostream* out) { *out << bad.name; }

class BadOptions : public testing::TestWithParam<BadOption> {};

TEST_P(BadOptions, AreRefusedWithFieldRuleAndValue) {
  try {
    (void)builtin_models().make(GetParam().model, GetParam().json);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::invalid_option);
    for (const std::string& part : GetParam().said)
      EXPECT_THAT(error.what(), testing::HasSubstr(part));
  }
}

const BadOption bad_options[] = {
    {"unknown_key", "linear", R"({"half_life":"7d"})", {"linear.half_life", "no option", "\"7d\""}},
    {"unknown_key_beside_known", "markov", R"({"ordr":1})", {"markov.ordr", "order", "distribute"}},
    {"zero_half_life",
     "time_decay",
     R"({"half_life":"0s"})",
     {"time_decay.half_life", "> 0", "0.0"}},
    {"negative_half_life",
     "time_decay",
     R"({"half_life":"-1d"})",
     {"time_decay.half_life", ">= 0", "-1d"}},
    {"half_life_as_number",
     "time_decay",
     R"({"half_life":7})",
     {"time_decay.half_life", "duration", "7"}},
    {"unlimited_half_life",
     "time_decay",
     R"({"half_life":"unlimited"})",
     {"half_life", "unlimited"}},
    {"negative_share",
     "position_based",
     R"({"first":-0.1})",
     {"position_based.first", ">= 0", "-0.1"}},
    {"share_as_text", "position_based", R"({"middle":"0.2"})", {"position_based.middle", "number"}},
    {"no_shares", "position_based", R"({"first":0,"middle":0,"last":0})", {"not all be 0"}},
    {"overflowing_share", "position_based", R"({"first":1e999})", {"position_based"}},
    {"order_zero", "markov", R"({"order":0})", {"markov.order", "1 to 64", "got 0"}},
    {"order_beyond", "markov", R"({"order":65})", {"markov.order", "1 to 64", "got 65"}},
    {"removal_of_nothing", "markov", R"({"remove":["a + "]})", {"markov.remove", "a + "}},
    {"long_sequence", "markov", R"({"remove":["a > b > c"]})", {"markov.remove", "order + 1"}},
    {"negative_step", "time_decay", R"({"step":"-1d"})", {"time_decay.step", ">= 0", "-1d"}},
    {"negative_window_share",
     "time_decay",
     R"({"window_share":-0.5})",
     {"time_decay.window_share", "from 0", "-0.5"}},
    {"negative_front",
     "custom_position",
     R"({"front":[1,-2]})",
     {"custom_position.front[1]", ">= 0", "-2"}},
    {"no_places",
     "custom_position",
     R"({"front":[],"middle":0,"back":[0]})",
     {"custom_position", "not all be 0"}},
    {"no_pattern", "last_paid", R"({"paid":[]})", {"last_paid.paid", "patterns", "no pattern"}},
    {"empty_pattern", "first_non_direct", R"({"direct":["a",""]})", {"direct", "empty pattern"}},
    {"otherwise_unknown", "last_paid", R"({"otherwise":"all"})", {"otherwise", "any", "all"}},
    {"participation_of_what", "participation", R"({"worth":"half"})", {"worth", "full", "half"}},
    {"negative_event_weight",
     "weighted",
     R"({"events":{"view":-1}})",
     {"weighted.events[\"view\"]", "from 0", "-1"}},
    {"weight_beyond_all", "weighted", R"({"otherwise":1e101})", {"weighted.otherwise", "1e100"}},
    {"a_stage_without_a_weight",
     "milestones",
     R"({"stages":["lead"]})",
     {"milestones.stage_weights", "1 stages", "got 2"}},
    {"a_stage_without_a_name",
     "milestones",
     R"({"stages":["lead",""]})",
     {"milestones.stages", "names"}},
    {"no_milestones",
     "milestones",
     R"({"first":0,"stage_weights":[0,0],"middle":0})",
     {"milestones", "not all be 0"}},
    {"options_of_a_preset", "adobe_u", R"({"first":1})", {"adobe_u.first", "no option"}},
    {"fractional_order", "markov", R"({"order":1.5})", {"markov.order", "whole number", "1.5"}},
    {"immense_order",
     "markov",
     R"({"order":18446744073709551615})",
     {"markov.order", "whole number"}},
    {"unknown_way",
     "markov",
     R"({"distribute":"evenly"})",
     {"\"channel_total\", \"journey\"", "evenly"}},
    {"not_json", "markov", "{order", {"markov", "JSON object", "{order"}},
    {"not_an_object", "markov", "[1]", {"markov", "JSON object", "[1]"}},
};
INSTANTIATE_TEST_SUITE_P(Table, BadOptions, testing::ValuesIn(bad_options),
                         [](const auto& test) { return test.param.name; });

TEST(Options, ConstructorsRefuseWhatNoSpecCanSay) {
  for (const double seconds : {0.0, -1.0, std::numeric_limits<double>::infinity(),
                               std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_THROW(TimeDecay({.half_life = Seconds(seconds)}), Error) << seconds;
  }
  EXPECT_THROW(PositionBased({.last = std::numeric_limits<double>::quiet_NaN()}), Error);
  EXPECT_THROW(Markov({.order = 0}), Error);
}

TEST(Options, AreWrittenInFullWithDefaults) {
  const Registry& models = builtin_models();
  EXPECT_EQ(models.make("linear").options(), "{}");
  EXPECT_EQ(models.make("time_decay").options(),
            R"({"half_life":"7d","step":"0s","window_share":0.0})");
  EXPECT_EQ(models.make("time_decay", R"({"half_life":"36h","step":"1d"})").options(),
            R"({"half_life":"36h","step":"1d","window_share":0.0})");
  EXPECT_EQ(models.make("last_paid", R"({"paid":"*cpc"})").options(),
            R"({"paid":["*cpc"],"otherwise":"any"})");
  EXPECT_EQ(models.make("weighted", R"({"events":{"view":0.5}})").options(),
            R"({"events":{"view":0.5},"channels":{},"otherwise":1.0})");
  EXPECT_EQ(models.make("milestones").options(),
            R"({"first":0.3,"stages":["lead","opportunity"],"stage_weights":[0.3,0.3],)"
            R"("last":0.0,"middle":0.1,"middle_touches":"all"})");
  EXPECT_EQ(models.make("position_based", R"({"last":1})").options(),
            R"({"first":0.4,"middle":0.2,"last":1.0})");
  EXPECT_EQ(models.make("markov", R"({"distribute":"journey"})").options(),
            R"({"order":1,"choose_order":"none","removed":"null","nulls":"count","remove":[],)"
            R"("distribute":"journey"})");
}

TEST(Options, AShareOfTheWindowNeedsAWindow) {
  const AnyModel model = builtin_models().make("posthog_time_decay");
  EXPECT_NO_THROW((void)model.bind({.lookback = days(4)}));
  const Seconds without_length[] = {ModelContext().lookback, Seconds{0}};
  for (const Seconds lookback : without_length) {
    try {
      (void)model.bind({.lookback = lookback});
      FAIL();
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Errc::invalid_option);
      EXPECT_THAT(error.what(), testing::HasSubstr("time_decay.window_share"));
    }
  }
}

/// Every kind of field, read from JSON and written back.
struct Everything {
  double number = 1;
  std::int64_t integer = 2;
  Seconds duration = hours(1);
  std::string text = "t";
  std::vector<double> numbers{1, 2};
  std::vector<std::string> texts{"a"};
  std::map<std::string, double> weights;
};
void describe(OptionFields& fields, Everything& all) {
  fields.number("number", all.number);
  fields.integer("integer", all.integer);
  fields.duration("duration", all.duration);
  fields.text("text", all.text);
  fields.numbers("numbers", all.numbers);
  fields.texts("texts", all.texts);
  fields.weights("weights", all.weights);
}

TEST(Options, OfEveryKindAreReadAndWritten) {
  const std::string json =
      R"({"number":0.1,"integer":-3,"duration":"90m","text":"é","numbers":[],"texts":["x","y"],)"
      R"("weights":{"Paid, search":0.5,"b":2.0}})";
  Everything all;
  read_options("test", json, [&](OptionFields& fields) { describe(fields, all); });
  EXPECT_EQ(all.number, 0.1);
  EXPECT_EQ(all.integer, -3);
  EXPECT_EQ(all.duration, hours(1.5));
  EXPECT_EQ(all.text, "é");
  EXPECT_TRUE(all.numbers.empty());
  EXPECT_EQ(all.texts, (std::vector<std::string>{"x", "y"}));
  EXPECT_EQ(all.weights, (std::map<std::string, double>{{"Paid, search", 0.5}, {"b", 2}}));
  EXPECT_EQ(write_options([&](OptionFields& fields) { describe(fields, all); }), json);
}

TEST(Options, OfTheWrongTypeAreRefused) {
  for (const char* json :
       {R"({"text":1})", R"({"numbers":"1"})", R"({"numbers":["1"]})", R"({"texts":1})",
        R"({"texts":[1]})", R"({"weights":1})", R"({"weights":{"a":"1"}})", R"({"weights":["a"]})",
        R"({"integer":"1"})", R"({"duration":"seven"})", R"({"number":null})"}) {
    Everything all;
    EXPECT_THROW(read_options("test", json, [&](OptionFields& fields) { describe(fields, all); }),
                 Error)
        << json;
  }
}

TEST(Options, OneItemIsAListOfOne) {
  Everything all;
  read_options("test", R"({"numbers":2.5,"texts":"x"})",
               [&](OptionFields& fields) { describe(fields, all); });
  EXPECT_EQ(all.numbers, std::vector<double>{2.5});
  EXPECT_EQ(all.texts, std::vector<std::string>{"x"});
}

}  // namespace
}  // namespace mta::test
