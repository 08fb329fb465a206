#pragma once
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/ingest/channel_rules.hpp"

namespace mta {

/// A dimension that rides along for drill-down and filters: what it is called, and its column.
struct DimensionColumn {
  std::string name = {};
  std::string column = {};
  friend bool operator==(const DimensionColumn&, const DimensionColumn&) = default;
};

/// Dimensions that channel rules give each touch: "source", "medium", "campaign", "content", "term",
/// "campaign_id", "click_id", "source_category", "referrer_domain".
[[nodiscard]] MTA_EXPORT std::span<const std::string_view> derived_dimension_names() noexcept;

/// Columns that say where a visit came from, for channel rules. Those without a name are recognised
/// by the usual ones, and may be missing.
struct TouchColumns {
  std::string source = {}, medium = {}, campaign = {}, content = {}, term = {};
  std::string landing_url = {}, referrer = {};
  friend bool operator==(const TouchColumns&, const TouchColumns&) = default;
};

/// A column with identifiers of a kind: a cookie, an e-mail address, a customer's number.
struct IdentifierColumn {
  std::string kind = {};
  std::string column = {};
  friend bool operator==(const IdentifierColumn&, const IdentifierColumn&) = default;
};

enum class MissingColumns {
  refused,  ///< an error
  empty,    ///< the rows have none
};

/// What the rows of an input are.
enum class RowsAre {
  events,
  links,  ///< identifiers that belong together, and no events
};

/// Which columns of the input mean what, and how times are written.
/// An empty column name means: recognise the usual names (docs/formats/columns.md), and report it.
struct Schema {
  std::string visitor = {};
  std::string time = {};
  std::string event = {};
  std::vector<std::string> channel = {};      ///< several columns are joined by `channel_separator`
  std::string channel_separator = " / "; ///< empty parts are left out of the join
  std::string value = {};                     ///< optional: without one, every value is 0
  std::string currency = {};                  ///< optional, never recognised by itself

  std::vector<DimensionColumn> dimensions = {};
  /// Columns that identify a conversion (an order id), for goals with `deduplicate_by`.
  std::vector<std::string> conversion_ids = {};
  /// The columns of those that are not called as their id is, by id.
  std::map<std::string, std::string> conversion_id_columns = {};
  /// Names of the events that may be conversions: value, currency and ids are read on these rows
  /// only. Empty: on all rows.
  std::vector<std::string> conversion_events = {};

  /// "": ISO-8601, or epoch seconds, milliseconds or microseconds by their number of digits;
  /// "s", "ms", "us": epoch; else a pattern of %Y %m %d %H %M %S %f %z %y %b %e %I %p and literals.
  std::string time_format = {};
  /// Zone of times without one: an IANA name ("Europe/Berlin") or a fixed offset ("+02:00").
  std::string time_zone = "UTC";
  /// Field delimiter of text tables; 0: comma, or tab where the file's name ends in .tsv.
  char delimiter = 0;

  /// Rules that give each row its channel. Then `channel` is no longer recognised by usual names, and
  /// where it is given, a row's own channel goes before the rules; and a dimension that is named like
  /// what rules know of a touch (`derived_dimension_names`) needs no column.
  ChannelRules channel_rules = {};
  TouchColumns touch_columns = {};

  /// Where there are any, rows are of whom these identify (ReadOptions::persons), and `visitor` is not
  /// looked at. A row may lack some of them, and a file some of the columns.
  std::vector<IdentifierColumn> identifiers = {};
  /// What is the same in all rows: texts of "event", "channel", "currency", dimensions and conversion
  /// ids, by name. Columns of these are not looked at.
  std::map<std::string, std::string> constants = {};
  /// What it means that the column of a dimension or a conversion id is not there.
  MissingColumns missing = MissingColumns::refused;

  friend bool operator==(const Schema&, const Schema&) = default;
};

}  // namespace mta
