#pragma once
#include <cstddef>

#include "mta/core/export.hpp"
#include "mta/models/credit.hpp"
#include "mta/models/model.hpp"

namespace mta {

struct ParticipationOptions {
  /// What the channels of a journey earn, each shared equally by the channel's touches.
  enum class EachEarns {
    full,    ///< all that the journey is worth, every one of them: credits do not add up
    shared,  ///< an equal part of it, in the order of their first touches: credits add up
  };
  EachEarns worth = EachEarns::full;
  friend bool operator==(const ParticipationOptions&, const ParticipationOptions&) = default;
};

/// Participation: every distinct channel of a journey earns all that the journey is worth. What
/// channels earn adds up to more than was booked, so compare channels with the total, not with each
/// other; or have it shared. docs/models/participation.md
///
///   Promises  for every journey, what the touches of each of its channels earn adds up to its
///   worth
///             (full), or to law 1's equal part of it (shared), to the last micro-unit
///   Cost      O(n log n) in the touches of a journey; allocates nothing once the scratch has grown
class MTA_EXPORT Participation {
 public:
  using Options = ParticipationOptions;
  static constexpr ModelInfo info{
      .name = "participation", .kind = ModelKind::rule, .conserves = false};

  explicit Participation(const ParticipationOptions& options = {}) : options_(options) {}

  [[nodiscard]] ModelInfo own_info() const noexcept;
  [[nodiscard]] const ParticipationOptions& options() const noexcept { return options_; }
  static void describe(OptionFields& fields, ParticipationOptions& options);
  /// @pre fewer than 2^32 touches
  void credit(const Journey& journey, std::size_t first_touch, SplitScratch& scratch,
              CreditSink& sink) const;

 private:
  ParticipationOptions options_;
};
static_assert(DirectModel<Participation>);

}  // namespace mta
