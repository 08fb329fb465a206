// Reading what a spec asks about, and answering.
#include "pipeline/run_sources.hpp"

#include <utility>

#include "mta/ingest/link_reader.hpp"
#include "mta/ingest/reader.hpp"
#include "mta/pipeline/run.hpp"
#include "pipeline/each_source.hpp"

namespace mta {

Events read_sources(Run& run, const Spec& spec, std::vector<Source> given,
                    const ReadOptions& reading) {
  Events events(run.layout(), run.storage());
  for_each_source(spec, std::move(given), [&](Source source, const Schema& schema, RowsAre rows) {
    const ReadOptions of_source = run.reading(schema, reading);
    if (rows == RowsAre::events) {
      read(events, std::move(source), schema, of_source);
      return;
    }
    IngestReport report = read_links(std::move(source), schema, of_source);
    report.rows -= report.events;  // which are none: rows are events and rejects
    report.events = 0;
    events.report.merge(report);
  });
  return events;
}

Result run(const Spec& spec, std::vector<Source> sources, const RunOptions& options,
           ReadOptions reading) {
  Run run(spec, options);
  run.add(read_sources(run, spec, std::move(sources), reading));
  return run.finish();
}

Result run_paths(const Spec& spec, Source source, const RunOptions& options, ReadOptions reading) {
  Run run(spec, options);
  reading.threads = options.threads;
  reading.control.stop = options.stop;
  PathSchema schema;
  schema.delimiter = spec.columns.delimiter;
  run.add(read_paths(std::move(source), schema, reading));
  return run.finish();
}

}  // namespace mta
