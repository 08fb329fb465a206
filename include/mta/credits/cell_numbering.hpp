#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/core/ids.hpp"
#include "mta/journeys/bucket_events.hpp"
#include "mta/journeys/journeys.hpp"
#include "mta/journeys/vocabulary.hpp"

namespace mta {

/// A dimension of a touch that credit can be broken down by.
struct CellDimension {
  enum class Kind { channel, event, dimension };
  Kind kind = Kind::channel;
  std::size_t index = 0;  ///< of the layout's dimension
  friend bool operator==(const CellDimension&, const CellDimension&) = default;
};

/// Dimensions by name: "channel", "event", or one of the layout.
/// @throws Error{Errc::invalid_option} naming what there is, where a name is unknown or named twice
[[nodiscard]] MTA_EXPORT std::vector<CellDimension> cell_dimensions(
    std::span<const std::string> names, const EventLayout& layout);

/// Numbers the tuples of dimensions that touches have, in order of first sight: one worker's. A
/// single dimension is its own number. Tuples hold codes of the vocabulary, so that they compare as
/// their texts do.
///
///   Cost  number: O(touches), with two or more dimensions a hash look-up each
class MTA_EXPORT CellNumbering {
 public:
  CellNumbering(std::vector<CellDimension> dimensions, const Vocabulary& vocabulary);
  /// Of channels alone, where there are no events.
  explicit CellNumbering(std::size_t channels);
  /// Of the pair (channel, channel), where there are no events: a channel and what it is asked by.
  [[nodiscard]] static CellNumbering channel_twice();

  /// The cell of every touch of a batch, by touch index; valid until the next call.
  /// @param bucket  the batch's; unused where channels are the only dimension
  [[nodiscard]] std::span<const CellId> number(JourneysView journeys, const BucketEvents* bucket);

  [[nodiscard]] std::size_t size() const noexcept { return cells_; }
  [[nodiscard]] std::size_t width() const noexcept { return dimensions_.size(); }
  /// Writes the codes of a cell: one for each dimension.
  void tuple(CellId cell, std::span<std::uint32_t> codes) const noexcept;

 private:
  CellNumbering() = default;
  /// Calls take(touch, code) for every touch of a batch.
  template <class Take>
  void each_code(std::size_t dimension, JourneysView journeys, const BucketEvents* bucket,
                 const Take& take) const;
  [[nodiscard]] CellId intern(std::span<const std::uint32_t> codes);
  [[nodiscard]] std::size_t slot_of(std::span<const std::uint32_t> codes) const noexcept;
  void grow();

  std::vector<CellDimension> dimensions_;
  std::size_t cells_ = 0;
  std::vector<std::uint32_t> tuples_;  // width() codes for each cell; empty for one dimension
  std::vector<std::uint32_t> slots_;   // cell + 1, 0 where free
  std::vector<std::uint32_t> codes_;   // of the batch at hand, width() for each touch
  std::vector<CellId> cell_of_touch_;
};

/// The text of a code in a dimension; the empty text stands for "not set".
[[nodiscard]] MTA_EXPORT std::string_view text_of(const CellDimension& dimension,
                                                  std::uint32_t code,
                                                  const Vocabulary& vocabulary) noexcept;

}  // namespace mta
