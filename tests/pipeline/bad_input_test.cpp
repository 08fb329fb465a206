// Input as bad as it comes, from the bytes of a source to the totals of a run: a clear error or a
// counted reject, and totals that are exact all the same.
#include <algorithm>
#include <array>

#include "mta/core/error.hpp"
#include "mta/pipeline/run.hpp"
#include "mta/report/report.hpp"
#include "support/gzip_bytes.hpp"
#include "support/result_view.hpp"

namespace mta {
namespace {

const std::string header = "visitor,time,event,channel,value\n";

Result answer(const std::string& bytes, const Spec& spec = {}, const ReadOptions& reading = {},
              const std::string& name = "events.csv") {
  std::vector<Source> sources;
  sources.push_back(Source::memory(name, bytes, SourceFormat::csv));
  return run(spec, std::move(sources), {.threads = 2}, reading);
}

/// What a refused input says: the kind of error, and its message.
struct Refusal {
  Errc code;
  std::string message;
};

Refusal refusal_of(const std::string& bytes, const Spec& spec = {},
                   const ReadOptions& reading = {}) {
  try {
    (void)answer(bytes, spec, reading);
  } catch (const Error& error) {
    return {error.code(), error.what()};
  }
  ADD_FAILURE() << "the input was accepted";
  return {};
}

std::uint64_t rejected_for(const Result& result, RejectReason reason) {
  return result.input.rejected_by_reason[static_cast<std::size_t>(reason)];
}

std::uint64_t fate_of(const Result& result, Fate fate) {
  return result.goals.at(0).counts.events[static_cast<std::size_t>(fate)];
}

void expect_conserved(const Result& result, const Worth& booked) {
  const GoalResult& goal = result.goals.at(0);
  EXPECT_EQ(goal.booked, booked);
  ASSERT_EQ(goal.models.size(), 6U);
  for (const ModelResult& model : goal.models) {
    EXPECT_EQ(test::credit_total(model), booked) << model.model;
  }
}

TEST(BadInput, AnEmptyFileIsRefused) {
  for (const std::string bytes : {"", "\n\n", "\xEF\xBB\xBF", "  \r\n"}) {
    const Refusal refusal = refusal_of(bytes);
    EXPECT_EQ(refusal.code, Errc::unreadable_input);
    EXPECT_THAT(refusal.message, testing::HasSubstr("events.csv"));
    EXPECT_THAT(refusal.message, testing::HasSubstr("empty"));
  }
}

TEST(BadInput, AHeaderOnlyIsAnAnswerOfZeros) {
  for (const std::string& bytes : {header, std::string("visitor,time,event,channel,value")}) {
    const Result result = answer(bytes);
    EXPECT_EQ(result.input.rows, 0U);
    expect_conserved(result, {});
    EXPECT_EQ(result.goals.at(0).journeys(), 0U);
  }
}

TEST(BadInput, AMissingColumnIsNamed) {
  const Refusal refusal = refusal_of("visitor,time,event\nv,2024-01-01,click\n");
  EXPECT_EQ(refusal.code, Errc::missing_column);
  EXPECT_THAT(refusal.message, testing::HasSubstr("channel"));
  Spec spec;
  spec.columns.value = "turnover";
  const Refusal given = refusal_of(header, spec);
  EXPECT_EQ(given.code, Errc::missing_column);
  EXPECT_THAT(given.message, testing::HasSubstr("turnover"));
}

const std::pair<RejectReason, std::string> broken_rows[] = {
    {RejectReason::malformed_row, R"(v,2024-01-01,conversion,"mail"x,1)"},
    {RejectReason::wrong_width, "v,2024-01-01,conversion,mail,1,2"},
    {RejectReason::wrong_width, "v,2024-01-01,conversion"},
    {RejectReason::invalid_utf8, "v,2024-01-01,conversion,m\xE4il,1"},
    {RejectReason::empty_visitor, " ,2024-01-01,conversion,mail,1"},
    {RejectReason::invalid_time, "v,2024-02-30,conversion,mail,1"},
    {RejectReason::invalid_value, "v,2024-01-01,conversion,mail,12 EUR"},
    {RejectReason::value_not_finite, "v,2024-01-01,conversion,mail,NaN"},
    {RejectReason::value_not_finite, "v,2024-01-01,conversion,mail,-Infinity"},
    {RejectReason::value_overflow, "v,2024-01-01,conversion,mail,1e300"},
};

/// Ten thousand conversions, the i-th worth i cents; every tenth of them is broken, in ten ways.
std::string thousand_broken_rows() {
  std::string bytes = header;
  for (int i = 0; i < 10'000; ++i) {
    if (i % 10 == 3) {
      bytes += broken_rows[i / 10 % 10].second + '\n';
    } else {
      bytes += 'u';
      bytes += std::to_string(i);
      bytes += ",2024-01-01,conversion,mail,";
      bytes += format_micros({i * 10'000});
      bytes += '\n';
    }
  }
  return bytes;
}

TEST(BadInput, AThousandBrokenRowsAreCountedAndTheRestIsExact) {
  const Result result = answer(thousand_broken_rows(), {}, {.block = 4'096});
  EXPECT_EQ(result.input.rows, 10'000U);
  EXPECT_EQ(result.input.events, 9'000U);
  EXPECT_EQ(result.input.rejected(), 1'000U);
  std::array<std::uint64_t, reject_reasons> expected{};
  for (const auto& [reason, row] : broken_rows) expected[static_cast<std::size_t>(reason)] += 100;
  EXPECT_EQ(result.input.rejected_by_reason, expected);
  // 0 + ... + 9999 cents, less the thousand 3 + 13 + ... + 9993.
  constexpr std::int64_t cents = 49'995'000 - 4'998'000;
  expect_conserved(result, {{9'000 * one_conversion.units}, {cents * 10'000}});
}

TEST(BadInput, BrokenRowsComeWithTheirLineAndWhole) {
  std::vector<std::pair<std::uint64_t, std::string>> rejects;
  ReadOptions reading;
  reading.rejects = [&](std::string_view, std::uint64_t line, RejectReason, std::string_view row) {
    rejects.emplace_back(line, row);
  };
  const Result result = answer(thousand_broken_rows(), {}, reading);
  ASSERT_EQ(rejects.size(), 1'000U);
  for (std::size_t i = 0; i < rejects.size(); ++i) {
    EXPECT_EQ(rejects[i].first, 10 * i + 5);  // the header is line 1, row 3 is line 5
    EXPECT_EQ(rejects[i].second, broken_rows[i % 10].second);
  }
  ASSERT_EQ(result.input.examples.size(), IngestReport::kept_examples);
  EXPECT_EQ(result.input.examples[0].line, 5U);
  EXPECT_EQ(result.input.examples[0].source, "events.csv");
}

TEST(BadInput, AThresholdTurnsTooManyRejectsIntoAnError) {
  const std::string bytes = thousand_broken_rows();
  const Refusal refusal = refusal_of(bytes, {}, {.largest_rejected_share = 0.05});
  EXPECT_EQ(refusal.code, Errc::too_many_rejects);
  EXPECT_EQ(answer(bytes, {}, {.largest_rejected_share = 0.2}).input.rejected(), 1'000U);
}

TEST(BadInput, ATruncatedGzipIsRefused) {
  const std::string packed = test::gzipped(thousand_broken_rows());
  for (const std::size_t kept : {packed.size() - 1, packed.size() - 9, packed.size() / 2}) {
    const Refusal refusal = refusal_of(packed.substr(0, kept));
    EXPECT_EQ(refusal.code, Errc::unreadable_input) << kept << " of " << packed.size();
    EXPECT_THAT(refusal.message, testing::HasSubstr("truncated"));
  }
  EXPECT_EQ(answer(packed).input.rows, 10'000U);
}

TEST(BadInput, AGzipWithAFlippedByteIsRefused) {
  std::string packed = test::gzipped(thousand_broken_rows());
  packed[packed.size() - 6] = static_cast<char>(packed[packed.size() - 6] ^ 1);  // its checksum
  EXPECT_EQ(refusal_of(packed).code, Errc::unreadable_input);
}

TEST(BadInput, InvalidUtf8CountsOnlyInMappedFields) {
  const std::string bytes =
      "visitor,time,event,channel,value,note\n"
      "u1,2024-01-01,conversion,mail,1,caf\xE9\n"
      "u2,2024-01-01,conversion,ma\xC0\xAFil,1,x\n"
      "u3\xED\xA0\x80,2024-01-01,conversion,mail,1,x\n";
  const Result result = answer(bytes);
  EXPECT_EQ(rejected_for(result, RejectReason::invalid_utf8), 2U);
  expect_conserved(result, test::worth_of("1", "1"));
}

TEST(BadInput, ALineOfAHundredMegabytesIsOneReject) {
  std::string bytes = header + "u1,2024-01-01,conversion,mail,1\nu2,2024-01-01,conversion,";
  bytes.append(100'000'000, 'x');
  bytes += ",1\nu3,2024-01-01,conversion,mail,2\nbroken\n";
  const Result result = answer(bytes);
  EXPECT_EQ(result.input.rows, 4U);
  EXPECT_EQ(rejected_for(result, RejectReason::row_too_long), 1U);
  ASSERT_EQ(result.input.examples.size(), 2U);
  EXPECT_EQ(result.input.examples[0].line, 3U);
  EXPECT_EQ(result.input.examples[1].line, 5U);
  expect_conserved(result, test::worth_of("2", "3"));
}

TEST(BadInput, AQuoteThatNeverClosesOverAHundredMegabytesIsOneReject) {
  std::string bytes = header + "u1,2024-01-01,conversion,mail,1\nu2,2024-01-01,conversion,\"";
  while (bytes.size() < 100'000'000) bytes += "u,2024-01-01,conversion,mail,1\n";
  const Result result = answer(bytes);
  EXPECT_EQ(result.input.rows, 2U);
  EXPECT_EQ(result.input.rejected(), 1U);
  expect_conserved(result, test::worth_of("1", "1"));
}

TEST(BadInput, ASumBeyondSixtyFourBitsIsAnError) {
  const std::string bytes = header +
                            "u1,2024-01-01,conversion,mail,9e12\n"
                            "u2,2024-01-01,conversion,mail,-9e12\n"
                            "u3,2024-01-01,conversion,mail,1\n";
  EXPECT_EQ(refusal_of(bytes).code, Errc::overflow);  // by |W|: parts of a sum could wrap
}

TEST(BadInput, ANegativeValueIsARefund) {
  const std::string bytes = header +
                            "u1,2024-01-01,click,a,\n"
                            "u1,2024-01-02,click,b,\n"
                            "u1,2024-01-03,conversion,,100\n"
                            "u1,2024-01-09,click,c,\n"
                            "u1,2024-01-10,conversion,,-30\n"
                            "u2,2024-01-10,conversion,,-5\n";
  const Result result = answer(bytes);
  expect_conserved(result, test::worth_of("1", "65"));
  EXPECT_EQ(fate_of(result, Fate::conversion), 1U);
  EXPECT_EQ(fate_of(result, Fate::refund), 2U);
  const ModelResult& linear = test::model_of(result.goals.at(0), "linear");
  EXPECT_EQ(test::credit_of(linear, "a"), test::worth_of("0.5", "35"));
  EXPECT_EQ(test::credit_of(linear, "b"), test::worth_of("0.5", "35"));
  EXPECT_EQ(test::credit_of(linear, "c"), Worth{});
  EXPECT_EQ(test::credit_of(linear, "(unattributed)"), test::worth_of("0", "-5"));
}

TEST(BadInput, UnsortedRowsAnswerLikeSortedOnes) {
  const std::vector<std::string> rows{
      "u1,2024-01-01,click,a,",       "u1,2024-01-02,click,b,", "u1,2024-01-02,conversion,c,7",
      "u1,2024-01-02,conversion,b,5", "u1,2024-01-05,click,a,", "u1,2024-01-06,conversion,,-2",
      "u2,2024-01-03,click,b,",       "u2,2024-01-03,click,a,", "u2,2024-01-04,conversion,,1.5"};
  std::vector<std::size_t> order{0, 1, 2, 3, 4, 5, 6, 7, 8};
  std::string expected;
  for (int i = 0; i < 50; ++i) {
    std::string bytes = header;
    for (const std::size_t row : order) bytes += rows[row] + '\n';
    const std::string json = to_json(answer(bytes));
    if (expected.empty()) expected = json;
    EXPECT_EQ(json, expected);
    for (int step = 0; step < 4'001; ++step) std::next_permutation(order.begin(), order.end());
  }
}

TEST(BadInput, TwoCurrenciesAreAnErrorUntilThereAreRates) {
  Spec spec;
  spec.columns.currency = "currency";
  const std::string head = "visitor,time,event,channel,value,currency\n";
  const std::string euros = "u1,2024-01-01,conversion,mail,1,EUR\n";
  const Refusal refusal = refusal_of(head + euros + "u2,2024-01-01,conversion,mail,1,USD\n", spec);
  EXPECT_EQ(refusal.code, Errc::mixed_currencies);
  EXPECT_THAT(refusal.message,
              testing::AllOf(testing::HasSubstr("EUR"), testing::HasSubstr("USD")));
  // A currency on a row that is no conversion says nothing, nor does an empty one.
  const Result result =
      answer(head + euros + "u2,2024-01-01,click,mail,1,USD\n" +
                 "u2,2024-01-02,conversion,mail,2, EUR\n" + "u2,2024-01-03,conversion,mail,4,\n",
             spec);
  expect_conserved(result, test::worth_of("3", "7"));
}

Spec orders() {
  return parse_spec(R"({"goals": [{"name": "conversion", "deduplicate_by": "order"}]})");
}

TEST(BadInput, ARefundThatStandsThereTwiceCountsOnce) {
  const Result result = answer(
      "visitor,time,event,channel,value,order\n"
      "u1,2024-01-01,click,a,,\n"
      "u1,2024-01-02,conversion,,100,o1\n"
      "u1,2024-01-03,conversion,,-100,o1\n"
      "u1,2024-01-03,conversion,,-100,o1\n",
      orders());
  expect_conserved(result, test::worth_of("1", "0"));
  EXPECT_EQ(fate_of(result, Fate::refund), 1U);
  EXPECT_EQ(fate_of(result, Fate::duplicate_conversion), 1U);
  EXPECT_EQ(result.goals.at(0).counts.over_refunded_orders, 0U);
}

TEST(BadInput, AnOrderThatGivesBackMoreThanItBroughtIsReported) {
  const Result result = answer(
      "visitor,time,event,channel,value,order\n"
      "u1,2024-01-01,click,a,,\n"
      "u1,2024-01-02,conversion,,100,o1\n"
      "u1,2024-01-03,conversion,,-100,o1\n"
      "u2,2024-01-04,conversion,,-100,o1\n",
      orders());
  expect_conserved(result, test::worth_of("1", "-100"));
  EXPECT_EQ(fate_of(result, Fate::refund), 2U);
  EXPECT_EQ(result.goals.at(0).counts.over_refunded_orders, 1U);
  EXPECT_EQ(test::credit_of(test::model_of(result.goals.at(0), "last"), "a"),
            test::worth_of("1", "-100"));
}

}  // namespace
}  // namespace mta
