// Runs that may not hold all events in memory give the same bytes.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "generate/event_text.hpp"
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

TEST(RunMemory, TheSameBytesWhetherEventsWentToDiskOrNot) {
  const auto input = texts(500'000);
  const Spec spec = campaign_spec();
  const std::string whole = run_text(spec, input, {});
  EXPECT_EQ(run_text(spec, input, {.memory = small}), whole);
  EXPECT_EQ(run_text(spec, input, {.threads = 2, .memory = small}), whole);
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
    run.link(links);
    run.add(std::move(events));
    json.push_back(to_json(run.finish()));
  }
  EXPECT_EQ(json[0], json[1]);
}

TEST(RunMemory, AFullDiskIsAnErrorAndNothingStaysBehind) {
  const auto input = texts(400'000);
  const auto folder = std::filesystem::temp_directory_path() / "mta_run_memory_test";
  std::filesystem::create_directories(folder);
  (void)run_text(campaign_spec(), input, {.memory = small, .spill_directory = folder.string()});
  EXPECT_TRUE(std::filesystem::is_empty(folder));
  std::filesystem::remove(folder);
  try {
    (void)run_text(campaign_spec(), input, {.memory = small, .spill_directory = folder.string()});
    ADD_FAILURE() << "went on without a folder";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::write_failed) << error.what();
  }
}

TEST(RunMemory, TooLittleIsRefused) {
  EXPECT_THROW(mta::Run(Spec{}, {.memory = small - 1}), Error);
}

}  // namespace
}  // namespace mta::test
