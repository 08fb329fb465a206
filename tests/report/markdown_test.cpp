#include "mta/report/report.hpp"
#include "report/sample_result.hpp"

namespace mta {
namespace {

constexpr std::string_view expected_markdown = R"md(# Attribution

- input: 1,204 rows, 1,200 events, 4 rejected
- rejected: 1 empty_visitor, 3 invalid_time
- columns: visitor = cookie (recognised), time = ts

## goal purchase

conversions 5, value 1,234.50; journeys 1,004 (4 converting, 1,000 null); unattributed: conversions 1, value 34.50

### conversions

| channel | linear | share | vs last | last | share | markov | share | vs last |
| :-- | --: | --: | --: | --: | --: | --: | --: | --: |
| Display\|"x",\\nnew | 1.50 | 30.0% | -1.50 | 3.00 | 60.0% | 2.00 | 40.0% | -1.00 |
| (unattributed) | 1.00 | 20.0% | 0.00 | 1.00 | 20.0% | 1.00 | 20.0% | 0.00 |
| Search | 2.50 | 50.0% | +1.50 | 1.00 | 20.0% | 2.00 | 40.0% | +1.00 |
| total | 5.00 | 100.0% | 0.00 | 5.00 | 100.0% | 5.00 | 100.0% | 0.00 |

### value

| channel | linear | share | vs last | last | share | markov | share | vs last |
| :-- | --: | --: | --: | --: | --: | --: | --: | --: |
| Display\|"x",\\nnew | 800.00 | 64.8% | -400.00 | 1,200.00 | 97.2% | 600.00 | 48.6% | -600.00 |
| (unattributed) | 34.50 | 2.8% | 0.00 | 34.50 | 2.8% | 34.50 | 2.8% | 0.00 |
| Search | 400.00 | 32.4% | +400.00 | 0.00 | 0.0% | 600.00 | 48.6% | +600.00 |
| total | 1,234.50 | 100.0% | 0.00 | 1,234.50 | 100.0% | 1,234.50 | 100.0% | 0.00 |

- events: 1,100 in_journey, 5 conversion, 95 outside_window
- note on markov: value was split by \| effects
)md";

TEST(Markdown, HasTheSameTables) {
  EXPECT_EQ(to_markdown(test::sample_result()), expected_markdown);
}

TEST(Markdown, NamesCannotBecomeMarkup) {
  Result result = test::sample_result();
  result.goals[0].goal = "<b>*sale*</b>";
  result.goals[0].models.resize(1);
  result.goals[0].models[0].credits = {{{"[a](b)`c`"}, {test::amount(1), {}}}};
  const std::string text = to_markdown(result);
  EXPECT_THAT(text, testing::HasSubstr("## goal \\<b\\>\\*sale\\*\\</b\\>\n"));
  EXPECT_THAT(text, testing::HasSubstr("| \\[a\\](b)\\`c\\` |"));
}

}  // namespace
}  // namespace mta
