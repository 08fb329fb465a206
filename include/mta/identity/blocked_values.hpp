#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "mta/core/export.hpp"

namespace mta {

/// Texts that identify nobody and would make one person of all who have them. Compared without
/// blanks at both ends and without regard to the case of ASCII letters.
struct BlockedValueOptions {
  /// Whole texts, in which `*` stands for any bytes and `?` for any one byte.
  std::vector<std::string> values = {"null", "none", "undefined", "nan", "anonymous", "-1"};
  /// Sets of characters; a text of these alone is blocked. "0-": all zeros and hyphens.
  std::vector<std::string> only_of = {"0-"};
  friend bool operator==(const BlockedValueOptions&, const BlockedValueOptions&) = default;
};

/// Whether a text is blocked.
///
///   Cost    O(texts of its length + patterns with `*` or `?`); a pattern of n `*` costs at most
///           O(n * text); never allocates
///   Source  docs/identity.md (Segment's blocked values, and those seen in data)
class MTA_EXPORT BlockedValues {
 public:
  /// @throws Error{Errc::invalid_option} where a value or a set is empty
  explicit BlockedValues(const BlockedValueOptions& options = {});
  [[nodiscard]] bool blocks(std::string_view text) const noexcept;

 private:
  std::vector<std::string> values_;    // in lower case, by length
  std::vector<std::string> patterns_;  // in lower case
  std::vector<std::string> only_of_;   // in lower case
};

}  // namespace mta
