#include "mta/identity/stitch.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "ingest/event_writer.hpp"
#include "mta/core/error.hpp"
#include "mta/ingest/event_rows.hpp"

namespace mta {
namespace {

constexpr std::uint64_t source_of(std::uint64_t sequence) noexcept { return sequence >> 32; }

/// The pieces of the input in order, by source: what says where a row comes after stitching.
class PieceOrder {
 public:
  explicit PieceOrder(const Events& events) {
    for (std::size_t p = 0; p < events.parts(); ++p) {
      for (std::size_t bucket = 0; bucket < bucket_count; ++bucket) {
        for (const EventTable::Piece& piece : events.part(p).table(bucket).pieces()) {
          pieces_[source_of(piece.sequence)].push_back(piece.sequence);
        }
      }
    }
    for (auto& [source, pieces] : pieces_) {
      std::sort(pieces.begin(), pieces.end());
      pieces.erase(std::unique(pieces.begin(), pieces.end()), pieces.end());
      if (pieces.size() * bucket_count > std::uint64_t{1} << 32) {
        throw Error(Errc::overflow, "stitching: a source was read in " +
                                        std::to_string(pieces.size()) +
                                        " pieces, at most 2^24 can be kept in order");
      }
    }
  }

  /// Rises by source, then bucket, then piece: known for every row, and the same however the
  /// source was cut into pieces.
  [[nodiscard]] std::uint64_t sequence(std::uint64_t before, std::size_t bucket) const {
    const std::vector<std::uint64_t>& pieces = pieces_.at(source_of(before));
    const auto at = std::lower_bound(pieces.begin(), pieces.end(), before) - pieces.begin();
    return (source_of(before) << 32) + bucket * pieces.size() + static_cast<std::uint64_t>(at);
  }

  [[nodiscard]] const std::map<std::uint64_t, std::vector<std::uint64_t>>& by_source() const {
    return pieces_;
  }

 private:
  std::map<std::uint64_t, std::vector<std::uint64_t>> pieces_;
};

/// Moves the rows of one part to the tables of their persons.
class PartStitcher {
 public:
  PartStitcher(EventPart& part, const EventLayout& layout, const PersonMap& persons)
      : part_(part),
        writer_(part),
        persons_(persons),
        ids_(layout.conversion_ids.size()),
        codes_(layout.dimensions.size()) {}

  /// The rows of a table with new pieces' sequences, in their order.
  void move_rows(const EventRows& from, std::size_t first, std::size_t end, std::uint64_t sequence) {
    sequence_ = sequence;
    const std::vector<std::uint32_t>& rows = from.conversions().row;
    auto conversion =
        static_cast<std::size_t>(std::lower_bound(rows.begin(), rows.end(), first) - rows.begin());
    for (std::size_t row = first; row < end;) {
      const auto [page, begin] = from.place(row);
      const std::size_t run = std::min(end - row, page.size() - begin);
      for (std::size_t i = begin; i < begin + run; ++i, ++row) {
        const PersonKey person = move_row(page, i);
        if (conversion == rows.size() || rows[conversion] != row) continue;
        move_conversion(from.conversions(), conversion++, person);
      }
    }
  }
  void finish() { writer_.finish(); }

 private:
  PersonKey move_row(const EventPage& page, std::size_t i) {
    const PersonKey key = persons_.person(page.key(i));
    for (std::size_t d = 0; d < codes_.size(); ++d) codes_[d] = page.dimension(d, i);
    const auto pieces = part_.table(bucket_of(key)).pieces();
    if (pieces.empty() || pieces.back().sequence != sequence_) {
      writer_.begin_piece(bucket_of(key), sequence_);
    }
    writer_.append({key.high, key.low, page.kind(i), page.time(i)}, codes_);
    return key;
  }

  void move_conversion(const ConversionColumns& columns, std::size_t i, const PersonKey& person) {
    writer_.append_conversion(person, columns.value[i], std::span(columns.ids).subspan(i * ids_, ids_));
  }

  EventPart& part_;
  EventWriter writer_;
  const PersonMap& persons_;
  std::size_t ids_;
  std::vector<std::uint32_t> codes_;
  std::uint64_t sequence_ = 0;
};

/// Calls `visit(first row, end row, sequence)` for the pieces of a table that are of `source`.
template <class Visit>
void for_each_piece(const EventTable& table, std::uint64_t source, Visit visit) {
  const auto pieces = table.pieces();
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (source_of(pieces[i].sequence) != source) continue;
    const std::size_t end = i + 1 < pieces.size() ? pieces[i + 1].first_row : table.size();
    visit(pieces[i].first_row, end, pieces[i].sequence);
  }
}

void stitch_part(EventPart& part, const EventLayout& layout, const PersonMap& persons,
                 const PieceOrder& order) {
  const EventPart::Rows before = part.take_rows();
  PartStitcher stitcher(part, layout, persons);
  EventRows rows;
  for (const auto& [source, pieces] : order.by_source()) {
    for (std::size_t bucket = 0; bucket < bucket_count; ++bucket) {
      const EventTable& table = before.tables[bucket];
      bool loaded = false;
      for_each_piece(table, source, [&](std::size_t first, std::size_t end, std::uint64_t sequence) {
        if (!std::exchange(loaded, true)) rows.load(table, part.spilled());
        stitcher.move_rows(rows, first, end, order.sequence(sequence, bucket));
      });
    }
  }
  stitcher.finish();
}

}  // namespace

Events stitch(Events events, const PersonMap& persons) {
  const PieceOrder order(events);
  if (persons.empty() || order.by_source().empty()) return events;
  for (std::size_t p = 0; p < events.parts(); ++p) {
    stitch_part(events.part(p), events.layout(), persons, order);
  }
  return events;
}

}  // namespace mta
