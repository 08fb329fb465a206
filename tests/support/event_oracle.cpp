#include "support/event_oracle.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "mta/core/hash.hpp"
#include "support/event_roles.hpp"
#include "support/session_oracle.hpp"
#include "support/stage_oracle.hpp"
#include "support/transform_oracle.hpp"
#include "support/window_oracle.hpp"

namespace mta::test {
namespace {

/// A sale, as opposed to a refund, and what is known about it.
struct Sale {
  std::size_t event = 0;
  bool counts = false;
  bool first = false;        // the person's first that the period admits
  EventRoles::Indices path;  // what is left of its touches
  bool own_touch = false;
  std::vector<std::uint32_t> stage = {};
};

class Oracle : EventRoles {
 public:
  Oracle(const std::vector<PlainEvent>& events, const Goal& goal,
         const std::vector<std::string>& dimensions, std::span<const Goal> stages)
      : EventRoles(events, goal, dimensions),
        stages_(events, stages, dimensions),
        windows_(goal.lookback),
        marks_(events.size()) {
    expected_.fate.assign(events.size(), Fate::not_a_touch);
    for (std::size_t i = 0; i < events.size(); ++i) data_end_ = std::max(data_end_, events[i].time);
  }

  Expected run() {
    find_duplicates();
    std::set<std::string> visitors;
    for (const PlainEvent& event : events_) visitors.insert(event.visitor);
    find_sessions(visitors);
    for (const std::string& visitor : visitors) sales_of(in_order(visitor));
    for (const std::string& visitor : visitors) {
      const Indices mine = in_order(visitor);
      refunds_of(mine);
      null_journeys_of(mine);
    }
    settle_fates();
    return std::move(expected_);
  }

 private:
  [[nodiscard]] bool is_refund(std::size_t i) const {
    return converts(i) && events_[i].value < 0 && !duplicates_.contains(i);
  }
  [[nodiscard]] bool is_sale(std::size_t i) const {
    return converts(i) && events_[i].value >= 0 && !duplicates_.contains(i);
  }
  /// Of the sales with one order id the earliest stays; of refunds alike in id, time and value one.
  void find_duplicates() {
    if (goal_.deduplicate_by.empty()) return;
    std::map<std::string, Indices> orders;
    for (std::size_t i = 0; i < events_.size(); ++i) {
      if (converts(i) && !events_[i].order.empty()) orders[events_[i].order].push_back(i);
    }
    const auto rank = [&](std::size_t i) {
      return std::tuple(events_[i].time, events_[i].value, person_key(events_[i].visitor),
                        labels(i), i);
    };
    for (auto& [order, all] : orders) {
      std::sort(all.begin(), all.end(), [&](auto a, auto b) { return rank(a) < rank(b); });
      std::set<std::pair<std::int64_t, std::int64_t>> refunds;
      std::int64_t left = 0;
      for (const std::size_t i : all) {
        const bool sale = events_[i].value >= 0;
        const bool stays = sale ? !sale_of_order_.contains(order)
                                : refunds.insert({events_[i].time, events_[i].value}).second;
        if (!stays) duplicates_.insert(i);
        if (stays && sale) sale_of_order_[order] = i;
        if (stays) left += events_[i].value;
      }
      if (sale_of_order_.contains(order) && left < 0) ++expected_.over_refunded_orders;
    }
  }

  void find_sessions(const std::set<std::string>& visitors) {
    for (std::size_t i = 0; i < events_.size(); ++i) {
      touches_.push_back({is_touch(i), events_[i].time, true, Fate::not_a_touch});
    }
    if (!goal_.sessions && goal_.touch == TouchUnit::event) return;
    const auto sale = [this](std::size_t i) { return is_sale(i); };
    const auto candidate = [this](std::size_t i) { return is_touch(i); };
    for (const std::string& visitor : visitors) {
      SessionOracle sessions(events_, goal_, in_order(visitor));
      sessions.settle(candidate, sale, touches_);
      expected_.sessions += sessions.count();
      expected_.engaged_sessions += sessions.engaged();
    }
  }

