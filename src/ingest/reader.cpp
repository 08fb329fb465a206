#include "mta/ingest/reader.hpp"

#include <utility>

#include "ingest/event_sink.hpp"
#include "ingest/input_table.hpp"
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

void read(Events& events, Source source, const Schema& schema, const ReadOptions& options) {
  check_options(options);
  if (events.layout() != layout_of(schema)) {
    throw Error(
        Errc::invalid_option,
        source.name() + ": the events have other dimensions or conversion ids than the schema");
  }
  InputTable table(source, schema.delimiter, options);
  if (table.head().has_rows) {
    EventColumns columns = choose_event_columns(schema, table.head().names);
    std::vector<std::unique_ptr<EventSink>> sinks;
    for (std::size_t i = 0; i < options.threads; ++i) {
      sinks.push_back(std::make_unique<EventSink>(events.add_part(), events.next_sequence(), schema,
                                                  columns.slots));
    }
    IngestReport report;
    table.read<EventSink>(columns.plan, sinks, report);
    for (const auto& sink : sinks) sink->finish();
    report.columns = std::move(columns.plan.choices);
    events.report.merge(report);
  }
  events.end_source();
}

}  // namespace mta
