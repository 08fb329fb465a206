#include "mta/ingest/row_finder.hpp"

#include <memory>
#include <utility>
#include <vector>

#include "ingest/input_table.hpp"
#include "ingest/link_sink.hpp"
#include "ingest/made_columns.hpp"
#include "ingest/made_sink.hpp"
#include "mta/core/error.hpp"
#include "mta/ingest/reader.hpp"

namespace mta {
namespace {

/// What no parser says of a row: so a row that is found goes the way of one that is rejected, with
/// its line and in its order.
constexpr RejectReason is_found = RejectReason::empty_visitor;

/// Turns what a sink says of a row round: what it takes is found, and all else passes.
template <class Sink>
class FindingSink final : public RowSink {
 public:
  explicit FindingSink(std::unique_ptr<Sink> sink) : sink_(std::move(sink)) {}

  void begin_block(std::uint64_t number) override { sink_->begin_block(number); }
  std::optional<RejectReason> add(std::span<const std::string_view> slots) override {
    if (sink_->add(slots)) return std::nullopt;
    return is_found;
  }
  [[nodiscard]] Sink& sink() noexcept { return *sink_; }

 private:
  std::unique_ptr<Sink> sink_;
};

/// @param make_sink  makes a sink for one thread
template <class Sink, class MakeSink>
void find_with(InputTable& table, const ColumnPlan& plan, std::size_t threads, MakeSink make_sink) {
  std::vector<std::unique_ptr<RowSink>> sinks;
  std::vector<Sink*> inner;
  for (std::size_t i = 0; i < threads; ++i) {
    auto finding = std::make_unique<FindingSink<Sink>>(make_sink());
    inner.push_back(&finding->sink());
    sinks.push_back(std::move(finding));
  }
  IngestReport report;  // of rejects that are none
  table.read<RowSink>(plan, sinks, report);
  for (Sink* sink : inner) sink->finish();
}

}  // namespace

void find_rows(Source source, const Schema& schema, RowsAre rows, const ReadOptions& options,
               const RowVisitor& found) {
  check_options(options);
  if (schema.identifiers.empty() || !options.persons) {
    throw Error(
        Errc::invalid_option,
        "rows can be found by identifiers: the schema must name some, and persons be given");
  }
  ReadOptions reading = options;
  reading.largest_rejected_share = 1;
  reading.rejects = [&](std::string_view name, std::uint64_t line, RejectReason reason,
                        std::string_view row) {
    if (reason == is_found) found(name, line, row);
  };
  InputTable table(source, schema.delimiter, reading);
  if (!table.head().has_rows) return;
  if (rows == RowsAre::links) {
    const LinkColumns columns = choose_link_columns(schema, table.head().names);
    find_with<LinkSink>(table, columns.plan, reading.threads, [&] {
      return std::make_unique<LinkSink>(schema, columns, reading.persons());
    });
    return;
  }
  Events none(layout_of(schema));
  const MadeColumns columns = choose_made_columns(schema, table.head().names);
  find_with<MadeSink>(table, columns.plan, reading.threads, [&] {
    return std::make_unique<MadeSink>(none.add_part(), 0, schema, columns, reading.persons());
  });
}

}  // namespace mta
