#include "mta/models/channel_patterns.hpp"

#include <algorithm>
#include <utility>

#include "core/ascii.hpp"
#include "mta/core/error.hpp"

namespace mta {
namespace {

/// Goes on from the last `*` wherever the text after it does not fit: no earlier one need be tried
/// again.
bool fits(std::string_view pattern, std::string_view text) noexcept {
  std::size_t p = 0, t = 0;
  std::size_t after_star = std::string_view::npos, retry = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      after_star = ++p;
      retry = t;
    } else if (p < pattern.size() && lower(pattern[p]) == lower(text[t])) {
      ++p;
      ++t;
    } else if (after_star != std::string_view::npos) {
      p = after_star;
      t = ++retry;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

}  // namespace

ChannelPatterns::ChannelPatterns(std::string_view field, std::vector<std::string> patterns)
    : patterns_(std::move(patterns)) {
  const auto refuse = [&](const char* given) {
    throw Error(Errc::invalid_option,
                std::string(field) + " must be a list of patterns of channels, got " + given);
  };
  if (patterns_.empty()) refuse("no pattern");
  for (const std::string& pattern : patterns_) {
    if (pattern.empty()) refuse("an empty pattern");
  }
}

bool ChannelPatterns::contain(std::string_view channel) const noexcept {
  return std::any_of(patterns_.begin(), patterns_.end(),
                     [&](const std::string& pattern) { return fits(pattern, channel); });
}

std::vector<std::uint8_t> ChannelPatterns::flags(std::span<const std::string_view> channels) const {
  std::vector<std::uint8_t> flags;
  flags.reserve(channels.size());
  for (const std::string_view channel : channels) flags.push_back(contain(channel) ? 1 : 0);
  return flags;
}

}  // namespace mta
