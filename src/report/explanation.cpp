#include "mta/report/explanation.hpp"

#include <algorithm>
#include <limits>
#include <span>
#include <utility>

#include "mta/identity/identifier.hpp"
#include "report/display_text.hpp"
#include "report/text_columns.hpp"
#include "report/time_text.hpp"

namespace mta {
namespace {

using report::TextColumn;

constexpr std::size_t longest_list = 120;  // of identifiers in a cell
constexpr std::size_t longest_in_list = 32;

std::string name_of(const NamedKey& identifier) {
  return identifier.kind.empty() ? identifier.text : identifier.kind + ':' + identifier.text;
}

void add_to(std::string& list, const NamedKey& identifier) {
  if (!list.empty()) list += " + ";
  list += report::shortened(report::visible(name_of(identifier)), longest_in_list);
}

/// A link file without times says what holds from ever.
std::string time_text(TimePoint time) {
  const bool ever = time.micros == std::numeric_limits<std::int64_t>::min();
  return ever ? "ever" : report::iso_time(time);
}

const char* name_of(DropReason reason) {
  switch (reason) {
    case DropReason::ignored:
      return "ignored";
    case DropReason::excluded:
      return "excluded";
    case DropReason::over_limit:
      return "over the limit";
  }
  return "";
}

std::string counted(std::uint64_t count, const char* one, const char* many) {
  return std::to_string(count) + ' ' + (count == 1 ? one : many);
}

std::string list_of(const PersonGraph& graph, std::span<const std::uint32_t> places) {
  std::string list;
  for (const std::uint32_t place : places) {
    add_to(list, graph.identifiers()[place]);
  }
  return list;
}

/// "4 + 1", or how the person stays one.
std::string parts_text(const PersonLink& link) {
  if (link.parts.size() < 2) return "still one";
  std::string text;
  for (const std::uint64_t part : link.parts) {
    if (!text.empty()) text += " + ";
    text += std::to_string(part);
  }
  return text;
}

std::string links_table(const PersonGraph& graph) {
  std::vector<TextColumn> columns{{{"first seen"}},
                                  {{"last seen"}},
                                  {{"events"}, TextColumn::Side::right},
                                  {{"without it"}},
                                  {{"together"}, TextColumn::Side::left, longest_list}};
  for (const PersonLink& link : graph.links()) {
    const bool seen = link.origin == LinkOrigin::seen;
    columns[0].cells.push_back(seen ? time_text(link.first) : "included");
    columns[1].cells.push_back(seen ? time_text(link.last) : "-");
    columns[2].cells.push_back(seen ? std::to_string(link.events) : "-");
    columns[3].cells.push_back(parts_text(link));
    columns[4].cells.push_back(list_of(graph, link.identifiers));
  }
  return report::aligned(std::move(columns));
}

std::string drops_table(const PersonGraph& graph) {
  std::vector<TextColumn> columns{
      {{"first seen"}}, {{"last seen"}}, {{"events"}, TextColumn::Side::right},
      {{"left out"}},   {{"why"}},       {{"beside"}}};
  for (const PersonDrop& drop : graph.drops()) {
    columns[0].cells.push_back(time_text(drop.first));
    columns[1].cells.push_back(time_text(drop.last));
    columns[2].cells.push_back(std::to_string(drop.events));
    columns[3].cells.push_back(name_of(drop.identifier));
    columns[4].cells.emplace_back(name_of(drop.reason));
    columns[5].cells.push_back(name_of(graph.identifiers()[drop.with]));
  }
  return report::aligned(std::move(columns));
}

std::string rows_table(const Explanation& explanation) {
  std::vector<TextColumn> columns{{{"time"}},
                                  {{"row"}, TextColumn::Side::left, longest_list},
                                  {{"has"}, TextColumn::Side::left, longest_list}};
  for (const EvidenceRow& row : explanation.rows) {
    std::string list;
    for (const NamedKey& identifier : row.identifiers) add_to(list, identifier);
    columns[0].cells.push_back(time_text(row.time));
    columns[1].cells.push_back(row.source + ':' + std::to_string(row.line));
    columns[2].cells.push_back(std::move(list));
  }
  return report::aligned(std::move(columns));
}

std::string chain_text(const PersonGraph& graph, const PersonKey& from, const PersonKey& to) {
  const NamedKey *const first = graph.find(from), *const last = graph.find(to);
  if (first == nullptr) return "";
  if (last == nullptr) return "\nThe other identifier is not of this person.\n";
  std::string text = "\nchain: " + name_of(*first);
  for (const ChainStep& step : graph.chain(from, to)) {
    const PersonLink& link = graph.links()[step.link];
    text += "\n  " + (link.origin == LinkOrigin::seen ? time_text(link.first) : "included") +
            ": with " + name_of(graph.identifiers()[step.identifier]);
  }
  return text + '\n';
}

}  // namespace

std::string to_text(const Explanation& explanation) {
  const PersonGraph& graph = explanation.graph;
  std::string text = "person " + format_key(graph.person()) + ": " +
                     counted(graph.identifiers().size(), "identifier", "identifiers") + ", " +
                     counted(graph.links().size(), "link", "links") + '\n';
  std::vector<std::string> names;
  for (const NamedKey& identifier : graph.identifiers()) names.push_back(name_of(identifier));
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) text += "  " + report::visible(name) + '\n';
  if (!graph.links().empty()) text += '\n' + links_table(graph);
  if (!graph.drops().empty()) text += '\n' + drops_table(graph);
  if (!explanation.rows.empty()) text += '\n' + rows_table(explanation);
  if (const std::uint64_t more = explanation.rows_in_all - explanation.rows.size(); more != 0) {
    text += "and " + counted(more, "later row", "later rows") + '\n';
  }
  if (explanation.other) text += chain_text(graph, explanation.asked, *explanation.other);
  return text;
}

}  // namespace mta
