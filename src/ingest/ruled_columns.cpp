#include "ingest/ruled_columns.hpp"

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

class RuledPlan {
 public:
  RuledPlan(const Schema& schema, const ColumnNames& names)
      : schema_(schema), names_(names), finder_(names) {}

  RuledColumns take() {
    require_core(finder_, schema_);
    result_.from = {EventSlots::visitor, EventSlots::time, EventSlots::event, RuledColumns::none};
    for (const std::string& name : schema_.channel) finder_.add_given("channel", name);
    result_.given_channels = schema_.channel.size();
    find_touch_columns();
    add_worth_slots();
    add_dimensions();
    add_ids();
    result_.plan = finder_.take();
    result_.plan.watches_value =
        names_.absence == ColumnNames::Absence::pending && result_.slots.value == EventSlots::none;
    return std::move(result_);
  }

 private:
  /// Finds what the rules look at before the dimensions, which may be made of it.
  void find_touch_columns() {
    for (std::size_t i = 0; i < roles.size(); ++i) {
      const std::string& given = schema_.touch_columns.*roles[i].given;
      const std::string role(roles[i].name);
      result_.texts[i] =
          given.empty()
              ? finder_.add_usual(role, usual_names(roles[i])).value_or(RuledColumns::none)
              : finder_.add_given(role, given);
    }
    for (const ChannelRules::Column& column : schema_.channel_rules.columns()) {
      const bool may_miss = column.absence == ChannelRules::Column::Absence::empty;
      result_.columns.push_back(
          may_miss ? finder_.add_optional("channel rules", column.name).value_or(RuledColumns::none)
                   : finder_.add_given("channel rules", column.name));
    }
    const auto is_none = [](std::size_t slot) { return slot == RuledColumns::none; };
    if (std::all_of(result_.texts.begin(), result_.texts.end(), is_none) &&
        std::all_of(result_.columns.begin(), result_.columns.end(), is_none)) {
      fail(names_);
    }
  }

  std::size_t add_slot(std::size_t from) {
    result_.from.push_back(from);
    return result_.from.size() - 1;
  }

  void add_worth_slots() {
    EventSlots found;
    add_worth(finder_, schema_, found);
    if (found.value != EventSlots::none) result_.slots.value = add_slot(found.value);
    if (found.currency != EventSlots::none) result_.slots.currency = add_slot(found.currency);
  }

  void add_dimensions() {
    result_.slots.dimensions = result_.from.size();
    result_.slots.dimension_count = schema_.dimensions.size();
    for (const DimensionColumn& dimension : schema_.dimensions) {
      const std::optional<std::size_t> derived = derived_as(dimension);
      if (derived) {
        result_.derived.push_back({add_slot(RuledColumns::none), *derived});
      } else {
        add_slot(finder_.add_given(dimension.name, dimension.column));
      }
    }
  }

  /// A dimension is derived where it is called like one, and the input has no column of that name
  /// but, at most, the one that the rules look at.
  [[nodiscard]] std::optional<std::size_t> derived_as(const DimensionColumn& dimension) const {
    const std::optional<std::size_t> derived = derived_dimension(dimension.name);
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
      add_slot(finder_.add_given("conversion_id", name));
    }
  }

  const Schema& schema_;
  const ColumnNames& names_;
  ColumnFinder finder_;
  RuledColumns result_;
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

RuledColumns choose_ruled_columns(const Schema& schema, const ColumnNames& names) {
  return RuledPlan(schema, names).take();
}

}  // namespace mta
