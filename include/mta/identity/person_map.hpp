#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/core/hash.hpp"
#include "mta/identity/links.hpp"

namespace mta {

/// Identifiers to persons: the connected components of links. A person's key is the smallest of its
/// identifiers' keys; an identifier in no link is a person of its own.
///
///   Promises  the map depends on the set of links alone; merging maps is making one of all links
///   Errors    @throws Error{Errc::overflow} beyond 2^32 - 2 identifiers
///   Cost      construction and merge: a sort of the identifiers; 28 to 36 bytes each afterwards;
///             person: one probe, as a rule
class MTA_EXPORT PersonMap {
 public:
  PersonMap() = default;
  explicit PersonMap(const Links& links);

  /// The key of the person that an identifier belongs to.
  [[nodiscard]] PersonKey person(const PersonKey& identifier) const noexcept;

  /// `person` of each, in place. Faster than one by one: places in memory are fetched side by side.
  void replace_by_persons(std::span<PersonKey> identifiers) const noexcept;

  [[nodiscard]] bool empty() const noexcept { return identifiers_.empty(); }
  /// How many identifiers are in a link.
  [[nodiscard]] std::size_t identifiers() const noexcept { return identifiers_.size(); }
  /// How many persons these make.
  [[nodiscard]] std::size_t persons() const noexcept { return persons_; }

  /// The identifiers in a link, rising, and the person of each.
  [[nodiscard]] std::span<const PersonKey> linked() const noexcept { return identifiers_; }
  [[nodiscard]] const PersonKey& person_of_linked(std::size_t i) const noexcept {
    return identifiers_[person_[i]];
  }

  void merge(const PersonMap& other);

  /// As bytes, the same for equal maps: docs/formats/identity.md.
  [[nodiscard]] std::string save() const;
  /// @throws Error{Errc::corrupt_state}, Errc::foreign_state where the format is of another version
  [[nodiscard]] static PersonMap load(std::string_view bytes);

  friend bool operator==(const PersonMap& a, const PersonMap& b) noexcept {
    return a.identifiers_ == b.identifiers_ && a.person_ == b.person_;
  }

 private:
  friend PersonMap make_person_map(std::vector<PersonKey> identifiers,
                                   std::vector<std::uint32_t> person);
  PersonMap(std::vector<PersonKey> identifiers, std::span<const Link> links);
  /// Where an identifier is in the table, or the free slot where it would go.
  [[nodiscard]] std::size_t slot_of(const PersonKey& identifier) const noexcept;
  void replace_some(std::span<PersonKey> identifiers) const noexcept;
  void index_identifiers();
  void join(std::span<const Link> links);
  void add_links(std::vector<Link>& links) const;

  std::vector<PersonKey> identifiers_;  // rising
  std::vector<std::uint32_t> person_;   // index of the smallest identifier of the same person
  std::vector<std::uint32_t> slots_;    // index + 1, 0 where free; a power of two of them
  std::size_t persons_ = 0;
};

}  // namespace mta
