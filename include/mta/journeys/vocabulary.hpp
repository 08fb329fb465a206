#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/core/ids.hpp"
#include "mta/ingest/events.hpp"

namespace mta {

/// The names of an `Events` in byte order, and the way from each part's codes to them. Codes of a
/// vocabulary depend on the set of names alone. Borrows the events.
///
///   Cost  O(distinct names log distinct names), once a run
class MTA_EXPORT Vocabulary {
 public:
  /// A pair (event name, channel) that occurs; pairs are numbered by channel, then event name, so
  /// that comparing numbers compares content.
  struct Kind {
    std::uint32_t channel;  ///< index in channels() plus 1; 0: no channel
    std::uint32_t event;    ///< index in events()
    friend auto operator<=>(const Kind&, const Kind&) = default;
  };

  explicit Vocabulary(const Events& events);

  [[nodiscard]] std::span<const std::string_view> events() const noexcept { return events_; }
  /// Without the empty name: ChannelId is the index here.
  [[nodiscard]] std::span<const std::string_view> channels() const noexcept { return channels_; }
  [[nodiscard]] std::span<const Kind> kinds() const noexcept { return kinds_; }
  /// Values of dimension d; the empty text is always there, as code 0.
  [[nodiscard]] std::span<const std::string_view> dimension(std::size_t d) const noexcept {
    return dimensions_[d];
  }
  [[nodiscard]] std::span<const std::uint32_t> kind_codes(std::size_t part) const noexcept {
    return kind_codes_[part];
  }
  [[nodiscard]] std::span<const std::uint32_t> dimension_codes(std::size_t part,
                                                               std::size_t d) const noexcept {
    return dimension_codes_[part][d];
  }

 private:
  void load_dimensions(const Events& events);

  std::vector<std::string_view> events_, channels_;
  std::vector<Kind> kinds_;
  std::vector<std::vector<std::string_view>> dimensions_;
  std::vector<std::vector<std::uint32_t>> kind_codes_;
  std::vector<std::vector<std::vector<std::uint32_t>>> dimension_codes_;
};

}  // namespace mta
