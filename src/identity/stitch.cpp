#include "mta/identity/stitch.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "identity/page_moves.hpp"
#include "identity/piece_order.hpp"
#include "identity/row_mover.hpp"
#include "mta/ingest/event_rows.hpp"

namespace mta {
namespace {

/// Gives the rows of a table, one after another, to their persons.
void add_rows(RowMover& mover, const EventRows& from, std::size_t first, std::size_t end,
              const PersonMap& persons) {
  const std::vector<std::uint32_t>& rows = from.conversions().row;
  auto conversion =
      static_cast<std::size_t>(std::lower_bound(rows.begin(), rows.end(), first) - rows.begin());
  PagePersons of_page;
  for (std::size_t row = first; row < end;) {
    const auto [page, begin] = from.place(row);
    const std::size_t run = std::min(end - row, page.size() - begin);
    of_page.load(page, persons);
    for (std::size_t i = begin; i < begin + run; ++i, ++row) {
      const PersonKey& person = of_page[i];
      mover.add(page, i, person);
      if (conversion == rows.size() || rows[conversion] != row) continue;
      mover.add_conversion(from.conversions(), conversion++, person);
    }
  }
}

/// Calls `visit(first row, end row, sequence)` for the pieces of a table that are of `source`.
template <class Visit>
void for_each_piece(const EventTable& table, std::uint64_t source, Visit visit) {
  const auto pieces = table.pieces();
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (PieceOrder::source_of(pieces[i].sequence) != source) continue;
    const std::size_t end = i + 1 < pieces.size() ? pieces[i + 1].first_row : table.size();
    visit(pieces[i].first_row, end, pieces[i].sequence);
  }
}

/// Writes all rows of a part anew.
void stitch_part(EventPart& part, const PersonMap& persons, const PieceOrder& order) {
  const EventPart::Rows before = part.take_rows();
  RowMover mover(part, order, before.tables.front().ids());
  EventRows rows;
  for (const std::uint64_t source : order.sources()) {
    for (std::size_t bucket = 0; bucket < bucket_count; ++bucket) {
      const EventTable& table = before.tables[bucket];
      bool loaded = false;
      for_each_piece(table, source,
                     [&](std::size_t first, std::size_t end, std::uint64_t sequence) {
                       if (!std::exchange(loaded, true)) rows.load(table, part.spilled());
                       mover.from(bucket, sequence);
                       add_rows(mover, rows, first, end, persons);
                     });
    }
  }
  mover.finish();
}

}  // namespace

Events stitch(Events events, const PersonMap& persons) {
  const auto buckets = touched_buckets(persons);
  if (buckets.none()) return events;
  const PieceOrder order(events);
  if (order.empty()) return events;
  for (std::size_t p = 0; p < events.parts(); ++p) {
    EventPart& part = events.part(p);
    const auto touched = touched_tables(part, persons, buckets);
    if (touched) {
      move_rows(part, *touched, persons, order);
    } else {
      stitch_part(part, persons, order);
    }
  }
  return events;
}

}  // namespace mta
