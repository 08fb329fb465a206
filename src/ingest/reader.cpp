#include "mta/ingest/reader.hpp"

#include <utility>

#include "ingest/event_sink.hpp"
#include "ingest/input_table.hpp"
#include "ingest/ruled_columns.hpp"
#include "ingest/ruled_sink.hpp"
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

const EventSlots& shape_of(const EventColumns& columns) noexcept { return columns.slots; }
const RuledColumns& shape_of(const RuledColumns& columns) noexcept { return columns; }

/// @param columns  EventColumns or RuledColumns, as the sink takes them
template <typename Sink, typename Chosen>
void read_rows(Events& events, InputTable& table, const Schema& schema, const ReadOptions& options,
               Chosen columns) {
  std::vector<std::unique_ptr<Sink>> sinks;
  for (std::size_t i = 0; i < options.threads; ++i) {
    sinks.push_back(std::make_unique<Sink>(events.add_part(), events.next_sequence(), schema,
                                           shape_of(columns)));
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
    if (schema.channel_rules.are_given()) {
      read_rows<RuledSink>(events, table, schema, options,
                           choose_ruled_columns(schema, table.head().names));
    } else {
      read_rows<EventSink>(events, table, schema, options,
                           choose_event_columns(schema, table.head().names));
    }
  }
  events.end_source();
}

}  // namespace mta
