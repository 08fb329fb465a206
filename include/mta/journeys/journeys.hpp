#pragma once
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "mta/core/hash.hpp"
#include "mta/core/ids.hpp"
#include "mta/core/units.hpp"

namespace mta {

/// How a journey ended.
enum class Outcome : std::uint8_t {
  null,       ///< in no conversion: worth nothing
  converted,  ///< in a conversion of the goal
  refunded,   ///< the touches of an earlier conversion again, with negative value and a count of 0
};

/// One journey as a model sees it: the touches in order, oldest first, never empty.
struct Journey {
  /// In `stage`: no touch holds it.
  static constexpr std::uint32_t no_touch = 0xFFFFFFFF;

  std::span<const ChannelId> channel;
  std::span<const Seconds> age;  ///< before the journey's end; empty where times are unknown
  Worth worth;                   ///< what there is to hand out
  Micros count;  ///< how many journeys this one stands for (path tables: any number)
  Outcome outcome = Outcome::null;
  bool own_touch = false;  ///< the last touch is the conversion's own row
  /// For each stage asked for, the index here of the touch that holds it, or no_touch. Empty where
  /// none was asked for. JourneyBuilder says which touch that is.
  std::span<const std::uint32_t> stage = {};
  std::span<const std::uint32_t> event = {};  ///< code of each touch's event; empty where unknown
};

/// What each journey carries beside its touches.
struct JourneyEnd {
  std::uint64_t end_of_touches = 0;  ///< index one past its last touch
  Worth worth = {};
  Micros count = {};
  Outcome outcome = Outcome::null;
  bool own_touch = false;  ///< the last touch is the conversion's own row; never in path tables
  TimePoint time = {};     ///< of the conversion, or of the last touch
  PersonKey person = {};   ///< all zero for path tables
};
static_assert(sizeof(JourneyEnd) == 64);  // a cache line

/// Journeys, borrowed: slices of CSR arrays. Touch indices are those of the owner, whatever the
/// slice.
class JourneysView {
 public:
  JourneysView() = default;
  JourneysView(std::span<const JourneyEnd> ends, std::uint64_t first_touch,
               std::span<const ChannelId> channel, std::span<const Seconds> age,
               std::span<const std::uint32_t> row) noexcept
      : ends_(ends), first_touch_(first_touch), channel_(channel), age_(age), row_(row) {}

  /// The same journeys with their stages: entry i * stages + s is stage s of journey i.
  /// @pre stage.size() == size() * stages (asserted)
  [[nodiscard]] JourneysView with_stages(std::span<const std::uint32_t> stage,
                                         std::size_t stages) const noexcept {
    assert(stage.size() == size() * stages);
    JourneysView view = *this;
    view.stage_ = stage;
    view.stages_ = stages;
    return view;
  }
  /// The same journeys with the code of each touch's event, for every touch of the owner; which
  /// codes those are is the caller's to say. @pre event.size() == channel().size() (asserted)
  [[nodiscard]] JourneysView with_events(std::span<const std::uint32_t> event) const noexcept {
    assert(event.size() == channel_.size());
    JourneysView view = *this;
    view.event_ = event;
    return view;
  }

  [[nodiscard]] std::size_t size() const noexcept { return ends_.size(); }
  /// Number of touches in this slice.
  [[nodiscard]] std::uint64_t touches() const noexcept {
    return ends_.empty() ? 0 : ends_.back().end_of_touches - first_touch_;
  }
  [[nodiscard]] bool has_times() const noexcept { return !age_.empty() || channel_.empty(); }
  [[nodiscard]] std::uint64_t begin_of(std::size_t i) const noexcept {
    return i == 0 ? first_touch_ : ends_[i - 1].end_of_touches;
  }
  [[nodiscard]] const JourneyEnd& end_of(std::size_t i) const noexcept { return ends_[i]; }
  [[nodiscard]] Journey operator[](std::size_t i) const noexcept {
    const std::uint64_t begin = begin_of(i);
    const std::uint64_t count = ends_[i].end_of_touches - begin;
    return {channel_.subspan(begin, count),
            age_.empty() ? std::span<const Seconds>{} : age_.subspan(begin, count),
            ends_[i].worth,
            ends_[i].count,
            ends_[i].outcome,
            ends_[i].own_touch,
            stage_.subspan(i * stages_, stages_),
            event_.empty() ? event_ : event_.subspan(begin, count)};
  }
  [[nodiscard]] JourneysView first(std::size_t n) const noexcept {
    assert(n <= size());
    JourneysView view = *this;
    view.ends_ = ends_.first(n);
    view.stage_ = stage_.first(n * stages_);
    return view;
  }
  [[nodiscard]] JourneysView from(std::size_t n) const noexcept {
    assert(n <= size());
    JourneysView view = *this;
    view.ends_ = ends_.subspan(n);
    view.first_touch_ = begin_of(n);
    view.stage_ = stage_.subspan(n * stages_);
    return view;
  }
  /// Of every touch of the owner: index with begin_of(i) .. end_of(i).end_of_touches.
  [[nodiscard]] std::span<const ChannelId> channel() const noexcept { return channel_; }
  [[nodiscard]] std::span<const Seconds> age() const noexcept { return age_; }
  /// The event behind each touch: its row in the bucket (path tables: the row of the table).
  [[nodiscard]] std::span<const std::uint32_t> row() const noexcept { return row_; }
  /// The code of each touch's event; empty where unknown.
  [[nodiscard]] std::span<const std::uint32_t> event() const noexcept { return event_; }
  /// Number of stages asked for: size of each journey's `stage`.
  [[nodiscard]] std::size_t stages() const noexcept { return stages_; }

