// Several sources with columns of their own, and persons made of identifiers: the story of
// examples/data/people, worked by hand in its README.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "mta/core/error.hpp"
#include "mta/ingest/reader.hpp"
#include "mta/pipeline/run.hpp"
#include "mta/report/report.hpp"
#include "support/result_view.hpp"
#include "support/synthetic_journeys.hpp"

namespace mta::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;

const std::filesystem::path folder = std::filesystem::path(MTA_SOURCE_DIR) / "examples/data/people";

std::string text_of(const std::string& name) {
  std::ifstream file(folder / name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

json story() { return json::parse(text_of("spec.json")); }

/// Answers a spec whose files are those of the folder.
Result answer_spec(const json& spec_json, const RunOptions& options = {}) {
  Spec spec = parse_spec(spec_json.dump());
  for (SourceSpec& source : spec.sources) {
    for (std::string& file : source.files) file = (folder / file).string();
  }
  return run(spec, {}, options);
}

CreditByKey credits(const Result& result, std::size_t goal, const std::string& model) {
  CreditByKey all = credit_by_key(model_of(result.goals[goal], model));
  std::erase_if(all, [](const auto& row) { return row.second == Worth{}; });
  return all;
}

constexpr std::size_t lead = 0, sale = 1;

TEST(People, TwoCookiesACallAndTheBooksAreOnePerson) {
  const Result result = answer_spec(story());
  EXPECT_EQ(result.input.rows, 15u);
  EXPECT_EQ(result.input.rejected(), 0u);
  ASSERT_TRUE(result.identity.has_value());
  EXPECT_EQ(result.identity->identifiers, 8u);  // 2 customers, 2 addresses, a phone, 3 cookies
  EXPECT_EQ(result.identity->persons, 2u);
  EXPECT_EQ(result.identity->kinds[3].over_limit, 1u);  // the tablet, when Anna logs in there
  EXPECT_EQ(credits(result, lead, "last"), (CreditByKey{{{"Live Chat"}, worth_of("2", "0")}}));
  EXPECT_EQ(credits(result, lead, "first"), (CreditByKey{{{"Organic Search"}, worth_of("1", "0")},
                                                         {{"Paid Social"}, worth_of("1", "0")}}));
  // The call and the direct visits come later, and take nothing.
  EXPECT_EQ(credits(result, sale, "last"), (CreditByKey{{{"Live Chat"}, worth_of("1", "4290")}}));
  EXPECT_EQ(credits(result, sale, "linear"),
            (CreditByKey{{{"Organic Search"}, worth_of("0.333333", "1430")},
                         {{"Paid Search"}, worth_of("0.333334", "1430")},
                         {{"Live Chat"}, worth_of("0.333333", "1430")}}));
  EXPECT_EQ(result.goals[sale].booked, worth_of("1", "4290")) << "the order stands there twice";
}

TEST(People, WhatTheGoalLeavesOutIsTheSpecsToSay) {
  json spec = story();
  spec["goals"][sale].erase("touches");
  EXPECT_EQ(credits(answer_spec(spec), sale, "last"),
            (CreditByKey{{{"Phone"}, worth_of("1", "4290")}}));
  spec["goals"][sale]["touches"] = story()["goals"][sale]["touches"];
  spec["goals"][sale].erase("direct");
  EXPECT_EQ(credits(answer_spec(spec), sale, "last"),
            (CreditByKey{{{"Direct"}, worth_of("1", "4290")}}));
}

/// Without limits the tablet makes Anna and Bob one; Bob's click and chat are then hers as well.
TEST(People, ASharedTabletMergesWithoutLimitsAndIsSplitByExclusion) {
  json spec = story();
  for (json& kind : spec["identity"]["kinds"]) kind.erase("limit");
  const Result merged = answer_spec(spec);
  EXPECT_EQ(merged.identity->persons, 1u);
  EXPECT_EQ(credits(merged, sale, "linear").count({"Paid Social"}), 1u);
  spec["identity"]["exclude"] = json::parse(
      R"([[{"kind": "email", "text": "Anna@example.com"}, {"kind": "cookie", "text": "tablet-55d0"}]])");
  const Result split = answer_spec(spec);
  EXPECT_EQ(split.identity->persons, 2u);
  for (const std::size_t goal : {lead, sale}) {
    for (const char* model : {"first", "last", "linear"}) {
      EXPECT_EQ(credits(split, goal, model), credits(answer_spec(story()), goal, model)) << model;
    }
  }
}

TEST(People, TheOrderOfSourcesAndThreadsChangeNothing) {
  json spec = story();
  const Result forwards = answer_spec(spec);
  std::reverse(spec["sources"].begin(), spec["sources"].end());
  for (const std::size_t threads : {1u, 3u}) {
    Result backwards = answer_spec(spec, {.threads = threads});
    backwards.input.columns = forwards.input.columns;  // told in the order of the sources
    EXPECT_EQ(to_json(backwards), to_json(forwards));
  }
}

TEST(People, AnswerByAccountAddsPersonsUp) {
  json spec = story();
  spec["sources"][3]["columns"]["identifiers"].push_back({{"kind", "firm"}, {"column", "stage"}});
  spec["identity"]["kinds"].push_back({{"name", "firm"}, {"level", "account"}});
  const Result persons = answer_spec(spec);
  EXPECT_EQ(persons.identity->persons, 2u);
  EXPECT_EQ(persons.identity->accounts, 1u);  // both have been a "lead"
  EXPECT_EQ(credits(persons, sale, "linear"), credits(answer_spec(story()), sale, "linear"));
  spec["identity"]["answer_by"] = "account";
  const Result accounts = answer_spec(spec);
  EXPECT_EQ(credits(accounts, sale, "linear").count({"Paid Social"}), 1u);
  EXPECT_EQ(accounts.goals[sale].booked, persons.goals[sale].booked);
}

/// Sightings that were saved say in a later run whose a cookie is.
TEST(People, SightingsSavedEarlierFindPersonsLater) {
  const Spec spec = parse_spec(R"({
    "columns": {"identifiers": [{"kind": "email", "column": "mail"}, {"kind": "cookie", "column": "cookie"}]},
    "models": [{"model": "last"}]})");
  const std::string seen = "mail,cookie,time,event,channel\nann@x.example,c1,1,visit,Email\n";
  const std::string later =
      "mail,cookie,time,event,channel\n,c1,2,visit,Display\nann@x.example,,3,conversion,\n";
  const auto read_into = [&](mta::Run& run, const std::string& text) {
    Events events(run.layout());
    read(events, Source::memory("rows", text, SourceFormat::csv), run.schema(),
         run.reading(run.schema()));
    run.add(std::move(events));
  };
  mta::Run first(spec);
  read_into(first, seen);
  const std::string saved = first.sightings().save();
  mta::Run with(spec), without(spec);
  with.see(Sightings::load(saved));
  read_into(with, later);
  read_into(without, later);
  EXPECT_EQ(credit_of(model_of(with.finish().goals[0], "last"), "Display"), worth_of("1", "0"));
  EXPECT_EQ(credit_of(model_of(without.finish().goals[0], "last"), "(unattributed)"),
            worth_of("1", "0"));
}

TEST(People, TheTrailKnowsPersonsByAnyIdentifier) {
  struct Count final : CreditTrail {
    void begin(const TrailHead&) override {}
    void take(const CreditedJourney& journey) override {
      persons.push_back(journey.person);
      touches += journey.touches.size();
    }
    void end(std::span<const Worth>) override {}
    std::vector<PersonKey> persons;
    std::size_t touches = 0;
  };
  Count by_mail, by_cookie, of_bob;
  (void)answer_spec(story(), {.trail = &by_mail, .trail_of = {"email:Anna@example.com"}});
  (void)answer_spec(story(), {.trail = &by_cookie, .trail_of = {"cookie:laptop-7f3a"}});
  (void)answer_spec(story(), {.trail = &of_bob, .trail_of = {"cookie:tablet-55d0"}});
  EXPECT_EQ(by_mail.persons, by_cookie.persons);
  EXPECT_EQ(by_mail.persons.size(), 3u);
  EXPECT_EQ(by_mail.touches, 3u + 3u + 3u);
  ASSERT_FALSE(of_bob.persons.empty());
  EXPECT_NE(of_bob.persons.front(), by_mail.persons.front());
  EXPECT_THROW((void)answer_spec(story(), {.trail = &of_bob, .trail_of = {"email:nobody"}}), Error);
}

/// Rows of a few cookies, devices and addresses, any of which may be missing, never all.
std::string random_rows(std::uint64_t seed) {
  Random random(seed);
  std::string text = "cookie,device,mail,time,event,channel,value\n";
  for (int row = 0; row < 120; ++row) {
    const auto name = [&](const char* kind, std::uint64_t of) {
      return random.below(3) == 0 ? std::string() : kind + std::to_string(random.below(of));
    };
    const bool converts = random.below(5) == 0;
    text += "c" + std::to_string(random.below(30)) + ',' + name("d", 12) + ',' + name("m", 8) +
            ',' + std::to_string(random.below(2'000'000)) +
            (converts ? ",conversion," : ",visit,") +
            (random.below(4) == 0 ? "" : "ch" + std::to_string(random.below(5))) + ',' +
            (converts ? std::to_string(random.below(90)) + ".25" : "") + '\n';
  }
  return text;
}

/// Who is whom decides which touches a conversion has, never how much there is to hand out.
TEST(People, StitchingNeitherLosesNorInventsWorth) {
  const std::string as_visitors = R"({"columns": {"visitor": "cookie"}})";
  const std::string as_persons =
      R"({"columns": {"identifiers": [{"kind": "mail", "column": "mail"}, {"kind": "device", "column": "device"},
                                      {"kind": "cookie", "column": "cookie"}]}})";
  const std::string within_limits =
      R"(, "identity": {"kinds": [{"name": "mail", "limit": 1}, {"name": "device", "limit": 2, "within": "week"},
                                  {"name": "cookie", "limit": 4}],
                        "exclude": [[{"kind": "mail", "text": "m1"}, {"kind": "cookie", "text": "c1"}]]}})";
  for (std::uint64_t seed = 0; seed < 25; ++seed) {
    const std::string rows = random_rows(seed);
    const auto answer_as = [&](const std::string& spec, std::size_t threads) {
      std::vector<Source> sources;
      sources.push_back(Source::memory("rows", rows, SourceFormat::csv));
      return run(parse_spec(spec), std::move(sources), RunOptions{.threads = threads});
    };
    const Worth booked = answer_as(as_visitors, 1).goals[0].booked;
    const std::string limited = as_persons.substr(0, as_persons.size() - 1) + within_limits;
    for (const std::string& spec : {as_persons, limited}) {
      const Result result = answer_as(spec, 1);
      EXPECT_EQ(result.goals[0].booked, booked);
      for (const ModelResult& model : result.goals[0].models) {
        EXPECT_EQ(credit_total(model), booked) << model.model;
      }
      EXPECT_EQ(to_json(answer_as(spec, 3)), to_json(result));
    }
  }
}

