#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mta::report {

/// So many blanks.
[[nodiscard]] std::string blanks(std::size_t count);
/// Filled up to a display width; longer texts stay as they are.
[[nodiscard]] std::string to_the_left(std::string_view text, std::size_t width);
[[nodiscard]] std::string to_the_right(std::string_view text, std::size_t width);

/// A longer name is shortened in its middle.
inline constexpr std::size_t longest_name = 40;

/// A column of texts, the heading first.
struct TextColumn {
  enum class Side { left, right };
  std::vector<std::string> cells;
  Side side = Side::left;
  std::size_t longest = longest_name;  ///< longer texts are shortened in their middle
};

/// Lines of aligned columns with a rule below the headings, each line ended and without blanks at
/// its end. Texts are made visible.
/// @pre all columns have the same number of cells (asserted)
[[nodiscard]] std::string aligned(std::vector<TextColumn> columns);

}  // namespace mta::report
