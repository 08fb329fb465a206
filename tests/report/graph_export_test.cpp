#include <limits>
#include <sstream>

#include "mta/core/error.hpp"
#include "report/sample_chains.hpp"

namespace mta {
namespace {

using testing::HasSubstr;
using testing::Not;

/// Two channels whose names mean something to DOT, XML or a terminal.
Chain nasty_chain() {
  return {{"(start)", "(conversion)", "(null)", "a\"b\\", "<é & ü>\n\t\x01\xFF"},
          {{0, 3, {2'500'000'000}, 1},
           {3, 1, {500'000}, 1.0 / 3},
           {3, 4, {1}, .01},
           {4, 2, {1'000'000}, .5}}};
}

std::string dot_of(const Chain& chain, const DotOptions& options = {}) {
  std::ostringstream out;
  JourneyGraph(chain).write_dot(out, options);
  return out.str();
}

std::string graphml_of(const Chain& chain) {
  std::ostringstream out;
  JourneyGraph(chain).write_graphml(out);
  return out.str();
}

TEST(Dot, IsWrittenLikeThis) {
  const std::string expected = R"dot(digraph journeys {
  rankdir=LR;
  node [shape=box, style="rounded,filled", fillcolor="#f7f7f4", color="#555555", fontname="Helvetica"];
  edge [color="#66666699", fontname="Helvetica", fontsize=10];
  0 [label="(start)", shape=circle, style=filled, fillcolor="#dbe9f6", color="#1f5f99"];
  1 [label="(conversion)", shape=ellipse, peripheries=2, style=filled, fillcolor="#d8f0dc", color="#1e7a34"];
  2 [label="(null)", shape=ellipse, style="filled,dashed", fillcolor="#eeeeee", color="#777777"];
  3 [label="a\"b\\"];
  4 [label="<é &amp; ü>\\n\\t\\x01\\xff"];
  0 -> 3 [label="1.000000\n2,500", penwidth=5.00];
  3 -> 1 [label="0.333333\n0.5", penwidth=1.67];
  3 -> 4 [label="0.010000\n0.000001", penwidth=0.10];
  4 -> 2 [label="0.500000\n1", penwidth=2.50];
  {rank=source; 0;}
  {rank=sink; 1; 2;}
}
)dot";
  EXPECT_EQ(dot_of(nasty_chain()), expected);
}

TEST(Dot, LeavesSmallArcsOutAndWhatTheyAloneTouch) {
  Chain chain = test::chain_of({"A", "B", "C"}, {{"START", "A", .9},
                                                 {"START", "B", .1},
                                                 {"A", "CONV", .2},
                                                 {"B", "NULL", .05},
                                                 {"A", "NULL", .8}});
  const std::string text = dot_of(chain, {.least_probability = .2});
  EXPECT_THAT(text, HasSubstr("0 -> 3 "));
  EXPECT_THAT(text, HasSubstr("3 -> 1 "));
  EXPECT_THAT(text, Not(HasSubstr("0 -> 4 ")));
  EXPECT_THAT(text, Not(HasSubstr("\"B\"")));
  EXPECT_THAT(text, HasSubstr("\"C\""));  // no arc of its own was left out
  EXPECT_THAT(dot_of(chain, {.least_probability = 1}), HasSubstr("\"NULL\""));
}

TEST(Dot, KnowsWhatAProbabilityIs) {
  for (const double wrong : {-.1, 1.1, std::numeric_limits<double>::quiet_NaN()}) {
    try {
      (void)dot_of(nasty_chain(), {.least_probability = wrong});
      ADD_FAILURE() << wrong << ": no error";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Errc::invalid_option);
      EXPECT_THAT(error.what(), HasSubstr("dot.least_probability must be in [0, 1], got "));
    }
  }
}

TEST(GraphMl, IsWrittenLikeThis) {
  const std::string expected = R"xml(<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="name" for="node" attr.name="name" attr.type="string"/>
  <key id="count" for="edge" attr.name="count" attr.type="double"/>
  <key id="probability" for="edge" attr.name="probability" attr.type="double"/>
  <graph id="journeys" edgedefault="directed">
    <node id="n0"><data key="name">(start)</data></node>
    <node id="n1"><data key="name">(conversion)</data></node>
    <node id="n2"><data key="name">(null)</data></node>
    <node id="n3"><data key="name">a"b\</data></node>
    <node id="n4"><data key="name">&lt;é &amp; ü&gt;&#10;&#9;\x01\xff</data></node>
    <edge id="e0" source="n0" target="n3"><data key="count">2500.000000</data><data key="probability">1</data></edge>
    <edge id="e1" source="n3" target="n1"><data key="count">0.500000</data><data key="probability">0.3333333333333333</data></edge>
    <edge id="e2" source="n3" target="n4"><data key="count">0.000001</data><data key="probability">0.01</data></edge>
    <edge id="e3" source="n4" target="n2"><data key="count">1.000000</data><data key="probability">0.5</data></edge>
  </graph>
</graphml>
)xml";
  EXPECT_EQ(graphml_of(nasty_chain()), expected);
}

/// Elements that are closed in the order in which they were opened, and no character that XML 1.0
/// has not.
bool is_well_formed(std::string_view text) {
  std::vector<std::string> open;
  text.remove_prefix(text.find("?>") + 2);
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    const std::string_view tag = text.substr(at + 1, text.find('>', at) - at - 1);
    const std::string name(tag.substr(tag.front() == '/', tag.find(' ') - (tag.front() == '/')));
    if (tag.front() == '/') {
      if (open.empty() || open.back() != name) return false;
      open.pop_back();
    } else if (tag.back() != '/') {
      open.push_back(name);
    }
  }
  return open.empty() && std::none_of(text.begin(), text.end(), [](char c) {
           return static_cast<unsigned char>(c) < 0x20 && c != '\n';
         });
}

TEST(GraphMl, IsWellFormedWhateverANameHolds) {
  Chain chain = nasty_chain();
  for (int c = 0; c < 256; ++c) {
    chain.states.push_back(std::string("x") + static_cast<char>(c) + "]]>");
  }
  chain.states.push_back("\xEF\xBF\xBE\xEF\xBF\xBF");  // U+FFFE and U+FFFF are no characters of XML
  const std::string text = graphml_of(chain);
  EXPECT_TRUE(is_well_formed(text));
  EXPECT_THAT(text, HasSubstr("\\ufffe\\uffff"));
  EXPECT_THAT(text, HasSubstr("x&#13;]]&gt;"));
}

struct DecimalComma : std::numpunct<char> {
  char do_decimal_point() const override { return ','; }
  char do_thousands_sep() const override { return '.'; }
  std::string do_grouping() const override { return "\1"; }
};

TEST(GraphExport, DoesNotCareForTheLocale) {
  std::ostringstream dot, graphml;
  for (std::ostringstream* out : {&dot, &graphml}) {
    out->imbue(std::locale(out->getloc(), new DecimalComma));
  }
  Chain chain = nasty_chain();
  chain.states.resize(2'000, "x");
  JourneyGraph(chain).write_dot(dot);
  JourneyGraph(chain).write_graphml(graphml);
  EXPECT_EQ(dot.str(), dot_of(chain));
  EXPECT_EQ(graphml.str(), graphml_of(chain));
}

}  // namespace
}  // namespace mta
