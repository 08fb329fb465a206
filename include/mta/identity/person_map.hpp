#pragma once
#include <cstddef>
#include <cstdint>
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
///   Cost      construction and merge: O(n log n) in identifiers, 24 bytes each; person: one probe
class MTA_EXPORT PersonMap {
 public:
  PersonMap() = default;
  explicit PersonMap(const Links& links);

  /// The key of the person that an identifier belongs to.
  [[nodiscard]] PersonKey person(const PersonKey& identifier) const noexcept;
  /// How many identifiers that person has; 1 for an identifier in no link.
  [[nodiscard]] std::size_t identifiers_of(const PersonKey& identifier) const noexcept;

  [[nodiscard]] bool empty() const noexcept { return identifiers_.empty(); }
  /// Identifiers in any link.
  [[nodiscard]] std::size_t identifiers() const noexcept { return identifiers_.size(); }
  /// Persons that these make.
  [[nodiscard]] std::size_t persons() const noexcept { return persons_; }

  void merge(const PersonMap& other);

  friend bool operator==(const PersonMap& a, const PersonMap& b) noexcept {
    return a.identifiers_ == b.identifiers_ && a.person_ == b.person_;
  }

 private:
  static constexpr std::uint32_t absent = ~std::uint32_t{0};
  [[nodiscard]] std::uint32_t find(const PersonKey& identifier) const noexcept;
  [[nodiscard]] std::size_t slot_of(const PersonKey& identifier) const noexcept;
  /// Takes identifiers, each once, in any order, and then joins the pairs.
  void rebuild(std::vector<PersonKey> identifiers, const std::vector<Link>& pairs);

  std::vector<PersonKey> identifiers_;  // rising
  std::vector<std::uint32_t> person_;   // index of the smallest identifier of the same person
  std::vector<std::uint32_t> slots_;    // index + 1, 0 where free; a power of two of them
  std::size_t persons_ = 0;
};

}  // namespace mta
