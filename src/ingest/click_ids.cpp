#include "ingest/click_ids.hpp"

#include "ingest/shipped_data.hpp"

namespace mta {
namespace {

ClickId click_id_of(std::string_view line) {
  ClickId id;
  id.parameter = shipped::take_field(line);
  id.source = shipped::take_field(line);
  id.medium = shipped::take_field(line);
  id.is_paid = shipped::take_field(line) == "paid";
  while (!line.empty()) {
    const std::size_t blank = line.find(' ');
    id.refuted_by.push_back(line.substr(0, blank));
    line = blank == std::string_view::npos ? std::string_view{} : line.substr(blank + 1);
  }
  return id;
}

}  // namespace

std::span<const ClickId> click_ids() {
  static const std::vector<ClickId> ids = [] {
    std::vector<ClickId> made;
    shipped::for_each_line(shipped::click_ids,
                           [&](std::string_view line) { made.push_back(click_id_of(line)); });
    return made;
  }();
  return ids;
}

}  // namespace mta
