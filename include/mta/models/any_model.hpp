#pragma once
#include <cassert>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/models/chain.hpp"
#include "mta/models/credit.hpp"
#include "mta/models/model.hpp"

namespace mta {

/// What a fitted model has learnt, its type erased. Only the model that started it takes it back.
class MTA_EXPORT AnyState {
 public:
  virtual ~AnyState();
  virtual void merge(const AnyState& other) = 0;
  virtual void subtract(const AnyState& other) = 0;
  [[nodiscard]] virtual bool equals(const AnyState& other) const = 0;
};

/// Writes the options of a model as a JSON object, all fields, defaults included.
[[nodiscard]] MTA_EXPORT std::string write_options(
    const std::function<void(OptionFields&)>& describe);
/// Reads fields from a JSON object. @throws Error{Errc::invalid_option} naming `model`, the field,
/// the rule and the value: not an object, a key nobody describes, a value of another type.
MTA_EXPORT void read_options(std::string_view model, std::string_view json,
                             const std::function<void(OptionFields&)>& describe);

/// Lists the options of a model, or some of them.
template <class M>
using Describe = void (*)(OptionFields& fields, typename M::Options& options);

/// What a model promises, as its options have it.
template <class M>
[[nodiscard]] ModelInfo info_of(const M& model) {
  if constexpr (requires {
                  { model.own_info() } -> std::convertible_to<ModelInfo>;
                }) {
    return model.own_info();
  } else {
    return M::info;
  }
}

/// Any model, its type erased: copies share the model. What a fitted model does is empty for a rule
/// model and the other way about (asserted).
class MTA_EXPORT AnyModel {
 public:
  template <class M>
  requires(RuleModel<M> || DirectModel<M> || FittedModel<M>) explicit AnyModel(M model)
      : AnyModel(std::move(model), M::info.name, &M::describe) {}
  /// A preset: the model under a name of its own, of static storage, whose options are those that
  /// `describe` lists.
  template <class M>
  requires(RuleModel<M> || DirectModel<M> || FittedModel<M>)
      AnyModel(M model, std::string_view name, Describe<M> describe)
      : model_(std::make_shared<const Holder<M>>(std::move(model), name, describe)) {}

  [[nodiscard]] const ModelInfo& info() const noexcept { return model_->info(); }
  /// All options as a JSON object, spelled as in a spec.
  [[nodiscard]] std::string options() const { return model_->options(); }

  /// The stages that the model looks at, by name.
  [[nodiscard]] std::vector<std::string> stages() const { return model_->stages(); }
  /// The model, ready for journeys of that context: to be called before it sees any.
  /// @throws Error{Errc::invalid_option} where the options do not fit the context
  [[nodiscard]] AnyModel bind(const ModelContext& context) const {
    auto bound = model_->bind(context);
    return bound == nullptr ? *this : AnyModel(std::move(bound));
  }

  /// Of a rule model: credits the journeys of the batch, which are those of the sink's.
  void credit(const WorthBatch& batch, CreditSink& sink) const { model_->credit(batch, sink); }
  /// The same for a batch that no other model credits.
  void credit(JourneysView journeys, CreditSink& sink) const {
    WorthBatch batch;
    batch.assign(journeys);
    credit(batch, sink);
  }

  [[nodiscard]] std::unique_ptr<AnyState> start(std::size_t channels) const {
    return model_->start(channels);
  }
  void accumulate(AnyState& state, JourneysView journeys) const {
    model_->accumulate(state, journeys);
  }
  [[nodiscard]] FittedCredit finish(const AnyState& state) const { return model_->finish(state); }
  /// The chain of states that was learnt, by name, where the model learns one.
  [[nodiscard]] std::optional<Chain> chain(const AnyState& state,
                                           std::span<const std::string_view> channels) const {
    return model_->chain(state, channels);
  }
  [[nodiscard]] Distribute distribute() const { return model_->distribute(); }
  /// The body of a state's bytes; see state_file.hpp for the whole.
  void write(const AnyState& state, ByteWriter& writer) const { model_->write(state, writer); }
  [[nodiscard]] std::unique_ptr<AnyState> read(ByteReader& reader,
                                               std::span<const std::uint32_t> numbers,
                                               std::size_t channels) const {
    return model_->read(reader, numbers, channels);
  }

 private:
  struct MTA_EXPORT Base {
    virtual ~Base();
    [[nodiscard]] virtual const ModelInfo& info() const noexcept = 0;
    [[nodiscard]] virtual std::string options() const = 0;
    [[nodiscard]] virtual std::vector<std::string> stages() const = 0;
    /// Nothing: the model is ready as it is.
    [[nodiscard]] virtual std::shared_ptr<const Base> bind(const ModelContext& context) const = 0;
    virtual void credit(const WorthBatch& batch, CreditSink& sink) const = 0;
    [[nodiscard]] virtual std::unique_ptr<AnyState> start(std::size_t channels) const = 0;
    virtual void accumulate(AnyState& state, JourneysView journeys) const = 0;
    [[nodiscard]] virtual FittedCredit finish(const AnyState& state) const = 0;
    [[nodiscard]] virtual std::optional<Chain> chain(
        const AnyState& state, std::span<const std::string_view> channels) const = 0;
    [[nodiscard]] virtual Distribute distribute() const = 0;
    virtual void write(const AnyState& state, ByteWriter& writer) const = 0;
    [[nodiscard]] virtual std::unique_ptr<AnyState> read(ByteReader& reader,
                                                         std::span<const std::uint32_t> numbers,
                                                         std::size_t channels) const = 0;
  };

