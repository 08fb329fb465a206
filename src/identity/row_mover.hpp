#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "identity/piece_order.hpp"
#include "ingest/event_writer.hpp"
#include "mta/identity/person_map.hpp"
#include "mta/ingest/event_rows.hpp"

namespace mta {

/// The persons of a page's rows.
class PagePersons {
 public:
  void load(const EventPage& page, const PersonMap& persons) {
    keys_.resize(page.size());
    for (std::size_t i = 0; i < page.size(); ++i) keys_[i] = page.key(i);
    persons.replace_by_persons(keys_);
  }
  [[nodiscard]] const PersonKey& operator[](std::size_t row) const noexcept { return keys_[row]; }

 private:
  std::vector<PersonKey> keys_;
};

/// Gives rows to the tables of their persons, one at a time. Those of one table are given in its
/// order, tables by rising bucket; a person's key is the smallest of the identifiers', so no row
/// goes to a bucket whose table is still to come.
class RowMover {
 public:
  RowMover(EventPart& part, const PieceOrder& order, std::size_t ids)
      : part_(part), writer_(part), order_(order), ids_(ids), codes_(part.dimensions.size()) {}

  /// Rows from here on are of this piece of a table.
  void from(std::size_t bucket, std::uint64_t sequence) noexcept {
    bucket_ = bucket;
    stays_ = sequence;
    moves_ = order_.moved(sequence, bucket);
  }
  /// Appends row `i` of a page to `person`.
  void add(const EventPage& page, std::size_t i, const PersonKey& person);
  /// What the row that was added last carries as a conversion.
  void add_conversion(const ConversionColumns& columns, std::size_t i, const PersonKey& person) {
    writer_.append_conversion(person, columns.value[i],
                              std::span(columns.ids).subspan(i * ids_, ids_));
  }
  void finish() { writer_.finish(); }

 private:
  EventPart& part_;
  EventWriter writer_;
  const PieceOrder& order_;
  std::size_t ids_;
  std::vector<std::uint32_t> codes_;
  std::size_t bucket_ = 0;
  std::uint64_t stays_ = 0, moves_ = 0;  // the piece's sequence, by where a row goes
};

}  // namespace mta
