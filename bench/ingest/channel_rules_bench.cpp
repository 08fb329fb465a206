#include <benchmark/benchmark.h>

#include <string>

#include "mta/ingest/reader.hpp"

// Reading hits whose channel is a column, and the same hits whose channel comes from rules: items
// are rows. The text is the same, so that the difference is what the rules cost.
namespace {

constexpr int rows = 200'000;

/// Hits of 20,000 visitors: every landing page another one, 300 sources.
std::string hits_text() {
  std::string text = "visitor,time,event,channel,landing_url,referrer\n";
  for (int i = 0; i < rows; ++i) {
    const std::string number = std::to_string(i);
    const std::string kind = std::to_string(i * 7919 % 300);
    text += std::to_string(i * 104'729LL % 20'000) + ',' + std::to_string(1'700'000'000 + i) +
            ",hit,channel " + kind.substr(0, 1) + ",https://www.shop.example/product/" + number;
    switch (i % 4) {
      case 0:
        text += "?utm_source=news&utm_medium=email&utm_campaign=c" + kind + ',';
        break;
      case 1:
        text += "?gclid=" + number + "xyz&utm_campaign=c" + kind + ",https://www.google.com/";
        break;
      case 2:
        text += "?ref=" + number + ",https://www.shop.example/product/" + kind;
        break;
      default:
        text += ",https://site" + kind + ".example.org/post/" + number;
    }
    text += '\n';
  }
  return text;
}

void read_hits(benchmark::State& bench, const mta::Schema& schema) {
  static const std::string text = hits_text();
  for (auto _ : bench) {
    mta::Events events(layout_of(schema));
    read(events, mta::Source::memory("hits", text, mta::SourceFormat::csv), schema);
    if (events.report.events != rows) bench.SkipWithError("rows were lost");
    benchmark::DoNotOptimize(events);
  }
  bench.SetItemsProcessed(bench.iterations() * rows);
  bench.SetBytesProcessed(bench.iterations() * static_cast<std::int64_t>(text.size()));
}

void read_with_a_channel_column(benchmark::State& bench) {
  mta::Schema schema;
  schema.conversion_events = {"sale"};
  read_hits(bench, schema);
}
BENCHMARK(read_with_a_channel_column)->UseRealTime();

void read_with_channel_rules(benchmark::State& bench) {
  mta::Schema schema;
  schema.conversion_events = {"sale"};
  schema.channel_rules = mta::ChannelRules::parse("\"ga4\"");
  read_hits(bench, schema);
}
BENCHMARK(read_with_channel_rules)->UseRealTime();

}  // namespace