  // Outside StateOf, whose own members would hide the models' functions.
  template <class S>
  static void merge_states(S& state, const S& other) {
    merge(state, other);
  }
  template <class S>
  static void subtract_states(S& state, const S& other) {
    subtract(state, other);
  }

  template <class M>
  struct StateOf final : AnyState {
    explicit StateOf(typename M::State held) : state(std::move(held)) {}
    void merge(const AnyState& other) override {
      merge_states(state, static_cast<const StateOf&>(other).state);
    }
    void subtract(const AnyState& other) override {
      subtract_states(state, static_cast<const StateOf&>(other).state);
    }
    [[nodiscard]] bool equals(const AnyState& other) const override {
      return state == static_cast<const StateOf&>(other).state;
    }
    typename M::State state;
  };

  template <class M>
  struct Holder final : Base {
    Holder(M held, std::string_view name, Describe<M> fields)
        : model(std::move(held)), info_held(info_of(model)), describe(fields) {
      info_held.name = name;
      if constexpr (RuleModel<M>) splits = length_splits(model);
    }
    [[nodiscard]] const ModelInfo& info() const noexcept override { return info_held; }
    [[nodiscard]] std::string options() const override {
      auto options = model.options();
      return write_options([&](OptionFields& fields) { describe(fields, options); });
    }
    [[nodiscard]] std::vector<std::string> stages() const override {
      if constexpr (StagedModel<M>) return model.stages();
      return {};
    }
    [[nodiscard]] std::shared_ptr<const Base> bind(
        [[maybe_unused]] const ModelContext& context) const override {
      if constexpr (BoundModel<M>) {
        return std::make_shared<const Holder<M>>(model.bind(context), info_held.name, describe);
      }
      return nullptr;
    }
    void credit([[maybe_unused]] const WorthBatch& batch,
                [[maybe_unused]] CreditSink& sink) const override {
      if constexpr (DirectModel<M>) {
        mta::credit(model, batch, sink);
      } else if constexpr (RuleModel<M>) {
        mta::credit(model, splits, batch, sink);
      } else {
        assert(!"a fitted model credits through its fit");
      }
    }
    [[nodiscard]] std::unique_ptr<AnyState> start(
        [[maybe_unused]] std::size_t channels) const override {
      if constexpr (FittedModel<M>) return std::make_unique<StateOf<M>>(model.start(channels));
      return nullptr;
    }
    void accumulate([[maybe_unused]] AnyState& state,
                    [[maybe_unused]] JourneysView journeys) const override {
      if constexpr (FittedModel<M>)
        model.accumulate(static_cast<StateOf<M>&>(state).state, journeys);
    }
    [[nodiscard]] FittedCredit finish([[maybe_unused]] const AnyState& state) const override {
      if constexpr (FittedModel<M>)
        return model.finish(static_cast<const StateOf<M>&>(state).state);
      return {};
    }
    [[nodiscard]] std::optional<Chain> chain(
        [[maybe_unused]] const AnyState& state,
        [[maybe_unused]] std::span<const std::string_view> channels) const override {
      if constexpr (requires(const M& m, const typename M::State& s) { m.chain(s, channels); }) {
        return model.chain(static_cast<const StateOf<M>&>(state).state, channels);
      }
      return std::nullopt;
    }
    [[nodiscard]] Distribute distribute() const override {
      if constexpr (FittedModel<M>) return model.distribute();
      return Distribute::journey;
    }
    void write([[maybe_unused]] const AnyState& state,
               [[maybe_unused]] ByteWriter& writer) const override {
      if constexpr (FittedModel<M>)
        model.write(static_cast<const StateOf<M>&>(state).state, writer);
    }
    [[nodiscard]] std::unique_ptr<AnyState> read(
        [[maybe_unused]] ByteReader& reader,
        [[maybe_unused]] std::span<const std::uint32_t> numbers,
        [[maybe_unused]] std::size_t channels) const override {
      if constexpr (FittedModel<M>) {
        return std::make_unique<StateOf<M>>(model.read(reader, numbers, channels));
      }
      return nullptr;
    }
    M model;
    ModelInfo info_held;
    Describe<M> describe;
    LengthSplits splits;  // of a rule model whose weights depend on the number of touches alone
  };

  explicit AnyModel(std::shared_ptr<const Base> model) : model_(std::move(model)) {}

  std::shared_ptr<const Base> model_;
};

}  // namespace mta
