#include "pipeline/sessions_spec.hpp"

#include <limits>

#include "pipeline/json_fields.hpp"

namespace mta {
namespace {

using nlohmann::json;

Sessions preset_of(const std::string& place, const json& given, const std::string& zone) {
  if (given == "ga4") return ga4_sessions();
  if (given == "universal_analytics") return universal_analytics_sessions(zone);
  if (given == "matomo") return matomo_sessions(zone);
  refuse_spec(place, R"("ga4", "universal_analytics" or "matomo")", given);
}

void read_engaged(const std::string& place, const json& given, Sessions& sessions) {
  JsonFields fields(place, given);
  if (const auto* after = fields.take("after")) {
    sessions.engaged_after =
        as_duration(fields.place_of("after"), *after, R"(a duration such as "10s")");
  }
  if (const auto* views = fields.take("views")) {
    sessions.engaged_views = as_count(fields.place_of("views"), *views);
  }
  fields.texts("view_events", sessions.views);
  fields.expect_no_rest();
}

void read_cuts(JsonFields& fields, Sessions& sessions) {
  fields.text("id", sessions.id);
  if (!sessions.id.empty()) sessions.timeout = std::numeric_limits<std::int64_t>::max();
  if (const auto* timeout = fields.take("timeout")) {
    sessions.timeout = *timeout == "unlimited"
                           ? std::numeric_limits<std::int64_t>::max()
                           : as_duration(fields.place_of("timeout"), *timeout,
                                         R"(a duration such as "30m", or "unlimited")");
  }
  if (const auto* midnight = fields.take("midnight")) {
    sessions.midnight.reset();
    if (*midnight != "none") sessions.midnight = as_text(fields.place_of("midnight"), *midnight);
  }
  if (const auto* campaign = fields.take("new_campaign")) {
    sessions.new_campaign.clear();
    if (*campaign != "none") {
      sessions.new_campaign = as_texts(fields.place_of("new_campaign"), *campaign);
    }
  }
}

}  // namespace

Sessions parse_sessions(const std::string& place, const json& given, const std::string& zone) {
  if (given.is_string()) return preset_of(place, given, zone);
  JsonFields fields(place, given);
  Sessions sessions;
  if (const auto* preset = fields.take("preset")) {
    sessions = preset_of(fields.place_of("preset"), *preset, zone);
  }
  read_cuts(fields, sessions);
  fields.choice("touches", sessions.touches, {"all", "engaged"});
  if (const auto* engaged = fields.take("engaged")) {
    read_engaged(fields.place_of("engaged"), *engaged, sessions);
  }
  fields.expect_no_rest();
  return sessions;
}

}  // namespace mta
