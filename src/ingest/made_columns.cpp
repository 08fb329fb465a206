#include "ingest/made_columns.hpp"

#include <algorithm>
#include <string>

#include "ingest/column_finder.hpp"

namespace mta {
namespace {

constexpr std::array<std::string_view, 9> dimension_names = {
    "source",      "medium",   "campaign",        "content",        "term",
    "campaign_id", "click_id", "source_category", "referrer_domain"};

struct TouchRole {
  std::string_view name;
  std::string TouchColumns::*given;
  std::array<std::string_view, 6> usual;  // in order of preference; empty ones do not count
};

const std::array<TouchRole, 7> roles = {{
    {"source", &TouchColumns::source, {"utm_source", "source", "traffic_source"}},
    {"medium", &TouchColumns::medium, {"utm_medium", "medium", "traffic_medium"}},
    {"campaign", &TouchColumns::campaign, {"utm_campaign", "campaign", "campaign_name"}},
    {"content", &TouchColumns::content, {"utm_content", "content", "ad_content"}},
    {"term", &TouchColumns::term, {"utm_term", "term", "keyword"}},
    {"landing_url",
     &TouchColumns::landing_url,
     {"landing_url", "landing_page", "page_location", "page_url", "url", "page"}},
    {"referrer",
     &TouchColumns::referrer,
     {"referrer", "page_referrer", "referrer_url", "referer", "http_referer", "http_referrer"}},
}};

UsualNames usual_names(const TouchRole& role) noexcept {
  const auto end = std::find(role.usual.begin(), role.usual.end(), std::string_view{});
  return {role.usual.begin(), end};
}

void fail(const ColumnNames& names) {
  throw Error(Errc::missing_column,
              names.source +
                  ": columns for channel rules: none of the usual names of source, medium, "
                  "campaign, content, term, landing_url and referrer is there; columns: " +
                  (names.names.empty() ? "none" : listed(names.names)));
}

class MadePlan {
 public:
  MadePlan(const Schema& schema, const ColumnNames& names)
      : schema_(schema), names_(names), finder_(names) {}

  MadeColumns take() {
    check_constants();
    find_core();
    for (const std::string& name : schema_.channel) {
      if (is_constant("channel")) break;
      result_.channels.push_back(finder_.add_given("channel", name));
    }
    if (schema_.channel_rules.are_given()) {
      find_touch_columns();
    } else if (result_.channels.empty() && !is_constant("channel")) {
      finder_.require("channel", "", usual_channel_names());
      result_.channels.push_back(finder_.slots() - 1);
    }
    add_worth_slots();
    add_dimensions();
    add_ids();
    result_.plan = finder_.take();
    result_.plan.watches_value =
        names_.absence == ColumnNames::Absence::pending && result_.slots.value == EventSlots::none;
    result_.fixed.resize(result_.from.size());
    return std::move(result_);
  }

 private:
  [[nodiscard]] bool is_constant(const std::string& name) const {
    return schema_.constants.contains(name);
  }

  void check_constants() const {
    for (const auto& [name, text] : schema_.constants) {
      const auto& key = name;
      const auto is_dimension = [&](const DimensionColumn& each) { return each.name == key; };
      const auto& ids = schema_.conversion_ids;
      const bool known =
          key == "event" || key == "channel" || key == "currency" ||
          std::any_of(schema_.dimensions.begin(), schema_.dimensions.end(), is_dimension) ||
          std::find(ids.begin(), ids.end(), key) != ids.end();
      if (known) continue;
      throw Error(
          Errc::invalid_option,
          "constants must name event, channel, currency, a dimension or a conversion id, got \"" +
              key + "\": \"" + text + '"');
    }
  }

  /// Visitor, time, event and channel of the row that is made.
  void find_core() {
    result_.from = {MadeColumns::none, MadeColumns::none, MadeColumns::none, MadeColumns::none};
    if (schema_.identifiers.empty()) {
      result_.from[EventSlots::visitor] = require_visitor(finder_, schema_);
    } else {
      result_.identifiers = find_identifiers(finder_, schema_, names_);
    }
    result_.from[EventSlots::time] = require_time(finder_, schema_);
    if (is_constant("event")) {
      fix(EventSlots::event, "event");
    } else {
      result_.from[EventSlots::event] = require_event(finder_, schema_);
    }
    if (is_constant("channel")) fix(EventSlots::channels, "channel");
  }

  void fix(std::size_t slot, const std::string& name) {
    result_.fixed.resize(std::max(result_.fixed.size(), slot + 1));
    result_.fixed[slot] = schema_.constants.at(name);
  }

