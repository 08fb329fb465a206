#include "mta/report/credit_ledger.hpp"

#include <nlohmann/json.hpp>

#include "mta/core/decimal.hpp"
#include "mta/credits/result.hpp"
#include "mta/identity/identifier.hpp"
#include "report/csv_field.hpp"
#include "report/time_text.hpp"

namespace mta {
namespace {

constexpr std::size_t block = 1 << 16;  // bytes that are written at once

std::string_view name_of(Outcome outcome) noexcept {
  return outcome == Outcome::converted  ? "converted"
         : outcome == Outcome::refunded ? "refunded"
                                        : "null";
}

}  // namespace

/// Where there is no journey, a line of what no touch earned.
struct CreditLedger::Line {
  const CreditedJourney* journey;
  std::size_t touch, model;
  Worth credit;
};

void CreditLedger::begin(const TrailHead& head) {
  goal_ = head.goal;
  models_.assign(head.models.begin(), head.models.end());
  dimensions_.assign(head.dimensions.begin(), head.dimensions.end());
  if (format_ != LedgerFormat::csv || has_header_) return;
  has_header_ = true;
  lines_ += "goal,model,person,outcome,conversion_time,touch,touches,touch_time,event,channel";
  for (const std::string& dimension : dimensions_) lines_ += ',' + report::csv_field(dimension);
  lines_ += ",conversions,value\n";
}

void CreditLedger::take(const CreditedJourney& journey) {
  for (std::size_t touch = 0; touch < journey.touches.size(); ++touch) {
    for (std::size_t model = 0; model < models_.size(); ++model) {
      const Worth& credit = journey.touches[touch].credit[model];
      if (credit != Worth{}) add({&journey, touch, model, credit});
    }
  }
}

void CreditLedger::end(std::span<const Worth> unattributed) {
  for (std::size_t model = 0; model < models_.size(); ++model) {
    if (unattributed[model] != Worth{}) add({nullptr, 0, model, unattributed[model]});
  }
  write_(lines_);
  lines_.clear();
}

void CreditLedger::add(const Line& line) {
  if (format_ == LedgerFormat::csv) {
    add_csv(line);
  } else {
    add_ndjson(line);
  }
  if (lines_.size() < block) return;
  write_(lines_);
  lines_.clear();
}

void CreditLedger::add_csv(const Line& line) {
  lines_ += report::csv_field(goal_) + ',' + report::csv_field(models_[line.model]) + ',';
  if (line.journey == nullptr) {
    lines_.append(",,,,,,,").append(unattributed_label);
    lines_.append(dimensions_.size(), ',');
  } else {
    const CreditedJourney& journey = *line.journey;
    const CreditedTouch& touch = journey.touches[line.touch];
    lines_.append(format_key(journey.person)).append(",");
    lines_.append(name_of(journey.outcome)).append(",");
    lines_.append(report::iso_time(journey.time)).append(",");
    lines_.append(std::to_string(line.touch + 1)).append(",");
    lines_.append(std::to_string(journey.touches.size())).append(",");
    lines_.append(report::iso_time(touch.time)).append(",");
    lines_.append(report::csv_field(touch.event)).append(",");
    lines_.append(report::csv_field(touch.channel));
    for (const std::string_view text : touch.dimensions) lines_ += ',' + report::csv_field(text);
  }
  lines_.append(",").append(format_micros(line.credit.conversions));
  lines_.append(",").append(format_micros(line.credit.value)).append("\n");
}

void CreditLedger::add_ndjson(const Line& line) {
  nlohmann::ordered_json json;
  json["goal"] = goal_;
  json["model"] = models_[line.model];
  if (line.journey == nullptr) {
    json["channel"] = unattributed_label;
  } else {
    const CreditedJourney& journey = *line.journey;
    const CreditedTouch& touch = journey.touches[line.touch];
    json["person"] = format_key(journey.person);
    json["outcome"] = name_of(journey.outcome);
    json["conversion_time"] = report::iso_time(journey.time);
    json["touch"] = line.touch + 1;
    json["touches"] = journey.touches.size();
    json["touch_time"] = report::iso_time(touch.time);
    json["event"] = touch.event;
    json["channel"] = touch.channel;
    for (std::size_t d = 0; d < dimensions_.size(); ++d) {
      json["dimensions"][dimensions_[d]] = touch.dimensions[d];
    }
  }
  json["conversions"] = format_micros(line.credit.conversions);
  json["value"] = format_micros(line.credit.value);
  lines_ += json.dump() + '\n';
}

}  // namespace mta
