#include "ingest/byte_input.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "ingest/read_ahead.hpp"
#include "mta/core/error.hpp"

namespace mta {
namespace {

std::string reason(int code) { return std::generic_category().message(code); }

class FileInput final : public RawInput {
 public:
  explicit FileInput(const std::string& path) : name_(path) {
    if (path == "-") {
      descriptor_ = STDIN_FILENO;
      return;
    }
    do {
      descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    } while (descriptor_ < 0 && errno == EINTR);
    if (descriptor_ < 0) throw_unreadable(name_, reason(errno));
    struct stat status {};
    if (::fstat(descriptor_, &status) == 0) {
      if (S_ISDIR(status.st_mode)) {
        ::close(descriptor_);
        throw_unreadable(name_, "is a directory");
      }
      if (S_ISREG(status.st_mode)) size_ = static_cast<std::uint64_t>(status.st_size);
    }
  }
  ~FileInput() override {
    if (descriptor_ != STDIN_FILENO) ::close(descriptor_);
  }

  std::size_t read(char* buffer, std::size_t size) override {
    std::size_t filled = 0;
    while (filled < size) {
      const ssize_t count = ::read(descriptor_, buffer + filled, size - filled);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) throw_unreadable(name_, reason(errno));
      if (count == 0) break;
      filled += static_cast<std::size_t>(count);
    }
    consumed_ += filled;
    return filled;
  }
  std::uint64_t consumed() const noexcept override { return consumed_; }
  std::uint64_t size() const noexcept override { return size_; }

 private:
  std::string name_;
  int descriptor_ = -1;
  std::atomic<std::uint64_t> consumed_ = 0;
  std::uint64_t size_ = 0;
};

class MemoryInput final : public RawInput {
 public:
  explicit MemoryInput(std::string_view bytes) : bytes_(bytes) {}

  std::size_t read(char* buffer, std::size_t size) override {
    const std::size_t used = used_;
    const std::size_t count = std::min(size, bytes_.size() - used);
    if (count != 0) std::memcpy(buffer, bytes_.data() + used, count);
    used_ = used + count;
    return count;
  }
  std::uint64_t consumed() const noexcept override { return used_; }
  std::uint64_t size() const noexcept override { return bytes_.size(); }

 private:
  std::string_view bytes_;
  std::atomic<std::size_t> used_ = 0;
};

/// Bytes that are not compressed; the first ones were taken to see that.
class PlainInput final : public ByteInput {
 public:
  PlainInput(RawInput& raw, std::string head) : raw_(raw), head_(std::move(head)) {}

  std::size_t read(char* buffer, std::size_t size) override {
    const std::size_t count = std::min(size, head_.size() - used_);
    if (count != 0) std::memcpy(buffer, head_.data() + used_, count);
    used_ += count;
    return count == size ? count : count + raw_.read(buffer + count, size - count);
  }

 private:
  RawInput& raw_;
  std::string head_;
  std::size_t used_ = 0;
};

}  // namespace

ByteInput::~ByteInput() = default;

void throw_unreadable(const std::string& name, const std::string& why) {
  throw Error(Errc::unreadable_input, name + ": " + why);
}

std::unique_ptr<RawInput> open_file(const std::string& path) {
  return std::make_unique<FileInput>(path);
}

std::unique_ptr<RawInput> open_memory(std::string_view bytes) {
  return std::make_unique<MemoryInput>(bytes);
}

std::unique_ptr<ByteInput> decompressed(RawInput& raw, const std::string& name) {
  std::string head(4, '\0');
  head.resize(raw.read(head.data(), head.size()));
  // What is slow to make and never waits for others is made ahead.
  const auto hand_on = [&](std::unique_ptr<ByteInput> input) {
    return raw.size() != 0 ? read_ahead(std::move(input)) : std::move(input);
  };
  if (head.starts_with("\x1f\x8b")) return hand_on(make_gzip_input(raw, std::move(head), name));
  // 0xFD2FB528 little-endian begins a zstd frame, 0x184D2A50 to 5F a skippable one.
  const bool is_skippable = head.size() == 4 && head.substr(1) == "\x2a\x4d\x18" &&
                            (static_cast<unsigned char>(head[0]) & 0xf0u) == 0x50u;
  if (head == "\x28\xb5\x2f\xfd" || is_skippable) {
    return hand_on(make_zstd_input(raw, std::move(head), name));
  }
  return std::make_unique<PlainInput>(raw, std::move(head));
}

}  // namespace mta
