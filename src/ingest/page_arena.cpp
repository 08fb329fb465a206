#include "ingest/page_arena.hpp"

#include <algorithm>
#include <cassert>
#include <cstdlib>
#include <new>

#include "ingest/event_page.hpp"

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace mta {
namespace {

constexpr std::size_t huge_page = std::size_t{1} << 21;

std::byte* new_chunk(std::size_t size) {
  const std::size_t alignment = size >= huge_page ? huge_page : 64;
  void* const chunk = std::aligned_alloc(alignment, size);
  if (chunk == nullptr) throw std::bad_alloc();
#if defined(__linux__) && defined(MADV_HUGEPAGE)
  if (size >= huge_page) (void)madvise(chunk, size, MADV_HUGEPAGE);  // a wish: failing is no error
#endif
  return static_cast<std::byte*>(chunk);
}

}  // namespace

void PageArena::Free::operator()(std::byte* chunk) const noexcept { std::free(chunk); }

bool PageArena::has_room(std::size_t bytes) const noexcept {
  const std::size_t wanted = bytes + PageForm::slack;
  if (used_chunks_ > 0 && chunks_[used_chunks_ - 1].size - used_ >= wanted) return true;
  return used_chunks_ < chunks_.size() && chunks_[used_chunks_].size >= wanted;
}

std::byte* PageArena::allocate(std::size_t bytes) {
  const std::size_t wanted = bytes + PageForm::slack;
  assert(wanted <= largest_chunk);
  if (used_chunks_ == 0 || chunks_[used_chunks_ - 1].size - used_ < wanted) {
    while (used_chunks_ < chunks_.size() && chunks_[used_chunks_].size < wanted) ++used_chunks_;
    if (used_chunks_ == chunks_.size()) add_chunk(wanted);
    ++used_chunks_;
    used_ = 0;
  }
  std::byte* const room = chunks_[used_chunks_ - 1].bytes.get() + used_;
  used_ += bytes;
  return room;
}

std::size_t PageArena::next_chunk() const noexcept {
  return chunks_.empty() ? smallest_chunk : std::min(2 * chunks_.back().size, largest_chunk);
}

void PageArena::add_chunk(std::size_t least) {
  std::size_t size = next_chunk();
  while (size < least) size *= 2;
  chunks_.push_back({std::unique_ptr<std::byte, Free>(new_chunk(size)), size});
  held_ += size;
}

void PageArena::clear() noexcept { used_chunks_ = used_ = 0; }

}  // namespace mta
