#pragma once
#include <cstddef>
#include <cstdint>

namespace mta {

/// A channel, numbered densely in byte order of the channels' names within one run.
enum class ChannelId : std::uint32_t {};
/// A row of a ledger: one tuple of the dimensions that credit is broken down by.
enum class CellId : std::uint32_t {};

[[nodiscard]] constexpr std::size_t index(ChannelId id) noexcept {
  return static_cast<std::size_t>(id);
}
[[nodiscard]] constexpr std::size_t index(CellId id) noexcept {
  return static_cast<std::size_t>(id);
}

}  // namespace mta
