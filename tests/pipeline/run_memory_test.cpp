// Runs that may not hold all events in memory, or take columns on several threads, give the same
// bytes.
#include <gtest/gtest.h>

#include <filesystem>
#include <limits>

#include "generated_events.hpp"
#include "mta/core/error.hpp"
#include "mta/ingest/reader.hpp"
#include "mta/report/report.hpp"
#include "pipeline/plain_run.hpp"

namespace mta::test {
namespace {

constexpr std::uint64_t small = std::uint64_t{16} << 20;

Spec campaign_spec() {
  Spec spec = spec_of({goal_for_event("conversion")}, {"channel", "campaign"});
  spec.goals.push_back(spec.goals[0]);
  spec.goals[1].name = "with ids";
  spec.goals[1].deduplicate_by = "value";  // as good as any column: many conversions share an id
  return spec;
}

std::string run_text(const Spec& spec, const std::vector<std::string>& texts,
                     const RunOptions& options) {
  std::vector<Source> sources;
  for (const std::string& text : texts) {
    sources.push_back(Source::memory("generated", text, SourceFormat::csv));
  }
  return to_json(run(spec, std::move(sources), options, {.block = 1 << 20}));
}

std::vector<std::string> texts(std::uint64_t events) {
  using namespace mta::bench;
  std::vector<std::string> made;
  for (const std::uint64_t seed : {1u, 2u}) {
    const EventGenerator generator({.events = events, .seed = seed});
    made.push_back(events_text(generator, EventOrder::shuffled, {}));
  }
  return made;
}

/// A run that needs no file does not notice that its folder is not there.
bool needs_a_file(const Spec& spec, const std::vector<std::string>& texts, RunOptions options) {
  options.spill_directory = "/nowhere/at/all";
  try {
    (void)run_text(spec, texts, options);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::write_failed) << error.what();
    return true;
  }
  return false;
}

TEST(RunMemory, TheSameBytesWhetherEventsWentToDiskOrNot) {
  const auto input = texts(500'000);
  const Spec spec = campaign_spec();
  const std::string whole = run_text(spec, input, {});
  EXPECT_FALSE(needs_a_file(spec, input, {}));
  for (const std::size_t threads : {1u, 2u}) {
    EXPECT_TRUE(needs_a_file(spec, input, {.threads = threads, .memory = small}));
    EXPECT_EQ(run_text(spec, input, {.threads = threads, .memory = small}), whole);
  }
}

TEST(RunMemory, IdentityLinksWorkOnEventsOnDisk) {
  const auto input = texts(300'000);
  const Spec spec = spec_of({goal_for_event("conversion")}, {});
  std::vector<std::string> json;
  for (const std::uint64_t memory : {EventStorage::unlimited, small}) {
    mta::Run run(spec, {.memory = memory});
    Events events(run.layout(), run.storage());
    Links links;
    for (const std::string& text : input) {
      read(events, Source::memory("generated", text, SourceFormat::csv), run.schema());
      const std::size_t first = text.find('\n') + 1;
      const std::size_t second = text.find('\n', first) + 1;
      links.add(text.substr(first, 16), text.substr(second, 16));
    }
    EXPECT_EQ(events.part(0).table(0).extents().empty(), memory != small);
    run.link(links);
    run.add(std::move(events));
    json.push_back(to_json(run.finish()));
  }
  EXPECT_EQ(json[0], json[1]);
}

TEST(RunMemory, NothingStaysBehind) {
  const auto folder = std::filesystem::temp_directory_path() / "mta_run_memory_test";
  std::filesystem::create_directories(folder);
  mta::Run run(campaign_spec(), {.memory = small, .spill_directory = folder.string()});
  Events events(run.layout(), run.storage());
  for (const std::string& text : texts(300'000)) {
    read(events, Source::memory("generated", text, SourceFormat::csv), run.schema());
  }
  EXPECT_FALSE(events.part(0).table(0).extents().empty());
  EXPECT_TRUE(std::filesystem::is_empty(folder));  // while the file is in use
  std::filesystem::remove(folder);
}

TEST(RunMemory, TooLittleIsRefused) {
  EXPECT_THROW(mta::Run(Spec{}, {.memory = small - 1}), Error);
}

/// More rows than one worker takes at a time, some of them broken.
TEST(RunColumns, ThreadsChangeNothing) {
  const mta::bench::EventGenerator generator({.events = 600'000});
  auto columns = generate_columns(generator);
  for (std::size_t row = 0; row < columns.time.size(); row += 9'999) {
    columns.time[row] = std::numeric_limits<std::int64_t>::max();
  }
  std::vector<std::string> json;
  for (const std::size_t threads : {1u, 2u, 3u}) {
    mta::Run run(spec_of({goal_for_event("conversion")}, {}), {.threads = threads});
    Events events(run.layout());
    append_generated(events, generator, columns, run.schema(), {.threads = threads});
    EXPECT_EQ(events.report.rows, 600'000u);
    EXPECT_EQ(events.report.rejected(), 61u);
    ASSERT_EQ(events.report.examples.size(), IngestReport::kept_examples);
    for (std::size_t i = 0; i < IngestReport::kept_examples; ++i) {
      EXPECT_EQ(events.report.examples[i].line, i * 9'999 + 1);
    }
    run.add(std::move(events));
    json.push_back(to_json(run.finish()));
  }
  EXPECT_EQ(json[1], json[0]);
  EXPECT_EQ(json[2], json[0]);
}

TEST(RunColumns, AStopIsHeard) {
  const mta::bench::EventGenerator generator({.events = 1'000});
  const auto columns = generate_columns(generator);
  std::stop_source stop;
  stop.request_stop();
  Events events;
  try {
    append_generated(events, generator, columns, {}, {.stop = stop.get_token()});
    ADD_FAILURE() << "went on";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::cancelled);
  }
}

}  // namespace
}  // namespace mta::test
