#include "identity/page_moves.hpp"

#include <limits>
#include <span>

#include "identity/row_mover.hpp"
#include "ingest/event_page.hpp"
#include "mta/ingest/event_rows.hpp"

namespace mta {
namespace {

/// Of the pages of a part: where more than one in so many is touched, all rows are written anew.
constexpr std::size_t largest_touched_share = 4;
/// Of the memory of a part: where more than one byte in so many is of no use, likewise.
constexpr std::size_t largest_lost_share = 3;

bool is_touched(const EventPage& page, const PagePersons& persons) noexcept {
  for (std::size_t i = 0; i < page.size(); ++i) {
    if (persons[i] != page.key(i)) return true;
  }
  return false;
}

/// Rows that move come last, which is in order only where all are of one source: as read, they are.
bool is_of_one_source(const EventPart& part) {
  std::optional<std::uint64_t> source;
  for (std::size_t bucket = 0; bucket < bucket_count; ++bucket) {
    for (const EventTable::Piece& piece : part.table(bucket).pieces()) {
      if (source.value_or(PieceOrder::source_of(piece.sequence)) !=
          PieceOrder::source_of(piece.sequence)) {
        return false;
      }
      source = PieceOrder::source_of(piece.sequence);
    }
  }
  return true;
}

bool is_on_disk(const EventPart& part) {
  for (std::size_t bucket = 0; bucket < bucket_count; ++bucket) {
    if (!part.table(bucket).extents().empty()) return true;
  }
  return part.may_spill();
}

std::size_t pages_of(const EventPart& part) {
  std::size_t pages = 0;
  for (std::size_t bucket = 0; bucket < bucket_count; ++bucket) {
    pages += part.table(bucket).pages().size();
  }
  return pages;
}

/// Takes one table apart and puts it together again without the rows that go elsewhere.
class TableEdit {
 public:
  TableEdit(EventPart& part, std::size_t bucket, const PersonMap& persons, RowMover& mover)
      : part_(part),
        bucket_(bucket),
        persons_(persons),
        mover_(mover),
        before_(part.take_table(bucket)),
        codes_(before_.dimensions()),
        room_(OpenPage::room(before_.dimensions())),
        held_(room_.data(), before_.dimensions()) {}

  void run(std::span<const std::uint32_t> touched) {
    const std::span<const std::byte* const> pages = before_.pages();
    auto next = touched.begin();
    std::size_t row = 0;
    for (std::uint32_t p = 0; p < pages.size(); ++p) {
      const EventPage page(pages[p], before_.dimensions(), row);
      row += page.size();
      if (next != touched.end() && *next == p) {
        ++next;
        split(page);
        part_.lose_room(static_cast<std::size_t>(page.end() - pages[p]));
      } else {
        keep(page, pages[p]);
      }
    }
  }

 private:
  [[nodiscard]] EventTable& after() noexcept { return part_.table(bucket_); }
  [[nodiscard]] std::size_t kept() noexcept { return after().size() + held_.rows(); }

  void keep(const EventPage& page, const std::byte* bytes) {
    const std::size_t first = page.first_row(), end = first + page.size();
    while (next_piece_ < before_.pieces().size() && before_.pieces()[next_piece_].first_row < end) {
      begin_piece(before_.pieces()[next_piece_].first_row - first);
    }
    while (has_conversion_before(end)) {
      take_conversion(after().size() + before_.conversions().row[conversion_] - first);
    }
    after().append_page(bytes, page.size());
  }

  void split(const EventPage& page) {
    person_.load(page, persons_);
    for (std::size_t i = 0; i < page.size(); ++i) {
      const std::size_t row = page.first_row() + i;
      while (next_piece_ < before_.pieces().size() &&
             before_.pieces()[next_piece_].first_row <= row) {
        begin_piece(0);
      }
      const PersonKey& person = person_[i];
      if (bucket_of(person) == bucket_) {
        hold(page, i, person);
        if (has_conversion_before(row + 1)) take_conversion(kept() - 1);
        continue;
      }
      mover_.add(page, i, person);
      if (!has_conversion_before(row + 1)) continue;
      mover_.add_conversion(before_.conversions(), conversion_++, person);
    }
    add_held();
  }

