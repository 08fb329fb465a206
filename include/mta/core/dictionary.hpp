#pragma once
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "mta/core/export.hpp"

namespace mta {

/// Texts to dense codes in order of first sight. Code 0 is always the empty text.
///
///   Promises  text(intern(t)) == t; views stay valid while the dictionary lives, moves included
///   Errors    @throws Error{Errc::overflow} beyond 2^32 - 2 texts
///   Cost      intern: one hash and, as a rule, one probe; texts are stored once
class MTA_EXPORT Dictionary {
 public:
  static constexpr std::uint32_t empty_code = 0;

  Dictionary();
  Dictionary(Dictionary&&) noexcept;
  Dictionary& operator=(Dictionary&&) noexcept;
  ~Dictionary();

  std::uint32_t intern(std::string_view text);
  /// The code of a text, or 2^32 - 1 where it was never interned.
  [[nodiscard]] std::uint32_t find(std::string_view text) const noexcept;
  [[nodiscard]] std::string_view text(std::uint32_t code) const noexcept { return texts_[code]; }
  [[nodiscard]] std::size_t size() const noexcept { return texts_.size(); }
  [[nodiscard]] const std::vector<std::string_view>& texts() const noexcept { return texts_; }

 private:
  [[nodiscard]] std::size_t slot_of(std::string_view text, std::uint64_t hash) const noexcept;
  std::string_view store(std::string_view text);
  void grow();

  std::vector<std::string_view> texts_;
  std::vector<std::uint32_t> slots_;  // code + 1, 0 where free; a power of two of them
  std::vector<std::uint32_t> tags_;   // 32 bits of the hash, beside each slot
  std::vector<std::unique_ptr<char[]>> blocks_;
  std::size_t block_used_ = 0, block_size_ = 0;
};

}  // namespace mta
