#include "mta/models/channel_pick.hpp"

#include <algorithm>
#include <cassert>

namespace mta {
namespace {

constexpr std::string_view otherwise_names[] = {"any", "unattributed"};

}  // namespace

void NonDirectChannels::describe(OptionFields& fields, Options& options) {
  fields.texts("direct", options.direct);
  fields.choice("otherwise", options.otherwise, otherwise_names);
}

ChannelPatterns NonDirectChannels::patterns(std::string_view model, const Options& options) {
  return {std::string(model) + ".direct", options.direct};
}

void PaidChannels::describe(OptionFields& fields, Options& options) {
  fields.texts("paid", options.paid);
  fields.choice("otherwise", options.otherwise, otherwise_names);
}

ChannelPatterns PaidChannels::patterns(std::string_view model, const Options& options) {
  return {std::string(model) + ".paid", options.paid};
}

void weigh_pick(Pick pick, Otherwise otherwise, std::span<const std::uint8_t> flags,
                std::uint8_t passes, std::span<const ChannelId> channel,
                std::span<double> weight) noexcept {
  const auto pass = [&](ChannelId c) {
    assert(index(c) < flags.size());
    return flags[index(c)] == passes;
  };
  const bool all = std::none_of(channel.begin(), channel.end(), pass);
  if (all && otherwise == Otherwise::unattributed) return;
  const std::size_t n = channel.size();
  for (std::size_t k = 0; k < n; ++k) {
    const std::size_t i = pick == Pick::last ? n - 1 - k : k;
    if (!all && !pass(channel[i])) continue;
    weight[i] = 1.0;
    if (pick != Pick::all) return;
  }
}

}  // namespace mta
