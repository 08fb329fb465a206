#include "mta/ingest/reader.hpp"

#include <utility>

#include "ingest/event_sink.hpp"
#include "ingest/input_table.hpp"
#include "ingest/made_columns.hpp"
#include "ingest/made_sink.hpp"
#include "mta/core/error.hpp"

namespace mta {

EventLayout layout_of(const Schema& schema) {
  EventLayout layout;
  for (const DimensionColumn& dimension : schema.dimensions) {
    layout.dimensions.push_back(dimension.name);
  }
  layout.conversion_ids = schema.conversion_ids;
  return layout;
}

namespace {

std::unique_ptr<RowPersons> persons_of(const Schema& schema, const ReadOptions& options) {
  if (schema.identifiers.empty()) return nullptr;
  if (!options.persons) {
    throw Error(Errc::invalid_option,
                "persons must be given where the schema has identifiers: who is whom?");
  }
  return options.persons();
}

std::unique_ptr<EventSink> make_sink(EventPart& part, std::uint64_t sequence, const Schema& schema,
                                     const EventColumns& columns, const ReadOptions&) {
  return std::make_unique<EventSink>(part, sequence, schema, columns.slots);
}
std::unique_ptr<MadeSink> make_sink(EventPart& part, std::uint64_t sequence, const Schema& schema,
                                    const MadeColumns& columns, const ReadOptions& options) {
  return std::make_unique<MadeSink>(part, sequence, schema, columns, persons_of(schema, options));
}

/// @param columns  EventColumns or MadeColumns, as the sink takes them
template <typename Sink, typename Chosen>
void read_rows(Events& events, InputTable& table, const Schema& schema, const ReadOptions& options,
               Chosen columns) {
  std::vector<std::unique_ptr<Sink>> sinks;
  for (std::size_t i = 0; i < options.threads; ++i) {
    sinks.push_back(make_sink(events.add_part(), events.next_sequence(), schema, columns, options));
  }
  IngestReport report;
  table.read<Sink>(columns.plan, sinks, report);
  for (const auto& sink : sinks) sink->finish();
  report.columns = std::move(columns.plan.choices);
  events.report.merge(report);
}

}  // namespace

void read(Events& events, Source source, const Schema& schema, const ReadOptions& options) {
  check_options(options);
  if (events.layout() != layout_of(schema)) {
    throw Error(
        Errc::invalid_option,
        source.name() + ": the events have other dimensions or conversion ids than the schema");
  }
  InputTable table(source, schema.delimiter, options);
  if (table.head().has_rows) {
    if (makes_rows(schema)) {
      read_rows<MadeSink>(events, table, schema, options,
                          choose_made_columns(schema, table.head().names));
    } else {
      read_rows<EventSink>(events, table, schema, options,
                           choose_event_columns(schema, table.head().names));
    }
  }
  events.end_source();
}

}  // namespace mta
