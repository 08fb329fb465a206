#include "pipeline/lookback_spec.hpp"

#include <limits>
#include <optional>

#include "pipeline/json_fields.hpp"

namespace mta {
namespace {

using nlohmann::json;

std::int64_t time_of(const std::string& place, const json& given, const std::string& rule) {
  return given == "unlimited" ? Lookback::unlimited : as_duration(place, given, rule);
}

std::optional<std::uint32_t> days_of(JsonFields& fields) {
  const auto* const given = fields.take("days");
  if (given == nullptr) return std::nullopt;
  const std::uint64_t days = as_count(fields.place_of("days"), *given, 0);
  if (days > std::numeric_limits<std::uint32_t>::max()) {
    refuse_spec(fields.place_of("days"), "a whole number below 2^32", *given);
  }
  return static_cast<std::uint32_t>(days);
}

/// {"view": "24h", "click": {"days": 7}}
std::vector<NamedWindow> windows_of(const std::string& place, const json& given) {
  if (!given.is_object() || given.empty()) {
    refuse_spec(place, "an object of names and their windows", given);
  }
  const std::string rule = R"(a duration such as "24h", "unlimited", or {"time", "days"})";
  std::vector<NamedWindow> windows;
  for (const auto& [name, value] : given.items()) {
    NamedWindow& window = windows.emplace_back();
    window.name = name;
    const std::string here = place + "." + name;
    if (!value.is_object()) {
      window.microseconds = time_of(here, value, rule);
      continue;
    }
    JsonFields fields(here, value);
    if (const auto* time = fields.take("time")) {
      window.microseconds = time_of(fields.place_of("time"), *time, rule);
    }
    window.days = days_of(fields);
    fields.expect_no_rest();
  }
  return windows;
}

std::vector<std::vector<std::string>> ranks_of(const std::string& place, const json& given) {
  if (!given.is_array() || given.empty()) {
    refuse_spec(place, "a list of events, the highest first", given);
  }
  std::vector<std::vector<std::string>> ranks;
  for (const json& rank : given) ranks.push_back(as_texts(place, rank));
  return ranks;
}

}  // namespace

Lookback parse_lookback(const std::string& place, const json& given, const std::string& zone) {
  const std::string rule =
      R"(a duration such as "30d", "unlimited", or an object such as {"time", "days", "touches"})";
  Lookback lookback;
  lookback.zone = zone;
  if (!given.is_object()) {
    lookback.microseconds = time_of(place, given, rule);
    return lookback;
  }
  JsonFields fields(place, given);
  lookback.microseconds = Lookback::unlimited;
  if (const auto* time = fields.take("time")) {
    lookback.microseconds = time_of(fields.place_of("time"), *time, rule);
  }
  lookback.days = days_of(fields);
  fields.text("zone", lookback.zone);
  if (const auto* touches = fields.take("touches")) {
    lookback.touches = as_count(fields.place_of("touches"), *touches);
  }
  if (const auto* windows = fields.take("by_event")) {
    lookback.by_event = windows_of(fields.place_of("by_event"), *windows);
  }
  if (const auto* windows = fields.take("by_channel")) {
    lookback.by_channel = windows_of(fields.place_of("by_channel"), *windows);
  }
  if (const auto* ranks = fields.take("precedence")) {
    lookback.precedence = ranks_of(fields.place_of("precedence"), *ranks);
  }
  fields.expect_no_rest();
  return lookback;
}

}  // namespace mta
