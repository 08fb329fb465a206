#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "journeys/zone_days.hpp"
#include "mta/journeys/bucket_events.hpp"
#include "mta/journeys/goal.hpp"

namespace mta {

/// A goal's sessions, compiled against a vocabulary: what of an event matters to them.
class SessionRules {
 public:
  /// @throws Error{Errc::invalid_option} where the events lack a dimension that is named.
  SessionRules(const Goal& goal, const Events& events, const Vocabulary& vocabulary);

  [[nodiscard]] const Sessions& options() const noexcept { return options_; }
  [[nodiscard]] const std::optional<ZoneDays>& midnight() const noexcept { return midnight_; }
  [[nodiscard]] bool looks_at_ids() const noexcept { return id_.has_value(); }
  /// Code of the event's own session id; 0: none. @pre looks_at_ids()
  [[nodiscard]] std::uint32_t id(const BucketEvents& bucket,
                                 const BucketEvent& event) const noexcept {
    return bucket.dimension(*id_, event.row);
  }
  [[nodiscard]] bool looks_at_campaigns() const noexcept {
    return by_channel_ || !dimensions_.empty();
  }
  [[nodiscard]] bool is_view(const BucketEvent& event) const noexcept {
    return (kinds_[event.kind].flags & view) != 0;
  }
  /// Whether the event's channel is Direct, or it has none.
  [[nodiscard]] bool is_direct(const BucketEvent& event) const noexcept {
    return kinds_[event.kind].campaign == 0;
  }
  [[nodiscard]] bool has_campaign(const BucketEvents& bucket,
                                  const BucketEvent& event) const noexcept;
  /// Whether two events that have campaigns have the same.
  [[nodiscard]] bool same_campaign(const BucketEvents& bucket, const BucketEvent& a,
                                   const BucketEvent& b) const noexcept;

 private:
  static constexpr std::uint8_t view = 1;
  struct KindRules {
    std::uint8_t flags;
    std::uint32_t campaign;  // number of the channel plus 1; 0: none, or Direct
  };

  Sessions options_;
  std::optional<ZoneDays> midnight_;
  std::optional<std::size_t> id_;  // of the dimensions
  bool by_channel_ = false;
  std::vector<std::size_t> dimensions_;  // whose change is a new campaign
  std::vector<KindRules> kinds_;
};

/// Whether a goal makes sessions.
[[nodiscard]] inline bool makes_sessions(const Goal& goal) noexcept {
  return goal.sessions || goal.touch != TouchUnit::event;
}

}  // namespace mta