/// A list of cookies and addresses, with one row of nobody, in place of the log-ins.
TEST(People, LinkFilesJoinWhatEventsDoNot) {
  const auto path = std::filesystem::temp_directory_path() / "mta_people_links.csv";
  const auto answer_with = [&](const char* links) {
    std::ofstream(path) << links;
    Spec spec = parse_spec(
        R"({"columns": {"identifiers": [{"kind": "mail", "column": "mail"}, {"kind": "cookie", "column": "cookie"}]},
            "sources": [{"file": "links", "rows": "links"}], "models": [{"model": "last"}]})");
    spec.sources[0].files = {path.string()};
    std::vector<Source> events;
    events.push_back(Source::memory("events",
                                    "mail,cookie,time,event,channel\n"
                                    ",c1,1,visit,Display\na@x.example,,3,conversion,\n",
                                    SourceFormat::csv));
    return run(spec, std::move(events));
  };
  const Result joined = answer_with("cookie,mail\nc1,a@x.example\n,\n");
  EXPECT_EQ(credit_of(model_of(joined.goals[0], "last"), "Display"), worth_of("1", "0"));
  EXPECT_EQ(joined.input.events, 2u);
  EXPECT_EQ(joined.input.rows, 3u);
  EXPECT_EQ(joined.input.rejected(), 1u);
  EXPECT_EQ(joined.identity->sightings, 1u);
  // A link that holds later joins all the same: identity is retroactive.
  const Result later = answer_with("cookie,mail,time\nc1,a@x.example,9\nc1,b@x.example,noon\n");
  EXPECT_EQ(credit_of(model_of(later.goals[0], "last"), "Display"), worth_of("1", "0"));
  EXPECT_EQ(later.input.rejected(), 1u);
  EXPECT_EQ(later.identity->persons, 1u);
  std::filesystem::remove(path);
}

