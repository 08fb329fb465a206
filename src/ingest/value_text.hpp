#pragma once
#include <optional>
#include <string_view>

#include "mta/core/decimal.hpp"
#include "mta/ingest/ingest_report.hpp"

namespace mta {

/// An amount as a row gives it, or why the row is rejected. Nothing but blanks is 0.
struct ReadValue {
  Micros value;
  std::optional<RejectReason> reason;
};

inline ReadValue read_value(const ParsedMicros& parsed) noexcept {
  switch (parsed.status) {
    case DecimalStatus::ok:
    case DecimalStatus::empty:
      return {parsed.value, std::nullopt};
    case DecimalStatus::not_finite:
      return {{}, RejectReason::value_not_finite};
    case DecimalStatus::overflow:
      return {{}, RejectReason::value_overflow};
    case DecimalStatus::malformed:
      break;
  }
  return {{}, RejectReason::invalid_value};
}

inline ReadValue read_value(std::string_view text) noexcept {
  return text.empty() ? ReadValue{} : read_value(parse_micros(text));
}

}  // namespace mta
