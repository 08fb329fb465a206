#include "mta/models/participation.hpp"

#include <algorithm>

#include "models/share.hpp"

namespace mta {
namespace {

using EachEarns = ParticipationOptions::EachEarns;

// Touches are ordered as 64-bit numbers: the upper half says what group a touch is in, the lower
// half is its index.
constexpr std::uint64_t lower_half = 0xFFFFFFFF;

std::uint64_t group_of(std::uint64_t touch) noexcept { return touch >> 32; }
std::uint64_t index_of(std::uint64_t touch) noexcept { return touch & lower_half; }

/// The touches of a channel put together.
void group_by_channel(std::span<const ChannelId> channel, std::vector<std::uint64_t>& order) {
  order.clear();
  for (std::size_t i = 0; i < channel.size(); ++i) order.push_back(index(channel[i]) << 32 | i);
  std::sort(order.begin(), order.end());
}

/// The same groups, now in the order of their first touches, which name them. Returns how many.
std::uint64_t order_by_first_touch(std::span<std::uint64_t> order) {
  std::uint64_t groups = 0, channel = 0, first = 0;
  for (std::uint64_t& touch : order) {
    if (groups == 0 || group_of(touch) != channel) {
      ++groups;
      channel = group_of(touch);
      first = index_of(touch);
    }
    touch = first << 32 | index_of(touch);
  }
  std::sort(order.begin(), order.end());
  return groups;
}

/// Calls visit(touches of a group) for one after the other.
template <class Visit>
void for_each_group(std::span<const std::uint64_t> order, const Visit& visit) {
  while (!order.empty()) {
    std::size_t n = 1;
    while (n < order.size() && group_of(order[n]) == group_of(order[0])) ++n;
    visit(order.first(n));
    order = order.subspan(n);
  }
}

/// Law 1 with equal weights.
void split_equally(const Worth& worth, std::span<const std::uint64_t> touches,
                   std::size_t first_touch, CreditSink& sink) noexcept {
  Share conversions(worth.conversions, touches.size()), value(worth.value, touches.size());
  for (std::size_t i = 0; i < touches.size(); ++i) {
    sink.add(first_touch + index_of(touches[i]), {conversions.upto(i + 1), value.upto(i + 1)});
  }
}

constexpr std::string_view worth_names[] = {"full", "shared"};

}  // namespace

ModelInfo Participation::own_info() const noexcept {
  ModelInfo own = info;
  own.conserves = options_.worth == EachEarns::shared;
  return own;
}

void Participation::describe(OptionFields& fields, ParticipationOptions& options) {
  fields.choice("worth", options.worth, worth_names);
}

void Participation::credit(const Journey& journey, std::size_t first_touch, SplitScratch& scratch,
                           CreditSink& sink) const {
  group_by_channel(journey.channel, scratch.order);
  if (options_.worth == EachEarns::full) {
    for_each_group(scratch.order, [&](std::span<const std::uint64_t> touches) {
      split_equally(journey.worth, touches, first_touch, sink);
      sink.count_handed_out(journey.worth);
    });
    return;
  }
  const std::uint64_t groups = order_by_first_touch(scratch.order);
  Share conversions(journey.worth.conversions, groups), value(journey.worth.value, groups);
  std::uint64_t nth = 0;
  for_each_group(scratch.order, [&](std::span<const std::uint64_t> touches) {
    ++nth;
    split_equally({conversions.upto(nth), value.upto(nth)}, touches, first_touch, sink);
  });
}

}  // namespace mta
