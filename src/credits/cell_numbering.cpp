#include "mta/credits/cell_numbering.hpp"

#include <algorithm>
#include <utility>

#include "mta/core/error.hpp"
#include "mta/core/hash.hpp"

namespace mta {
namespace {

std::size_t vocabulary_size(const CellDimension& dimension, const Vocabulary& vocabulary) {
  switch (dimension.kind) {
    case CellDimension::Kind::channel:
      return vocabulary.channels().size();
    case CellDimension::Kind::event:
      return vocabulary.events().size();
    case CellDimension::Kind::dimension:
      break;
  }
  return vocabulary.dimension(dimension.index).size();
}

std::size_t hash_of(std::span<const std::uint32_t> codes) noexcept {
  std::uint64_t hash = 0x9e3779b97f4a7c15u;
  for (const std::uint32_t code : codes) {
    hash = (hash ^ code) * 0xff51afd7ed558ccdu;
    hash ^= hash >> 32;
  }
  return static_cast<std::size_t>(hash);
}

CellDimension find(const std::string& name, const EventLayout& layout) {
  if (name == "channel") return {CellDimension::Kind::channel, 0};
  if (name == "event") return {CellDimension::Kind::event, 0};
  const auto at = std::find(layout.dimensions.begin(), layout.dimensions.end(), name);
  if (at == layout.dimensions.end()) {
    std::string known = "channel, event";
    for (const std::string& dimension : layout.dimensions) known += ", " + dimension;
    throw Error(Errc::invalid_option,
                "by: no dimension is called '" + name + "' (there are " + known + ")");
  }
  return {CellDimension::Kind::dimension, static_cast<std::size_t>(at - layout.dimensions.begin())};
}

}  // namespace

std::vector<CellDimension> cell_dimensions(std::span<const std::string> names,
                                           const EventLayout& layout) {
  std::vector<CellDimension> dimensions;
  for (const std::string& name : names) {
    const CellDimension dimension = find(name, layout);
    if (std::find(dimensions.begin(), dimensions.end(), dimension) != dimensions.end()) {
      throw Error(Errc::invalid_option, "by: '" + name + "' is named twice");
    }
    dimensions.push_back(dimension);
  }
  return dimensions;
}

CellNumbering::CellNumbering(std::vector<CellDimension> dimensions, const Vocabulary& vocabulary)
    : dimensions_(std::move(dimensions)) {
  if (dimensions_.size() == 1) {
    cells_ = vocabulary_size(dimensions_.front(), vocabulary);
  } else {
    slots_.assign(64, 0);
  }
}

CellNumbering::CellNumbering(std::size_t channels) : dimensions_(1), cells_(channels) {}

CellNumbering CellNumbering::channel_twice() {
  CellNumbering numbering;
  numbering.dimensions_.resize(2);
  numbering.slots_.assign(64, 0);
  return numbering;
}

template <class Take>
void CellNumbering::each_code(std::size_t dimension, JourneysView journeys,
                              const BucketEvents* bucket, const Take& take) const {
  const std::uint64_t begin = journeys.begin_of(0), end = begin + journeys.touches();
  const auto channels = journeys.channel();
  const auto rows = journeys.row();
  const CellDimension& asked = dimensions_[dimension];
  switch (asked.kind) {
    case CellDimension::Kind::channel:
      for (std::uint64_t i = begin; i < end; ++i) take(i, static_cast<std::uint32_t>(channels[i]));
      return;
    case CellDimension::Kind::event:
      for (std::uint64_t i = begin; i < end; ++i) take(i, bucket->event_name(rows[i]));
      return;
    case CellDimension::Kind::dimension:
      break;
  }
  for (std::uint64_t i = begin; i < end; ++i) take(i, bucket->dimension(asked.index, rows[i]));
}

std::span<const CellId> CellNumbering::number(JourneysView journeys, const BucketEvents* bucket) {
  cell_of_touch_.resize(journeys.channel().size());
  if (journeys.size() == 0) return cell_of_touch_;
  CellId* const cells = cell_of_touch_.data();
  if (width() == 1) {
    each_code(0, journeys, bucket,
              [cells](std::uint64_t i, std::uint32_t code) { cells[i] = CellId{code}; });
    return cell_of_touch_;
  }
  // The codes of a dimension at a time, then the tuples of all.
  const std::uint64_t begin = journeys.begin_of(0), touches = journeys.touches();
  codes_.resize(width() * touches);
  for (std::size_t d = 0; d < width(); ++d) {
    each_code(d, journeys, bucket, [&](std::uint64_t i, std::uint32_t code) {
      codes_[(i - begin) * width() + d] = code;
    });
  }
  for (std::uint64_t i = 0; i < touches; ++i) {
    cells[begin + i] = intern(std::span(codes_).subspan(i * width(), width()));
  }
  return cell_of_touch_;
}

void CellNumbering::tuple(CellId cell, std::span<std::uint32_t> codes) const noexcept {
  if (width() == 1) {
    codes[0] = static_cast<std::uint32_t>(cell);
    return;
  }
  const auto first = tuples_.begin() + static_cast<std::ptrdiff_t>(index(cell) * width());
  std::copy_n(first, width(), codes.begin());
}

std::size_t CellNumbering::slot_of(std::span<const std::uint32_t> codes) const noexcept {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash_of(codes) & mask;
  while (slots_[slot] != 0 &&
         !std::equal(codes.begin(), codes.end(), &tuples_[(slots_[slot] - 1) * width()])) {
    slot = (slot + 1) & mask;
  }
  return slot;
}

CellId CellNumbering::intern(std::span<const std::uint32_t> codes) {
  std::size_t slot = slot_of(codes);
  if (slots_[slot] == 0) {
    if ((cells_ + 1) * 2 > slots_.size()) {
      grow();
      slot = slot_of(codes);
    }
    tuples_.insert(tuples_.end(), codes.begin(), codes.end());
    slots_[slot] = static_cast<std::uint32_t>(++cells_);
  }
  return CellId{slots_[slot] - 1};
}

void CellNumbering::grow() {
  slots_.assign(slots_.size() * 2, 0);
  for (std::size_t cell = 0; cell < cells_; ++cell) {
    const std::span codes(&tuples_[cell * width()], width());
    std::size_t slot = hash_of(codes) & (slots_.size() - 1);
    while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = static_cast<std::uint32_t>(cell + 1);
  }
}

std::string_view text_of(const CellDimension& dimension, std::uint32_t code,
                         const Vocabulary& vocabulary) noexcept {
  switch (dimension.kind) {
    case CellDimension::Kind::channel:
      return vocabulary.channels()[code];
    case CellDimension::Kind::event:
      return vocabulary.events()[code];
    case CellDimension::Kind::dimension:
      break;
  }
  return vocabulary.dimension(dimension.index)[code];
}

}  // namespace mta
