#include "mta/journeys/sessions.hpp"

#include <utility>

namespace mta {

Sessions ga4_sessions() { return {}; }

Sessions universal_analytics_sessions(std::string zone) {
  Sessions sessions;
  sessions.midnight = std::move(zone);
  sessions.new_campaign = {"channel"};
  return sessions;
}

Sessions matomo_sessions(std::string zone) { return universal_analytics_sessions(std::move(zone)); }

}  // namespace mta
