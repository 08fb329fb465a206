#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "mta/identity/identity.hpp"

namespace mta {

/// A kind of the sightings, as the rules see it.
struct RankedKind {
  std::uint32_t priority = 0;  ///< the lower comes first
  IdentityLevel level = IdentityLevel::person;
  std::optional<std::uint32_t> limit;
  std::int64_t within = IdentifierKind::ever;
};
/// One entry a kind of the sightings.
[[nodiscard]] std::vector<RankedKind> ranked_kinds(const Sightings& sightings,
                                                   const IdentityRules& rules);

/// When each identifier was first seen with another; the largest time where it never was.
[[nodiscard]] std::vector<std::int64_t> first_linked(const Sightings& sightings);

/// What of a sighting may link: not ignored, not excluded with one of higher priority. By priority.
class SightingFilter {
 public:
  SightingFilter(const Sightings& sightings, const IdentityRules& rules,
                 std::span<const RankedKind> kinds);
  /// What `first_linked` gave: `load` needs it.
  void use_times(std::span<const std::int64_t> first) noexcept { first_ = first; }

  /// Whether all of every sighting may link as it stands, and makes persons.
  [[nodiscard]] bool keeps_everything() const noexcept { return keeps_everything_; }
  void load(std::size_t sighting);
  [[nodiscard]] std::span<const std::uint32_t> persons() const noexcept { return persons_; }
  [[nodiscard]] std::span<const std::uint32_t> accounts() const noexcept { return accounts_; }
  [[nodiscard]] std::span<const DroppedIdentifier> dropped() const noexcept { return dropped_; }

 private:
  [[nodiscard]] bool goes_before(std::uint32_t a, std::uint32_t b) const noexcept;
  [[nodiscard]] bool is_excluded(std::uint32_t identifier) const noexcept;

  const Sightings& sightings_;
  std::span<const RankedKind> kinds_;
  std::span<const std::int64_t> first_;
  enum Flag : std::uint8_t { ignored = 1, in_exclusion = 2 };
  std::vector<std::uint8_t> flags_;                                // empty where there are no lists
  std::vector<std::pair<std::uint32_t, std::uint32_t>> excluded_;  // the smaller first; rising
  bool keeps_everything_ = true;
  std::vector<std::uint32_t> members_, persons_, accounts_;
  std::vector<DroppedIdentifier> dropped_;
};

}  // namespace mta
