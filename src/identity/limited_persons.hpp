#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "identity/person_sets.hpp"

namespace mta {

/// How many distinct identifiers of a kind a person may have that were first linked less than
/// `within` apart.
struct KindLimit {
  static constexpr std::uint32_t none = ~std::uint32_t{0};
  std::uint32_t limit = none;
  std::uint64_t within = ~std::uint64_t{0};
};

/// Persons whose identifiers of some kinds are limited.
///
///   Promises  after `join` no person has more than the limit of identifiers of a kind in any
///             window, but for what `force` did
///   Cost      join: the limited identifiers of all persons but the largest, times the limit
class LimitedPersons {
 public:
  /// One entry an identifier: its kind, and when it was first linked, in microseconds.
  struct Member {
    std::uint16_t kind;
    std::int64_t first;
  };
  LimitedPersons(PersonSets& sets, std::span<const KindLimit> kinds, std::vector<Member> members);

  enum class Joined { yes, over_limit };
  /// Makes one person of all, unless that would exceed a limit.
  Joined join(std::span<const std::uint32_t> identifiers);
  /// Makes one person of two whatever the limits.
  void force(std::uint32_t a, std::uint32_t b);

 private:
  using List = std::vector<std::uint32_t>;  // limited identifiers by kind, first time, number
  [[nodiscard]] bool before(std::uint32_t a, std::uint32_t b) const noexcept;
  [[nodiscard]] bool is_limited(std::uint32_t i) const noexcept;
  /// The limited identifiers of a root; `single` holds the list of an identifier on its own.
  [[nodiscard]] std::span<const std::uint32_t> list(std::uint32_t root,
                                                    std::uint32_t& single) const;
  void find_roots(std::span<const std::uint32_t> identifiers);
  void gather();
  [[nodiscard]] bool exceeds();
  [[nodiscard]] bool run_exceeds(std::span<const std::uint32_t> run);
  void add_others(List& list) const;
  void unite_roots();

  PersonSets& sets_;
  std::span<const KindLimit> kinds_;
  std::vector<Member> members_;
  std::vector<std::uint32_t> list_of_;  // by root: place in lists_ + 1, 0 where there is none
  std::vector<List> lists_;
  std::vector<std::uint32_t> free_;    // places of lists that are empty again
  std::vector<std::uint32_t> roots_;   // of the call at hand; the one of the longest list first
  std::vector<std::uint32_t> others_;  // identifiers of all lists but the longest, in their order
  std::vector<std::int64_t> times_;
  std::uint32_t single_ = 0;
  std::span<const std::uint32_t> longest_;
};

}  // namespace mta
