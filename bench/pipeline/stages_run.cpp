// Where the time goes, stage by stage: bytes to events, events grouped by person, journeys, credits
// of six models. Each stage is timed with all before it and printed as the difference, in
// nanoseconds an event, on one thread. usage: mta_stages_run FILE.csv|FILE.ndjson
#include <chrono>
#include <cstdio>
#include <exception>
#include <string>

#include "mta/ingest/reader.hpp"
#include "mta/journeys/journey_builder.hpp"
#include "mta/pipeline/run.hpp"

namespace {

template <class Work>
double seconds(Work work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void print(const char* stage, double took, std::uint64_t events) {
  std::printf("%-28s %8.1f\n", stage, took * 1e9 / static_cast<double>(events));
}

void run_stages(const std::string& file) {
  mta::Spec spec;
  for (const char* name : {"first", "last", "linear", "time_decay", "position_based", "markov"}) {
    spec.models.push_back({.name = name});
  }
  mta::Run run(spec);
  mta::Events events(run.layout());
  const double reading = seconds([&] { read(events, mta::Source::file(file), run.schema()); });
  const std::uint64_t size = events.size();
  print("read and partition", reading, size);

  const mta::Vocabulary vocabulary(events);
  const mta::JourneyBuilder builder(mta::goals_of(spec).front(), events, vocabulary);
  mta::BucketEvents bucket(events, vocabulary);
  const double grouping = seconds([&] {
    for (std::size_t b = 0; b < mta::bucket_count; ++b) bucket.load(b);
  });
  print("group by person", grouping, size);

  mta::GoalCounts counts;
  mta::Journeys room;
  const double building = seconds([&] {
    for (std::size_t b = 0; b < mta::bucket_count; ++b) {
      bucket.load(b);
      builder.build(
          bucket, [](mta::JourneysView) {}, counts, room);
    }
  });
  print("make journeys", building - grouping, size);

  run.add(std::move(events));
  const double finishing = seconds([&] { (void)run.finish(); });
  print("credit six models", finishing - building, size);
  print("all", reading + finishing, size);
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::fputs("usage: mta_stages_run FILE.csv|FILE.ndjson\n", stderr);
    return 2;
  }
  try {
    run_stages(arguments[1]);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "mta_stages_run: %s\n", error.what());
    return 1;
  }
}
