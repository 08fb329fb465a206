#include "mta/models/weighted.hpp"

#include <cassert>
#include <string_view>

#include "mta/core/error.hpp"

namespace mta {
namespace {

constexpr double most = 1e100;  // the product of two is a number

void check(const std::string& field, double weight) {
  if (weight >= 0 && weight <= most) return;  // NaN falls through
  throw Error(Errc::invalid_option,
              "weighted." + field + " must be from 0 to 1e100, got " + std::to_string(weight));
}

void check_all(const std::string& field, const std::map<std::string, double>& weights) {
  for (const auto& [name, weight] : weights) check(field + "[\"" + name + "\"]", weight);
}

std::vector<double> by_code(const std::map<std::string, double>& weights, double otherwise,
                            std::span<const std::string_view> names) {
  std::vector<double> by_code;
  if (weights.empty()) return by_code;
  for (const std::string_view name : names) {
    const auto at = weights.find(std::string(name));
    by_code.push_back(at == weights.end() ? otherwise : at->second);
  }
  return by_code;
}

}  // namespace

Weighted::Weighted(const WeightedOptions& options) : options_(options) {
  check_all("events", options.events);
  check_all("channels", options.channels);
  check("otherwise", options.otherwise);
}

ModelInfo Weighted::own_info() const noexcept {
  ModelInfo own = info;
  own.needs_events = own.needs_times = !options_.events.empty();
  return own;
}

void Weighted::describe(OptionFields& fields, WeightedOptions& options) {
  fields.weights("events", options.events);
  fields.weights("channels", options.channels);
  fields.number("otherwise", options.otherwise);
}

Weighted Weighted::bind(const ModelContext& context) const {
  Weighted bound = *this;
  bound.of_event_ = by_code(options_.events, options_.otherwise, context.events);
  bound.of_channel_ = by_code(options_.channels, options_.otherwise, context.channels);
  return bound;
}

void Weighted::weigh(const Journey& journey, std::span<double> weight) const noexcept {
  assert(of_event_.empty() || journey.event.size() == weight.size());
  for (std::size_t i = 0; i < weight.size(); ++i) {
    const double of_event = of_event_.empty() ? 1.0 : of_event_[journey.event[i]];
    const double of_channel = of_channel_.empty() ? 1.0 : of_channel_[index(journey.channel[i])];
    weight[i] = of_event * of_channel;
  }
}

}  // namespace mta
