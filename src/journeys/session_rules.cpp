#include "journeys/session_rules.hpp"

#include <algorithm>

#include "mta/core/error.hpp"

namespace mta {

namespace {

std::size_t dimension_of(const Events& events, const Goal& goal, const char* key,
                         const std::string& name) {
  const auto& names = events.layout().dimensions;
  const auto at = std::find(names.begin(), names.end(), name);
  if (at == names.end()) {
    throw Error(Errc::invalid_option, "goal '" + goal.name + "': sessions." + key + " names '" +
                                          name + "', which the events do not have");
  }
  return static_cast<std::size_t>(at - names.begin());
}

}  // namespace

SessionRules::SessionRules(const Goal& goal, const Events& events, const Vocabulary& vocabulary)
    : options_(goal.sessions.value_or(ga4_sessions())) {
  if (options_.midnight) midnight_.emplace(*options_.midnight);
  if (!options_.id.empty()) id_ = dimension_of(events, goal, "id", options_.id);
  for (const std::string& name : options_.new_campaign) {
    if (name == "channel") {
      by_channel_ = true;
    } else {
      dimensions_.push_back(dimension_of(events, goal, "new_campaign", name));
    }
  }
  const auto& views = options_.views;
  for (const Vocabulary::Kind& kind : vocabulary.kinds()) {
    const auto event = vocabulary.events()[kind.event];
    const bool is_view = std::find(views.begin(), views.end(), event) != views.end();
    const bool direct =
        kind.channel == 0 || mta::is_direct(vocabulary.channels()[kind.channel - 1]);
    kinds_.push_back({is_view ? view : std::uint8_t{0}, direct ? 0 : kind.channel});
  }
}

bool SessionRules::has_campaign(const BucketEvents& bucket,
                                const BucketEvent& event) const noexcept {
  if (by_channel_ && !is_direct(event)) return true;
  return std::any_of(dimensions_.begin(), dimensions_.end(),
                     [&](std::size_t d) { return bucket.dimension(d, event.row) != 0; });
}

bool SessionRules::same_campaign(const BucketEvents& bucket, const BucketEvent& a,
                                 const BucketEvent& b) const noexcept {
  if (by_channel_ && kinds_[a.kind].campaign != kinds_[b.kind].campaign) return false;
  return std::all_of(dimensions_.begin(), dimensions_.end(), [&](std::size_t d) {
    return bucket.dimension(d, a.row) == bucket.dimension(d, b.row);
  });
}

}  // namespace mta
