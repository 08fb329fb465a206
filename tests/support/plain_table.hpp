#pragma once
#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace mta::test {

/// A text table without quotes, read the naive way: rows of fields, and their names. Fields that a
/// row lacks at its end are empty.
class PlainTable {
 public:
  using Row = std::vector<std::string>;

  explicit PlainTable(std::istream& text) {
    std::string line;
    std::getline(text, line);
    names_ = split(line);
    while (std::getline(text, line)) {
      rows_.push_back(split(line));
      rows_.back().resize(std::max(rows_.back().size(), names_.size()));
    }
  }
  static PlainTable file(const std::filesystem::path& path) {
    std::ifstream text(path);
    if (!text) throw std::runtime_error("cannot read " + path.string());
    return PlainTable(text);
  }
  static PlainTable text(const std::string& bytes) {
    std::istringstream lines(bytes);
    return PlainTable(lines);
  }

  [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }
  [[nodiscard]] std::size_t column(const std::string& name) const {
    for (std::size_t i = 0; i < names_.size(); ++i) {
      if (names_[i] == name) return i;
    }
    throw std::out_of_range("no column " + name);
  }
  [[nodiscard]] const std::string& at(const Row& row, const std::string& name) const {
    return row.at(column(name));
  }

 private:
  static Row split(std::string line) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    Row fields{{}};
    for (const char c : line) {
      if (c == ',') {
        fields.emplace_back();
      } else {
        fields.back() += c;
      }
    }
    return fields;
  }

  Row names_;
  std::vector<Row> rows_;
};

}  // namespace mta::test
