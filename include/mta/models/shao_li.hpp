#pragma once
#include <span>

#include "mta/core/export.hpp"
#include "mta/models/model.hpp"
#include "mta/models/path_counts.hpp"

namespace mta {

/// Call sites name what they change.
struct ShaoLiOptions {
  Distribute distribute = Distribute::channel_total;  ///< how credit reaches single touches
  friend bool operator==(const ShaoLiOptions&, const ShaoLiOptions&) = default;
};

/// Shao and Li's simple probabilistic model of second order: a channel earns by the conversion rate
/// of journeys that have it, and half of what each pair with another adds to both.
/// docs/models/shao_li.md
class MTA_EXPORT ShaoLi {
 public:
  using Options = ShaoLiOptions;
  using State = PathCounts;
  static constexpr ModelInfo info{.name = "shao_li", .kind = ModelKind::fitted, .state_version = 1};

  explicit ShaoLi(const ShaoLiOptions& options = {}) : options_(options) {}

  [[nodiscard]] const ShaoLiOptions& options() const noexcept { return options_; }
  static void describe(OptionFields& fields, ShaoLiOptions& options);
  [[nodiscard]] Distribute distribute() const noexcept { return options_.distribute; }

  [[nodiscard]] State start(std::size_t channels) const { return PathCounts(channels); }
  void accumulate(State& state, JourneysView journeys) const { state.add(journeys); }
  /// Cost  O(sum of squared sizes of distinct sets)
  [[nodiscard]] FittedCredit finish(const State& state) const;

  void write(const State& state, ByteWriter& writer) const { state.write(writer); }
  [[nodiscard]] State read(ByteReader& reader, std::span<const std::uint32_t> numbers,
                           std::size_t channels) const;

 private:
  ShaoLiOptions options_;
};
static_assert(FittedModel<ShaoLi>);

}  // namespace mta
