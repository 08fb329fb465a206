#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mta/core/export.hpp"

namespace mta {

/// A set of channels, told by patterns of their names: `*` stands for any text, also none; the case
/// of ASCII letters does not matter; every other byte stands for itself.
class MTA_EXPORT ChannelPatterns {
 public:
  /// @param field  the option that they come from, for messages
  /// @throws Error{Errc::invalid_option} where there is no pattern, or an empty one
  ChannelPatterns(std::string_view field, std::vector<std::string> patterns);

  /// Whether one of the patterns is all of the name.
  [[nodiscard]] bool contain(std::string_view channel) const noexcept;
  /// The same of every channel: 1 or 0.
  [[nodiscard]] std::vector<std::uint8_t> flags(std::span<const std::string_view> channels) const;

 private:
  std::vector<std::string> patterns_;
};

}  // namespace mta
