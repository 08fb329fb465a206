#include <string>
#include <string_view>
#include <vector>

#include "mta/report/report.hpp"
#include "report/credit_block.hpp"
#include "report/display_text.hpp"
#include "report/statistics_tables.hpp"
#include "report/summary.hpp"

namespace mta {
namespace {

using report::CreditBlock;

/// A text as Markdown shows it: nothing in it is markup, and it stays on its line.
std::string escaped(std::string_view text) {
  std::string safe;
  for (const char c : report::visible(text)) {
    if (std::string_view("\\|`*[]<>&~#").find(c) != std::string_view::npos) safe += '\\';
    safe += c;
  }
  return safe;
}

void write_cell(std::string& out, std::string_view text) { out += ' ' + escaped(text) + " |"; }

/// "| channel | first | share | last | ... |" and the line of alignments below it.
void write_headings(std::string& out, const CreditBlock& block) {
  std::string alignments = "|";
  out += '|';
  for (const std::string& dimension : block.dimensions) {
    write_cell(out, dimension);
    alignments += " :-- |";
  }
  for (const report::ModelColumns& model : block.models) {
    for (std::size_t c = 0; c < model.columns.size(); ++c) {
      write_cell(out, c == 0 ? model.label : model.columns[c].heading);
      alignments += " --: |";
    }
  }
  out += '\n' + alignments + '\n';
}

void write_row(std::string& out, const CreditBlock& block, std::size_t row) {
  const bool is_total = row == block.keys.size();
  out += '|';
  for (std::size_t d = 0; d < block.dimensions.size(); ++d) {
    write_cell(out, !is_total ? std::string_view(block.keys[row][d]) : d == 0 ? "total" : "");
  }
  for (const report::ModelColumns& model : block.models) {
    for (const report::FigureColumn& column : model.columns) write_cell(out, column.cells[row]);
  }
  out += '\n';
}

void write_block(std::string& out, const CreditBlock& block) {
  out += "\n### " + block.title + "\n\n";
  write_headings(out, block);
  for (std::size_t row = 0; row <= block.keys.size(); ++row) write_row(out, block, row);
}

void write_table(std::string& out, const report::StatisticsTable& table) {
  out += "\n### " + table.title + "\n\n|";
  std::string alignments = "|";
  for (const report::TextColumn& column : table.columns) {
    write_cell(out, column.cells.front());
    alignments += column.side == report::TextColumn::Side::left ? " :-- |" : " --: |";
  }
  out += '\n' + alignments + '\n';
  for (std::size_t row = 1; row < table.columns.front().cells.size(); ++row) {
    out += '|';
    for (const report::TextColumn& column : table.columns) write_cell(out, column.cells[row]);
    out += '\n';
  }
}

}  // namespace

std::string to_markdown(const Result& result) {
  std::string out = "# Attribution\n\n";
  for (const std::string& line : report::input_lines(result.input)) {
    out += "- " + escaped(line) + '\n';
  }
  if (result.identity) {
    for (const std::string& line : report::identity_lines(*result.identity)) {
      out += "- " + escaped(line) + '\n';
    }
  }
  for (const GoalResult& goal : result.goals) {
    out += "\n## goal " + escaped(goal.goal) + "\n\n" + escaped(report::goal_summary(goal)) + '\n';
    for (const CreditBlock& block : report::credit_blocks(goal, result.by)) write_block(out, block);
    for (const report::StatisticsTable& table : report::statistics_tables(goal)) {
      write_table(out, table);
    }
    out += "\n- " + escaped(report::fates_line(goal)) + '\n';
    for (const std::string& note : report::note_lines(goal)) out += "- " + escaped(note) + '\n';
  }
  return out;
}

}  // namespace mta
