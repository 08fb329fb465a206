#pragma once
#include <cstddef>
#include <memory>
#include <vector>

namespace mta {

/// Memory for pages: chunks that grow with what they hold, large ones in huge pages where the
/// system has them (touching fresh memory 4 KiB at a time costs more than all else that is done to
/// an event).
class PageArena {
 public:
  /// Whether the chunk at hand, or one kept from before, has room.
  [[nodiscard]] bool has_room(std::size_t bytes) const noexcept;
  /// Room for `bytes` and a slack behind them that the next call may use.
  /// @pre bytes + slack <= largest_chunk
  [[nodiscard]] std::byte* allocate(std::size_t bytes);
  /// What the next chunk would take.
  [[nodiscard]] std::size_t next_chunk() const noexcept;
  /// Forgets what was allocated; the chunks are kept and used again.
  void clear() noexcept;
  /// Bytes of all chunks.
  [[nodiscard]] std::size_t bytes() const noexcept { return held_; }

  static constexpr std::size_t smallest_chunk = std::size_t{1} << 16;
  static constexpr std::size_t largest_chunk = std::size_t{1} << 22;

 private:
  struct Free {
    void operator()(std::byte* chunk) const noexcept;
  };
  struct Chunk {
    std::unique_ptr<std::byte, Free> bytes;
    std::size_t size;
  };
  void add_chunk(std::size_t least);

  std::vector<Chunk> chunks_;
  std::size_t used_chunks_ = 0;  // the last of them is at hand
  std::size_t used_ = 0, held_ = 0;
};

}  // namespace mta
