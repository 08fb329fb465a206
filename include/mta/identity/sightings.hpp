#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/core/units.hpp"
#include "mta/identity/identifier.hpp"
#include "mta/identity/links.hpp"

namespace mta {

class ByteReader;

enum class KeepTexts {
  no,   ///< identifiers are known by their keys alone
  yes,  ///< and by their normal forms, for explanations
};

/// Texts of one kind that were no identifiers.
struct RefusedTexts {
  std::uint64_t blocked = 0;
  std::uint64_t malformed = 0;
  friend bool operator==(const RefusedTexts&, const RefusedTexts&) = default;
};

/// Two or more identifiers that were seen together.
struct Sighting {
  std::span<const std::uint32_t> identifiers;  ///< numbers of `Sightings`, rising
  TimePoint first;
  TimePoint last;
  std::uint64_t events = 0;  ///< how often
};

/// Which identifiers were seen together, when first and last, and how often: all that persons are
/// made of. The same identifiers seen again add to what is known of them.
///
///   Promises  what is made of it depends on what was added alone, not on the order of `add` and
///             `merge`; the numbers of identifiers, kinds and sightings do depend on it
///   Errors    add, merge: @throws Error{Errc::overflow} beyond 2^31 - 2 identifiers, sightings, or
///             members of sightings of three and more
///   Cost      add: a few probes. 32 bytes a sighting of two and 6 to 12 for finding it again, 4
///             more a member of larger ones; 22 to 28 bytes an identifier, and its text where kept
class MTA_EXPORT Sightings {
 public:
  explicit Sightings(KeepTexts texts = KeepTexts::no) : keep_texts_(texts) {}

  /// The number of a kind; a new one where the name is new.
  KindId kind(std::string_view name);
  [[nodiscard]] std::span<const std::string> kinds() const noexcept { return kinds_; }

  /// Identifiers that belong together, seen in so many events; a repeated one counts once, and one
  /// alone only becomes known. @pre their kinds are of this `kind` (asserted)
  void add(TimePoint time, std::span<const Identifier> together, std::uint64_t events = 1);
  /// The pairs of a link file, as visitors seen together once at a time.
  void add(const Links& links, TimePoint time = {});
  /// Keeps the text of an identifier, where texts are kept.
  void keep_text(const Identifier& identifier, std::string_view text);
  /// Counts a text that is no identifier.
  RefusedTexts& refused(KindId kind) { return refused_[index(kind)]; }
  [[nodiscard]] const RefusedTexts& refused(KindId kind) const { return refused_[index(kind)]; }

  void merge(const Sightings& other);
  /// Takes back what `merge` added: counts fall, and a sighting that no event is left of goes, with
  /// the identifiers that only it had; what was seen alone stays known. First and last times of
  /// what stays are not taken back.
  /// @throws Error{Errc::foreign_state} where `other` has what this has not; this is then as before
  void subtract(const Sightings& other);
  /// Forgets identifiers: nothing that was seen with them links through them any more.
  void erase(std::span<const PersonKey> keys);

  [[nodiscard]] bool empty() const noexcept { return entries_.empty(); }
  [[nodiscard]] std::size_t size() const noexcept { return records_.size(); }
  [[nodiscard]] std::size_t identifiers() const noexcept { return entries_.size(); }
  [[nodiscard]] Sighting sighting(std::size_t i) const noexcept;
  [[nodiscard]] Identifier identifier(std::size_t i) const noexcept;
  [[nodiscard]] KeepTexts keeps_texts() const noexcept { return keep_texts_; }
  /// The text of an identifier; empty where none was kept.
  [[nodiscard]] std::string_view text(std::size_t i) const noexcept;
  static constexpr std::uint32_t unknown = ~std::uint32_t{0};
  /// The number of an identifier; `unknown` where it never was seen.
  [[nodiscard]] std::uint32_t find(const PersonKey& key) const noexcept;
  [[nodiscard]] std::size_t bytes() const noexcept;

  /// As bytes, the same for equal sightings: docs/formats/identity.md.
  [[nodiscard]] std::string save() const;
  /// @throws Error{Errc::corrupt_state}, Errc::foreign_state where the format is of another version
  [[nodiscard]] static Sightings load(std::string_view bytes);

  friend bool operator==(const Sightings& a, const Sightings& b) { return a.save() == b.save(); }

 private:
  friend class SightingWriter;
  struct Entry {
    std::uint64_t high;
    std::uint32_t low;
    std::uint16_t kind;
    std::uint16_t alone;  // 1 where it was seen without others
  };
  /// A pair, or the place and number of more members; the number carries `many`.
  struct Record {
    std::array<std::uint32_t, 2> pair;
    TimePoint first, last;
    std::uint64_t events;
  };
  static constexpr std::uint32_t many = std::uint32_t{1} << 31;

  /// Ask for the places of identifiers that are added soon: `prefetch_slot`, later
  /// `prefetch_entry`.
  void prefetch_slot(const PersonKey& key) const noexcept;
  void prefetch_entry(const PersonKey& key) const noexcept;
  std::uint32_t number_of(const Identifier& identifier);
  [[nodiscard]] std::size_t entry_slot(const PersonKey& key) const noexcept;
  [[nodiscard]] std::size_t record_slot(std::span<const std::uint32_t> members) const noexcept;
  [[nodiscard]] std::span<const std::uint32_t> members(const Record& record) const noexcept;
  void add_numbers(std::span<const std::uint32_t> rising, const Sighting& seen);
  [[nodiscard]] std::vector<Identifier> read_identifiers(ByteReader& reader);
  void grow_entries();
  void grow_records();
  [[nodiscard]] std::vector<std::uint32_t> numbers_in(const Sightings& other) const;
  void expect_contains(const Sightings& other) const;
  /// A copy of those with events, without the identifiers marked.
  [[nodiscard]] Sightings without(std::span<const std::uint8_t> erased) const;

  KeepTexts keep_texts_;
  std::vector<std::string> kinds_;
  std::vector<RefusedTexts> refused_;
  std::vector<Entry> entries_;
  std::vector<std::string> texts_;
  std::vector<Record> records_;
  std::vector<std::uint32_t> members_;       // of records with `many`
  std::vector<std::uint32_t> entry_slots_;   // number + 1, 0 where free; a power of two of them
  std::vector<std::uint32_t> record_slots_;  // likewise
  std::vector<std::uint32_t> scratch_;
};

}  // namespace mta
