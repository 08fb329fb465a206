#include "ingest/byte_stream.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>

#include "ingest/byte_input.hpp"

namespace mta {

ByteStream::ByteStream(Source& source) : source_(source) {
  const std::string_view head = peek(3);
  if (head == "\xef\xbb\xbf") {
    skip(3);
  } else if (head.starts_with("\xff\xfe") || head.starts_with("\xfe\xff")) {
    throw_unreadable(name(), "is UTF-16 or UTF-32 text; UTF-8 is needed");
  }
}

std::string_view ByteStream::peek(std::size_t size) {
  if (ahead_.size() - used_ < size) {
    ahead_.erase(0, used_);
    used_ = 0;
    const std::size_t had = ahead_.size();
    ahead_.resize(size);
    ahead_.resize(had + source_.read(ahead_.data() + had, size - had));
  }
  return std::string_view(ahead_).substr(used_, size);
}

void ByteStream::skip(std::size_t size) {
  assert(size <= ahead_.size() - used_);
  used_ += size;
}

std::size_t ByteStream::read(char* buffer, std::size_t size) {
  const std::size_t count = std::min(size, ahead_.size() - used_);
  if (count != 0) std::memcpy(buffer, ahead_.data() + used_, count);
  used_ += count;
  if (used_ == ahead_.size() && !ahead_.empty()) {
    ahead_ = {};  // a look ahead of megabytes is not kept for the whole read
    used_ = 0;
  }
  return count == size ? count : count + source_.read(buffer + count, size - count);
}

}  // namespace mta