  void sales_of(const Indices& mine) {
    std::size_t since = 0;  // where a journey may begin
    std::optional<std::size_t> before;
    bool any_counted = false;
    for (std::size_t at = 0; at < mine.size(); ++at) {
      if (!is_sale(mine[at])) continue;
      Sale sale{mine[at], false, false, {}};
      sale.first = in_period(sale.event) && !any_counted;
      sale.counts = in_period(sale.event) && (goal_.per_person == PerPerson::all || sale.first);
      any_counted = any_counted || sale.counts;
      sale.path = path_of_sale(mine, since, at);
      if (!sale.path.empty()) {
        sale.own_touch = sale.path.back() == sale.event;
        sale.stage = stages_.of(sale.path, sale.event, before, touches_);
      }
      if (sale.counts) {
        const Worth worth{one_conversion, Micros{events_[sale.event].value}};
        if (sale.path.empty()) ++expected_.unattributed_conversions;
        add_journey(sale.path,
                    {events_[sale.event].visitor,
                     {},
                     worth,
                     Outcome::converted,
                     events_[sale.event].time,
                     sale.own_touch,
                     sale.stage},
                    events_[sale.event].time);
      } else {
        for (const std::size_t touch : sale.path)
          marks_[touch].insert(Fate::of_uncounted_conversion);
      }
      sales_[sale.event] = sale;
      if (goal_.after_conversion == AfterConversion::keep) continue;
      since = at + 1;
      before = sale.event;
    }
  }

  /// The touches among mine[since, at) that the window of the sale mine[at] admits, transformed.
  Indices path_of_sale(const Indices& mine, std::size_t since, std::size_t at) {
    const PlainEvent& sale = events_[mine[at]];
    Indices path;
    for (std::size_t k = since; k < at; ++k) {
      const std::size_t i = mine[k];
      if (touches_[i].kept && windows_.admits(events_[i], touches_[i].time, sale.time)) {
        path.push_back(i);
      }
    }
    if (goal_.conversion_touch == ConversionTouch::when_channel && !sale.channel.empty() &&
        touches_[mine[at]].may_own) {
      path.push_back(mine[at]);
    }
    const Indices all = path;
    std::erase_if(path, [&](std::size_t i) { return !windows_.ranks_first(all, i, events_); });
    for (const std::size_t i : all) {
      if (!windows_.ranks_first(all, i, events_)) marks_[i].insert(Fate::outranked);
    }
    while (path.size() > goal_.lookback.touches) path.erase(path.begin());
    return transformed(path);
  }

  Indices transformed(const Indices& path) {
    std::vector<std::string> channels;
    for (const std::size_t touch : path) channels.push_back(events_[touch].channel);
    Indices left;
    const TransformOracle transforms(channels, goal_);
    for (const std::size_t position : transforms.left()) left.push_back(path[position]);
    for (const std::size_t touch : path) {
      if (std::find(left.begin(), left.end(), touch) == left.end()) {
        marks_[touch].insert(Fate::removed_by_transform);
      }
    }
    return left;
  }

  /// The sale that a refund gives back: of its order, else the person's latest before it.
  [[nodiscard]] std::optional<std::size_t> sale_behind(const Indices& mine, std::size_t at) const {
    const auto order = sale_of_order_.find(events_[mine[at]].order);
    if (!goal_.deduplicate_by.empty() && order != sale_of_order_.end()) return order->second;
    for (std::size_t k = at; k-- > 0;) {
      if (is_sale(mine[k])) return mine[k];
    }
    return std::nullopt;
  }

