#include <zlib.h>

#include <algorithm>
#include <new>
#include <utility>
#include <vector>

#include "ingest/byte_input.hpp"

namespace mta {
namespace {

constexpr std::size_t input_bytes = std::size_t{256} << 10;
constexpr int gzip_with_largest_window = 16 + MAX_WBITS;

/// Undoes gzip: one member after another, as `cat a.gz b.gz` makes them.
class GzipInput final : public ByteInput {
 public:
  GzipInput(RawInput& raw, const std::string& head, std::string name)
      : raw_(raw), name_(std::move(name)), input_(input_bytes) {
    std::copy(head.begin(), head.end(), input_.begin());
    stream_.next_in = input_.data();
    stream_.avail_in = static_cast<uInt>(head.size());
    if (inflateInit2(&stream_, gzip_with_largest_window) != Z_OK) throw std::bad_alloc();
  }
  ~GzipInput() override { inflateEnd(&stream_); }

  std::size_t read(char* buffer, std::size_t size) override {
    std::size_t filled = 0;
    while (filled < size && !at_end_) {
      const std::size_t room = std::min<std::size_t>(size - filled, std::size_t{1} << 30);
      stream_.next_out = reinterpret_cast<Bytef*>(buffer + filled);
      stream_.avail_out = static_cast<uInt>(room);
      step();
      filled += room - stream_.avail_out;
    }
    return filled;
  }

 private:
  void step() {
    if (between_members_) {
      next_member();
      return;
    }
    if (stream_.avail_in == 0 && !refill()) {
      throw_unreadable(name_, "the gzip stream ends early: the file is truncated");
    }
    const int status = inflate(&stream_, Z_NO_FLUSH);
    if (status == Z_MEM_ERROR) throw std::bad_alloc();
    if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR) {
      throw_unreadable(name_, std::string("the gzip stream is broken: ") +
                                  (stream_.msg != nullptr ? stream_.msg : "no valid data"));
    }
    between_members_ = status == Z_STREAM_END;
  }

  /// After a member: another one, padding of NULs as on tapes, or the end.
  void next_member() {
    while (stream_.avail_in != 0 || refill()) {
      if (*stream_.next_in == 0x1f) {
        inflateReset(&stream_);
        between_members_ = false;
        return;
      }
      if (*stream_.next_in != 0) {
        throw_unreadable(name_, "the gzip stream is followed by bytes that are not gzip");
      }
      ++stream_.next_in;
      --stream_.avail_in;
    }
    at_end_ = true;
  }

  bool refill() {
    stream_.next_in = input_.data();
    stream_.avail_in =
        static_cast<uInt>(raw_.read(reinterpret_cast<char*>(input_.data()), input_.size()));
    return stream_.avail_in != 0;
  }

  RawInput& raw_;
  std::string name_;
  std::vector<Bytef> input_;
  z_stream stream_{};
  bool between_members_ = false, at_end_ = false;
};

}  // namespace

std::unique_ptr<ByteInput> make_gzip_input(RawInput& raw, std::string head,
                                           const std::string& name) {
  return std::make_unique<GzipInput>(raw, head, name);
}

}  // namespace mta
