#include "generate/event_generator.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "mta/core/error.hpp"

namespace mta::bench {
namespace {

constexpr std::size_t months = 3;
constexpr std::int64_t begin_of_time = 1'704'067'200'000;  // 2024-01-01T00:00:00Z in milliseconds
constexpr std::uint64_t milliseconds = 90ULL * 86'400'000;
constexpr std::uint64_t conversions_per_mille = 30;
constexpr std::size_t visitors_per_block = 256;

/// A number below `limit`, from 32 random bits.
constexpr std::uint32_t below(std::uint32_t limit, std::uint32_t random) noexcept {
  return static_cast<std::uint32_t>(std::uint64_t{random} * limit >> 32);
}

constexpr std::uint32_t upper(std::uint64_t random) noexcept {
  return static_cast<std::uint32_t>(random >> 32);
}

constexpr std::uint32_t lower(std::uint64_t random) noexcept {
  return static_cast<std::uint32_t>(random);
}

/// x^0.1 for x >= 1 by Newton's iteration: only operations that IEEE 754 rounds the same
/// everywhere.
double tenth_root(double x) noexcept {
  double root = 1 + (x - 1) / 10;
  for (int i = 0; i < 200; ++i) {
    double power = 1;
    for (int k = 0; k < 9; ++k) power *= root;
    root -= (root - x / power) / 10;
  }
  return root;
}

/// "007" for a largest number of 123.
std::string padded(std::uint32_t number, std::uint32_t largest) {
  const std::size_t width = std::max<std::size_t>(2, std::to_string(largest).size());
  std::string text = std::to_string(number);
  text.insert(0, width - std::min(width, text.size()), '0');
  return text;
}

void check(const GeneratorOptions& options) {
  if (options.channels < 1 || options.channels > 100'000) {
    throw Error(Errc::invalid_option,
                "generator.channels must be 1 to 100,000, got " + std::to_string(options.channels));
  }
  if (!(options.mean_touches >= 1 && options.mean_touches <= 1'000)) {  // NaN lands here too
    throw Error(Errc::invalid_option, "generator.mean_touches must be 1 to 1,000, got " +
                                          std::to_string(options.mean_touches));
  }
  if (options.events > std::uint64_t{1} << 40) {
    throw Error(Errc::invalid_option,
                "generator.events must be at most 2^40, got " + std::to_string(options.events));
  }
}

/// How many slots each visitor of a block has: the quantiles of a geometric distribution, what its
/// cut tail lacks going to the busiest visitor.
std::array<std::uint32_t, visitors_per_block> visitor_sizes(double mean) {
  std::array<std::uint32_t, visitors_per_block> sizes{};
  const double stays = 1 - 1 / mean;
  double left = stays;  // the share of visitors with more than `size` slots
  std::uint32_t size = 1;
  std::uint32_t total = 0;
  for (std::size_t i = 0; i < visitors_per_block; ++i) {
    const double beyond = 1 - (static_cast<double>(i) + 0.5) / visitors_per_block;
    for (; left > beyond; left *= stays) ++size;
    sizes[i] = size;
    total += size;
  }
  const auto wanted = static_cast<std::uint32_t>(mean * visitors_per_block + 0.5);
  if (wanted > total) sizes.back() += wanted - total;
  return sizes;
}

}  // namespace

EventGenerator::EventGenerator(const GeneratorOptions& options) : options_(options) {
  check(options);
  for (std::uint64_t m = 0; m < months; ++m) {
    const std::uint64_t first = options.events * m / months;
    const std::uint64_t events = options.events * (m + 1) / months - first;
    months_.push_back({first, events, Permutation(events, mix(options.seed) + 16 * m)});
  }
  name_channels();
  size_visitors();
}

void EventGenerator::name_channels() {
  std::vector<double> sums;
  double sum = 0;
  first_campaign_ = {1, 1};  // the empty channel has none
  for (std::uint32_t k = 1; k <= options_.channels; ++k) {
    const double rank = k;
    sums.push_back(sum += 1 / (rank * tenth_root(rank)));
    const std::string number = padded(k, options_.channels);
    channels_.push_back("channel_" + number);
    const std::uint32_t campaigns = 3 + k % 5;  // 5 on average
    for (std::uint32_t c = 1; c <= campaigns; ++c) {
      campaigns_.push_back("campaign_" + number + "_" + std::to_string(c));
    }
    first_campaign_.push_back(static_cast<std::uint32_t>(campaigns_.size()));
  }
  constexpr double all = std::numeric_limits<std::uint32_t>::max();
  for (const double part : sums) {
    channel_limits_.push_back(static_cast<std::uint32_t>(part / sum * all));
  }
}

void EventGenerator::size_visitors() {
  const double touches_per_event = 1 - static_cast<double>(conversions_per_mille) / 1'000;
  first_slot_ = {0};
  for (const std::uint32_t size : visitor_sizes(options_.mean_touches / touches_per_event)) {
    const auto visitor = static_cast<std::uint8_t>(first_slot_.size() - 1);
    visitor_of_slot_.insert(visitor_of_slot_.end(), size, visitor);
    first_slot_.push_back(static_cast<std::uint32_t>(visitor_of_slot_.size()));
  }
}

std::size_t EventGenerator::month_of(std::uint64_t rank) const noexcept {
  std::size_t month = months - 1;
  while (rank < months_[month].first) --month;
  return month;
}

std::int64_t EventGenerator::time_of(std::uint64_t rank, std::uint64_t random) const noexcept {
  __extension__ typedef unsigned __int128 Wide;
  const auto at = [this](std::uint64_t i) noexcept {
    return static_cast<std::uint64_t>(Wide{i} * milliseconds / options_.events);
  };
  const std::uint64_t begin = at(rank);
  const std::uint64_t room = std::max<std::uint64_t>(1, at(rank + 1) - begin);
  return (begin_of_time + static_cast<std::int64_t>(begin + random % room)) * 1'000;
}

void EventGenerator::add_touch(GeneratedEvent& event, std::uint64_t random) const noexcept {
  const auto limit =
      std::upper_bound(channel_limits_.begin(), channel_limits_.end() - 1, upper(random));
  event.channel = static_cast<std::uint32_t>(limit - channel_limits_.begin()) + 1;
  event.type = random % 20 < 7 ? EventType::click : EventType::view;
  const std::uint64_t more = mix(random);
  if (more % 10 == 0) return;
  const std::uint32_t first = first_campaign_[event.channel];
  event.campaign = first + below(first_campaign_[event.channel + 1] - first, upper(more));
}

GeneratedEvent EventGenerator::event(std::uint64_t i) const noexcept {
  const std::size_t number = month_of(i);
  const Month& month = months_[number];
  const std::uint64_t slot = month.slot_of_rank.at(i - month.first);
  const std::uint64_t block = slot / visitor_of_slot_.size();
  const std::uint64_t in_block = visitor_of_slot_[slot % visitor_of_slot_.size()];
  const std::uint64_t random = mix(mix(options_.seed ^ 0x5EED) + i);

  GeneratedEvent event;
  event.visitor =
      mix(options_.seed ^ (std::uint64_t{number} << 56 | (block * visitors_per_block + in_block)));
  event.time = time_of(i, random >> 16);
  if (random % 1'000 >= conversions_per_mille) {
    add_touch(event, mix(random));
    return event;
  }
  // The smaller of two even choices: small baskets are more common. 9.90, 19.90 ... 499.90.
  const std::uint64_t price = mix(random);
  const std::uint32_t tens = std::min(below(50, upper(price)), below(50, lower(price)));
  event.type = EventType::conversion;
  event.value = {std::int64_t{tens} * 10'000'000 + 9'900'000};
  return event;
}

void EventGenerator::for_each(EventOrder order,
                              const std::function<void(const GeneratedEvent&)>& visit) const {
  if (order == EventOrder::visitor) {
    for (const Month& month : months_) for_each_visitor(month, visit);
    return;
  }
  const Permutation shuffled(options_.events, mix(options_.seed ^ 0x0DE2));
  for (std::uint64_t i = 0; i < options_.events; ++i) {
    visit(event(order == EventOrder::time ? i : shuffled.at(i)));
  }
}

void EventGenerator::for_each_visitor(
    const Month& month, const std::function<void(const GeneratedEvent&)>& visit) const {
  const std::uint64_t block_size = visitor_of_slot_.size();
  std::vector<std::uint64_t> ranks;
  for (std::uint64_t block = 0; block < month.events; block += block_size) {
    for (std::size_t v = 0; v < visitors_per_block; ++v) {
      ranks.clear();
      const std::uint64_t end = std::min(month.events, block + first_slot_[v + 1]);
      for (std::uint64_t slot = block + first_slot_[v]; slot < end; ++slot) {
        ranks.push_back(month.first + month.slot_of_rank.index_of(slot));
      }
      std::sort(ranks.begin(), ranks.end());
      for (const std::uint64_t rank : ranks) visit(event(rank));
    }
  }
}

const std::vector<std::string>& EventGenerator::type_names() {
  static const std::vector<std::string> names{"view", "click", "conversion"};
  return names;
}

GeneratedColumns generate_columns(const EventGenerator& generator, EventOrder order) {
  GeneratedColumns columns;
  columns.visitor.reserve(generator.size());
  columns.time.reserve(generator.size());
  columns.value.reserve(generator.size());
  for (auto* codes : {&columns.type, &columns.channel, &columns.campaign}) {
    codes->reserve(generator.size());
  }
  generator.for_each(order, [&](const GeneratedEvent& event) {
    columns.visitor.push_back(event.visitor);
    columns.time.push_back(event.time);
    columns.type.push_back(static_cast<std::uint32_t>(event.type));
    columns.channel.push_back(event.channel);
    columns.campaign.push_back(event.campaign);
    columns.value.push_back(event.value);
  });
  return columns;
}

}  // namespace mta::bench
