#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/core/units.hpp"
#include "mta/journeys/lookback.hpp"
#include "mta/journeys/sessions.hpp"

namespace mta {

/// One condition on an event: a dimension ("event", "channel" or a name of the layout) and the
/// values that pass. An empty value is the empty text.
struct Condition {
  enum class Match { one_of, none_of };
  std::string dimension;
  std::vector<std::string> values;
  Match match = Match::one_of;
  friend bool operator==(const Condition&, const Condition&) = default;
};
/// All must hold; none: every event passes.
using Filter = std::vector<Condition>;

/// A step that rewrites the touches of a journey. They are applied in the order given.
struct Transform {
  enum class Kind {
    collapse,                    ///< of adjacent touches of one channel, keep the first
    first,                       ///< of each channel, keep the first touch
    frequency,                   ///< the same; a path as text also tells how many there were
    trim,                        ///< keep the last `count` touches
    exclude,                     ///< drop every touch of `channel`
    remove_if_not_all,           ///< drop every touch of `channel`, unless all are
    remove_if_last_and_not_all,  ///< drop the run of `channel` at the end, unless all are
  };
  Kind kind = Kind::collapse;
  std::uint64_t count = 0;
  std::string channel;
  friend bool operator==(const Transform&, const Transform&) = default;
};

enum class AfterConversion { restart, keep };
enum class ConversionTouch { when_channel, never };
enum class Censor { keep, drop };
enum class PerPerson { all, first };
enum class DirectPolicy { keep, ignore_if_others };
enum class Ties { content, input_order };

/// A kind of conversion, and how its journeys are made. docs/architecture.md, "Journeys" has the
/// rules. Where a goal stands for a stage of another goal's journeys (JourneyBuilder), `events` and
/// `where` say what passes it, and the rest does not matter.
struct Goal {
  std::string name;
  std::vector<std::string> events;  ///< names of the events that convert
  Filter where = {};                ///< what else must hold for a conversion

  TouchUnit touch = TouchUnit::event;
  /// How sessions are made. Nothing: none are, unless `touch` needs them; then ga4_sessions().
  std::optional<Sessions> sessions = {};
  Lookback lookback = {};
  AfterConversion after_conversion = AfterConversion::restart;
  ConversionTouch conversion_touch = ConversionTouch::when_channel;
  /// Null journeys are cut where touches lie further apart; nothing: than every window of
  /// `lookback`.
  std::optional<std::int64_t> null_gap = {};
  Censor censor = Censor::keep;
  std::vector<std::string> touch_events =
      {};  ///< empty: all with a channel that are no conversions
  Filter touch_where = {};
  std::optional<TimePoint> from = {};  ///< conversions before it do not count
  std::optional<TimePoint> to = {};    ///< conversions at or after it do not count
  PerPerson per_person = PerPerson::all;
  std::vector<Transform> transforms = {};
  DirectPolicy direct = DirectPolicy::keep;
  std::string deduplicate_by = {};  ///< name of a conversion id of the layout; empty: none
  Ties ties = Ties::content;

  friend bool operator==(const Goal&, const Goal&) = default;
};

/// @throws Error{Errc::invalid_option} naming the goal, the key, the rule and the value given.
MTA_EXPORT void validate(const Goal& goal);

/// Whether a channel is Direct: "direct" or "(direct)" in any case.
[[nodiscard]] MTA_EXPORT bool is_direct(std::string_view channel) noexcept;

}  // namespace mta
