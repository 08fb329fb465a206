#pragma once
#include <iosfwd>

#include "mta/report/journey_graph.hpp"

namespace mta::report {

/// JourneyGraph::write_dot and JourneyGraph::write_graphml.
void write_dot(std::ostream& out, const Chain& chain, const DotOptions& options);
void write_graphml(std::ostream& out, const Chain& chain);

}  // namespace mta::report