  void refunds_of(const Indices& mine) {
    for (std::size_t at = 0; at < mine.size(); ++at) {
      if (!is_refund(mine[at])) continue;
      const std::size_t refund = mine[at];
      const auto behind = sale_behind(mine, at);
      const Sale sale = behind ? sales_.at(*behind) : Sale{refund, false, true, {}};
      Fate& fate = expected_.fate[refund];
      fate = Fate::refund;
      if (goal_.per_person == PerPerson::first && !sale.first) fate = Fate::conversion_not_first;
      if (!in_period(refund)) fate = Fate::conversion_outside_period;
      if (fate != Fate::refund) continue;
      add_journey(sale.path,
                  {events_[sale.event].visitor,
                   {},
                   {Micros{0}, Micros{events_[refund].value}},
                   Outcome::refunded,
                   events_[refund].time,
                   sale.own_touch,
                   sale.stage},
                  events_[sale.event].time);
    }
  }

  void null_journeys_of(const Indices& mine) {
    Indices open;
    for (const std::size_t i : mine) {
      if (is_sale(i)) open.clear();
      if (touches_[i].kept) open.push_back(i);
    }
    const auto cut = [&](std::int64_t early, std::int64_t late) {
      return goal_.null_gap ? late - early > *goal_.null_gap : !windows_.any_admits(early, late);
    };
    Indices path;
    for (std::size_t k = 0; k < open.size(); ++k) {
      path.push_back(open[k]);
      if (k + 1 < open.size() && !cut(touches_[open[k]].time, touches_[open[k + 1]].time)) continue;
      end_null_journey(path);
      path.clear();
    }
  }

  void end_null_journey(const Indices& path) {
    const std::int64_t time = touches_[path.back()].time;
    if (goal_.censor == Censor::drop && windows_.any_admits(time, data_end_)) {
      for (const std::size_t touch : path) marks_[touch].insert(Fate::censored);
      return;
    }
    const Indices left = transformed(path);
    if (left.empty()) return;
    add_journey(left,
                {events_[left.back()].visitor, {}, {}, Outcome::null, time, false, stages_.none()},
                time);
  }

  void add_journey(const Indices& path, ExpectedJourney journey, std::int64_t ages_until) {
    expected_.booked += journey.worth;
    if (path.empty()) {
      expected_.unattributed += journey.worth;
      return;
    }
    for (const std::size_t touch : path) {
      const std::int64_t time = converts(touch) ? events_[touch].time : touches_[touch].time;
      journey.touches.push_back({touch, ages_until - time});
      marks_[touch].insert(Fate::in_journey);
    }
    expected_.journeys.push_back(journey);
  }

  void settle_fates() {
    for (std::size_t i = 0; i < events_.size(); ++i) {
      Fate& fate = expected_.fate[i];
      if (duplicates_.contains(i)) fate = Fate::duplicate_conversion;
      if (is_sale(i)) {
        fate = sales_.at(i).counts ? Fate::conversion
               : in_period(i)      ? Fate::conversion_not_first
                                   : Fate::conversion_outside_period;
      }
      if (!is_touch(i)) continue;
      fate = touches_[i].lost;
      if (!touches_[i].kept) continue;
      fate = Fate::outside_window;  // what none of these has, was too old for all
      for (const Fate found : {Fate::censored, Fate::outranked, Fate::removed_by_transform,
                               Fate::of_uncounted_conversion, Fate::in_journey}) {
        if (marks_[i].contains(found)) fate = found;
      }
    }
  }

  StageOracle stages_;
  WindowOracle windows_;
  std::vector<SessionTouch> touches_;  // of each event
  std::int64_t data_end_ = std::numeric_limits<std::int64_t>::min();
  std::set<std::size_t> duplicates_;
  std::map<std::string, std::size_t> sale_of_order_;
  std::map<std::size_t, Sale> sales_;  // by event
  std::vector<std::set<Fate>> marks_;  // what happened to each touch, journey by journey
  Expected expected_;
};

}  // namespace

Expected expected_journeys(const std::vector<PlainEvent>& events, const Goal& goal,
                           const std::vector<std::string>& dimensions,
                           std::span<const Goal> stages) {
  return Oracle(events, goal, dimensions, stages).run();
}

}  // namespace mta::test