 private:
  std::span<const JourneyEnd> ends_;
  std::uint64_t first_touch_ = 0;
  std::span<const ChannelId> channel_;
  std::span<const Seconds> age_;
  std::span<const std::uint32_t> row_;
  std::span<const std::uint32_t> event_;
  std::span<const std::uint32_t> stage_;  // of this slice's journeys
  std::size_t stages_ = 0;
};

/// Journeys, owned. Touches are added one by one or many at a time, then `end` closes the journey
/// that they make. Memory, and the number of stages, are kept when they are cleared.
class Journeys {
 public:
  void add_touch(ChannelId channel, Seconds age, std::uint32_t row) {
    const Room room = add_touches(1);
    *room.channel = channel;
    *room.age = age;
    *room.row = row;
  }
  /// For journeys without times. Never mixed with the other forms in one owner.
  void add_touch(ChannelId channel, std::uint32_t row) {
    const Room room = add_touches(1);
    *room.channel = channel;
    *room.row = row;
    has_times_ = false;
  }
  /// Adds n touches, which the caller writes at once.
  struct Room {
    ChannelId* channel;
    Seconds* age;
    std::uint32_t* row;
  };
  [[nodiscard]] Room add_touches(std::size_t n) {
    const std::size_t before = touches_;
    touches_ += n;
    if (touches_ > channel_.size()) grow();
    return {channel_.data() + before, age_.data() + before, row_.data() + before};
  }
  /// Takes back the last n touches. @pre no journey has them yet
  void drop_touches(std::size_t n) noexcept { touches_ -= n; }
  /// How many stages each journey from here on has; none unless this is called.
  /// @pre there is no journey (asserted)
  void set_stages(std::size_t stages) {
    assert(journeys_ == 0);
    stages_ = stages;
  }
  /// Closes a journey of all touches that none has yet. @pre there is one, no stages (asserted)
  void end(const JourneyEnd& end) { end_at(touches_, end); }
  /// The same with the touch that holds each stage, as in Journey::stage.
  /// @pre stage.size() is what set_stages said (asserted)
  void end(const JourneyEnd& end, std::span<const std::uint32_t> stage) {
    stage_.insert(stage_.end(), stage.begin(), stage.end());
    end_at(touches_, end);
  }
  /// Closes a journey of those before touch `end_of_touches`. @pre as end(end)
  void end_at(std::size_t end_of_touches, const JourneyEnd& end) {
    assert(stage_.size() == (journeys_ + 1) * stages_);
    assert(end_of_touches > (journeys_ == 0 ? 0 : ends_[journeys_ - 1].end_of_touches));
    assert(end_of_touches <= touches_);
    if (journeys_ == ends_.size()) grow_ends();
    ends_[journeys_] = end;
    ends_[journeys_++].end_of_touches = end_of_touches;
  }
  void clear() noexcept {
    journeys_ = touches_ = 0;
    has_times_ = true;
    stage_.clear();
  }
  [[nodiscard]] std::size_t size() const noexcept { return journeys_; }
  [[nodiscard]] std::size_t touches() const noexcept { return touches_; }
  [[nodiscard]] JourneysView view() const noexcept {
    return JourneysView(std::span(ends_).first(journeys_), 0, std::span(channel_).first(touches_),
                        std::span(age_).first(has_times_ ? touches_ : 0),
                        std::span(row_).first(touches_))
        .with_stages(stage_, stages_);
  }

 private:
  // Apart from what is done for each touch and journey, and with columns that are longer than what
  // they hold: a push_back for each costs more than filling them.
  [[gnu::noinline]] void grow_ends() { ends_.resize(journeys_ + journeys_ / 2 + 16); }
  [[gnu::noinline]] void grow() {
    const std::size_t size = touches_ + touches_ / 2 + 16;
    channel_.resize(size);
    age_.resize(size);
    row_.resize(size);
  }

  std::size_t journeys_ = 0, touches_ = 0;
  std::vector<JourneyEnd> ends_;
  bool has_times_ = true;
  std::vector<ChannelId> channel_;
  std::vector<Seconds> age_;
  std::vector<std::uint32_t> row_;
  std::size_t stages_ = 0;
  std::vector<std::uint32_t> stage_;
};

}  // namespace mta
