#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

#include "mta/core/export.hpp"
#include "mta/models/model.hpp"
#include "mta/models/path_counts.hpp"

namespace mta {

/// Options of fitted models that have none of their own. Call sites name what they change.
struct PathModelOptions {
  Distribute distribute = Distribute::channel_total;  ///< how credit reaches single touches
  friend bool operator==(const PathModelOptions&, const PathModelOptions&) = default;
};

/// What fitted models share that learn nothing but how often each path converted: to be one, a
/// model derives from it and adds its `info` and `finish`.
template <PathKey path_key>
class PathModel {
 public:
  using Options = PathModelOptions;
  using State = PathCounts;

  explicit PathModel(const PathModelOptions& options = {}) : options_(options) {}

  [[nodiscard]] const PathModelOptions& options() const noexcept { return options_; }
  static void describe(OptionFields& fields, PathModelOptions& options) {
    describe_distribute(fields, options.distribute);
  }
  [[nodiscard]] Distribute distribute() const noexcept { return options_.distribute; }

  [[nodiscard]] State start(std::size_t channels) const { return PathCounts(channels, path_key); }
  void accumulate(State& state, JourneysView journeys) const { state.add(journeys); }

  void write(const State& state, ByteWriter& writer) const { state.write(writer); }
  [[nodiscard]] State read(ByteReader& reader, std::span<const std::uint32_t> numbers,
                           std::size_t channels) const {
    State state = start(channels);
    state.read(reader, numbers);
    return state;
  }

 private:
  PathModelOptions options_;
};

}  // namespace mta
