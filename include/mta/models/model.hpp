#pragma once
#include <array>
#include <concepts>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mta/core/bytes.hpp"
#include "mta/core/units.hpp"
#include "mta/journeys/journeys.hpp"
#include "mta/models/credit_sink.hpp"
#include "mta/models/model_info.hpp"
#include "mta/models/options.hpp"
#include "mta/models/worth_batch.hpp"

namespace mta {

struct SplitScratch;

/// What every model has: a name, options as a plain struct, and the list of their fields.
/// A model is immutable; its constructor checks the options.
template <class M>
concept Model = requires(const M& model, OptionFields& fields, typename M::Options& options) {
  { M::info } -> std::convertible_to<const ModelInfo&>;
  { model.options() } -> std::convertible_to<const typename M::Options&>;
  {M::describe(fields, options)};
  requires std::default_initializable<typename M::Options>;
  requires std::constructible_from<M, const typename M::Options&>;
};

/// Gives each touch of a journey a weight, finite and >= 0; worth is split over them by law 1.
/// `weight` has an entry for each touch and holds zeros on entry. Where M::info says that weights
/// depend on the number of touches alone, `weigh` sees journeys of channel 0, without ages and
/// worth.
template <class M>
concept RuleModel = Model<M> &&
    requires(const M& model, const Journey& journey, std::span<double> weight) {
  {model.weigh(journey, weight)};
};

/// A rule model that also weighs many journeys of equally many touches at once, for speed alone:
/// weight[i * block.stride + j] is what `weigh` gives touch i of journey j, to the last bit.
/// `weight` has block.touches * block.stride entries, all of the journeys' to be written; the
/// others do not count.
template <class M>
concept BlockRuleModel = RuleModel<M> &&
    requires(const M& model, const JourneyBlock& block, std::span<double> weight) {
  {model.weigh_block(block, weight)};
};

/// A rule model that hands out journeys by itself, since no weights over the touches can say what
/// it does: `credit` adds what each touch earns. `first_touch` is the index of the journey's first
/// touch in the sink's batch. Amounts add up to what M::info says.
template <class M>
concept DirectModel = Model<M> &&
    requires(const M& model, const Journey& journey, std::size_t first_touch, SplitScratch& scratch,
             CreditSink& sink) {
  {model.credit(journey, first_touch, scratch, sink)};
};

/// A model that must know names, or more of the goal, before it sees journeys: `bind` returns it
/// ready to work. Until then it is a description alone.
/// @throws Error{Errc::invalid_option} where the options do not fit the context
template <class M>
concept BoundModel = Model<M> && requires(const M& model, const ModelContext& context) {
  { model.bind(context) } -> std::same_as<M>;
};

/// A model that looks at the touches which hold stages: it names them, and finds them in
/// Journey::stage by ModelContext::stages.
template <class M>
concept StagedModel = BoundModel<M> && requires(const M& model) {
  { model.stages() } -> std::convertible_to<std::vector<std::string>>;
};

/// A number for each channel that explains a fit, such as its removal effect.
struct ChannelColumn {
  std::string name;
  std::vector<double> values;
};
/// A number about the whole of a fit, such as the probability of conversion.
struct FitNumber {
  std::string name;
  double value = 0;
};

/// What every fit offers, whatever else it has.
struct FittedCredit {
  std::vector<Worth> credit;  ///< by channel; with `unattributed` it adds up to what was learnt
  Worth unattributed;
  /// How worth is split over single touches: an effect >= 0 for each channel.
  std::vector<double> conversion_effect;
  std::vector<double> value_effect;
  std::vector<ChannelColumn> explained;
  std::vector<FitNumber> numbers;
  std::vector<std::string> notes;  ///< what a reader must know, such as a fallback that was taken
};

/// How a fitted model's credit reaches single touches (DESIGN: docs/architecture.md, "Touch
/// credit").
enum class Distribute {
  channel_total,  ///< the channel's total over its touches: adds up per channel
  journey,        ///< each conversion over its own touches: adds up per conversion
};
/// Lists it among a model's options, as "distribute".
inline void describe_distribute(OptionFields& fields, Distribute& distribute) {
  static constexpr std::array<std::string_view, 2> ways = {"channel_total", "journey"};
  fields.choice("distribute", distribute, ways);
}

/// Learns integer counts from all journeys, in any split and order, and credits from them.
template <class M>
concept FittedModel = Model<M> && std::equality_comparable<typename M::State> &&
    requires(const M& model, typename M::State& state, const typename M::State& other,
             JourneysView journeys, ByteWriter& writer, ByteReader& reader,
             std::span<const std::uint32_t> numbers) {
  { model.start(std::size_t{}) } -> std::same_as<typename M::State>;  ///< of that many channels
  {model.accumulate(state, journeys)};
  {merge(state, other)};     // adds; the same number of channels (asserted)
  {subtract(state, other)};  // undoes merge
  { model.finish(other) } -> std::convertible_to<FittedCredit>;
  { model.distribute() } -> std::same_as<Distribute>;
  // The body of a state's bytes. Reading renumbers: channel i of the bytes becomes numbers[i]
  // among the given number of channels.
  {model.write(other, writer)};
  { model.read(reader, numbers, std::size_t{}) } -> std::same_as<typename M::State>;
};

}  // namespace mta
