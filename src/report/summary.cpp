#include "report/summary.hpp"

#include <cstdint>
#include <span>

#include "report/amounts.hpp"
#include "report/model_labels.hpp"

namespace mta::report {
namespace {

/// "3 invalid_time, 1 empty_visitor": the enumerators whose count is not 0; "none" where all are.
template <class Enum>
std::string counted(std::span<const std::uint64_t> counts) {
  std::string text;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    text += (text.empty() ? "" : ", ") + grouped(counts[i]) + ' ';
    text += name_of(static_cast<Enum>(i));
  }
  return text.empty() ? "none" : text;
}

std::string columns_line(const std::vector<ColumnChoice>& columns) {
  std::string text;
  for (const ColumnChoice& choice : columns) {
    text += (text.empty() ? "columns: " : ", ") + choice.role + " = " + choice.column;
    if (choice.recognised) text += " (recognised)";
  }
  return text;
}

std::string worth_text(const Worth& worth) {
  return "conversions " + exact(worth.conversions, 0) + ", value " + exact(worth.value, 2);
}

}  // namespace

std::vector<std::string> input_lines(const IngestReport& input) {
  std::vector<std::string> lines{"input: " + grouped(input.rows) + " rows, " +
                                 grouped(input.events) + " events, " + grouped(input.rejected()) +
                                 " rejected"};
  if (input.rejected() > 0) {
    lines.push_back("rejected: " + counted<RejectReason>(input.rejected_by_reason));
  }
  if (!input.columns.empty()) lines.push_back(columns_line(input.columns));
  return lines;
}

std::vector<std::string> identity_lines(const IdentityReport& identity) {
  std::vector<std::string> lines{
      "identity: " + grouped(identity.identifiers) + " identifiers, " + grouped(identity.persons) +
      " persons" + (identity.accounts == 0 ? "" : ", " + grouped(identity.accounts) + " accounts")};
  for (const KindReport& kind : identity.kinds) {
    std::string text;
    const auto add = [&](std::uint64_t count, const char* what) {
      if (count > 0) text += (text.empty() ? "" : ", ") + grouped(count) + ' ' + what;
    };
    add(kind.blocked, "blocked");
    add(kind.malformed, "malformed");
    add(kind.ignored, "ignored");
    add(kind.excluded, "excluded");
    add(kind.over_limit, "over the limit");
    if (!text.empty()) lines.push_back("identity, " + kind.kind + ": " + text);
  }
  return lines;
}

std::string goal_summary(const GoalResult& goal) {
  std::string text = worth_text(goal.booked) + "; journeys " + grouped(goal.journeys()) + " (" +
                     grouped(goal.counts.converting_journeys) + " converting, " +
                     grouped(goal.counts.null_journeys) + " null); unattributed: " +
                     worth_text(goal.counts.unattributed.checked(goal.goal));
  if (goal.counts.over_refunded_orders > 0) {
    text += "; over-refunded orders " + grouped(goal.counts.over_refunded_orders);
  }
  if (goal.counts.sessions > 0) {
    text += "; sessions " + grouped(goal.counts.sessions) + " (" +
            grouped(goal.counts.engaged_sessions) + " engaged)";
  }
  return text;
}

std::string fates_line(const GoalResult& goal) {
  return "events: " + counted<Fate>(goal.counts.events);
}

std::vector<std::string> note_lines(const GoalResult& goal) {
  const std::vector<std::string> labels = model_labels(goal);
  std::vector<std::string> lines;
  for (std::size_t m = 0; m < goal.models.size(); ++m) {
    for (const std::string& note : goal.models[m].notes) {
      lines.push_back("note on " + labels[m] + ": " + note);
    }
  }
  return lines;
}

}  // namespace mta::report
