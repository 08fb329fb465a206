#include "mta/core/dictionary.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "core/xxh3.hpp"
#include "mta/core/error.hpp"

namespace mta {
namespace {

constexpr std::size_t first_slots = 64;
constexpr std::size_t block_bytes = 16 * 1024;
constexpr std::uint32_t absent = ~std::uint32_t{0};

std::uint64_t hash_of(std::string_view text) noexcept {
  return XXH3_64bits(text.data(), text.size());
}

}  // namespace

Dictionary::Dictionary() : slots_(first_slots), tags_(first_slots) { intern({}); }
Dictionary::Dictionary(Dictionary&&) noexcept = default;
Dictionary& Dictionary::operator=(Dictionary&&) noexcept = default;
Dictionary::~Dictionary() = default;

std::size_t Dictionary::slot_of(std::string_view text, std::uint64_t hash) const noexcept {
  const std::size_t mask = slots_.size() - 1;
  const auto tag = static_cast<std::uint32_t>(hash >> 32);
  std::size_t slot = hash & mask;
  while (slots_[slot] != 0 && !(tags_[slot] == tag && texts_[slots_[slot] - 1] == text)) {
    slot = (slot + 1) & mask;
  }
  return slot;
}

std::uint32_t Dictionary::intern(std::string_view text) {
  const std::uint64_t hash = hash_of(text);
  std::size_t slot = slot_of(text, hash);
  if (slots_[slot] != 0) return slots_[slot] - 1;
  if (texts_.size() >= absent - 1) throw Error(Errc::overflow, "more than 2^32 - 2 distinct texts");
  if ((texts_.size() + 1) * 2 > slots_.size()) {
    grow();
    slot = slot_of(text, hash);
  }
  texts_.push_back(store(text));
  slots_[slot] = static_cast<std::uint32_t>(texts_.size());
  tags_[slot] = static_cast<std::uint32_t>(hash >> 32);
  return slots_[slot] - 1;
}

std::uint32_t Dictionary::find(std::string_view text) const noexcept {
  return slots_[slot_of(text, hash_of(text))] - 1;  // a free slot holds 0: wraps to `absent`
}

std::string_view Dictionary::store(std::string_view text) {
  if (text.empty()) return {};
  if (block_used_ + text.size() > block_size_) {
    block_size_ = std::max(text.size(), block_bytes);
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(block_size_));
    block_used_ = 0;
  }
  char* const copy = blocks_.back().get() + block_used_;
  std::memcpy(copy, text.data(), text.size());
  block_used_ += text.size();
  return {copy, text.size()};
}

void Dictionary::grow() {
  slots_.assign(slots_.size() * 2, 0);
  tags_.assign(slots_.size(), 0);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t code = 0; code < texts_.size(); ++code) {
    const std::uint64_t hash = hash_of(texts_[code]);
    std::size_t slot = hash & mask;
    while (slots_[slot] != 0) slot = (slot + 1) & mask;
    slots_[slot] = static_cast<std::uint32_t>(code + 1);
    tags_[slot] = static_cast<std::uint32_t>(hash >> 32);
  }
}

}  // namespace mta
