#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "mta/journeys/fates.hpp"
#include "mta/journeys/goal.hpp"
#include "support/plain_event.hpp"
#include "support/window_oracle.hpp"

namespace mta::test {

/// What sessions make of an event that may be a touch.
struct SessionTouch {
  bool kept = false;              ///< it is one
  std::int64_t time = 0;          ///< when it counts
  bool may_own = true;            ///< of a conversion: its own channel may count
  Fate lost = Fate::not_a_touch;  ///< why it is none
};

/// One person's sessions as docs/sessions_and_windows.md reads: lists of events, looked at again
/// for every question.
class SessionOracle {
 public:
  using Indices = std::vector<std::size_t>;
  using Holds = std::function<bool(std::size_t)>;

  SessionOracle(const std::vector<PlainEvent>& events, const Goal& goal, const Indices& mine)
      : events_(events), goal_(goal), options_(goal.sessions.value_or(Sessions{})) {
    for (const std::size_t i : mine) {
      if (sessions_.empty() || cuts(sessions_.back(), i)) sessions_.emplace_back();
      sessions_.back().push_back(i);
    }
  }

  [[nodiscard]] std::uint64_t count() const { return sessions_.size(); }
  [[nodiscard]] std::uint64_t engaged() const { return engaged_; }

  void settle(const Holds& candidate, const Holds& sale, std::vector<SessionTouch>& touches) {
    for (const Indices& session : sessions_) {
      const bool engaged = is_engaged(session, sale);
      engaged_ += engaged ? 1 : 0;
      if (options_.touches == SessionTouches::engaged && !engaged) {
        lose(session, candidate, events_.size(), Fate::not_engaged, touches);
      } else if (goal_.touch != TouchUnit::event) {
        choose(session, candidate, sale, touches);
      }
    }
  }

 private:
  [[nodiscard]] std::vector<std::string> campaign(std::size_t i) const {
    std::vector<std::string> values;
    for (const std::string& name : options_.new_campaign) {
      std::string value = dimension_of(events_[i], name);
      if (name == "channel" && is_direct(value)) value.clear();
      values.push_back(value);
    }
    return values;
  }
  [[nodiscard]] static bool is_empty(const std::vector<std::string>& values) {
    return std::all_of(values.begin(), values.end(), [](const auto& v) { return v.empty(); });
  }
  [[nodiscard]] bool cuts_id(const Indices& session, std::size_t i) const {
    const std::string id = options_.id.empty() ? "" : dimension_of(events_[i], options_.id);
    if (id.empty()) return false;
    for (auto at = session.rbegin(); at != session.rend(); ++at) {
      const std::string other = dimension_of(events_[*at], options_.id);
      if (!other.empty()) return other != id;
    }
    return false;
  }
  [[nodiscard]] bool cuts(const Indices& session, std::size_t i) const {
    const std::int64_t before = events_[session.back()].time, now = events_[i].time;
    if (now == before) return false;
    if (now - before > options_.timeout) return true;
    if (options_.midnight &&
        plain_day(*options_.midnight, before) != plain_day(*options_.midnight, now)) {
      return true;
    }
    if (cuts_id(session, i)) return true;
    if (is_empty(campaign(i))) return false;
    for (auto at = session.rbegin(); at != session.rend(); ++at) {
      if (!is_empty(campaign(*at))) return campaign(*at) != campaign(i);
    }
    return true;
  }
  [[nodiscard]] bool is_engaged(const Indices& session, const Holds& sale) const {
    const auto views = std::count_if(session.begin(), session.end(), [&](std::size_t i) {
      return std::find(options_.views.begin(), options_.views.end(), events_[i].event) !=
             options_.views.end();
    });
    const std::int64_t lasts = events_[session.back()].time - events_[session.front()].time;
    return lasts > options_.engaged_after || std::any_of(session.begin(), session.end(), sale) ||
           static_cast<std::uint64_t>(views) >= options_.engaged_views;
  }
  static void lose(const Indices& session, const Holds& candidate, std::size_t but, Fate fate,
                   std::vector<SessionTouch>& touches) {
    for (const std::size_t i : session) {
      if (i == but || !candidate(i)) continue;
      touches[i].kept = false;
      touches[i].lost = fate;
    }
  }
  void choose(const Indices& session, const Holds& candidate, const Holds& sale,
              std::vector<SessionTouch>& touches) {
    Indices candidates, before_sale;
    bool any_sale = false;
    for (const std::size_t i : session) {
      any_sale = any_sale || sale(i);
      if (!candidate(i)) {
        touches[i].may_own = candidates.empty();
        continue;
      }
      candidates.push_back(i);
      if (!any_sale) before_sale.push_back(i);
    }
    if (candidates.empty()) return;
    std::size_t chosen = candidates.front();
    if (goal_.touch == TouchUnit::session) {
      const Indices& among = before_sale.empty() ? candidates : before_sale;
      const auto other = std::find_if(among.begin(), among.end(), [&](std::size_t i) {
        return !is_direct(events_[i].channel);
      });
      if (other != among.end()) chosen = *other;
      touches[chosen].time = events_[session.front()].time;
    }
    lose(session, candidate, chosen, Fate::of_session, touches);
  }

  const std::vector<PlainEvent>& events_;
  const Goal& goal_;
  Sessions options_;
  std::vector<Indices> sessions_;
  std::uint64_t engaged_ = 0;
};

}  // namespace mta::test
