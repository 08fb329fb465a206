#pragma once
#include <string>
#include <vector>

#include "mta/credits/result.hpp"

namespace mta::report {

/// A heading for each model of a goal: its name; where a name occurs more than once, with the
/// options that tell it apart, spelled as on the command line ("markov:order=2"), and for equal
/// twins with their number ("linear #2"). Headings of one goal differ from each other.
[[nodiscard]] std::vector<std::string> model_labels(const GoalResult& goal);

}  // namespace mta::report