  void add_held() {
    if (held_.rows() == 0) return;
    part_.append_page(bucket_, held_.finish(), held_.rows());
    held_.clear();
  }

  /// The next piece begins, `ahead` rows behind those kept so far.
  void begin_piece(std::size_t ahead) {
    const std::uint64_t sequence = before_.pieces()[next_piece_++].sequence;
    after().begin_piece(sequence, kept() + ahead);
    mover_.from(bucket_, sequence);
  }

  void hold(const EventPage& page, std::size_t i, const PersonKey& person) {
    const EventRecord record{person.high, person.low, page.kind(i), page.time(i)};
    for (std::size_t d = 0; d < codes_.size(); ++d) codes_[d] = page.dimension(d, i);
    if (held_.append(record, codes_)) return;
    add_held();
    held_.begin(record, part_.kinds().size());
    (void)held_.append(record, codes_);
  }

  [[nodiscard]] bool has_conversion_before(std::size_t row) const noexcept {
    const std::vector<std::uint32_t>& rows = before_.conversions().row;
    return conversion_ < rows.size() && rows[conversion_] < row;
  }
  void take_conversion(std::size_t row) {
    const ConversionColumns& columns = before_.conversions();
    const std::size_t ids = before_.ids(), i = conversion_++;
    after().append_conversion(static_cast<std::uint32_t>(row), columns.value[i],
                              std::span(columns.ids).subspan(i * ids, ids));
  }

  EventPart& part_;
  std::size_t bucket_;
  const PersonMap& persons_;
  RowMover& mover_;
  PagePersons person_;
  EventTable before_;
  std::size_t next_piece_ = 0, conversion_ = 0;  // of the table as it was
  std::vector<std::uint32_t> codes_;             // of one row
  std::vector<std::byte> room_;
  OpenPage held_;  // rows of the page at hand that stay
};

}  // namespace

std::bitset<bucket_count> touched_buckets(const PersonMap& persons) {
  std::bitset<bucket_count> buckets;
  for (std::size_t i = 0; i < persons.linked().size(); ++i) {
    const PersonKey& identifier = persons.linked()[i];
    if (persons.person_of_linked(i) != identifier) buckets.set(bucket_of(identifier));
  }
  return buckets;
}

std::optional<std::vector<TouchedTable>> touched_tables(const EventPart& part,
                                                        const PersonMap& persons,
                                                        const std::bitset<bucket_count>& buckets) {
  if (is_on_disk(part) || !is_of_one_source(part)) return std::nullopt;
  if (part.lost_room() > part.bytes() / largest_lost_share) return std::nullopt;
  std::size_t room = pages_of(part) / largest_touched_share;
  std::vector<TouchedTable> tables;
  EventRows rows;
  PagePersons person;
  for (std::size_t bucket = 0; bucket < bucket_count; ++bucket) {
    if (!buckets.test(bucket)) continue;
    rows.load(part.table(bucket), nullptr);
    TouchedTable touched{bucket, {}};
    for (std::uint32_t p = 0; p < rows.pages().size(); ++p) {
      person.load(rows.pages()[p], persons);
      if (!is_touched(rows.pages()[p], person)) continue;
      if (room-- == 0) return std::nullopt;
      touched.pages.push_back(p);
    }
    if (!touched.pages.empty()) tables.push_back(std::move(touched));
  }
  return tables;
}

void move_rows(EventPart& part, const std::vector<TouchedTable>& tables, const PersonMap& persons,
               const PieceOrder& order) {
  if (tables.empty()) return;
  RowMover mover(part, order, part.table(0).ids());
  for (const TouchedTable& touched : tables) {
    TableEdit(part, touched.bucket, persons, mover).run(touched.pages);
  }
  mover.finish();
}

}  // namespace mta
