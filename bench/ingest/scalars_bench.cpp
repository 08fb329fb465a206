#include <benchmark/benchmark.h>

#include <array>
#include <string>
#include <vector>

#include "generate/event_text.hpp"
#include "mta/core/decimal.hpp"
#include "mta/core/hash.hpp"
#include "mta/ingest/time_parser.hpp"

// The single fields of a row: items are fields.
namespace {

constexpr std::size_t texts = 4'096;

/// A field of generated rows, by its place in a CSV line.
std::vector<std::string> fields(std::size_t place) {
  const mta::bench::EventGenerator generator({.events = texts});
  const std::string text =
      events_text(generator, mta::bench::EventOrder::time, {mta::bench::TextFormat::csv});
  std::vector<std::string> found;
  for (std::size_t line = text.find('\n') + 1; line < text.size();
       line = text.find('\n', line) + 1) {
    std::size_t begin = line;
    for (std::size_t i = 0; i < place; ++i) begin = text.find(',', begin) + 1;
    found.push_back(text.substr(begin, text.find(',', begin) - begin));
  }
  return found;
}

template <class Work>
void for_each_text(benchmark::State& bench, const std::vector<std::string>& all, Work work) {
  for (auto _ : bench) {
    for (const std::string& text : all) benchmark::DoNotOptimize(work(text));
  }
  bench.SetItemsProcessed(bench.iterations() * static_cast<std::int64_t>(all.size()));
}

void parse_time(benchmark::State& bench) {
  mta::TimeParser parser;
  for_each_text(bench, fields(1),
                [&parser](const std::string& text) { return parser.parse(text); });
}
BENCHMARK(parse_time);

void parse_time_in_zone(benchmark::State& bench) {
  mta::TimeParser parser("", "Europe/Berlin");
  std::vector<std::string> local = fields(1);
  for (std::string& text : local) text.pop_back();  // the Z
  for_each_text(bench, local, [&parser](const std::string& text) { return parser.parse(text); });
}
BENCHMARK(parse_time_in_zone);

void parse_decimal(benchmark::State& bench) {
  const std::array<const char*, 4> kinds{"49.90", "0", "1234.567890", "7e3"};
  std::vector<std::string> values;
  for (std::size_t i = 0; i < texts; ++i) values.emplace_back(kinds[i % kinds.size()]);
  for_each_text(bench, values, [](const std::string& text) { return mta::parse_micros(text); });
}
BENCHMARK(parse_decimal);

void key_of_text(benchmark::State& bench) {
  for_each_text(bench, fields(0), [](const std::string& text) { return mta::person_key(text); });
}
BENCHMARK(key_of_text);

void key_of_decimal_text(benchmark::State& bench) {
  std::vector<std::string> identifiers;
  for (std::size_t i = 0; i < texts; ++i) identifiers.push_back(std::to_string(i * 7'919'123));
  for_each_text(bench, identifiers, [](const std::string& text) { return mta::person_key(text); });
}
BENCHMARK(key_of_decimal_text);

}  // namespace
