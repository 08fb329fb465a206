// Paths as they are shown after transforms: by hand, and the vectors of fractribution.
#include "mta/journeys/transform_path.hpp"

#include <gtest/gtest.h>

#include "support/plain_table.hpp"
#include "support/shared_data.hpp"

namespace mta::test {
namespace {

using Kind = Transform::Kind;

/// "A > B" through transforms, as text again.
std::string shown(const std::string& path, const std::vector<Transform>& transforms) {
  std::vector<std::string> words;
  std::istringstream all(path);
  for (std::string word; all >> word;) {
    if (word != ">") words.push_back(word);
  }
  const std::vector<std::string_view> channels(words.begin(), words.end());
  std::string text;
  for (const std::string& channel : transform_path(channels, transforms)) {
    text.append(text.empty() ? "" : " > ").append(channel);
  }
  return text;
}

/// The path of docs/sessions_and_windows.md, which fractribution's documentation goes by as well.
constexpr auto example = "D > A > B > B > C > D > C > C";

TEST(TransformPath, GivesTheFormsOfTheExample) {
  EXPECT_EQ(shown(example, {}), example);
  EXPECT_EQ(shown(example, {{Kind::collapse, 0, ""}}), "D > A > B > C > D > C");
  EXPECT_EQ(shown(example, {{Kind::first, 0, ""}}), "D > A > B > C");
  EXPECT_EQ(shown(example, {{Kind::frequency, 0, ""}}), "D(2) > A(1) > B(2) > C(3)");
}

TEST(TransformPath, DropsWhatIsLastUnlessItIsAll) {
  const Transform last{Kind::remove_if_last_and_not_all, 0, "A"};
  EXPECT_EQ(shown("A > B > A > A", {last}), "A > B");
  EXPECT_EQ(shown("A > A", {last}), "A > A");
}

TEST(TransformPath, AppliesStepsInTheirOrder) {
  const Transform collapse{Kind::collapse, 0, ""}, count{Kind::frequency, 0, ""};
  EXPECT_EQ(shown(example, {collapse, count}), "D(2) > A(1) > B(1) > C(2)");
  EXPECT_EQ(shown(example, {{Kind::trim, 3, ""}, count}), "D(1) > C(2)");
}

TEST(TransformPath, KeepsNumbersInLaterSteps) {
  const Transform count{Kind::frequency, 0, ""};
  EXPECT_EQ(shown(example, {count, {Kind::exclude, 0, "B"}}), "D(2) > A(1) > C(3)");
  EXPECT_EQ(shown(example, {count, {Kind::trim, 1, ""}}), "C(3)");
  EXPECT_EQ(shown(example, {count, count}), "D(2) > A(1) > B(2) > C(3)");
}

TEST(TransformPath, OfNothingIsNothing) {
  EXPECT_EQ(shown("", {{Kind::frequency, 0, ""}, {Kind::trim, 1, ""}}), "");
  EXPECT_EQ(shown("A", {{Kind::exclude, 0, "A"}, {Kind::frequency, 0, ""}}), "");
}

TEST(TransformPath, MeetsTheVectorsOfFractribution) {
  MTA_SHARED_DATA_OR_SKIP(file, "peer_unit_vectors/path_transforms.csv");
  const std::vector<std::pair<std::string, std::vector<Transform>>> columns = {
      {"trim_long_path_1", {{Kind::trim, 1, ""}}},
      {"trim_long_path_2", {{Kind::trim, 2, ""}}},
      {"unique_path", {}},
      {"frequency_path", {{Kind::frequency, 0, ""}}},
      {"exposure_path", {{Kind::collapse, 0, ""}}},
      {"first_path", {{Kind::first, 0, ""}}},
      {"remove_if_not_all(Direct)", {{Kind::remove_if_not_all, 0, "Direct"}}},
      {"remove_if_last_and_not_all(Direct)", {{Kind::remove_if_last_and_not_all, 0, "Direct"}}},
  };
  const PlainTable table = PlainTable::file(file);
  ASSERT_EQ(table.rows().size(), 4u);
  for (const auto& [name, transforms] : columns) {
    for (const PlainTable::Row& row : table.rows()) {
      EXPECT_EQ(shown(table.at(row, "raw"), transforms), table.at(row, name))
          << name << " of " << table.at(row, "raw");
    }
  }
}

}  // namespace
}  // namespace mta::test
