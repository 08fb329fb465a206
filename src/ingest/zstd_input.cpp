#include <zstd.h>

#include <algorithm>
#include <new>
#include <utility>
#include <vector>

#include "ingest/byte_input.hpp"

namespace mta {
namespace {

struct FreeStream {
  void operator()(ZSTD_DStream* stream) const noexcept { ZSTD_freeDStream(stream); }
};

/// Undoes zstd: any number of frames, skippable ones among them.
class ZstdInput final : public ByteInput {
 public:
  ZstdInput(RawInput& raw, const std::string& head, std::string name)
      : raw_(raw),
        name_(std::move(name)),
        buffer_(std::max(ZSTD_DStreamInSize(), head.size())),
        stream_(ZSTD_createDStream()) {
    if (!stream_) throw std::bad_alloc();
    std::copy(head.begin(), head.end(), buffer_.begin());
    input_ = {buffer_.data(), head.size(), 0};
  }

  std::size_t read(char* buffer, std::size_t size) override {
    ZSTD_outBuffer output{buffer, size, 0};
    while (output.pos < output.size) {
      if (input_.pos == input_.size && !flushing_ && !refill()) {
        if (!frame_is_done_) {
          throw_unreadable(name_, "the zstd stream ends early: the file is truncated");
        }
        break;
      }
      const std::size_t status = ZSTD_decompressStream(stream_.get(), &output, &input_);
      if (ZSTD_isError(status) != 0) {
        throw_unreadable(name_,
                         std::string("the zstd stream is broken: ") + ZSTD_getErrorName(status));
      }
      frame_is_done_ = status == 0;
      // A full output may leave bytes inside the decoder that need no further input.
      flushing_ = !frame_is_done_ && output.pos == output.size;
    }
    return output.pos;
  }

 private:
  bool refill() {
    input_ = {buffer_.data(), raw_.read(buffer_.data(), buffer_.size()), 0};
    return input_.size != 0;
  }

  RawInput& raw_;
  std::string name_;
  std::vector<char> buffer_;
  std::unique_ptr<ZSTD_DStream, FreeStream> stream_;
  ZSTD_inBuffer input_{};
  bool frame_is_done_ = true, flushing_ = false;
};

}  // namespace

std::unique_ptr<ByteInput> make_zstd_input(RawInput& raw, std::string head,
                                           const std::string& name) {
  return std::make_unique<ZstdInput>(raw, head, name);
}

}  // namespace mta
