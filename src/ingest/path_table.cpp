#include "mta/ingest/path_table.hpp"

#include <memory>
#include <utility>

#include "ingest/input_table.hpp"
#include "ingest/path_sink.hpp"

namespace mta {
PathTable read_paths(Source source, const PathSchema& schema, const ReadOptions& options) {
  check_options(options);
  PathTable table;
  InputTable input(source, schema.delimiter, options);
  if (!input.head().has_rows) return table;
  PathColumns columns = choose_path_columns(schema, input.head().names);
  std::vector<std::unique_ptr<PathSink>> sinks;  // one, since rows stay in order of input
  sinks.push_back(std::make_unique<PathSink>(table, schema.separator, columns.slots,
                                             source.size() / options.block));
  input.read<PathSink>(columns.plan, sinks, table.report);
  table.report.columns = std::move(columns.plan.choices);
  return table;
}

}  // namespace mta
