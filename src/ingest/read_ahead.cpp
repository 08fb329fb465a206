#include "ingest/read_ahead.hpp"

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <exception>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

namespace mta {
namespace {

constexpr std::size_t buffer_bytes = std::size_t{1} << 20;
constexpr std::size_t buffer_count = 3;  // one read from, one ready, one being filled

struct Buffer {
  std::unique_ptr<char[]> bytes;
  std::size_t size = 0;
};

class ReadAhead final : public ByteInput {
 public:
  explicit ReadAhead(std::unique_ptr<ByteInput> input) : input_(std::move(input)) {}

  std::size_t read(char* buffer, std::size_t size) override {
    if (!thread_.joinable()) start();
    std::size_t filled = 0;
    while (filled < size) {
      if (used_ == current_.size && !next()) break;
      const std::size_t count = std::min(size - filled, current_.size - used_);
      std::memcpy(buffer + filled, current_.bytes.get() + used_, count);
      filled += count;
      used_ += count;
    }
    return filled;
  }

 private:
  void start() {
    for (std::size_t i = 0; i < buffer_count; ++i) {
      free_.push_back({std::make_unique_for_overwrite<char[]>(buffer_bytes), 0});
    }
    thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
  }

  /// Takes the next buffer that is ready; false at the end.
  bool next() {
    std::unique_lock lock(mutex_);
    if (current_.bytes) free_.push_back(std::exchange(current_, {}));
    used_ = 0;
    changed_.notify_all();
    changed_.wait(lock, [this] { return ended_ || !ready_.empty(); });
    if (!ready_.empty()) {
      current_ = std::move(ready_.front());
      ready_.pop_front();
      return true;
    }
    if (error_) std::rethrow_exception(error_);
    return false;
  }

  void work(const std::stop_token& stop) noexcept {
    try {
      while (fill_one(stop)) {
      }
    } catch (...) {
      const std::scoped_lock lock(mutex_);
      error_ = std::current_exception();
      ended_ = true;
    }
    changed_.notify_all();
  }

  /// False when there is no more to fill, or nobody to fill it for.
  bool fill_one(const std::stop_token& stop) {
    Buffer buffer;
    {
      std::unique_lock lock(mutex_);
      if (!changed_.wait(lock, stop, [this] { return !free_.empty(); })) return false;
      buffer = std::move(free_.back());
      free_.pop_back();
    }
    buffer.size = input_->read(buffer.bytes.get(), buffer_bytes);
    const std::scoped_lock lock(mutex_);
    ended_ = buffer.size < buffer_bytes;
    if (buffer.size != 0) ready_.push_back(std::move(buffer));
    changed_.notify_all();
    return !ended_;
  }

  std::unique_ptr<ByteInput> input_;  // of the thread alone, once it runs
  Buffer current_;
  std::size_t used_ = 0;

  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::vector<Buffer> free_;
  std::deque<Buffer> ready_;
  bool ended_ = false;
  std::exception_ptr error_;

  std::jthread thread_;  // last: it ends before what it uses
};

}  // namespace

std::unique_ptr<ByteInput> read_ahead(std::unique_ptr<ByteInput> input) {
  return std::make_unique<ReadAhead>(std::move(input));
}

}  // namespace mta
