#include "report/graph_export.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <ostream>
#include <string>
#include <string_view>

#include "mta/core/decimal.hpp"
#include "mta/core/error.hpp"
#include "report/amounts.hpp"
#include "report/display_text.hpp"

namespace mta::report {
namespace {

/// Without the locale's opinion on decimal points.
std::string fixed(double number, int places) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), number,
                                 std::chars_format::fixed, places);
  return {text.data(), end.ptr};
}

std::string shortest(double number) {
  std::array<char, 32> text{};
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), number).ptr};
}

/// A label says what it is, and nothing that Graphviz would take for an escape or an entity.
std::string dot_text(std::string_view name) {
  std::string text;
  for (const char c : visible(name)) {
    if (c == '"' || c == '\\') text += '\\';
    text += c == '&' ? std::string("&amp;") : std::string(1, c);
  }
  return text;
}

std::string_view dot_style(std::size_t state) {
  switch (state) {
    case Chain::start:
      return R"(, shape=circle, style=filled, fillcolor="#dbe9f6", color="#1f5f99")";
    case Chain::conversion:
      return R"(, shape=ellipse, peripheries=2, style=filled, fillcolor="#d8f0dc", color="#1e7a34")";
    case Chain::null:
      return R"(, shape=ellipse, style="filled,dashed", fillcolor="#eeeeee", color="#777777")";
    default:
      return "";
  }
}

std::string dot_arc(const ChainArc& arc) {
  // What is drawn at all has a width that can be seen.
  const double width = std::max(5 * arc.probability, 0.1);
  return "  " + std::to_string(arc.from) + " -> " + std::to_string(arc.to) + " [label=\"" +
         fixed(arc.probability, 6) + "\\n" + exact(arc.count, 0) +
         "\", penwidth=" + fixed(width, 2) + "];\n";
}

/// Which states are drawn: those that an arc drawn touches, those without any arc, the first three.
std::vector<char> shown_states(const Chain& chain, double least) {
  std::vector<char> shown(chain.states.size(), 1);
  for (const ChainArc& arc : chain.arcs) shown[arc.from] = shown[arc.to] = 0;
  for (const ChainArc& arc : chain.arcs) {
    if (arc.probability >= least) shown[arc.from] = shown[arc.to] = 1;
  }
  std::fill_n(shown.begin(), 3, char{1});
  return shown;
}

/// Line breaks and tabs survive in XML as references only; other controls do not exist there.
std::string xml_text(std::string_view name) {
  std::string text;
  while (!name.empty()) {
    const std::size_t plain = std::min(name.find_first_of("\t\n\r"), name.size());
    for (const char c : visible(name.substr(0, plain))) {
      switch (c) {
        case '<':
          text += "&lt;";
          break;
        case '>':
          text += "&gt;";
          break;
        case '&':
          text += "&amp;";
          break;
        default:
          text += c;
      }
    }
    if (plain < name.size()) text += "&#" + std::to_string(name[plain]) + ";";
    name.remove_prefix(std::min(plain + 1, name.size()));
  }
  return text;
}

constexpr std::string_view graphml_head = R"(<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="name" for="node" attr.name="name" attr.type="string"/>
  <key id="count" for="edge" attr.name="count" attr.type="double"/>
  <key id="probability" for="edge" attr.name="probability" attr.type="double"/>
  <graph id="journeys" edgedefault="directed">
)";

}  // namespace

void write_dot(std::ostream& out, const Chain& chain, const DotOptions& options) {
  const double least = options.least_probability;
  if (!(least >= 0 && least <= 1)) {  // NaN lands here too
    throw Error(Errc::invalid_option,
                "dot.least_probability must be in [0, 1], got " + shortest(least));
  }
  out << "digraph journeys {\n"
         "  rankdir=LR;\n"
         "  node [shape=box, style=\"rounded,filled\", fillcolor=\"#f7f7f4\", color=\"#555555\", "
         "fontname=\"Helvetica\"];\n"
         "  edge [color=\"#66666699\", fontname=\"Helvetica\", fontsize=10];\n";
  const std::vector<char> shown = shown_states(chain, least);
  for (std::size_t i = 0; i < chain.states.size(); ++i) {
    if (shown[i] == 0) continue;
    out << "  " + std::to_string(i) + " [label=\"" + dot_text(chain.states[i]) + "\"" +
               std::string(dot_style(i)) + "];\n";
  }
  for (const ChainArc& arc : chain.arcs) {
    if (arc.probability >= least) out << dot_arc(arc);
  }
  out << "  {rank=source; 0;}\n  {rank=sink; 1; 2;}\n}\n";
}

void write_graphml(std::ostream& out, const Chain& chain) {
  out << graphml_head;
  for (std::size_t i = 0; i < chain.states.size(); ++i) {
    out << "    <node id=\"n" + std::to_string(i) + "\"><data key=\"name\">" +
               xml_text(chain.states[i]) + "</data></node>\n";
  }
  for (std::size_t i = 0; i < chain.arcs.size(); ++i) {
    const ChainArc& arc = chain.arcs[i];
    out << "    <edge id=\"e" + std::to_string(i) + "\" source=\"n" + std::to_string(arc.from) +
               "\" target=\"n" + std::to_string(arc.to) + "\"><data key=\"count\">" +
               format_micros(arc.count) + "</data><data key=\"probability\">" +
               shortest(arc.probability) + "</data></edge>\n";
  }
  out << "  </graph>\n</graphml>\n";
}

}  // namespace mta::report
