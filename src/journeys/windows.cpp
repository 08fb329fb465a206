#include "journeys/windows.hpp"

#include <algorithm>
#include <string_view>

namespace mta {
namespace {

const NamedWindow* named(const std::vector<NamedWindow>& windows, std::string_view name) {
  const auto at = std::find_if(windows.begin(), windows.end(),
                               [&](const NamedWindow& window) { return window.name == name; });
  return at == windows.end() ? nullptr : &*at;
}

std::uint32_t rank_of(const std::vector<std::vector<std::string>>& ranks, std::string_view name) {
  for (std::size_t rank = 0; rank < ranks.size(); ++rank) {
    const auto& names = ranks[rank];
    if (std::find(names.begin(), names.end(), name) != names.end()) {
      return static_cast<std::uint32_t>(rank);
    }
  }
  return Windows::no_rank;
}

}  // namespace

Windows::Windows(const Lookback& lookback, const Vocabulary& vocabulary) {
  const auto by_days = [](const NamedWindow& window) { return window.days.has_value(); };
  if (lookback.days || std::any_of(lookback.by_event.begin(), lookback.by_event.end(), by_days) ||
      std::any_of(lookback.by_channel.begin(), lookback.by_channel.end(), by_days)) {
    zone_.emplace(lookback.zone);
  }
  (void)add_bound(lookback.microseconds, lookback.days);
  if (!lookback.by_event.empty() || !lookback.by_channel.empty()) {
    name_windows(lookback, vocabulary);
  }
  if (!lookback.precedence.empty()) name_ranks(lookback, vocabulary);
}

Windows::Bound Windows::add_bound(std::int64_t microseconds, std::optional<std::uint32_t> days) {
  bounds_.push_back({microseconds, days ? std::int64_t{*days} : Lookback::unlimited});
  return bounds_.back();
}

void Windows::name_windows(const Lookback& lookback, const Vocabulary& vocabulary) {
  for (const auto* windows : {&lookback.by_event, &lookback.by_channel}) {
    for (const NamedWindow& window : *windows) (void)add_bound(window.microseconds, window.days);
  }
  const auto narrow = [](Bound& bound, const NamedWindow& by) {
    bound.microseconds = std::min(bound.microseconds, by.microseconds);
    if (by.days) bound.days = std::min(bound.days, std::int64_t{*by.days});
  };
  for (const Vocabulary::Kind& kind : vocabulary.kinds()) {
    const auto channel =
        kind.channel == 0 ? std::string_view{} : vocabulary.channels()[kind.channel - 1];
    const NamedWindow* const by_event = named(lookback.by_event, vocabulary.events()[kind.event]);
    const NamedWindow* const by_channel = named(lookback.by_channel, channel);
    Bound bound = bounds_.front();
    if (by_event != nullptr || by_channel != nullptr) {
      bound = {Lookback::unlimited, Lookback::unlimited};
    }
    if (by_event != nullptr) narrow(bound, *by_event);
    if (by_channel != nullptr) narrow(bound, *by_channel);
    of_kind_.push_back(bound);
  }
}

void Windows::name_ranks(const Lookback& lookback, const Vocabulary& vocabulary) {
  for (const Vocabulary::Kind& kind : vocabulary.kinds()) {
    ranks_.push_back(rank_of(lookback.precedence, vocabulary.events()[kind.event]));
  }
}

}  // namespace mta
