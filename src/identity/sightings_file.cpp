#include <algorithm>
#include <utility>

#include "identity/file_format.hpp"
#include "identity/key_order.hpp"
#include "mta/identity/sightings.hpp"

// docs/formats/identity.md
namespace mta {
namespace {

constexpr FileFormat format{0x5341'544D, 1, "MTAS"};  // "MTAS", as bytes in the file

/// What of the numbers depends on order: identifiers by key, kinds by name, sightings by members.
class Ranks {
 public:
  explicit Ranks(const Sightings& sightings)
      : by_key(numbers_by_key(sightings)), of_(places_in(by_key)) {
    for (std::uint32_t i = 0; i < sightings.size(); ++i) {
      rows.push_back({0, 0, i});
      const auto members = sightings.sighting(i).identifiers;
      if (members.size() > 2) continue;  // told apart below
      rows.back().a = std::min(of_[members[0]], of_[members[1]]);
      rows.back().b = std::max(of_[members[0]], of_[members[1]]);
    }
    std::sort(rows.begin(), rows.end(), [&](const Row& x, const Row& y) {
      if (x.a != y.a || x.b != y.b) return std::pair(x.a, x.b) < std::pair(y.a, y.b);
      return x.i != y.i && members(sightings, x.i) < members(sightings, y.i);
    });
  }

  [[nodiscard]] std::vector<std::uint32_t> members(const Sightings& sightings,
                                                   std::size_t i) const {
    std::vector<std::uint32_t> ranks;
    for (const std::uint32_t member : sightings.sighting(i).identifiers)
      ranks.push_back(of_[member]);
    std::sort(ranks.begin(), ranks.end());
    return ranks;
  }

  struct Row {
    std::uint32_t a, b, i;
  };
  std::vector<std::uint32_t> by_key;
  std::vector<Row> rows;

 private:
  std::vector<std::uint32_t> of_;
};

/// The kinds that say something, by name.
std::vector<std::uint32_t> kinds_by_name(const Sightings& sightings) {
  std::vector<std::uint8_t> used(sightings.kinds().size());
  for (std::size_t i = 0; i < sightings.identifiers(); ++i) {
    used[index(sightings.identifier(i).kind)] = 1;
  }
  std::vector<std::uint32_t> kinds;
  for (std::uint32_t k = 0; k < used.size(); ++k) {
    if (used[k] != 0 || sightings.refused(static_cast<KindId>(k)) != RefusedTexts{}) {
      kinds.push_back(k);
    }
  }
  std::sort(kinds.begin(), kinds.end(), [&](std::uint32_t a, std::uint32_t b) {
    return sightings.kinds()[a] < sightings.kinds()[b];
  });
  return kinds;
}

void write_kinds(ByteWriter& writer, const Sightings& sightings,
                 std::span<const std::uint32_t> kinds) {
  writer.u64(kinds.size());
  for (const std::uint32_t kind : kinds) {
    writer.text(sightings.kinds()[kind]);
    writer.u64(sightings.refused(static_cast<KindId>(kind)).blocked);
    writer.u64(sightings.refused(static_cast<KindId>(kind)).malformed);
  }
}

void read_kinds(ByteReader& reader, Sightings& sightings) {
  const std::size_t kinds = reader.count(24);
  for (std::size_t k = 0; k < kinds; ++k) {
    const std::string_view name = reader.text();
    if (k > 0 && name <= sightings.kinds().back()) corrupt("kinds must rise in byte order");
    RefusedTexts& refused = sightings.refused(sightings.kind(name));
    refused.blocked = reader.u64();
    refused.malformed = reader.u64();
  }
}

void write_members(ByteWriter& writer, const Sightings& sightings, const Ranks& ranks,
                   const Ranks::Row& row) {
  const std::size_t size = sightings.sighting(row.i).identifiers.size();
  writer.u32(static_cast<std::uint32_t>(size));
  if (size == 2) {
    writer.u32(row.a);
    writer.u32(row.b);
    return;
  }
  for (const std::uint32_t member : ranks.members(sightings, row.i)) writer.u32(member);
}

std::vector<Identifier> read_members(ByteReader& reader, std::span<const Identifier> known) {
  const std::uint32_t size = reader.u32();
  if (size < 2 || size > known.size()) corrupt("a sighting is of two identifiers or more");
  std::vector<Identifier> members;
  for (std::uint32_t m = 0, last = 0; m < size; ++m) {
    const std::uint32_t rank = reader.u32();
    if (rank >= known.size() || (m > 0 && rank <= last)) corrupt("identifiers must rise");
    members.push_back(known[rank]);
    last = rank;
  }
  return members;
}

}  // namespace

std::string Sightings::save() const {
  ByteWriter writer;
  format.write(writer);
  const std::vector<std::uint32_t> kinds = kinds_by_name(*this);
  write_kinds(writer, *this, kinds);
  std::vector<std::uint32_t> place(kinds_.size());
  for (std::uint32_t k = 0; k < kinds.size(); ++k) place[kinds[k]] = k;
  const Ranks ranks(*this);
  writer.u32(keep_texts_ == KeepTexts::yes ? 1 : 0);
  writer.u64(entries_.size());
  for (const std::uint32_t i : ranks.by_key) {
    writer.u64(entries_[i].high);
    writer.u32(entries_[i].low);
    writer.u32(place[entries_[i].kind] * 2 + entries_[i].alone);
    if (keep_texts_ == KeepTexts::yes) writer.text(text(i));
  }
  writer.u64(records_.size());
  for (const Ranks::Row& row : ranks.rows) {
    write_members(writer, *this, ranks, row);
    writer.i64(records_[row.i].first.micros);
    writer.i64(records_[row.i].last.micros);
    writer.u64(records_[row.i].events);
  }
  return writer.seal();
}

std::vector<Identifier> Sightings::read_identifiers(ByteReader& reader) {
  const bool with_texts = keep_texts_ == KeepTexts::yes;
  std::vector<Identifier> known(reader.count(with_texts ? 24 : 16));
  for (std::size_t i = 0; i < known.size(); ++i) {
    known[i].key.high = reader.u64();
    known[i].key.low = reader.u32();
    const std::uint32_t kind = reader.u32();
    if (kind / 2 >= kinds_.size()) corrupt("an identifier's kind is unknown");
    if (i > 0 && known[i].key <= known[i - 1].key) corrupt("identifiers must rise");
    known[i].kind = static_cast<KindId>(kind / 2);
    entries_[number_of(known[i])].alone = kind % 2;
    const std::string_view text = with_texts ? reader.text() : std::string_view();
    if (!text.empty()) keep_text(known[i], text);
  }
  return known;
}

Sightings Sightings::load(std::string_view bytes) {
  ByteReader reader(bytes);
  format.read(reader);
  Sightings result;
  read_kinds(reader, result);
  const std::uint32_t texts = reader.u32();
  if (texts > 1) corrupt("texts are kept or not");
  result.keep_texts_ = texts == 1 ? KeepTexts::yes : KeepTexts::no;
  const std::vector<Identifier> known = result.read_identifiers(reader);
  const std::size_t sightings = reader.count(36);
  for (std::size_t i = 0; i < sightings; ++i) {
    const std::vector<Identifier> members = read_members(reader, known);
    const TimePoint first{reader.i64()}, last{reader.i64()};
    const std::uint64_t events = reader.u64();
    if (first > last || events == 0) corrupt("a sighting must have times and events");
    result.add(first, members, events);
    if (result.size() != i + 1) corrupt("a sighting is there twice");
    result.records_.back().last = last;
  }
  reader.expect_end();
  return result;
}

}  // namespace mta
