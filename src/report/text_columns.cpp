#include "report/text_columns.hpp"

#include <algorithm>
#include <cassert>

#include "report/display_text.hpp"

namespace mta::report {

std::string blanks(std::size_t count) { return std::string(count, ' '); }

std::string to_the_left(std::string_view text, std::size_t width) {
  return std::string(text) + blanks(width - std::min(width, display_width(text)));
}

std::string to_the_right(std::string_view text, std::size_t width) {
  return blanks(width - std::min(width, display_width(text))) + std::string(text);
}

std::string aligned(std::vector<TextColumn> columns) {
  if (columns.empty()) return {};
  std::vector<std::string> lines(columns.front().cells.size());
  std::size_t all = 0;
  for (TextColumn& column : columns) {
    assert(column.cells.size() == lines.size());
    std::size_t width = 0;
    for (std::string& cell : column.cells) {
      cell = shortened(visible(cell), column.longest);
      width = std::max(width, display_width(cell));
    }
    const std::string gap = all == 0 ? "" : "  ";
    for (std::size_t i = 0; i < lines.size(); ++i) {
      lines[i] +=
          gap + (column.side == TextColumn::Side::left ? to_the_left(column.cells[i], width)
                                                       : to_the_right(column.cells[i], width));
    }
    all += gap.size() + width;
  }
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    lines[i].erase(lines[i].find_last_not_of(' ') + 1);
    text.append(lines[i]).append("\n");
    if (i == 0) text.append(all, '-').append("\n");
  }
  return text;
}

}  // namespace mta::report
