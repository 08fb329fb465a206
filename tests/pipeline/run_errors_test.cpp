// Runs that cannot answer say so: sums beyond 64 bits, mixed currencies, a stop.
#include <gtest/gtest.h>

#include <limits>

#include "mta/core/error.hpp"
#include "pipeline/plain_run.hpp"
#include "support/result_view.hpp"

namespace mta::test {
namespace {

std::vector<PlainEvent> sales_of(const std::vector<std::int64_t>& values,
                                 const std::string& channel) {
  std::vector<PlainEvent> plain;
  for (const std::int64_t value : values) {
    PlainEvent event;
    event.visitor = std::string("v").append(std::to_string(plain.size()));
    event.event = "sale";
    event.channel = channel;
    event.value = value;
    plain.push_back(event);
  }
  return plain;
}

constexpr std::int64_t half = std::int64_t{1} << 62;

TEST(RunOverflow, SumsUpToTheLimitAreExact) {
  const Spec spec = spec_of({goal_for_event("sale")}, {});
  for (const std::string channel : {"phone", ""}) {
    const Result result = answer(spec, {sales_of({half, half - 1}, channel)}, 2);
    const Worth expected{Micros{2'000'000}, Micros{std::numeric_limits<std::int64_t>::max()}};
    EXPECT_EQ(result.goals[0].booked, expected);
    for (const ModelResult& model : result.goals[0].models)
      EXPECT_EQ(credit_total(model), expected);
  }
}

TEST(RunOverflow, OneUnitMoreIsAnErrorEvenWhereRefundsCancelIt) {
  const Spec spec = spec_of({goal_for_event("sale")}, {});
  for (const std::string channel : {"phone", ""}) {
    for (const std::vector<std::int64_t>& values :
         {std::vector{half, half}, std::vector{half, -half}}) {
      for (const std::size_t threads : {1u, 2u}) {
        try {
          (void)answer(spec, {sales_of(values, channel)}, threads);
          ADD_FAILURE() << "accepted";
        } catch (const Error& error) {
          EXPECT_EQ(error.code(), Errc::overflow) << error.what();
        }
      }
    }
  }
}

Result read_csv(const std::vector<std::string>& files) {
  Spec spec = spec_of({goal_for_event("sale")}, {});
  spec.columns.currency = "currency";
  std::vector<Source> sources;
  for (const std::string& file : files) {
    sources.push_back(Source::memory("file", file, SourceFormat::csv));
  }
  return run(spec, std::move(sources));
}

const std::string header = "visitor,time,event,channel,value,currency\n";

TEST(RunCurrencies, OneIsFineAndBlanksSayNothing) {
  const std::string rows =
      "a,2024-01-01,click,x,,USD\na,2024-01-02,sale,,5,EUR\nb,2024-01-02,sale,,6,\n";
  EXPECT_EQ(read_csv({header + rows}).goals[0].booked, worth_of("2", "11"));
}

TEST(RunCurrencies, TwoAreAnErrorThatNamesThem) {
  const std::string euro = "a,2024-01-01,sale,x,5,EUR\n", dollar = "b,2024-01-01,sale,x,5,USD\n";
  for (const auto& files :
       {std::vector{header + euro + dollar}, std::vector{header + dollar, header + euro}}) {
    try {
      (void)read_csv(files);
      ADD_FAILURE() << "accepted";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Errc::mixed_currencies);
      EXPECT_NE(std::string(error.what()).find("EUR and USD"), std::string::npos) << error.what();
    }
  }
}

TEST(RunErrors, DimensionsMustNotBeNamedAsColumnsOfTheReport) {
  for (const char* name : {"conversions", "value", "goal", "model"}) {
    Spec spec = spec_of({goal_for_event("sale")}, {name});
    try {
      (void)mta::Run(spec);
      ADD_FAILURE() << name << " was taken";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Errc::invalid_option);
      EXPECT_NE(std::string(error.what()).find(name), std::string::npos) << error.what();
    }
  }
}

TEST(RunControl, AStopIsAnErrorAndProgressCountsBuckets) {
  std::stop_source stop;
  RunOptions options;
  std::size_t last = 0;
  options.progress = [&](std::size_t done, std::size_t all) {
    EXPECT_EQ(all, bucket_count);
    EXPECT_EQ(done, ++last);
  };
  options.stop = stop.get_token();
  Spec spec = spec_of({goal_for_event("sale")}, {});
  spec.models = {{"linear", "{}"}};
  (void)mta::Run(spec, options).finish();
  EXPECT_EQ(last, bucket_count);
  stop.request_stop();
  try {
    (void)mta::Run(spec, options).finish();
    ADD_FAILURE() << "went on";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::cancelled);
  }
}

}  // namespace
}  // namespace mta::test