  /// Finds what the rules look at before the dimensions, which may be made of it.
  void find_touch_columns() {
    for (std::size_t i = 0; i < roles.size(); ++i) {
      const std::string& given = schema_.touch_columns.*roles[i].given;
      const std::string role(roles[i].name);
      result_.texts[i] =
          given.empty() ? finder_.add_usual(role, usual_names(roles[i])).value_or(MadeColumns::none)
                        : finder_.add_given(role, given);
    }
    for (const ChannelRules::Column& column : schema_.channel_rules.columns()) {
      const bool may_miss = column.absence == ChannelRules::Column::Absence::empty;
      result_.columns.push_back(
          may_miss ? finder_.add_optional("channel rules", column.name).value_or(MadeColumns::none)
                   : finder_.add_given("channel rules", column.name));
    }
    const auto is_none = [](std::size_t slot) { return slot == MadeColumns::none; };
    if (std::all_of(result_.texts.begin(), result_.texts.end(), is_none) &&
        std::all_of(result_.columns.begin(), result_.columns.end(), is_none)) {
      fail(names_);
    }
  }

  std::size_t add_slot(std::size_t from) {
    result_.from.push_back(from);
    return result_.from.size() - 1;
  }
  std::size_t add_column(const std::string& role, const std::string& name) {
    if (schema_.missing == MissingColumns::refused) return finder_.add_given(role, name);
    return finder_.add_optional(role, name).value_or(MadeColumns::none);
  }
  std::size_t add_fixed(const std::string& name) {
    const std::size_t slot = add_slot(MadeColumns::none);
    fix(slot, name);
    return slot;
  }

  void add_worth_slots() {
    EventSlots found;
    Schema asked = schema_;
    if (is_constant("currency")) asked.currency.clear();
    add_worth(finder_, asked, found);
    if (found.value != EventSlots::none) result_.slots.value = add_slot(found.value);
    if (found.currency != EventSlots::none) result_.slots.currency = add_slot(found.currency);
    if (is_constant("currency")) result_.slots.currency = add_fixed("currency");
  }

  void add_dimensions() {
    result_.slots.dimensions = result_.from.size();
    result_.slots.dimension_count = schema_.dimensions.size();
    for (const DimensionColumn& dimension : schema_.dimensions) {
      const std::optional<std::size_t> derived = derived_as(dimension);
      if (is_constant(dimension.name)) {
        add_fixed(dimension.name);
      } else if (derived) {
        result_.derived.push_back({add_slot(MadeColumns::none), *derived});
      } else {
        add_slot(add_column(dimension.name, dimension.column));
      }
    }
  }

  /// A dimension is derived where it is called like one, and the input has no column of that name
  /// but, at most, the one that the rules look at.
  [[nodiscard]] std::optional<std::size_t> derived_as(const DimensionColumn& dimension) const {
    const std::optional<std::size_t> derived = derived_dimension(dimension.name);
    if (!schema_.channel_rules.are_given()) return std::nullopt;
    if (!derived || dimension.column != dimension.name) return std::nullopt;
    const bool is_column =
        std::find(names_.names.begin(), names_.names.end(), dimension.column) != names_.names.end();
    if (!is_column || (*derived < 5 && finder_.is_at(result_.texts[*derived], dimension.column))) {
      return derived;
    }
    return std::nullopt;
  }

  void add_ids() {
    result_.slots.ids = result_.from.size();
    result_.slots.id_count = schema_.conversion_ids.size();
    for (const std::string& name : schema_.conversion_ids) {
      if (is_constant(name)) {
        add_fixed(name);
        continue;
      }
      add_slot(add_column("conversion_id", id_column(schema_, name)));
    }
  }

  const Schema& schema_;
  const ColumnNames& names_;
  ColumnFinder finder_;
  MadeColumns result_;
};

}  // namespace

std::span<const std::string_view> derived_dimension_names() noexcept { return dimension_names; }

std::optional<std::size_t> derived_dimension(std::string_view name) noexcept {
  const auto at = std::find(dimension_names.begin(), dimension_names.end(), name);
  if (at == dimension_names.end()) return std::nullopt;
  return static_cast<std::size_t>(at - dimension_names.begin());
}

std::string_view derived_text(const TrafficSource& source, std::size_t dimension) {
  const std::array<const std::string*, dimension_names.size()> texts = {
      &source.source,         &source.medium,      &source.campaign, &source.content,
      &source.term,           &source.campaign_id, &source.click_id, &source.source_category,
      &source.referrer_domain};
  return *texts[dimension];
}

bool makes_rows(const Schema& schema) noexcept {
  return schema.channel_rules.are_given() || !schema.identifiers.empty() ||
         !schema.constants.empty() || schema.missing == MissingColumns::empty;
}

MadeColumns choose_made_columns(const Schema& schema, const ColumnNames& names) {
  return MadePlan(schema, names).take();
}

}  // namespace mta
