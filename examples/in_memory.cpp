// Another program's own vectors to credits: no file, and no copy of any column.
#include <cstdio>
#include <utility>

#include "mta/mta.hpp"

int main() {
  const std::vector<std::uint64_t> customer = {7, 7, 7, 8, 8, 9};
  const std::vector<std::int64_t> seconds = {1709539200, 1710144000, 1710230400,
                                             1709625600, 1709712000, 1709800000};
  const std::vector<std::string_view> what = {"click", "click", "sale", "view", "sale", "click"};
  const std::vector<std::string_view> channel = {"Search",  "Email", "",
                                                 "Display", "Phone", "Search"};
  const std::vector<double> paid = {0, 0, 100, 0, 49.99, 0};

  mta::Run run(
      {.goals = {mta::goal_for_event("sale")},
       .models = {{"last"}, {"linear"}, {"time_decay", R"({"half_life": "7d"})"}, {"markov"}}});
  mta::Events events(run.layout());
  mta::append(events,
              {.visitor = customer,
               .time = mta::EpochColumn{seconds, mta::EpochColumn::Unit::seconds},
               .event = what,
               .channel = channel,
               .value = paid},
              run.schema());
  run.add(std::move(events));

  const mta::Result result = run.finish();
  for (const mta::ModelResult& model : result.goals.front().models) {
    for (const auto& [name, credit] : model.credits) {
      std::printf("%-10s  %-8s %s %11s\n", model.model.c_str(), name.front().c_str(),
                  mta::format_micros(credit.conversions).c_str(),
                  mta::format_micros(credit.value).c_str());
    }
  }
}
