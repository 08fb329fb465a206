#include "mta/report/timeline.hpp"

#include "mta/credits/result.hpp"
#include "mta/identity/identifier.hpp"
#include "report/amounts.hpp"
#include "report/display_text.hpp"
#include "report/text_columns.hpp"
#include "report/time_text.hpp"

namespace mta {
namespace {

using report::TextColumn;

std::string ending(const CreditedJourney& journey) {
  const std::string at = report::iso_time(journey.time);
  if (journey.outcome == Outcome::null) return "no conversion up to " + at;
  const std::string value =
      journey.worth.value == Micros{0} ? "" : ", value " + report::exact(journey.worth.value, 2);
  return (journey.outcome == Outcome::refunded ? "refunded at " : "converted at ") + at + value;
}

std::string or_not_set(std::string_view text) {
  return std::string(text.empty() ? not_set_label : text);
}

/// "0.4", or "0.4 / 12.50" where there is value to show.
std::string credit_text(const Worth& credit, const Worth& worth) {
  if (credit == Worth{}) return "-";
  const std::string conversions = report::exact(credit.conversions, 0);
  if (worth.value == Micros{0} && credit.value == Micros{0}) return conversions;
  return conversions + " / " + report::exact(credit.value, 2);
}

}  // namespace

void Timeline::begin(const TrailHead& head) {
  goal_ = head.goal;
  models_.assign(head.models.begin(), head.models.end());
  dimensions_.assign(head.dimensions.begin(), head.dimensions.end());
}

void Timeline::take(const CreditedJourney& journey) {
  if (!text_.empty()) text_ += '\n';
  text_ += report::visible("goal " + goal_ + ", person " + format_key(journey.person) + ": " +
                           ending(journey)) +
           '\n';
  std::vector<TextColumn> columns(3);
  columns[0].cells = {"time"};
  columns[1].cells = {"event"};
  columns[2].cells = {"channel"};
  for (const std::string& dimension : dimensions_) columns.push_back({{dimension}});
  const bool earns = journey.outcome != Outcome::null;
  for (const std::string& model : models_) {
    if (earns) columns.push_back({{model}, TextColumn::Side::right});
  }
  for (const CreditedTouch& touch : journey.touches) {
    columns[0].cells.push_back(report::iso_time(touch.time));
    columns[1].cells.push_back(or_not_set(touch.event));
    columns[2].cells.push_back(or_not_set(touch.channel));
    for (std::size_t d = 0; d < dimensions_.size(); ++d) {
      columns[3 + d].cells.push_back(or_not_set(touch.dimensions[d]));
    }
    for (std::size_t m = 0; earns && m < models_.size(); ++m) {
      columns[3 + dimensions_.size() + m].cells.push_back(
          credit_text(touch.credit[m], journey.worth));
    }
  }
  text_ += report::aligned(std::move(columns));
}

void Timeline::end(std::span<const Worth>) {}

}  // namespace mta
