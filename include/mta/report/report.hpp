#pragma once
#include <string>

#include "mta/core/export.hpp"
#include "mta/credits/result.hpp"

namespace mta {

/// The JSON of docs/formats/json.md, format 1, with a newline at its end. The same result gives the
/// same bytes.
[[nodiscard]] MTA_EXPORT std::string to_json(const Result& result);

/// One line for each goal, model and row: RFC 4180 with a header, decimals with six places.
[[nodiscard]] MTA_EXPORT std::string to_csv(const Result& result);

/// Aligned columns for a terminal: all models side by side for each goal, with shares, and the
/// difference from last touch where that model was asked for.
[[nodiscard]] MTA_EXPORT std::string to_table(const Result& result);

/// The same tables in Markdown.
[[nodiscard]] MTA_EXPORT std::string to_markdown(const Result& result);

}  // namespace mta
