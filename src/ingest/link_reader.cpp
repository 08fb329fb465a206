#include "mta/ingest/link_reader.hpp"

#include "ingest/column_finder.hpp"
#include "ingest/input_table.hpp"
#include "ingest/link_sink.hpp"
#include "mta/core/error.hpp"

namespace mta {
LinkColumns choose_link_columns(const Schema& schema, const ColumnNames& names) {
  ColumnFinder finder(names);
  LinkColumns columns;
  columns.identifiers = find_identifiers(finder, schema, names);
  if (const auto time = find_time(finder, schema)) columns.time = *time;
  columns.plan = finder.take();
  return columns;
}

IngestReport read_links(Source source, const Schema& schema, const ReadOptions& options) {
  check_options(options);
  if (schema.identifiers.empty() || !options.persons) {
    throw Error(Errc::invalid_option,
                "links: the schema must name identifiers, and persons be given");
  }
  IngestReport report;
  InputTable table(source, schema.delimiter, options);
  if (!table.head().has_rows) return report;
  LinkColumns columns = choose_link_columns(schema, table.head().names);
  std::vector<std::unique_ptr<LinkSink>> sinks;
  for (std::size_t i = 0; i < options.threads; ++i) {
    sinks.push_back(std::make_unique<LinkSink>(schema, columns, options.persons()));
  }
  table.read<LinkSink>(columns.plan, sinks, report);
  for (const auto& sink : sinks) sink->finish();
  report.columns = std::move(columns.plan.choices);
  return report;
}

}  // namespace mta
