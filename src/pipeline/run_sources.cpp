// Reading what a spec asks about, and answering.
#include "mta/ingest/link_reader.hpp"
#include "mta/ingest/reader.hpp"
#include "mta/pipeline/run.hpp"

namespace mta {

Result run(const Spec& spec, std::vector<Source> sources, const RunOptions& options,
           ReadOptions reading) {
  Run run(spec, options);
  Events events(run.layout(), run.storage());
  const ReadOptions with_persons = run.reading(run.schema(), reading);
  for (Source& source : sources) read(events, std::move(source), run.schema(), with_persons);
  for (const SourceSpec& source : spec.sources) {
    const Schema schema = run.schema(source);
    const ReadOptions of_source = run.reading(schema, reading);
    for (const std::string& file : source.files) {
      if (source.rows == SourceSpec::Rows::events) {
        read(events, Source::file(file), schema, of_source);
      } else {
        IngestReport report = read_links(Source::file(file), schema, of_source);
        report.rows -= report.events;  // which are none: rows are events and rejects
        report.events = 0;
        events.report.merge(report);
      }
    }
  }
  run.add(std::move(events));
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