std::string complaint(const std::string& change_at, const json& value) {
  json spec = story();
  spec[json::json_pointer(change_at)] = value;
  try {
    (void)answer_spec(spec);
  } catch (const Error& error) {
    return error.what();
  }
  return "none";
}

TEST(People, BadSourcesAndRulesAreNamed) {
  EXPECT_THAT(complaint("/sources", json::array()), HasSubstr("sources"));
  EXPECT_THAT(complaint("/sources/0/file", json::array()), HasSubstr("sources[0].file"));
  EXPECT_THAT(complaint("/sources/0/constant", json::object()), HasSubstr("constant"));
  EXPECT_THAT(complaint("/sources/0/rows", "clicks"), HasSubstr("sources[0].rows"));
  EXPECT_THAT(complaint("/sources/1/constants/chanel", "x"), HasSubstr("chanel"));
  EXPECT_THAT(complaint("/sources/1/columns/identifiers/0/kind", "cooky"), HasSubstr("cooky"));
  EXPECT_THAT(complaint("/identity/kinds/0/limit", 0), HasSubstr("limit"));
  EXPECT_THAT(complaint("/identity/kinds/0/within", "fortnight"), HasSubstr("within"));
  EXPECT_THAT(complaint("/identity/kinds/1/normalise", "yahoo"), HasSubstr("google_email"));
  EXPECT_THAT(complaint("/identity/exclude", json::array({1})), HasSubstr("identity.exclude[0]"));
}

}  // namespace
}  // namespace mta::test
