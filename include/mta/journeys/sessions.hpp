#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mta/core/export.hpp"

namespace mta {

/// What of a session is a touch (docs/sessions_and_windows.md).
enum class TouchUnit {
  event,             ///< every event that may be one
  session,           ///< the session: what it came by, at the time of its start
  first_of_session,  ///< its first event that may be one, at its own time
};

/// Which sessions may give touches.
enum class SessionTouches { all, engaged };

/// Where a person's events are cut into sessions. They are made of all events, whatever these are
/// to the goal; a session's id is the time of its first event.
///
///   Cuts      between two events of different times, where any of the rules says so. Events of one
///             moment are never cut apart, so that their order does not matter
///   Id        an event that has a value in the dimension `id` cuts where that differs from the
///             session's latest; one without stays in its session
///   Campaign  an event whose `new_campaign` dimensions are all empty (or Direct, for "channel")
///             belongs to the session that it is in. Any other event cuts where they differ from
///             those of the session's latest event that had any, or where none had
///   Engaged   lasts longer than `engaged_after`, or holds a conversion of the goal, or so many
///             views
struct Sessions {
  std::int64_t timeout = 30LL * 60 * 1'000'000;  ///< a longer gap than this cuts
  std::optional<std::string> midnight = {};      ///< the zone whose midnight cuts, if any does
  std::vector<std::string> new_campaign = {};    ///< "channel" or names of dimensions
  std::string id = {};  ///< a dimension: the id of a session that the data know of; empty: none
  SessionTouches touches = SessionTouches::all;
  std::int64_t engaged_after = 10LL * 1'000'000;  ///< from the first event to the last
  std::uint64_t engaged_views = 2;
  std::vector<std::string> views = {"page_view", "screen_view"};  ///< names of events
  friend bool operator==(const Sessions&, const Sessions&) = default;
};

/// Google Analytics 4: the timeout alone cuts.
[[nodiscard]] MTA_EXPORT Sessions ga4_sessions();
/// Universal Analytics: midnight in the zone of the view, and a new campaign, cut as well.
[[nodiscard]] MTA_EXPORT Sessions universal_analytics_sessions(std::string zone = "UTC");
/// Matomo: as Universal Analytics; midnight in the zone of the site.
[[nodiscard]] MTA_EXPORT Sessions matomo_sessions(std::string zone = "UTC");

}  // namespace mta
