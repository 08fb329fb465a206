#include <benchmark/benchmark.h>

#include <string>

#include "generate/event_text.hpp"
#include "mta/ingest/columns.hpp"
#include "mta/ingest/reader.hpp"

// Reading: items are rows, bytes are those of the text.
namespace {

using mta::SourceFormat;
using mta::bench::EventGenerator;
using mta::bench::EventOrder;
using mta::bench::TextFormat;

constexpr std::uint64_t rows = 200'000;

enum class Dimensions { none, campaign };

mta::Schema schema_with(Dimensions dimensions) {
  mta::Schema schema;
  schema.conversion_events = {"conversion"};
  if (dimensions == Dimensions::campaign) schema.dimensions = {{"campaign", "campaign"}};
  return schema;
}

void read_text(benchmark::State& bench, TextFormat text_format, SourceFormat format,
               Dimensions dimensions) {
  const std::string text =
      events_text(EventGenerator({.events = rows}), EventOrder::time, {text_format});
  const mta::Schema schema = schema_with(dimensions);
  mta::ReadOptions options;
  options.threads = static_cast<std::size_t>(bench.range(0));
  for (auto _ : bench) {
    mta::Events events(layout_of(schema));
    read(events, mta::Source::memory("generated", text, format), schema, options);
    if (events.report.events != rows) bench.SkipWithError("rows were lost");
    benchmark::DoNotOptimize(events);
  }
  bench.SetItemsProcessed(bench.iterations() * static_cast<std::int64_t>(rows));
  bench.SetBytesProcessed(bench.iterations() * static_cast<std::int64_t>(text.size()));
}

void read_csv(benchmark::State& bench) {
  read_text(bench, TextFormat::csv, SourceFormat::csv, Dimensions::none);
}
BENCHMARK(read_csv)->ArgName("threads")->Arg(1)->Arg(2)->UseRealTime();

void read_csv_with_campaign(benchmark::State& bench) {
  read_text(bench, TextFormat::csv, SourceFormat::csv, Dimensions::campaign);
}
BENCHMARK(read_csv_with_campaign)->ArgName("threads")->Arg(1)->UseRealTime();

void read_ndjson(benchmark::State& bench) {
  read_text(bench, TextFormat::ndjson, SourceFormat::ndjson, Dimensions::none);
}
BENCHMARK(read_ndjson)->ArgName("threads")->Arg(1)->Arg(2)->UseRealTime();

std::vector<std::string_view> views_of(const std::vector<std::string>& names) {
  return {names.begin(), names.end()};
}

void append_columns(benchmark::State& bench) {
  const EventGenerator generator({.events = rows});
  const mta::bench::GeneratedColumns made = generate_columns(generator);
  const auto types = views_of(EventGenerator::type_names());
  const auto channels = views_of(generator.channel_names());
  mta::Columns columns;
  columns.visitor = std::span<const std::uint64_t>(made.visitor);
  columns.time = mta::EpochColumn{made.time, mta::EpochColumn::Unit::microseconds};
  columns.event = mta::CodedColumn{made.type, types};
  columns.channel = mta::CodedColumn{made.channel, channels};
  columns.value = std::span<const mta::Micros>(made.value);
  const mta::Schema schema = schema_with(Dimensions::none);
  for (auto _ : bench) {
    mta::Events events(layout_of(schema));
    append(events, columns, schema);
    benchmark::DoNotOptimize(events);
  }
  bench.SetItemsProcessed(bench.iterations() * static_cast<std::int64_t>(rows));
}
BENCHMARK(append_columns);

}  // namespace
