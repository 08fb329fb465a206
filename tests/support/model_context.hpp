#pragma once
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "mta/models/model_info.hpp"
#include "support/journeys_from.hpp"

namespace mta::test {

/// Names for the channels of made-up journeys, some of them Direct, a third of them paid, and what
/// else models may be bound to.
class MadeContext {
 public:
  explicit MadeContext(std::size_t channels) {
    for (std::size_t c = 0; c < channels; ++c) {
      const std::string number = std::to_string(1'000'000 + c);
      names_.push_back((c < (channels + 2) / 3 ? "Paid " : "channel ") + number);
    }
    if (channels > 1) names_.front() = "(direct)";
    if (channels > 2) names_.back() = "direct";
    channels_.assign(names_.begin(), names_.end());
  }
  /// The same with channel c's name now that of channel number[c].
  [[nodiscard]] MadeContext renumbered(const std::vector<std::uint32_t>& number) const {
    MadeContext other = *this;
    for (std::size_t c = 0; c < number.size(); ++c) other.names_[number[c]] = names_[c];
    other.channels_.assign(other.names_.begin(), other.names_.end());
    return other;
  }
  MadeContext(const MadeContext& other)
      : names_(other.names_), channels_(names_.begin(), names_.end()) {}
  MadeContext& operator=(const MadeContext&) = delete;

  [[nodiscard]] ModelContext context() const {
    return {.channels = channels_, .events = events, .stages = stages_, .lookback = days(30)};
  }
  static constexpr std::array<std::string_view, 3> events = {"click", "view", "visit"};

 private:
  std::vector<std::string> names_;
  std::vector<std::string_view> channels_;
  std::vector<std::string> stages_ = {"customer", "lead", "opportunity"};
};

/// Journeys with the events and stages that made-up ones lack. The rows of their touches decide, so
/// that they stay with a journey wherever it goes.
class DressedJourneys {
 public:
  DressedJourneys(JourneysView journeys, const ModelContext& context) : view_(journeys) {
    if (journeys.event().empty() && !context.events.empty()) {
      for (const std::uint32_t row : journeys.row()) {
        events_.push_back(row % static_cast<std::uint32_t>(context.events.size()));
      }
      view_ = view_.with_events(events_);
    }
    if (journeys.stages() != 0 || context.stages.empty()) return;
    for (std::size_t i = 0; i < journeys.size(); ++i) add_stages(i, context.stages.size());
    view_ = view_.with_stages(stages_, context.stages.size());
  }
  DressedJourneys(const DressedJourneys&) = delete;
  DressedJourneys& operator=(const DressedJourneys&) = delete;

  [[nodiscard]] JourneysView view() const { return view_; }

 private:
  void add_stages(std::size_t i, std::size_t stages) {
    const std::size_t touches = view_[i].channel.size();
    const std::size_t seed = view_.row()[view_.begin_of(i)];
    for (std::size_t s = 0; s < stages; ++s) {
      const std::size_t touch = (seed + 5 * s) % (touches + 1);  // the last is none
      stages_.push_back(touch == touches ? Journey::no_touch : static_cast<std::uint32_t>(touch));
    }
  }

  JourneysView view_;
  std::vector<std::uint32_t> events_, stages_;
};

/// What models may be bound to of written journeys.
class WrittenContext {
 public:
  explicit WrittenContext(const NamedJourneys& named, Seconds lookback = days(30))
      : channels_(named.names.begin(), named.names.end()),
        events_(named.events.begin(), named.events.end()),
        stages_(named.stages),
        lookback_(lookback) {}
  [[nodiscard]] ModelContext context() const {
    return {.channels = channels_, .events = events_, .stages = stages_, .lookback = lookback_};
  }

 private:
  std::vector<std::string_view> channels_, events_;
  std::vector<std::string> stages_;
  Seconds lookback_;
};

}  // namespace mta::test
