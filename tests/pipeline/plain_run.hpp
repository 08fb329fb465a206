#pragma once
#include <string>
#include <utility>
#include <vector>

#include "mta/pipeline/run.hpp"
#include "support/plain_input.hpp"

namespace mta::test {

using Names = std::vector<std::string>;
using Pieces = std::vector<std::vector<PlainEvent>>;

inline const Names rule_models = {"first", "last", "linear", "position_based", "time_decay"};

/// All built-in models, and Markov both ways.
inline Spec spec_of(std::vector<Goal> goals, Names by) {
  Spec spec;
  spec.goals = std::move(goals);
  spec.by = std::move(by);
  for (const std::string& name : rule_models) spec.models.push_back({name, "{}"});
  spec.models.push_back({"markov", "{}"});
  spec.models.push_back({"markov", R"({"distribute": "journey"})"});
  return spec;
}

/// Each piece is a source of its own.
inline Result answer(const Spec& spec, const Pieces& pieces, const RunOptions& options) {
  Run run(spec, options);
  for (const auto& piece : pieces) {
    Events events(run.layout());
    append_plain(events, piece, run.schema());
    run.add(std::move(events));
  }
  return run.finish();
}
inline Result answer(const Spec& spec, const Pieces& pieces, std::size_t threads = 1) {
  return answer(spec, pieces, RunOptions{.threads = threads});
}

}  // namespace mta::test
