#pragma once
#include <algorithm>
#include <string>
#include <string_view>

#include "core/ascii.hpp"

namespace mta {

/// Where the parts of a URL stand; nothing is decoded or copied.
struct UrlSpans {
  std::string_view scheme, authority, path, query;
};

[[nodiscard]] UrlSpans split_url(std::string_view text) noexcept;

/// Hands each parameter of a query to `take(name, value)`, both as they stand.
template <typename Take>
void for_each_parameter(std::string_view query, Take take) {
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view field = query.substr(0, end);
    const std::size_t equals = field.find('=');
    if (equals == std::string_view::npos) {
      if (!field.empty()) take(field, std::string_view{});
    } else {
      take(field.substr(0, equals), field.substr(equals + 1));
    }
    query.remove_prefix(std::min(end + 1, query.size()));
  }
}

/// Percent-decoded, '+' as a blank.
[[nodiscard]] std::string decoded(std::string_view text);
/// The host of an authority: without user, port, brackets and trailing dots, in lower case.
[[nodiscard]] std::string host_of_authority(std::string_view authority);

}  // namespace mta
