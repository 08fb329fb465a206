#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "mta/core/dictionary.hpp"
#include "mta/ingest/columns.hpp"

namespace mta {

/// The caller's columns with what channel rules say of each row: the channel, and those dimensions
/// that are left out and that rules know. 4 bytes a row for each of them.
class JudgedColumns {
 public:
  /// The columns and the schema must outlive it.
  JudgedColumns(const Columns& columns, const Schema& schema, const EventLayout& layout,
                const AppendOptions& options);
  JudgedColumns(const JudgedColumns&) = delete;
  JudgedColumns& operator=(const JudgedColumns&) = delete;

  [[nodiscard]] const Columns& columns() const noexcept { return judged_; }

 private:
  struct Worker;
  struct Made {
    std::optional<std::size_t> dimension;  // of derived_dimension_names; nothing: the channel
    std::size_t place = 0;                 // among the layout's dimensions
    Dictionary names = {};
    std::vector<std::uint32_t> codes = {};
  };
  void judge(std::size_t first, std::size_t end, Worker& worker);
  void take(std::size_t first, std::size_t end, const Worker& worker);

  const Columns& given_;
  const Schema& schema_;
  Columns judged_;
  std::vector<Made> made_;
};

}  // namespace mta
