#pragma once
#include <cstdint>
#include <span>
#include <stop_token>
#include <string_view>
#include <variant>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/core/units.hpp"
#include "mta/ingest/events.hpp"
#include "mta/ingest/schema.hpp"

namespace mta {

/// Codes into a list of names: a column that is dictionary-encoded already. Every code <
/// names.size().
struct CodedColumn {
  std::span<const std::uint32_t> codes;
  std::span<const std::string_view> names;
};

/// Epoch times in the unit named.
struct EpochColumn {
  enum class Unit { seconds, milliseconds, microseconds };
  std::span<const std::int64_t> values;
  Unit unit = Unit::microseconds;
};

using TextColumn = std::span<const std::string_view>;
using KeyColumn = std::variant<TextColumn, std::span<const std::uint64_t>>;
using LabelColumn = std::variant<std::monostate, TextColumn, CodedColumn>;
using TimeColumn = std::variant<EpochColumn, TextColumn>;
/// Doubles are taken by their shortest decimal text, as if read from a file.
using ValueColumn =
    std::variant<std::monostate, std::span<const Micros>, std::span<const double>, TextColumn>;

/// Columns that say where a visit came from, for a schema's channel rules; each may be left out.
struct TouchLabels {
  LabelColumn source = {}, medium = {}, campaign = {}, content = {}, term = {};
  LabelColumn landing_url = {}, referrer = {};
};

/// Another program's own columns, borrowed for the call. All non-empty columns have the same
/// length.
struct Columns {
  KeyColumn visitor;
  TimeColumn time;
  LabelColumn event = {};                        ///< left out: every row is the event `all_events`
  LabelColumn channel = {};                      ///< left out: no row has a channel
  ValueColumn value = {};                        ///< left out: every value is 0
  std::vector<LabelColumn> dimensions = {};      ///< as in the layout
  std::vector<LabelColumn> conversion_ids = {};  ///< as in the layout
  std::string_view all_events = "conversion";
  /// For channel rules, which say the channel where `channel` is left out or blank, and those
  /// dimensions that are left out and derived (`derived_dimension_names`).
  TouchLabels touch = {};
  std::vector<LabelColumn> rule_columns = {};  ///< as ChannelRules::columns; each may be left out
};

/// How `append` works; nothing here changes what it appends.
struct AppendOptions {
  std::size_t threads = 1;
  std::stop_token stop = {};
};

/// Partitions columns into `events`: no intermediate copy of any column. Rows that break a rule are
/// rejected and counted, as from a file; their line is the row's number from 1.
///
///   Uses      of the schema: conversion_events, time_format, time_zone, channel_rules
///   Promises  all or nothing: where it throws, `events` has the rows and the report of before
///   Errors    @throws Error{Errc::invalid_option} where lengths differ, the dimensions are not the
///             layout's, or a code is out of range; Errc::cancelled where a stop was requested
///   Cost      O(rows), one hash per visitor text, one table look-up per label text; with channel
///             rules 4 bytes a row and derived dimension, and what ChannelRules cost
MTA_EXPORT void append(Events& events, const Columns& columns, const Schema& schema = {},
                       const AppendOptions& options = {});

}  // namespace mta
