// The graph that journeys walk, as a Markov model learnt it: the most probable ways to convert, the
// channels that no converting journey avoids, which channels lead in circles, and how much each
// lies between others. docs/graph.md says what the numbers mean.
//
//   journey_graph [--spec FILE.json] [--goal NAME] [--order N] [--count N] [--paths]
//                 [--dot FILE] [--graphml FILE] [--least-probability P] INPUT...
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <iostream>
#include <map>
#include <sstream>

#include "mta/mta.hpp"
#include "output_file.hpp"

namespace {

struct Arguments {
  std::string spec, goal, dot, graphml;
  std::vector<std::string> inputs;
  std::int64_t order = 1;
  std::size_t count = 10;
  mta::DotOptions drawing;
  bool paths = false;
};

/// The spec's columns and one of its goals, with nothing but a Markov model.
mta::Spec make_spec(const Arguments& arguments) {
  mta::Spec spec;
  if (!arguments.spec.empty()) spec = mta::parse_spec(mta::examples::read_file(arguments.spec));
  spec.models = {{"markov", "{\"order\":" + std::to_string(arguments.order) + "}"}};
  spec.by.clear();
  spec.chains = true;
  std::vector<mta::Goal> goals = mta::goals_of(spec);
  if (arguments.goal.empty()) {
    spec.goals = {goals.front()};
  } else if (arguments.spec.empty()) {
    spec.goals = {mta::goal_for_event(arguments.goal)};
  } else {
    std::erase_if(goals, [&](const mta::Goal& goal) { return goal.name != arguments.goal; });
    if (goals.empty()) {
      throw mta::Error(mta::Errc::invalid_option,
                       "--goal " + arguments.goal + ": the spec has no such goal");
    }
    spec.goals = std::move(goals);
  }
  return spec;
}

mta::Result answer(const Arguments& arguments) {
  const mta::Spec spec = make_spec(arguments);
  std::vector<mta::Source> sources;
  for (const std::string& input : arguments.inputs) sources.push_back(mta::Source::file(input));
  if (!arguments.paths) return mta::run(spec, std::move(sources));
  if (sources.size() != 1) {
    throw mta::Error(mta::Errc::invalid_option, "--paths takes exactly one input");
  }
  return mta::run_paths(spec, std::move(sources.front()));
}

const mta::Chain& chain_of(const mta::ModelResult& model) {
  if (!model.chain) {
    throw mta::Error(mta::Errc::invalid_option, model.model + ": the result holds no chain");
  }
  return *model.chain;
}

void print_paths(const mta::JourneyGraph& graph, std::size_t count) {
  std::printf("most probable paths to conversion\n");
  for (const mta::JourneyPath& path : graph.most_probable_paths(count)) {
    std::string text;
    for (std::size_t i = 1; i + 1 < path.states.size(); ++i) {
      text += (i > 1 ? " > " : "") + graph.chain().states[path.states[i]];
    }
    std::printf("  %9.4f%%  %s\n", 100 * path.probability,
                text.empty() ? "(direct)" : text.c_str());
  }
}

void print_unavoidable(const mta::JourneyGraph& graph) {
  std::printf("\nno converting path avoids\n");
  const auto states = graph.unavoidable();
  for (const std::uint32_t state : states) {
    std::printf("  %s\n", graph.chain().states[state].c_str());
  }
  if (states.empty()) std::printf("  (nothing: there are ways around every channel)\n");
}

/// Groups of two or more: each of their channels is followed, sooner or later, by each other.
void print_components(const mta::JourneyGraph& graph) {
  std::printf("\nchannels that lead to each other\n");
  std::map<std::uint32_t, std::vector<std::string>> groups;
  const auto components = graph.components();
  for (std::size_t i = 0; i < components.size(); ++i) {
    groups[components[i]].push_back(graph.chain().states[i]);
  }
  std::size_t shown = 0;
  for (const auto& [number, names] : groups) {
    if (names.size() < 2) continue;
    std::printf("  %zu together:", names.size());
    for (const std::string& name : names) {
      std::printf("%s %s", &name == &names.front() ? "" : ",", name.c_str());
    }
    std::printf("\n");
    ++shown;
  }
  if (shown == 0) std::printf("  (none: journeys never come back)\n");
}

void print_betweenness(const mta::JourneyGraph& graph, std::size_t count) {
  std::printf("\nbetweenness, of the paths between all others\n");
  const auto betweenness = graph.betweenness();
  std::vector<std::size_t> order;
  for (std::size_t i = 3; i < betweenness.size(); ++i) order.push_back(i);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return betweenness[a] > betweenness[b]; });
  order.resize(std::min(order.size(), count));
  for (const std::size_t i : order) {
    std::printf("  %10.2f  %s\n", betweenness[i], graph.chain().states[i].c_str());
  }
}

void write_file(const std::string& path, const std::ostringstream& text) {
  mta::examples::OutputFile file(path);
  file.write(text.str());
  file.close();
}

void look_at(const mta::GoalResult& goal, const Arguments& arguments) {
  const mta::JourneyGraph graph(chain_of(goal.models.front()));
  std::printf("goal %s: %zu states, %zu arcs\n\n", goal.goal.c_str(), graph.chain().states.size(),
              graph.chain().arcs.size());
  print_paths(graph, arguments.count);
  print_unavoidable(graph);
  print_components(graph);
  print_betweenness(graph, arguments.count);
  std::ostringstream dot, graphml;
  if (!arguments.dot.empty()) {
    graph.write_dot(dot, arguments.drawing);
    write_file(arguments.dot, dot);
  }
  if (!arguments.graphml.empty()) {
    graph.write_graphml(graphml);
    write_file(arguments.graphml, graphml);
  }
}

}  // namespace

int main(int argc, char** argv) {
  Arguments arguments;
  CLI::App app("The graph that journeys walk: paths, bottlenecks, circles, and pictures of it");
  app.add_option("INPUT", arguments.inputs, "events, or one path table with --paths")->required();
  app.add_option("--spec", arguments.spec, "columns and goals as JSON; its models are not used");
  app.add_option("--goal", arguments.goal, "which goal; the first unless told otherwise");
  app.add_option("--order", arguments.order, "how many touches make a state");
  app.add_option("--count", arguments.count, "how many paths and channels are listed");
  app.add_flag("--paths", arguments.paths, "the input is a path table");
  app.add_option("--dot", arguments.dot, "a file for Graphviz: dot -Tsvg FILE");
  app.add_option("--graphml", arguments.graphml, "a file for Gephi, yEd, NetworkX, igraph");
  app.add_option("--least-probability", arguments.drawing.least_probability,
                 "arcs below it are not drawn");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  try {
    look_at(answer(arguments).goals.front(), arguments);
  } catch (const std::exception& error) {
    std::cerr << "journey_graph: " << error.what() << '\n';
    return 1;
  }
}
