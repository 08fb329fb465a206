#pragma once
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <span>
#include <string>

namespace mta {

/// A file that events go to when memory runs out. It has no name: whatever ends the program,
/// nothing stays behind. Made with the first write.
///
///   Threads  all calls may come from any thread
///   Errors   @throws Error{Errc::write_failed} naming the directory where the file cannot be made
///   or
///            written, such as on a full disk; Error{Errc::unreadable_input} where it cannot be
///            read, or a checksum differs
class SpillFile {
 public:
  /// @param directory  empty: the system's folder for temporary files
  explicit SpillFile(std::string directory) : directory_(std::move(directory)) {}
  SpillFile(const SpillFile&) = delete;
  SpillFile& operator=(const SpillFile&) = delete;
  ~SpillFile();

  struct Written {
    std::uint64_t offset, checksum;
  };
  [[nodiscard]] Written write(std::span<const std::byte> bytes);
  void read(std::span<std::byte> bytes, std::uint64_t offset, std::uint64_t checksum) const;
  [[nodiscard]] std::uint64_t size() const;

 private:
  void open();

  std::string directory_;
  mutable std::mutex mutex_;
  int file_ = -1;
  std::uint64_t size_ = 0;
};

}  // namespace mta
