#pragma once
#include <span>

#include "mta/core/export.hpp"
#include "mta/models/model.hpp"
#include "mta/models/path_counts.hpp"

namespace mta {

/// Call sites name what they change.
struct LeaveOneOutOptions {
  Distribute distribute = Distribute::channel_total;  ///< how credit reaches single touches
  friend bool operator==(const LeaveOneOutOptions&, const LeaveOneOutOptions&) = default;
};

/// Leave one out ("fractribution"): a touch earns by how much the conversion rate of its exact path
/// falls where that touch is left out; never below 0; where nothing falls, the last touch earns
/// all. docs/models/leave_one_out.md
class MTA_EXPORT LeaveOneOut {
 public:
  using Options = LeaveOneOutOptions;
  using State = PathCounts;
  static constexpr ModelInfo info{
      .name = "leave_one_out", .kind = ModelKind::fitted, .state_version = 1};

  explicit LeaveOneOut(const LeaveOneOutOptions& options = {}) : options_(options) {}

  [[nodiscard]] const LeaveOneOutOptions& options() const noexcept { return options_; }
  static void describe(OptionFields& fields, LeaveOneOutOptions& options);
  [[nodiscard]] Distribute distribute() const noexcept { return options_.distribute; }

  [[nodiscard]] State start(std::size_t channels) const {
    return PathCounts(channels, PathKey::touches);
  }
  void accumulate(State& state, JourneysView journeys) const { state.add(journeys); }
  /// Cost  for each distinct converting path of n touches O(n) times n, or times the distinct paths of
  ///       n - 1 touches where these are fewer
  [[nodiscard]] FittedCredit finish(const State& state) const;

  void write(const State& state, ByteWriter& writer) const { state.write(writer); }
  [[nodiscard]] State read(ByteReader& reader, std::span<const std::uint32_t> numbers,
                           std::size_t channels) const;

 private:
  LeaveOneOutOptions options_;
};
static_assert(FittedModel<LeaveOneOut>);

}  // namespace mta
