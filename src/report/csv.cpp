#include <string>
#include <string_view>
#include <vector>

#include "mta/core/decimal.hpp"
#include "mta/report/report.hpp"
#include "report/csv_field.hpp"
#include "report/model_labels.hpp"

namespace mta {
namespace {

void write_line(std::string& out, std::string_view goal, std::string_view model,
                const std::vector<std::string>& key, std::string_view conversions,
                std::string_view value) {
  out.append(report::csv_field(goal)).append(",").append(report::csv_field(model)).append(",");
  for (const std::string& part : key) out.append(report::csv_field(part)).append(",");
  out.append(conversions).append(",").append(value).append("\n");
}

}  // namespace

std::string to_csv(const Result& result) {
  std::string out;
  write_line(out, "goal", "model", result.by, "conversions", "value");
  for (const GoalResult& goal : result.goals) {
    const std::vector<std::string> labels = report::model_labels(goal);
    for (std::size_t m = 0; m < goal.models.size(); ++m) {
      for (const CreditRow& row : goal.models[m].credits) {
        write_line(out, goal.goal, labels[m], row.key, format_micros(row.credit.conversions),
                   format_micros(row.credit.value));
      }
    }
  }
  return out;
}

}  // namespace mta
