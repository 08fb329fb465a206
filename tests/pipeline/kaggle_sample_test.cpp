// The sample of data/kaggle_mta_sample: 62,483 rows of 7,896 customers, unordered inside a
// customer.
#include "pipeline/kaggle_sample.hpp"

#include <cmath>
#include <random>
#include <sstream>

#include "mta/pipeline/run.hpp"
#include "mta/report/report.hpp"
#include "support/gzip_bytes.hpp"
#include "support/markov_oracle.hpp"
#include "support/result_view.hpp"
#include "support/shared_data.hpp"

namespace mta {
namespace {

__extension__ typedef __int128 Wide;

constexpr auto sample = "kaggle_mta_sample/attribution_data.csv.gz";

Spec sample_spec() {
  return parse_spec(R"({
    "columns": {"visitor": "customer_id", "time": "time", "event": "interaction",
                "channel": "channel", "value": "conversion_value"},
    "goals": [{"name": "purchase", "event": "conversion"}]})");
}

std::vector<Source> one(Source source) {
  std::vector<Source> sources;
  sources.push_back(std::move(source));
  return sources;
}

std::vector<Source> csv_of(const std::string& bytes, const std::string& name = "sample.csv") {
  return one(Source::memory(name, bytes, SourceFormat::csv));
}

/// Law 1 with equal weights, by its definition: r(W i / n), halves away from zero.
Micros upto(Micros worth, std::size_t i, std::size_t n) {
  const Wide size = worth.units < 0 ? -Wide{worth.units} : Wide{worth.units};
  const Wide rounded =
      (2 * size * static_cast<Wide>(i) + static_cast<Wide>(n)) / (2 * static_cast<Wide>(n));
  return {static_cast<std::int64_t>(worth.units < 0 ? -rounded : rounded)};
}

TEST(KaggleSample, HasTheCountsAndTotalsThatItsOwnersPublish) {
  MTA_SHARED_DATA_OR_SKIP(path, sample)
  const Result result = run(sample_spec(), one(Source::file(path.string())));
  EXPECT_EQ(result.input.rows, 62'483U);
  EXPECT_EQ(result.input.events, 62'483U);
  EXPECT_EQ(result.input.rejected(), 0U);
  const GoalResult& goal = result.goals.at(0);
  EXPECT_EQ(goal.booked, test::worth_of("1838", "11423.5"));
  EXPECT_EQ(goal.counts.converting_journeys, 1'838U);
  EXPECT_EQ(goal.counts.null_journeys, 7'668U);
  EXPECT_EQ(goal.journeys(), 9'506U);
  EXPECT_EQ(goal.channels, (std::vector<std::string>{"Facebook", "Instagram", "Online Display",
                                                     "Online Video", "Paid Search"}));
}

TEST(KaggleSample, EveryModelHandsOutExactlyWhatWasBooked) {
  MTA_SHARED_DATA_OR_SKIP(path, sample)
  const Result result = run(sample_spec(), one(Source::file(path.string())));
  ASSERT_EQ(result.goals.at(0).models.size(), 6U);
  for (const ModelResult& model : result.goals[0].models) {
    EXPECT_EQ(test::credit_total(model), test::worth_of("1838", "11423.5")) << model.model;
    EXPECT_EQ(model.credits.size(), 5U) << model.model;
  }
}

TEST(KaggleSample, EveryEventHasOneFate) {
  MTA_SHARED_DATA_OR_SKIP(path, sample)
  const GoalResult goal = run(sample_spec(), one(Source::file(path.string()))).goals.at(0);
  std::uint64_t events = 0;
  for (const std::uint64_t count : goal.counts.events) events += count;
  EXPECT_EQ(events, 62'483U);
  EXPECT_EQ(goal.counts.events[static_cast<std::size_t>(Fate::conversion)], 1'838U);
}

TEST(KaggleSample, NeedsNoSpec) {
  MTA_SHARED_DATA_OR_SKIP(path, sample)
  const Result recognised = run({}, one(Source::file(path.string())));
  const Result given = run(sample_spec(), one(Source::file(path.string())));
  ASSERT_EQ(recognised.goals.size(), 1U);
  EXPECT_EQ(recognised.goals[0].goal, "conversion");
  ASSERT_EQ(recognised.goals[0].models.size(), given.goals[0].models.size());
  for (std::size_t m = 0; m < given.goals[0].models.size(); ++m) {
    EXPECT_EQ(recognised.goals[0].models[m].credits, given.goals[0].models[m].credits);
  }
}

TEST(KaggleSample, LinearIsLawOneOverEveryJourney) {
  MTA_SHARED_DATA_OR_SKIP(path, sample)
  std::map<std::string, Worth> expected;
  const test::KaggleJourneys journeys(test::gunzipped(path));
  for (const test::WrittenJourney& journey : journeys.all()) {
    const std::size_t n = journey.channels.size();
    const Worth& worth = journey.end.worth;
    for (std::size_t i = 0; i < n; ++i) {
      expected[journey.channels[i]] +=
          Worth{upto(worth.conversions, i + 1, n) - upto(worth.conversions, i, n),
                upto(worth.value, i + 1, n) - upto(worth.value, i, n)};
    }
  }
  const GoalResult goal = run(sample_spec(), one(Source::file(path.string()))).goals.at(0);
  for (const auto& [channel, credit] : expected) {
    EXPECT_EQ(test::credit_of(test::model_of(goal, "linear"), channel), credit) << channel;
  }
}

TEST(KaggleSample, FirstAndLastTakeTheEndsOfEveryJourney) {
  MTA_SHARED_DATA_OR_SKIP(path, sample)
  std::map<std::string, Worth> first, last;
  const test::KaggleJourneys journeys(test::gunzipped(path));
  for (const test::WrittenJourney& journey : journeys.all()) {
    first[journey.channels.front()] += journey.end.worth;
    last[journey.channels.back()] += journey.end.worth;
  }
  const GoalResult goal = run(sample_spec(), one(Source::file(path.string()))).goals.at(0);
  for (const auto& [channel, credit] : first) {
    EXPECT_EQ(test::credit_of(test::model_of(goal, "first"), channel), credit) << channel;
    EXPECT_EQ(test::credit_of(test::model_of(goal, "last"), channel), last[channel]) << channel;
  }
}

void expect_share(const std::vector<double>& effects, std::size_t c, Micros credit, Micros total) {
  double sum = 0;
  for (const double effect : effects) sum += effect;
  const double expected = static_cast<double>(total.units) * effects[c] / sum;
  EXPECT_NEAR(static_cast<double>(credit.units), expected, 2e-6 * expected) << "channel " << c;
}

TEST(KaggleSample, MarkovEqualsTheBruteForceOracle) {
  MTA_SHARED_DATA_OR_SKIP(path, sample)
  const auto named = test::numbered(test::KaggleJourneys(test::gunzipped(path)).all());
  const auto effects = test::MarkovOracle(named.journeys.view(), named.names.size()).effects();
  const GoalResult goal = run(sample_spec(), one(Source::file(path.string()))).goals.at(0);
  const ModelResult& markov = test::model_of(goal, "markov");
  for (std::size_t c = 0; c < named.names.size(); ++c) {
    const Worth credit = test::credit_of(markov, named.names[c]);
    expect_share(effects.conversions, c, credit.conversions, goal.booked.conversions);
    expect_share(effects.value, c, credit.value, goal.booked.value);
  }
}

TEST(KaggleSample, ThreadsDoNotChangeAByte) {
  MTA_SHARED_DATA_OR_SKIP(path, sample)
  const std::string expected = to_json(run(sample_spec(), one(Source::file(path.string()))));
  for (const std::size_t threads : {std::size_t{2}, std::size_t{5}}) {
    const Result result = run(sample_spec(), one(Source::file(path.string())), {.threads = threads},
                              {.block = 64 << 10});
    EXPECT_EQ(to_json(result), expected) << threads << " threads";
  }
}

TEST(KaggleSample, TheOrderOfRowsDoesNotChangeAByte) {
  MTA_SHARED_DATA_OR_SKIP(path, sample)
  const std::string csv = test::gunzipped(path);
  const std::string expected = to_json(run(sample_spec(), csv_of(csv)));
  const std::size_t head = csv.find('\n') + 1;
  std::vector<std::string> rows;
  std::istringstream lines(csv.substr(head));
  for (std::string line; std::getline(lines, line);) rows.push_back(line);
  for (const std::uint32_t seed : {1U, 2U}) {
    std::shuffle(rows.begin(), rows.end(), std::mt19937(seed));
    std::string shuffled = csv.substr(0, head);
    for (const std::string& row : rows) shuffled += row + '\n';
    EXPECT_EQ(to_json(run(sample_spec(), csv_of(shuffled))), expected) << "seed " << seed;
  }
}

std::string as_ndjson(const std::string& csv) {
  const test::PlainTable table = test::PlainTable::text(csv);
  std::string text;
  for (const test::PlainTable::Row& row : table.rows()) {
    text += R"({"customer_id":")" + table.at(row, "customer_id") + R"(","time":")" +
            table.at(row, "time") + R"(","interaction":")" + table.at(row, "interaction") +
            R"(","conversion":)" + table.at(row, "conversion") + R"(,"conversion_value":)" +
            table.at(row, "conversion_value") + R"(,"channel":")" + table.at(row, "channel") +
            "\"}\n";
  }
  return text;
}

TEST(KaggleSample, TheFormatDoesNotChangeAByte) {
  MTA_SHARED_DATA_OR_SKIP(path, sample)
  const std::string csv = test::gunzipped(path);
  const std::string expected = to_json(run(sample_spec(), csv_of(csv)));
  EXPECT_EQ(to_json(run(sample_spec(), one(Source::file(path.string())))), expected);
  const std::string packed = test::gzipped(csv);
  EXPECT_EQ(to_json(run(sample_spec(), csv_of(packed, "sample.csv.gz"))), expected);
  const std::string json = as_ndjson(csv);
  EXPECT_EQ(
      to_json(run(sample_spec(), one(Source::memory("sample.ndjson", json, SourceFormat::ndjson)))),
      expected);
}

TEST(KaggleSample, SeveralFilesAreOne) {
  MTA_SHARED_DATA_OR_SKIP(path, sample)
  const std::string csv = test::gunzipped(path);
  const std::string expected = to_json(run(sample_spec(), csv_of(csv)));
  const std::size_t head = csv.find('\n') + 1;
  const std::size_t middle = csv.find('\n', csv.size() / 2) + 1;
  const std::string late = csv.substr(0, head) + csv.substr(middle);
  const std::string early = csv.substr(0, middle);
  std::vector<Source> sources = csv_of(late, "late.csv");
  sources.push_back(Source::memory("early.csv", early, SourceFormat::csv));
  EXPECT_EQ(to_json(run(sample_spec(), std::move(sources))), expected);
}

}  // namespace
}  // namespace mta
