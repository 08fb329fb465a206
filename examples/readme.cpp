#include <iostream>

#include "mta/mta.hpp"

int main() {
  mta::Goal sale = mta::goal_for_event("sale");
  sale.deduplicate_by = "order_id";
  const mta::Spec spec{.goals = {sale}, .models = {{"last"}, {"linear"}, {"markov"}}};
  std::vector<mta::Source> inputs;
  inputs.push_back(mta::Source::file("examples/data/touchpoints.csv"));
  const mta::Result result = mta::run(spec, std::move(inputs));
  for (const mta::ModelResult& model : result.goals.front().models) {
    const auto& [name, credit] = model.credits.front();
    std::cout << model.model << ": most to " << name[0] << ", " << mta::format_micros(credit.value)
              << '\n';
  }
}
