#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace mta::report {

/// A text for one line of a terminal: control characters, marks that turn the direction of writing,
/// and bytes that are no UTF-8 appear as escapes such as "\n", "\x1b", "\u202e".
[[nodiscard]] std::string visible(std::string_view text);

/// Columns that a visible text takes on a terminal: two for East Asian wide characters and emoji,
/// none for combining marks, else one for each code point.
[[nodiscard]] std::size_t display_width(std::string_view text);

/// The text itself where it takes at most `columns`, else its beginning and its end around "…", so
/// that names that differ only at their end stay apart.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t columns);

}  // namespace mta::report
