// One hot path, over and over on the same generated input: what bench/instructions.sh counts the
// instructions of. usage: mta_hot_paths PATH TIMES      prints how many items (events or touches)
// the path works on each time
//        mta_hot_paths                 prints the names of the paths
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "generated_events.hpp"
#include "mta/ingest/reader.hpp"
#include "mta/journeys/journey_builder.hpp"
#include "mta/models/markov.hpp"
#include "mta/models/registry.hpp"
#include "mta/pipeline/run.hpp"

namespace {

constexpr std::uint64_t count = 100'000;

/// Does the path once; the first call may prepare, and says how many items there are.
using Path = std::function<std::uint64_t()>;

/// So often at a time, that what a start of the program takes, which differs a little, does not
/// show.
Path repeated(const Path& path, int times) {
  return [path, times] {
    std::uint64_t items = 0;
    for (int i = 0; i < times; ++i) items += path();
    return items;
  };
}

const mta::bench::EventGenerator& generator() {
  static const mta::bench::EventGenerator made({.events = count});
  return made;
}

mta::Schema schema() { return {.conversion_events = {"conversion"}}; }

Path read_path(mta::bench::TextFormat format, mta::SourceFormat as) {
  const std::string text =
      events_text(generator(), mta::bench::EventOrder::time, {.format = format, .campaign = false});
  return [text, as] {
    mta::Events events(layout_of(schema()));
    mta::read(events, mta::Source::memory("generated", text, as), schema());
    return events.size();
  };
}

mta::Events read_events() {
  const std::string text = events_text(generator(), mta::bench::EventOrder::time, {});
  mta::Events events(layout_of(schema()));
  mta::read(events, mta::Source::memory("generated", text, mta::SourceFormat::csv), schema());
  return events;
}

Path append_path() {
  return [columns = generate_columns(generator())] {
    mta::Events events(layout_of(schema()));
    append_generated(events, generator(), columns, schema());
    return events.size();
  };
}

mta::Goal purchase() {
  mta::Goal goal;
  goal.name = "purchase";
  goal.events = {"conversion"};
  return goal;
}

/// Events of all buckets to journeys; `sink` gets each batch.
std::uint64_t build(const mta::JourneySink& sink) {
  static const mta::Events events = read_events();
  static const mta::Vocabulary vocabulary(events);
  static const mta::JourneyBuilder builder(purchase(), events, vocabulary);
  mta::BucketEvents bucket(events, vocabulary);
  mta::GoalCounts counts;
  mta::Journeys room;
  for (std::size_t b = 0; b < mta::bucket_count; ++b) {
    bucket.load(b);
    builder.build(bucket, sink, counts, room);
  }
  return events.size();
}

/// The journeys of all buckets as one batch.
const mta::Journeys& journeys() {
  static const mta::Journeys made = [] {
    mta::Journeys all;
    (void)build([&all](mta::JourneysView batch) {
      for (std::size_t i = 0; i < batch.size(); ++i) {
        for (std::uint64_t t = batch.begin_of(i); t < batch.end_of(i).end_of_touches; ++t) {
          all.add_touch(batch.channel()[t], batch.age()[t], batch.row()[t]);
        }
        all.end(batch.end_of(i));
      }
    });
    return all;
  }();
  return made;
}

Path rules_path() {
  std::vector<mta::AnyModel> models;
  for (const char* name : {"first", "last", "linear", "time_decay", "position_based"}) {
    models.push_back(mta::builtin_models().make(name));
  }
  std::vector<mta::CellId> cells;
  for (const mta::ChannelId channel : journeys().view().channel()) {
    cells.push_back(mta::CellId{static_cast<std::uint32_t>(channel)});
  }
  return [models, cells] {
    for (const mta::AnyModel& model : models) {
      mta::CreditSink sink;
      sink.begin_batch(cells, generator().channel_names().size());
      model.credit(journeys().view(), sink);
    }
    return journeys().view().touches();
  };
}

Path markov_path() {
  return [state = mta::Markov().start(generator().channel_names().size())]() mutable {
    mta::Markov().accumulate(state, journeys().view());
    return journeys().view().touches();
  };
}

Path run_path() {
  const std::string text =
      events_text(generator(), mta::bench::EventOrder::time, {.campaign = false});
  return [text] {
    std::vector<mta::Source> sources;
    sources.push_back(mta::Source::memory("generated", text, mta::SourceFormat::csv));
    return mta::run({}, std::move(sources)).input.events;
  };
}

std::map<std::string, std::function<Path()>> paths() {
  using mta::bench::TextFormat;
  return {
      {"read_csv", [] { return read_path(TextFormat::csv, mta::SourceFormat::csv); }},
      {"read_ndjson", [] { return read_path(TextFormat::ndjson, mta::SourceFormat::ndjson); }},
      {"append_columns", [] { return repeated(append_path(), 5); }},
      {"build_journeys",
       [] { return repeated([] { return build([](mta::JourneysView) {}); }, 3); }},
      {"five_rule_models", [] { return repeated(rules_path(), 10); }},
      {"markov_accumulate", [] { return repeated(markov_path(), 50); }},
      {"run_csv", run_path},
  };
}

}  // namespace

int main(int argument_count, char** arguments) {
  const auto known = paths();
  if (argument_count == 1) {
    for (const auto& [name, make] : known) std::puts(name.c_str());
    return 0;
  }
  const auto found = known.find(arguments[1]);
  if (argument_count != 3 || found == known.end()) {
    std::fputs("usage: mta_hot_paths [PATH TIMES]\n", stderr);
    return 2;
  }
  const Path path = found->second();
  std::uint64_t items = 0;
  for (int i = std::atoi(arguments[2]); i > 0; --i) items = path();
  std::printf("%llu\n", static_cast<unsigned long long>(items));
}
