#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "mta/report/report.hpp"
#include "report/credit_block.hpp"
#include "report/display_text.hpp"
#include "report/statistics_tables.hpp"
#include "report/summary.hpp"
#include "report/text_columns.hpp"

namespace mta {
namespace {

using report::blanks;
using report::CreditBlock;
using report::display_width;
using report::FigureColumn;
using report::longest_name;
using report::ModelColumns;
using report::to_the_left;
using report::to_the_right;

/// Models that would make lines longer than this go below, under a new heading.
constexpr std::size_t longest_line = 180;

/// The texts at the left of a block: a line for each row, after that of the headings, the total
/// last.
std::vector<std::string> name_lines(const CreditBlock& block) {
  std::vector<std::string> lines(block.keys.size() + 2);
  for (std::size_t d = 0; d < block.dimensions.size(); ++d) {
    std::vector<std::string> texts{block.dimensions[d]};
    for (const auto& key : block.keys) texts.push_back(key[d]);
    texts.push_back(d == 0 ? "total" : "");
    std::size_t width = 0;
    for (std::string& text : texts) {
      text = report::shortened(report::visible(text), longest_name);
      width = std::max(width, display_width(text));
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
      lines[i] += (d == 0 ? "" : "  ") + to_the_left(texts[i], width);
    }
  }
  return lines;
}

/// One model's part of each line: its label, the headings of its columns, the rows, the total.
struct ModelText {
  std::size_t width = 0;
  std::vector<std::string> lines;
};

void append_column(ModelText& text, const FigureColumn& column) {
  std::size_t width = display_width(column.heading);
  for (const std::string& cell : column.cells) width = std::max(width, display_width(cell));
  const std::size_t gap = text.width == 0 ? 0 : 1;
  text.lines[1] += blanks(gap) + to_the_right(column.heading, width);
  for (std::size_t i = 0; i < column.cells.size(); ++i) {
    text.lines[i + 2] += blanks(gap) + to_the_right(column.cells[i], width);
  }
  text.width += gap + width;
}

ModelText model_text(const ModelColumns& model) {
  ModelText text{0, std::vector<std::string>(model.columns.front().cells.size() + 2)};
  for (const FigureColumn& column : model.columns) append_column(text, column);
  const std::string label = report::shortened(report::visible(model.label), longest_name);
  text.width = std::max(text.width, display_width(label));
  text.lines[0] = label;
  for (std::string& line : text.lines) line = to_the_right(line, text.width);
  return text;
}

/// Joins names and models to lines, with rules below the headings and above the total.
void write_band(std::string& out, std::string_view title, const std::vector<std::string>& names,
                const std::vector<ModelText>& models) {
  std::vector<std::string> lines{to_the_left(title, display_width(names.front()))};
  lines.insert(lines.end(), names.begin(), names.end());
  for (const ModelText& model : models) {
    for (std::size_t i = 0; i < lines.size(); ++i) lines[i] += "   " + model.lines[i];
  }
  std::size_t width = 0;
  for (const std::string& line : lines) width = std::max(width, display_width(line));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i == 2 || i + 1 == lines.size()) out.append(width, '-').append("\n");
    lines[i].erase(lines[i].find_last_not_of(' ') + 1);
    out.append(lines[i]).append("\n");
  }
}

void write_block(std::string& out, const CreditBlock& block) {
  std::vector<std::string> names = name_lines(block);
  const std::size_t least = display_width(block.title);
  for (std::string& name : names) name = to_the_left(name, least);
  std::vector<ModelText> band;
  std::size_t width = display_width(names.front());
  for (const ModelColumns& model : block.models) {
    ModelText text = model_text(model);
    if (!band.empty() && width + 3 + text.width > longest_line) {
      write_band(out += '\n', block.title, names, band);
      band.clear();
      width = display_width(names.front());
    }
    width += 3 + text.width;
    band.push_back(std::move(text));
  }
  write_band(out += '\n', block.title, names, band);
}

}  // namespace

std::string to_table(const Result& result) {
  std::string out;
  for (const std::string& line : report::input_lines(result.input)) {
    out += report::visible(line) + '\n';
  }
  if (result.identity) {
    for (const std::string& line : report::identity_lines(*result.identity)) {
      out += report::visible(line) + '\n';
    }
  }
  for (const GoalResult& goal : result.goals) {
    out += '\n' + report::visible("goal " + goal.goal + ": " + report::goal_summary(goal)) + '\n';
    for (const CreditBlock& block : report::credit_blocks(goal, result.by)) write_block(out, block);
    for (report::StatisticsTable& table : report::statistics_tables(goal)) {
      out += '\n' + table.title + '\n' + report::aligned(std::move(table.columns));
    }
    out += '\n' + report::fates_line(goal) + '\n';
    for (const std::string& note : report::note_lines(goal)) out += report::visible(note) + '\n';
  }
  return out;
}

}  // namespace mta
