#include "mta/credits/journey_statistics.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace mta {
namespace {

Worth worth_of(const PathCounts::Counts& counts) noexcept {
  return {{static_cast<std::int64_t>(counts.conversions)}, {counts.value}};
}

std::uint64_t whole_days(Seconds age) noexcept {
  return static_cast<std::uint64_t>(std::llround(age.count() * 1e6)) / 86'400'000'000u;
}

/// More conversions first, then more value.
bool is_more(const Worth& a, const Worth& b) noexcept {
  return std::tie(a.conversions, a.value) > std::tie(b.conversions, b.value);
}

std::vector<JourneyStatistics::Bin> bins_of(const std::map<std::uint64_t, Worth>& sums) {
  std::vector<JourneyStatistics::Bin> bins;
  for (const auto& [at, worth] : sums) bins.push_back({at, worth});
  return bins;
}

/// A path that converted, or whose conversions were refunded.
struct Converting {
  std::span<const std::uint32_t> path;
  PathCounts::Counts counts;
};

std::vector<std::uint32_t> distinct(std::span<const std::uint32_t> path) {
  std::vector<std::uint32_t> channels(path.begin(), path.end());
  std::ranges::sort(channels);
  channels.erase(std::unique(channels.begin(), channels.end()), channels.end());
  return channels;
}

/// By channel number; those that are in no converting path have an empty name.
std::vector<JourneyStatistics::Role> roles_of(std::span<const Converting> paths,
                                              std::span<const std::string_view> names) {
  std::vector<JourneyStatistics::Role> roles(names.size());
  for (const Converting& each : paths) {
    const Worth worth = worth_of(each.counts);
    roles[each.path.front()].first += worth;
    roles[each.path.back()].last += worth;
    for (const std::uint32_t channel : distinct(each.path)) {
      roles[channel].channel = names[channel];
      roles[channel].any += worth;
      if (channel != each.path.back()) roles[channel].assisted += worth;
    }
  }
  return roles;
}

/// Numbers of the channels with a role, those in most conversions first.
std::vector<std::uint32_t> ranked(std::span<const JourneyStatistics::Role> roles) {
  std::vector<std::uint32_t> channels;
  for (std::uint32_t channel = 0; channel < roles.size(); ++channel) {
    if (!roles[channel].channel.empty()) channels.push_back(channel);
  }
  std::ranges::stable_sort(channels, [&](std::uint32_t a, std::uint32_t b) {
    return is_more(roles[a].any, roles[b].any);
  });
  return channels;
}

std::vector<JourneyStatistics::Overlap> overlaps_of(std::span<const Converting> paths,
                                                    std::span<const std::uint32_t> channels,
                                                    std::span<const std::string_view> names) {
  std::vector<std::uint32_t> place(names.size(), static_cast<std::uint32_t>(channels.size()));
  for (std::uint32_t p = 0; p < channels.size(); ++p) place[channels[p]] = p;
  std::map<std::pair<std::uint32_t, std::uint32_t>, Worth> sums;
  for (const Converting& each : paths) {
    std::vector<std::uint32_t> places;
    for (const std::uint32_t channel : each.path) {
      if (place[channel] < channels.size()) places.push_back(place[channel]);
    }
    places = distinct(places);
    for (auto a = places.begin(); a != places.end(); ++a) {
      for (auto b = a + 1; b != places.end(); ++b) sums[{*a, *b}] += worth_of(each.counts);
    }
  }
  std::vector<JourneyStatistics::Overlap> overlaps;
  for (const auto& [pair, worth] : sums) {
    overlaps.push_back({std::string(names[channels[pair.first]]),
                        std::string(names[channels[pair.second]]), worth});
  }
  std::ranges::stable_sort(overlaps,
                           [](const auto& a, const auto& b) { return is_more(a.worth, b.worth); });
  return overlaps;
}

/// Outside the class, whose own member would hide the friend.
void merge_paths(PathCounts& paths, const PathCounts& others) { merge(paths, others); }

}  // namespace

void JourneyStatisticsCounts::add(JourneysView journeys) {
  paths_.add(journeys);
  if (!journeys.has_times()) return;
  for (std::size_t i = 0; i < journeys.size(); ++i) {
    const JourneyEnd& end = journeys.end_of(i);
    if (end.outcome == Outcome::null) continue;
    lags_[whole_days(journeys.age()[journeys.begin_of(i)])] += end.worth;
  }
}

void JourneyStatisticsCounts::merge(const JourneyStatisticsCounts& other) {
  merge_paths(paths_, other.paths_);
  for (const auto& [days, worth] : other.lags_) lags_[days] += worth;
}

JourneyStatistics JourneyStatisticsCounts::finish(std::span<const std::string_view> names,
                                                  std::size_t top) const {
  JourneyStatistics statistics;
  std::vector<Converting> paths;
  std::map<std::uint64_t, Worth> lengths;
  for (const std::size_t i : paths_.sorted()) {
    ++statistics.paths;
    const PathCounts::Counts& counts = paths_.counts(i);
    if (counts.conversions == 0 && counts.value == 0) continue;
    paths.push_back({paths_.path(i), counts});
    lengths[paths.back().path.size()] += worth_of(counts);
  }
  statistics.lengths = bins_of(lengths);
  statistics.lags = bins_of(lags_);
  std::vector<JourneyStatistics::Role> roles = roles_of(paths, names);
  const std::vector<std::uint32_t> channels = ranked(roles);
  statistics.overlaps =
      overlaps_of(paths, std::span(channels).first(std::min(top, channels.size())), names);
  for (const std::uint32_t channel : channels)
    statistics.roles.push_back(std::move(roles[channel]));
  std::ranges::stable_sort(paths, [](const Converting& a, const Converting& b) {
    return is_more(worth_of(a.counts), worth_of(b.counts));
  });
  for (const Converting& each : std::span(paths).first(std::min(top, paths.size()))) {
    JourneyStatistics::Path& path = statistics.top_paths.emplace_back();
    for (const std::uint32_t channel : each.path) path.channels.emplace_back(names[channel]);
    path.worth = worth_of(each.counts);
    path.nulls = {static_cast<std::int64_t>(each.counts.nulls)};
  }
  return statistics;
}

}  // namespace mta
