#pragma once
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/ingest/traffic_source.hpp"

namespace mta {

/// What rules make of a row.
struct JudgedTouch {
  std::string channel;  ///< empty: the row is no touch
  TrafficSource source;
};

/// Rules that give each row its channel: an ordered list, the first whose conditions hold wins. A
/// value, cheap to copy; without rules (the default) nothing here is ever called.
///
///   No source  a row that starts no touch of its own (TrafficSource::Start) gets a channel only
///   from
///              a rule that names a column of the input
///   Written    as JSON: "ga4", or an object (docs/channels.md)
///   Errors     parse: @throws Error{Errc::invalid_spec} naming the rule by its index, the key,
///   what
///              it must be and the value given
///   Regex      RE2: linear time in the text, whatever the pattern
///   Texts      are compared without regard to case (ASCII; a regex by Unicode), unless a condition
///              says otherwise
class MTA_EXPORT ChannelRules {
 public:
  ChannelRules() = default;
  [[nodiscard]] static ChannelRules parse(std::string_view json);

  /// Whether there are rules at all.
  [[nodiscard]] bool are_given() const noexcept { return held_ != nullptr; }
  /// The rules as they were given, as JSON with its keys in order.
  [[nodiscard]] const std::string& json() const noexcept;

  /// A column of the input that a condition names.
  struct Column {
    std::string name;
    enum class Absence { error, empty } absence = Absence::error;
    friend bool operator==(const Column&, const Column&) = default;
  };
  /// In the order that `judge` takes their texts in.
  [[nodiscard]] std::span<const Column> columns() const noexcept;
  /// The channel of a row. @pre are_given(), columns.size() == columns().size()
  [[nodiscard]] JudgedTouch judge(const TouchTexts& texts,
                                  std::span<const std::string_view> columns) const;
  /// All channels that a rule may give, in order of the rules, the default last.
  [[nodiscard]] std::vector<std::string> channels() const;

  friend bool operator==(const ChannelRules& a, const ChannelRules& b) {
    return a.json() == b.json();
  }

  struct Held;

 private:
  friend class TouchKey;  // knows what of a URL the rules look at
  std::shared_ptr<const Held> held_;
};

}  // namespace mta
